package io.lockstep.gateways.simulated;

import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.MutableInt128;
import io.lockstep.codecs.Nulls;
import io.lockstep.core.book.OrderBook;
import io.lockstep.core.position.CashRule;
import io.lockstep.gateways.simulated.DisplayedSide.Source;
import io.lockstep.sbe.BarDecoder;
import io.lockstep.sbe.BestBidOfferDecoder;
import io.lockstep.sbe.BookSnapshotDecoder;
import io.lockstep.sbe.BookUpdateDecoder;
import io.lockstep.sbe.Side;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * One instrument at the venue: what its market data displays, our resting orders and our account. Market data is
 * displayed from the best source there is: book and quote, whichever is newer by update id (a quote without one: by
 * arrival), then bars and trades where there was never a book or a quote.
 */
final class VenueMarket
{
    private final Instrument instrument;
    private final CashRule cashRule;
    private final MutableInt128 notionalMin;
    private final MutableInt128 notional = new MutableInt128();
    private final OrderBook book;
    private final DisplayedSide bids;
    private final DisplayedSide asks;
    private final RestingOrders buys = new RestingOrders(true);
    private final RestingOrders sells = new RestingOrders(false);
    private final VenueLedger ledger = new VenueLedger();

    private boolean bookSeen;
    private boolean bookStale;
    private boolean snapshotIncomplete;
    private boolean quoteSeen;
    private boolean quoteLive;
    private boolean quoteNewer;
    private long quoteUpdateId = Nulls.NULL_UPDATE_ID;
    private long bidTicks = Nulls.NULL_PRICE_TICKS;
    private long bidLots;
    private long askTicks = Nulls.NULL_PRICE_TICKS;
    private long askLots;
    private long printTicks = Nulls.NULL_PRICE_TICKS;
    private long printLots;

    VenueMarket(final Instrument instrument, final VenueRules rules)
    {
        this.instrument = instrument;
        cashRule = new CashRule(instrument);
        notionalMin = rules.notionalMin() == null ? new MutableInt128() : quoteUnits(rules.notionalMin(), cashRule);
        book = new OrderBook(rules.bookLevelsMax());
        bids = new DisplayedSide(true, book);
        asks = new DisplayedSide(false, book);
    }

    Instrument instrument()
    {
        return instrument;
    }

    CashRule cashRule()
    {
        return cashRule;
    }

    /** Whether so many lots at the price are worth less than an order must be. */
    boolean isBelowMinimum(final long priceTicks, final long quantityLots)
    {
        return cashRule.quoteNotional(priceTicks, quantityLots, notional).compareTo(notionalMin) < 0;
    }

    DisplayedSide bids()
    {
        return bids;
    }

    DisplayedSide asks()
    {
        return asks;
    }

    RestingOrders buys()
    {
        return buys;
    }

    RestingOrders sells()
    {
        return sells;
    }

    VenueLedger ledger()
    {
        return ledger;
    }

    boolean hasRestingOrders()
    {
        return buys.first() != null || sells.first() != null;
    }

    /** Whether there is anything to match against, be it on one side only. */
    boolean isOpen()
    {
        return Source.NONE != source();
    }

    /** Whether an order with this limit would find a quantity of the other side. */
    boolean canTake(final Side side, final long limitTicks)
    {
        return (Side.BUY == side ? asks : bids).availableLots(limitTicks, 1) > 0;
    }

    /** Middle of best bid and offer, or the one there is, or the newest print; null before any. */
    long referenceTicks()
    {
        final long bestBid = bids.bestTicks();
        final long bestAsk = asks.bestTicks();
        if (Nulls.NULL_PRICE_TICKS == bestBid)
        {
            return Nulls.NULL_PRICE_TICKS == bestAsk ? printTicks : bestAsk;
        }
        return Nulls.NULL_PRICE_TICKS == bestAsk ? bestBid : bestBid + (bestAsk - bestBid) / 2;
    }

    /** Returns whether what is displayed may have changed. */
    boolean onBookUpdate(final BookUpdateDecoder update)
    {
        return switch (book.beginUpdate(update.previousUpdateId(), update.updateId()))
        {
            case APPLY -> {
                setLevels(update);
                bookChanged();
                yield true;
            }
            case DISCARD -> false;
            case GAP -> {
                display();
                yield true;
            }
        };
    }

    /** Returns whether what is displayed may have changed. */
    boolean onBookSnapshot(final BookSnapshotDecoder snapshot)
    {
        if (!book.beginSnapshotChunk(snapshot.chunkIndex(), snapshot.updateId()))
        {
            snapshotIncomplete = false;
            display();
            return false;
        }
        setLevels(snapshot);
        snapshotIncomplete = snapshot.chunkIndex() + 1 < snapshot.chunkCount();
        if (snapshotIncomplete)
        {
            display();
            return false;
        }
        book.endSnapshot(snapshot.updateId());
        bookSeen = true;
        bookStale = false;
        bookChanged();
        return true;
    }

