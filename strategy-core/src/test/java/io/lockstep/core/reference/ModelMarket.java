package io.lockstep.core.reference;

import io.lockstep.sbe.FeedReason;
import io.lockstep.sbe.Side;
import io.lockstep.sbe.TriggerSource;

/** The market of an instrument whose book or quotes have always two sides: best bid and offer, the last trade, and whether all is live. */
final class ModelMarket
{
    private long bid = Asked.NONE;
    private long ask = Asked.NONE;
    private long last = Asked.NONE;
    private boolean isLive;
    private FeedReason reason = FeedReason.NONE;

    void best(final long newBid, final long newAsk)
    {
        bid = newBid;
        ask = newAsk;
    }

    void trade(final long ticks)
    {
        last = ticks;
    }

    void live()
    {
        isLive = true;
    }

    void stale(final FeedReason why)
    {
        isLive = false;
        reason = why;
    }

    boolean isLive()
    {
        return isLive;
    }

    FeedReason reason()
    {
        return reason;
    }

    long bid()
    {
        return bid;
    }

    long ask()
    {
        return ask;
    }

    long last()
    {
        return last;
    }

    boolean isCrossed()
    {
        return bid != Asked.NONE && bid > ask;
    }

    /** The middle, rounded down. */
    long mark()
    {
        return bid == Asked.NONE ? last : Math.floorDiv(bid + ask, 2L);
    }

    /** What an order of the side would take. */
    long taken(final Side side)
    {
        final long touch = side == Side.BUY ? ask : bid;
        return touch == Asked.NONE ? mark() : touch;
    }

    /** The price that a held order looks at; the middle is rounded away from what the order waits for. */
    long watched(final TriggerSource source, final Side side, final boolean isRising)
    {
        return switch (source)
        {
            case LAST_TRADE -> last;
            case BID_ASK -> side == Side.BUY ? ask : bid;
            case MID -> bid == Asked.NONE
                ? Asked.NONE
                : isRising ? Math.floorDiv(bid + ask, 2L) : -Math.floorDiv(-bid - ask, 2L);
            case MARK, NULL_VAL, SBE_UNKNOWN -> Asked.NONE;
        };
    }

    /** Whether a trigger counts on it. */
    boolean isReliable()
    {
        return isLive && !isCrossed() && mark() != Asked.NONE;
    }
}
