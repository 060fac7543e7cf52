package io.lockstep.gateways.feed;

import io.lockstep.sbe.BarDecoder;
import io.lockstep.sbe.BestBidOfferDecoder;
import io.lockstep.sbe.BookSnapshotDecoder;
import io.lockstep.sbe.BookUpdateDecoder;
import io.lockstep.sbe.FeedStatusDecoder;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.TradeDecoder;

import java.nio.ByteOrder;
import java.util.function.IntPredicate;

/**
 * Of a source, the messages about some of its instruments; the others are passed over. What is left has the order, the times and
 * the bytes that it has in the whole. A message about all instruments of the source stays.
 * <p>
 * Owns its source. Allocates nothing after construction.
 */
public final class InstrumentFilter extends ForwardingSource
{
    private final IntPredicate isOne;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();

    /**
     * @param isOne whether messages about the instrument of this id stay.
     */
    public InstrumentFilter(final MarketSource whole, final IntPredicate isOne)
    {
        super(whole);
        this.isOne = isOne;
    }

    @Override
    public boolean next()
    {
        while (super.next())
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
        header.wrap(buffer(), offset());
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
        return buffer().getInt(
            offset() + MessageHeaderDecoder.ENCODED_LENGTH + fieldOffset, ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public SnapshotAnswer requestSnapshot(final int instrumentId)
    {
        return isOne.test(instrumentId) ? super.requestSnapshot(instrumentId) : SnapshotAnswer.NONE;
    }
}
