package io.lockstep.core.trigger;

import io.lockstep.codecs.Nulls;
import io.lockstep.core.market.Market;
import io.lockstep.core.order.Order;
import io.lockstep.core.order.OrderTrigger;

import java.util.Arrays;

/**
 * The held orders of an instrument: those that wait for a price, by that price, and those that are to leave and could not yet. One
 * thread; no allocation but for more orders than ever before.
 */
public final class TriggerIndex
{
    private static final Order[] NONE = {};
    private static final int LAST = PriceStream.LAST.ordinal();
    private static final int BID = PriceStream.BID.ordinal();
    private static final int ASK = PriceStream.ASK.ordinal();
    private static final int MID = PriceStream.MID.ordinal();

    private final PriceTriggers[] triggersByStream = new PriceTriggers[PriceStream.count()];
    private final long[] risingFromTicks = new long[PriceStream.count()];
    private final long[] fallingFromTicks = new long[PriceStream.count()];
    private int watched;
    /** Orders that are marked as waiting for a market that can be relied on. */
    private int waiting;
    private Order[] leaving = NONE;
    private int leavingCount;

    public TriggerIndex()
    {
        Arrays.fill(risingFromTicks, PriceTriggers.NEVER_RISING);
        Arrays.fill(fallingFromTicks, PriceTriggers.NEVER_FALLING);
        Arrays.setAll(triggersByStream, (stream) -> new PriceTriggers());
    }

    /** Whether nothing waits for the market. */
    public boolean isEmpty()
    {
        return watched == 0 && leavingCount == 0;
    }

    /** Orders that wait for a price. */
    public int watched()
    {
        return watched;
    }

    /** A held order that waits for a price, or for the way out. Nothing is done for one that waits for its list. */
    public void add(final Order order)
    {
        final OrderTrigger trigger = order.trigger();
        if (trigger.isWatched())
        {
            final int stream = stream(order);
            triggersByStream[stream].add(trigger);
            watched++;
            onChanged(stream);
        }
        else if (!trigger.waitsForList())
        {
            addLeaving(order);
        }
    }

    /** By age, whenever it was that each was to leave. */
    private void addLeaving(final Order order)
    {
        leaving = leavingCount == leaving.length ? Arrays.copyOf(leaving, 2 * leavingCount + 4) : leaving;
        int place = leavingCount++;
        while (place > 0 && leaving[place - 1].number() > order.number())
        {
            leaving[place] = leaving[place - 1];
            place--;
        }
        leaving[place] = order;
    }

    /** Takes out an order that {@link #add} has taken, before anything of it changes. */
    public void remove(final Order order)
    {
        if (order.trigger().isWatched())
        {
            final int stream = stream(order);
            triggersByStream[stream].remove(order.trigger());
            watched--;
            onChanged(stream);
        }
        else if (!order.trigger().waitsForList())
        {
            removeLeaving(order);
        }
    }

    private void removeLeaving(final Order order)
    {
        int place = 0;
        while (leaving[place] != order)
        {
            place++;
        }
        System.arraycopy(leaving, place + 1, leaving, place, --leavingCount - place);
        leaving[leavingCount] = null;
    }

    private static int stream(final Order order)
    {
        return PriceStream.of(order.trigger().source(), order.side()).ordinal();
    }

    private void onChanged(final int stream)
    {
        waiting = 0;
        for (final PriceTriggers triggers : triggersByStream)
        {
            waiting += triggers.marked();
        }
        risingFromTicks[stream] = triggersByStream[stream].risingFromTicks();
        fallingFromTicks[stream] = triggersByStream[stream].fallingFromTicks();
    }

    /** Orders that are to leave and could not yet. */
    public int leavingCount()
    {
        return leavingCount;
    }

    /** One of them, from 0, the oldest first. */
    public Order leaving(final int index)
    {
        return leaving[index];
    }

    /** Whether the newest event may reach an order, or let one go that waits: a comparison for each price that it can have changed. */
    public boolean isReached(final Market market)
    {
        if (leavingCount > 0 || waiting > 0)
        {
            return true;
        }
        return switch (market.lastEvent())
        {
            case BOOK, QUOTE -> isReached(BID, market.bestBidTicks()) || isReached(ASK, market.bestAskTicks()) ||
                isMidReached(market);
            case TRADE, BAR -> isReached(LAST, PriceStream.LAST.risingTicks(market));
            case STATUS -> true;
        };
    }

    private boolean isReached(final int stream, final long ticks)
    {
        return ticks >= risingFromTicks[stream] ||
            ticks <= fallingFromTicks[stream] && ticks != Nulls.NULL_PRICE_TICKS;
    }

    private boolean isMidReached(final Market market)
    {
        if (triggersByStream[MID].isEmpty())
        {
            return false;
        }
        final long fallingTicks = PriceStream.MID.fallingTicks(market);
        return fallingTicks != Nulls.NULL_PRICE_TICKS &&
            (PriceStream.MID.risingTicks(market) >= risingFromTicks[MID] || fallingTicks <= fallingFromTicks[MID]);
    }

    /** Whether some order waits for the price. */
    public boolean isWatched(final PriceStream stream)
    {
        return !triggersByStream[stream.ordinal()].isEmpty();
    }

    /** One of the orders that wait for the price, or null. */
    public Order first(final PriceStream stream)
    {
        final OrderTrigger trigger = triggersByStream[stream.ordinal()].first();
        return trigger == null ? null : trigger.order();
    }

    /** The price can be relied on: trailing stops follow it. Returns whether one did. */
    public boolean follow(final PriceStream stream, final Market market)
    {
        final boolean isAny = stream.risingTicks(market) != Nulls.NULL_PRICE_TICKS && triggersByStream[stream.ordinal()]
            .follow(stream.risingTicks(market), stream.fallingTicks(market));
        if (isAny)
        {
            onChanged(stream.ordinal());
        }
        return isAny;
    }

    /** The next order that the market reaches, or null. */
    public Order reached(final PriceStream stream, final Market market)
    {
        final OrderTrigger trigger = triggersByStream[stream.ordinal()]
            .reached(stream.risingTicks(market), stream.fallingTicks(market));
        return trigger == null ? null : trigger.order();
    }

    /** Whether some order of the stream is marked as waiting for a market that can be relied on. */
    public boolean isWaiting(final PriceStream stream)
    {
        return triggersByStream[stream.ordinal()].marked() > 0;
    }

    /**
     * The price cannot be relied on: marks those that it would reach.
     *
     * @return whether one was marked that was not before.
     */
    public boolean await(final PriceStream stream, final Market market, final long nowNs)
    {
        final int before = waiting;
        triggersByStream[stream.ordinal()].await(stream.risingTicks(market), stream.fallingTicks(market), nowNs);
        onChanged(stream.ordinal());
        return waiting > before;
    }

    /** The price can be relied on, and those that it reaches are gone. */
    public void endWait(final PriceStream stream)
    {
        triggersByStream[stream.ordinal()].endWait();
        onChanged(stream.ordinal());
    }
}
