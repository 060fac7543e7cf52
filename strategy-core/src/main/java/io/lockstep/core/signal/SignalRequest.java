package io.lockstep.core.signal;

import io.lockstep.codecs.Nulls;
import io.lockstep.codecs.Xxh64;
import io.lockstep.core.strategy.SignalView;
import io.lockstep.sbe.Decimal64Decoder;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.Side;
import io.lockstep.sbe.SignalDecoder;
import org.agrona.DirectBuffer;

/**
 * The signal that is being answered, as its message says it; names stay where they are in the message. No allocation.
 */
public final class SignalRequest implements SignalView
{
    private static final long SEED = 0;

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final SignalDecoder message = new SignalDecoder();
    private int clientNameOffset;
    private int clientNameLength;
    private int symbolOffset;
    private int symbolLength;
    private int modelOffset;
    private int modelLength;
    private long quantityLots;

    /** Reads the message; texts are read in the order of the schema. */
    public void wrap(final DirectBuffer buffer, final int offset)
    {
        message.wrapAndApplyHeader(buffer, offset, header);
        quantityLots = Nulls.NULL_LONG;
        clientNameOffset = message.limit() + SignalDecoder.clientNameHeaderLength();
        clientNameLength = message.skipClientName();
        symbolOffset = message.limit() + SignalDecoder.symbolHeaderLength();
        symbolLength = message.skipSymbol();
        modelOffset = message.limit() + SignalDecoder.modelHeaderLength();
        modelLength = message.skipModel();
    }

    /** Of the message, that the names lie in. */
    public DirectBuffer buffer()
    {
        return message.buffer();
    }

    public int clientNameOffset()
    {
        return clientNameOffset;
    }

    public int clientNameLength()
    {
        return clientNameLength;
    }

    int symbolOffset()
    {
        return symbolOffset;
    }

    int symbolLength()
    {
        return symbolLength;
    }

    boolean namesModel()
    {
        return modelLength > 0;
    }

    boolean namesModel(final String name)
    {
        return Utf8Names.isEqual(name, message.buffer(), modelOffset, modelLength);
    }

    boolean hasQuantity()
    {
        return message.quantity().exponent() != Decimal64Decoder.exponentNullValue();
    }

    /** For as long as nothing else of the message is read. */
    Decimal64Decoder quantity()
    {
        return message.quantity();
    }

    boolean hasQuoteAmount()
    {
        return message.quoteAmount().exponent() != Decimal64Decoder.exponentNullValue();
    }

    /** As {@link #quantity}. */
    Decimal64Decoder quoteAmount()
    {
        return message.quoteAmount();
    }

    boolean isExpired(final long nowNs)
    {
        return expireTimeNs() != Nulls.NULL_TIME_NS && expireTimeNs() <= nowNs;
    }

    /** What the model is to trade. */
    void quantityLots(final long lots)
    {
        quantityLots = lots;
    }

    @Override
    public Side side()
    {
        return message.side();
    }

    @Override
    public long quantityLots()
    {
        return quantityLots;
    }

    @Override
    public long expireTimeNs()
    {
        return message.expireTimeNs();
    }

    @Override
    public long epoch()
    {
        return message.epoch();
    }

    @Override
    public long counter()
    {
        return message.counter();
    }

    @Override
    public long idHash()
    {
        final long ofClient = Xxh64.hash(message.buffer(), clientNameOffset, clientNameLength, SEED);
        return Xxh64.chain(Xxh64.chain(ofClient, message.epoch()), message.counter());
    }
}