    void onBestBidOffer(final BestBidOfferDecoder quote)
    {
        quoteUpdateId = quote.updateId();
        final boolean hasBid = isPriced(quote.bidPriceTicks(), quote.bidQuantityLots());
        bidTicks = hasBid ? quote.bidPriceTicks() : Nulls.NULL_PRICE_TICKS;
        bidLots = hasBid ? quote.bidQuantityLots() : 0;
        final boolean hasAsk = isPriced(quote.askPriceTicks(), quote.askQuantityLots());
        askTicks = hasAsk ? quote.askPriceTicks() : Nulls.NULL_PRICE_TICKS;
        askLots = hasAsk ? quote.askQuantityLots() : 0;
        quoteSeen = true;
        quoteLive = true;
        quoteNewer = Nulls.NULL_UPDATE_ID == quoteUpdateId || quoteUpdateId > book.updateId();
        display();
    }

    void onTrade(final long priceTicks, final long quantityLots)
    {
        print(priceTicks, quantityLots);
    }

    /** Whether it is a price at all: one of 0 is how a feed says that there is none. */
    static boolean isPriced(final long priceTicks, final long quantityLots)
    {
        return priceTicks > 0 && quantityLots > 0;
    }

    /** Returns whether bars are what orders match against; a bar that cannot be is none. */
    boolean onBar(final BarDecoder bar)
    {
        final long low = bar.lowTicks();
        final long high = bar.highTicks();
        if (low <= 0 || low > Math.min(bar.openTicks(), bar.closeTicks()) ||
            high < Math.max(bar.openTicks(), bar.closeTicks()))
        {
            return false;
        }
        print(bar.closeTicks(), bar.volumeLots());
        return Source.PRINT == source();
    }

    /** What is displayed can no longer be relied on. */
    void onStale()
    {
        bookStale = true;
        quoteLive = false;
        quoteNewer = false;
        printTicks = Nulls.NULL_PRICE_TICKS;
        display();
    }

    void onLive()
    {
        bookStale = false;
        display();
    }

    private void print(final long priceTicks, final long quantityLots)
    {
        printTicks = priceTicks;
        printLots = quantityLots;
        if (Source.PRINT == source())
        {
            bids.forgetTaken();
            asks.forgetTaken();
            display();
        }
    }

    private void bookChanged()
    {
        quoteNewer = quoteLive && Nulls.NULL_UPDATE_ID != quoteUpdateId && quoteUpdateId > book.updateId();
        display();
    }

    private void display()
    {
        final Source source = source();
        if (Source.PRINT == source)
        {
            bids.display(source, printTicks, printLots);
            asks.display(source, printTicks, printLots);
        }
        else
        {
            bids.display(source, bidTicks, bidLots);
            asks.display(source, askTicks, askLots);
        }
    }

    private Source source()
    {
        if (snapshotIncomplete)
        {
            return Source.NONE;
        }
        if (book.isSynchronised() && !bookStale)
        {
            return quoteNewer ? Source.QUOTE_OVER_BOOK : Source.BOOK;
        }
        if (quoteLive)
        {
            return Source.QUOTE;
        }
        return !bookSeen && !quoteSeen && Nulls.NULL_PRICE_TICKS != printTicks ? Source.PRINT : Source.NONE;
    }

    private void setLevels(final BookUpdateDecoder update)
    {
        for (BookUpdateDecoder.BidsDecoder bid = update.bids(); bid.hasNext();)
        {
            bid.next();
            if (bid.priceTicks() > 0)
            {
                book.setBid(bid.priceTicks(), bid.quantityLots());
            }
        }
        for (BookUpdateDecoder.AsksDecoder ask = update.asks(); ask.hasNext();)
        {
            ask.next();
            if (ask.priceTicks() > 0)
            {
                book.setAsk(ask.priceTicks(), ask.quantityLots());
            }
        }
    }

    private void setLevels(final BookSnapshotDecoder snapshot)
    {
        for (BookSnapshotDecoder.BidsDecoder bid = snapshot.bids(); bid.hasNext();)
        {
            bid.next();
            if (bid.priceTicks() > 0)
            {
                book.setBid(bid.priceTicks(), bid.quantityLots());
            }
        }
        for (BookSnapshotDecoder.AsksDecoder ask = snapshot.asks(); ask.hasNext();)
        {
            ask.next();
            if (ask.priceTicks() > 0)
            {
                book.setAsk(ask.priceTicks(), ask.quantityLots());
            }
        }
    }

    /**
     * Rounded up: an order of exactly the least value must have all of it. No order that can be counted has what has more than
     * 127 bits.
     */
    private static MutableInt128 quoteUnits(final BigDecimal amount, final CashRule cashRule)
    {
        final BigInteger units = amount.scaleByPowerOfTen(-cashRule.quoteExponent())
            .setScale(0, RoundingMode.CEILING).unscaledValue();
        return units.bitLength() < 2 * Long.SIZE
            ? MutableInt128.of(units)
            : new MutableInt128().set(Long.MAX_VALUE, -1);
    }
}
