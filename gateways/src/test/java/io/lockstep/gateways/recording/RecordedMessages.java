package io.lockstep.gateways.recording;

import io.lockstep.codecs.Nulls;
import io.lockstep.gateways.feed.MarketSource;
import io.lockstep.sbe.BarDecoder;
import io.lockstep.sbe.BestBidOfferDecoder;
import io.lockstep.sbe.BookSnapshotDecoder;
import io.lockstep.sbe.BookUpdateDecoder;
import io.lockstep.sbe.FeedStatusDecoder;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.TradeDecoder;
import org.agrona.DirectBuffer;

import java.util.ArrayList;
import java.util.List;

/** Messages as short texts, for tests to compare. */
public final class RecordedMessages
{
    private RecordedMessages()
    {
    }

    public static List<String> drain(final MarketSource source)
    {
        final List<String> texts = new ArrayList<>();
        while (source.next())
        {
            texts.add(text(source.buffer(), source.offset()));
        }
        return texts;
    }

    public static String text(final DirectBuffer buffer, final int offset)
    {
        final MessageHeaderDecoder header = new MessageHeaderDecoder().wrap(buffer, offset);
        return switch (header.templateId())
        {
            case BookUpdateDecoder.TEMPLATE_ID ->
                update(new BookUpdateDecoder().wrapAndApplyHeader(buffer, offset, header));
            case BookSnapshotDecoder.TEMPLATE_ID -> snapshot(
                new BookSnapshotDecoder().wrapAndApplyHeader(buffer, offset, header));
            case BestBidOfferDecoder.TEMPLATE_ID -> quote(
                new BestBidOfferDecoder().wrapAndApplyHeader(buffer, offset, header));
            case TradeDecoder.TEMPLATE_ID -> trade(new TradeDecoder().wrapAndApplyHeader(buffer, offset, header));
            case BarDecoder.TEMPLATE_ID -> bar(new BarDecoder().wrapAndApplyHeader(buffer, offset, header));
            case FeedStatusDecoder.TEMPLATE_ID -> status(
                new FeedStatusDecoder().wrapAndApplyHeader(buffer, offset, header));
            default -> throw new AssertionError("templateId=" + header.templateId());
        };
    }

    private static String update(final BookUpdateDecoder update)
    {
        final StringBuilder levels = new StringBuilder();
        for (final BookUpdateDecoder.BidsDecoder bid : update.bids())
        {
            levels.append(" b").append(bid.priceTicks()).append('x').append(bid.quantityLots());
        }
        for (final BookUpdateDecoder.AsksDecoder ask : update.asks())
        {
            levels.append(" a").append(ask.priceTicks()).append('x').append(ask.quantityLots());
        }
        return update.instrumentId() + " update " + nullable(update.previousUpdateId()) + "->" + update.updateId()
            + levels;
    }

    private static String snapshot(final BookSnapshotDecoder snapshot)
    {
        int bids = 0;
        int asks = 0;
        for (final BookSnapshotDecoder.BidsDecoder bid : snapshot.bids())
        {
            bids += bid.quantityLots() > 0 ? 1 : 0;
        }
        for (final BookSnapshotDecoder.AsksDecoder ask : snapshot.asks())
        {
            asks += ask.quantityLots() > 0 ? 1 : 0;
        }
        return snapshot.instrumentId() + " snapshot " + snapshot.updateId() + " " + (snapshot.chunkIndex() + 1) + "/" +
            snapshot.chunkCount() + " " + bids + "+" + asks;
    }

    private static String quote(final BestBidOfferDecoder quote)
    {
        return quote.instrumentId() + " quote " + quote.updateId() + " " + nullable(quote.bidPriceTicks()) + "x" +
            quote.bidQuantityLots() + " " + nullable(quote.askPriceTicks()) + "x" + quote.askQuantityLots();
    }

    private static String trade(final TradeDecoder trade)
    {
        return trade.instrumentId() + " trade " + trade.tradeId() + " " + trade.aggressorSide() + " " +
            trade.quantityLots() + "@" + trade.priceTicks();
    }

    private static String bar(final BarDecoder bar)
    {
        return bar.instrumentId() + " bar " + bar.openTimeNs() + " " + bar.openTicks() + " " + bar.highTicks() + " " +
            bar.lowTicks() + " " + bar.closeTicks() + " " + bar.volumeLots();
    }

    private static String status(final FeedStatusDecoder status)
    {
        return status.instrumentId() + " " + status.condition() + " " + status.reason() + " " +
            nullable(status.expected()) + " " + nullable(status.actual());
    }

    private static String nullable(final long value)
    {
        return value == Nulls.NULL_LONG ? "null" : Long.toString(value);
    }
}
