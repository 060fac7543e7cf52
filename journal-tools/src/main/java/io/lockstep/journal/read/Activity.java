package io.lockstep.journal.read;

import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.sbe.BarDecoder;
import io.lockstep.sbe.BestBidOfferDecoder;
import io.lockstep.sbe.BookSnapshotDecoder;
import io.lockstep.sbe.BookUpdateDecoder;
import io.lockstep.sbe.FeedCondition;
import io.lockstep.sbe.MarketConditionDecoder;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.TradeDecoder;
import org.agrona.DirectBuffer;

import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Which kinds of market data each instrument had in a run, and whether it was ever live, by the records on their way to the journal
 * or from it.
 */
public final class Activity
{
    /**
     * What one instrument had.
     */
    static final class Market
    {
        long depthChanges;
        long snapshots;
        long quotes;
        long trades;
        long bars;
        boolean wasLive;

        long events()
        {
            return depthChanges + snapshots + quotes + trades + bars;
        }
    }

    private final List<Market> markets = new ArrayList<>();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final MarketConditionDecoder condition = new MarketConditionDecoder();

    /** Counts the record, if it says anything about a market. */
    public void onRecord(final DirectBuffer buffer, final int offset)
    {
        switch (RecordDescriptor.templateId(buffer, offset))
        {
            case BookUpdateDecoder.TEMPLATE_ID -> of(buffer, offset).depthChanges++;
            case BookSnapshotDecoder.TEMPLATE_ID -> of(buffer, offset).snapshots++;
            case BestBidOfferDecoder.TEMPLATE_ID -> of(buffer, offset).quotes++;
            case TradeDecoder.TEMPLATE_ID -> of(buffer, offset).trades++;
            case BarDecoder.TEMPLATE_ID -> of(buffer, offset).bars++;
            case MarketConditionDecoder.TEMPLATE_ID -> {
                condition.wrapAndApplyHeader(buffer, offset + RecordDescriptor.HEADER_LENGTH, header);
                final Market market = of(condition.instrumentId());
                market.wasLive |= condition.condition() == FeedCondition.LIVE;
            }
            default -> {
                // Says nothing about a market.
            }
        }
    }

    /** In each of these messages the instrument is the first field. */
    private Market of(final DirectBuffer buffer, final int offset)
    {
        return of(buffer.getInt(offset + RecordDescriptor.BODY_OFFSET, ByteOrder.LITTLE_ENDIAN));
    }

    Market of(final int instrumentId)
    {
        while (markets.size() <= instrumentId)
        {
            markets.add(new Market());
        }
        return markets.get(instrumentId);
    }
}
