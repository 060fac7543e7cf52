package io.lockstep.gateways.simulated;

import io.lockstep.codecs.Nulls;
import io.lockstep.sbe.BarDecoder;
import io.lockstep.sbe.BestBidOfferDecoder;
import io.lockstep.sbe.BookSnapshotDecoder;
import io.lockstep.sbe.BookUpdateDecoder;
import io.lockstep.sbe.FeedCondition;
import io.lockstep.sbe.FeedStatusDecoder;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.TradeDecoder;
import org.agrona.DirectBuffer;

/**
 * Takes messages of market data to the market of their instrument, and to our resting orders there. Messages of unknown
 * instruments and of other templates and schemas are counted and left. No allocation.
 */
final class MarketDataAdapter
{
    private static final int HEADER_LENGTH = MessageHeaderDecoder.ENCODED_LENGTH;

    private final VenueMarkets markets;
    private final OrderMatcher matcher;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final BookUpdateDecoder bookUpdate = new BookUpdateDecoder();
    private final BookSnapshotDecoder bookSnapshot = new BookSnapshotDecoder();
    private final BestBidOfferDecoder bestBidOffer = new BestBidOfferDecoder();
    private final TradeDecoder trade = new TradeDecoder();
    private final BarDecoder bar = new BarDecoder();
    private final FeedStatusDecoder feedStatus = new FeedStatusDecoder();

    private boolean ended;
    private long ignored;

    MarketDataAdapter(final VenueMarkets markets, final OrderMatcher matcher)
    {
        this.markets = markets;
        this.matcher = matcher;
    }

    void onMessage(final DirectBuffer buffer, final int offset, final int length)
    {
        header.wrap(buffer, offset);
        if (length < HEADER_LENGTH || header.schemaId() != MessageHeaderDecoder.SCHEMA_ID)
        {
            ignored++;
            return;
        }
        final int body = offset + HEADER_LENGTH;
        switch (header.templateId())
        {
            case BookUpdateDecoder.TEMPLATE_ID -> onBookUpdate(buffer, body);
            case BestBidOfferDecoder.TEMPLATE_ID -> onBestBidOffer(buffer, body);
            case TradeDecoder.TEMPLATE_ID -> onTrade(buffer, body);
            case BookSnapshotDecoder.TEMPLATE_ID -> onBookSnapshot(buffer, body);
            case BarDecoder.TEMPLATE_ID -> onBar(buffer, body);
            case FeedStatusDecoder.TEMPLATE_ID -> onFeedStatus(buffer, body);
            default -> ignored++;
        }
    }

    /** Whether the whole source has said END and nothing has come since. */
    boolean hasEnded()
    {
        return ended;
    }

    long ignored()
    {
        return ignored;
    }

    private void onBookUpdate(final DirectBuffer buffer, final int body)
    {
        bookUpdate.wrap(buffer, body, header.blockLength(), header.version());
        final VenueMarket market = marketOfData(bookUpdate.instrumentId());
        if (market != null && market.onBookUpdate(bookUpdate))
        {
            matcher.onDisplayed(market);
        }
    }

    private void onBookSnapshot(final DirectBuffer buffer, final int body)
    {
        bookSnapshot.wrap(buffer, body, header.blockLength(), header.version());
        final VenueMarket market = marketOfData(bookSnapshot.instrumentId());
        if (market != null && market.onBookSnapshot(bookSnapshot))
        {
            matcher.onDisplayed(market);
        }
    }

    private void onBestBidOffer(final DirectBuffer buffer, final int body)
    {
        bestBidOffer.wrap(buffer, body, header.blockLength(), header.version());
        final VenueMarket market = marketOfData(bestBidOffer.instrumentId());
        if (market != null)
        {
            market.onBestBidOffer(bestBidOffer);
            matcher.onDisplayed(market);
        }
    }

    private void onTrade(final DirectBuffer buffer, final int body)
    {
        trade.wrap(buffer, body, header.blockLength(), header.version());
        final VenueMarket market = marketOfData(trade.instrumentId());
        if (market != null && VenueMarket.isPriced(trade.priceTicks(), trade.quantityLots()))
        {
            final long priceTicks = trade.priceTicks();
            final long restLots = matcher.onTrade(market, priceTicks, trade.quantityLots(), trade.aggressorSide());
            market.onTrade(priceTicks, restLots);
        }
    }

    private void onBar(final DirectBuffer buffer, final int body)
    {
        bar.wrap(buffer, body, header.blockLength(), header.version());
        final VenueMarket market = marketOfData(bar.instrumentId());
        if (market != null && market.onBar(bar))
        {
            matcher.onBar(market, bar.lowTicks(), bar.highTicks());
        }
    }

    private void onFeedStatus(final DirectBuffer buffer, final int body)
    {
        feedStatus.wrap(buffer, body, header.blockLength(), header.version());
        final int instrumentId = feedStatus.instrumentId();
        final FeedCondition condition = feedStatus.condition();
        if (Nulls.NULL_INSTRUMENT_ID != instrumentId)
        {
            onCondition(markets.market(instrumentId), condition);
            return;
        }
        for (int id = 0; id < markets.idLimit(); id++)
        {
            onCondition(markets.market(id), condition);
        }
        ended |= FeedCondition.END == condition;
    }

    private static void onCondition(final VenueMarket market, final FeedCondition condition)
    {
        if (market == null)
        {
            return;
        }
        switch (condition)
        {
            case STALE -> market.onStale();
            case LIVE -> market.onLive();
            // After the end what was displayed last stays displayed; a condition of a later version says nothing here.
            case END, SBE_UNKNOWN, NULL_VAL ->
                {
                }
        }
    }

    private VenueMarket marketOfData(final int instrumentId)
    {
        ended = false;
        final VenueMarket market = markets.market(instrumentId);
        if (market == null)
        {
            ignored++;
        }
        return market;
    }
}
