package io.lockstep.gateways.feed;

import io.lockstep.sbe.BarDecoder;
import io.lockstep.sbe.BestBidOfferDecoder;
import io.lockstep.sbe.BookSnapshotDecoder;
import io.lockstep.sbe.BookUpdateDecoder;
import io.lockstep.sbe.FeedStatusDecoder;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.TradeDecoder;
import org.agrona.DirectBuffer;

import java.nio.ByteOrder;
import java.util.function.IntPredicate;

/**
 * Of a source, the messages about some of its instruments; the others are passed over. What is left has the order, the times and
 * the bytes that it has in the whole. A message about all instruments of the source stays.
 * <p>
 * Owns its source. Allocates nothing after construction.
 */
public final class InstrumentFilter implements MarketSource
{
    private final MarketSource whole;
    private final IntPredicate isOne;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();

    /**
     * @param isOne whether messages about the instrument of this id stay.
     */
    public InstrumentFilter(final MarketSource whole, final IntPredicate isOne)
    {
        this.whole = whole;
        this.isOne = isOne;
    }

    @Override
    public boolean next()
    {
        while (whole.next())
        {
            final int instrumentId = instrumentId();
            if (instrumentId == FeedStatusDecoder.instrumentIdNullValue() || isOne.test(instrumentId))
            {
                return true;
            }
        }
        return false;
    }

    private int instrumentId()
    {
        header.wrap(whole.buffer(), whole.offset());
        final int fieldOffset = switch (header.templateId())
        {
            case BookUpdateDecoder.TEMPLATE_ID -> BookUpdateDecoder.instrumentIdEncodingOffset();
            case BookSnapshotDecoder.TEMPLATE_ID -> BookSnapshotDecoder.instrumentIdEncodingOffset();
            case BestBidOfferDecoder.TEMPLATE_ID -> BestBidOfferDecoder.instrumentIdEncodingOffset();
            case TradeDecoder.TEMPLATE_ID -> TradeDecoder.instrumentIdEncodingOffset();
            case BarDecoder.TEMPLATE_ID -> BarDecoder.instrumentIdEncodingOffset();
            case FeedStatusDecoder.TEMPLATE_ID -> FeedStatusDecoder.instrumentIdEncodingOffset();
            default -> throw new IllegalStateException("no market data: templateId=" + header.templateId());
        };
        return whole.buffer().getInt(
            whole.offset() + MessageHeaderDecoder.ENCODED_LENGTH + fieldOffset, ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public SnapshotAnswer requestSnapshot(final int instrumentId)
    {
        return isOne.test(instrumentId) ? whole.requestSnapshot(instrumentId) : SnapshotAnswer.NONE;
    }

    @Override
    public long timeNs()
    {
        return whole.timeNs();
    }

    @Override
    public long gatewayTimeNs()
    {
        return whole.gatewayTimeNs();
    }

    @Override
    public long venueTimeNs()
    {
        return whole.venueTimeNs();
    }

    @Override
    public boolean isEventEnd()
    {
        return whole.isEventEnd();
    }

    @Override
    public DirectBuffer buffer()
    {
        return whole.buffer();
    }

    @Override
    public int offset()
    {
        return whole.offset();
    }

    @Override
    public int length()
    {
        return whole.length();
    }

    @Override
    public void close()
    {
        whole.close();
    }
}
