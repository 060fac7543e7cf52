package io.lockstep.core.trigger;

import io.lockstep.codecs.Nulls;
import io.lockstep.core.order.OrderTrigger;

/**
 * The held orders that wait for one price, up or down.
 * <p>
 * While the price cannot be relied on none of them is reached; each that would be is marked with the time, once: how far the price has
 * gone meanwhile is kept, so that a price that goes no further costs a comparison. No allocation but for more orders than ever before.
 */
final class PriceTriggers
{
    static final long NEVER_RISING = Long.MAX_VALUE;
    static final long NEVER_FALLING = Long.MIN_VALUE;

    private final TriggerHeap rising = new TriggerHeap(TriggerHeap.By.LOWEST_PRICE);
    private final TriggerHeap falling = new TriggerHeap(TriggerHeap.By.HIGHEST_PRICE);
    private final TrailingStops trailingUp = new TrailingStops(true);
    private final TrailingStops trailingDown = new TrailingStops(false);
    private int marked;
    /** All that wait for a rise to this price or less are marked, and all that wait for a fall to the other or more. */
    private long markedUpToTicks = NEVER_FALLING;
    private long markedDownToTicks = NEVER_RISING;
    /** Nothing is marked beyond. */
    private long highestMarkTicks = NEVER_FALLING;
    private long lowestMarkTicks = NEVER_RISING;

    void add(final OrderTrigger trigger)
    {
        if (trigger.isTrailing())
        {
            trailing(trigger).add(trigger);
            marked += isMarked(trigger) ? 1 : 0;
            lookAnew();
            return;
        }
        heap(trigger).add(trigger);
        if (isMarked(trigger))
        {
            onMarked(trigger);
        }
        else if (trigger.isRising())
        {
            markedUpToTicks = Math.min(markedUpToTicks, trigger.watchedTicks() - 1);
        }
        else
        {
            markedDownToTicks = Math.max(markedDownToTicks, trigger.watchedTicks() + 1);
        }
    }

    private void lookAnew()
    {
        markedUpToTicks = NEVER_FALLING;
        markedDownToTicks = NEVER_RISING;
    }

    private TrailingStops trailing(final OrderTrigger trigger)
    {
        return trigger.isRising() ? trailingUp : trailingDown;
    }

    private static boolean isMarked(final OrderTrigger trigger)
    {
        return trigger.waitingSinceNs() != Nulls.NULL_TIME_NS;
    }

    private void onMarked(final OrderTrigger trigger)
    {
        marked++;
        if (trigger.isRising())
        {
            highestMarkTicks = Math.max(highestMarkTicks, trigger.watchedTicks());
        }
        else
        {
            lowestMarkTicks = Math.min(lowestMarkTicks, trigger.watchedTicks());
        }
    }

    void remove(final OrderTrigger trigger)
    {
        marked -= isMarked(trigger) ? 1 : 0;
        if (trigger.isTrailing())
        {
            trailing(trigger).remove(trigger);
        }
        else
        {
            heap(trigger).remove(trigger);
        }
    }

    private TriggerHeap heap(final OrderTrigger trigger)
    {
        return trigger.isRising() ? rising : falling;
    }

    /** One that waits, or null. */
    OrderTrigger first()
    {
        if (rising.count() + falling.count() > 0)
        {
            return rising.count() > 0 ? rising.first() : falling.first();
        }
        return trailingUp.count() > 0 ? trailingUp.first() : trailingDown.first();
    }

    boolean isEmpty()
    {
        return rising.count() + falling.count() + trailingUp.count() + trailingDown.count() == 0;
    }

    /** From this price on a rising market reaches an order, or takes a trailing stop along. */
    long risingFromTicks()
    {
        final long worst = trailingDown.worstMarkTicks();
        final long following = worst == NEVER_RISING ? worst : worst == NEVER_FALLING ? 1 : worst + 1;
        return Math.min(firstRisingTicks(), following);
    }

    /** From this price on a falling market does. */
    long fallingFromTicks()
    {
        final long worst = trailingUp.worstMarkTicks();
        final long following = worst == NEVER_FALLING ? worst : worst - 1;
        return Math.max(firstFallingTicks(), following);
    }

    private long firstRisingTicks()
    {
        return Math.min(rising.count() == 0 ? NEVER_RISING : rising.first().watchedTicks(), trailingUp.firstTicks());
    }

    private long firstFallingTicks()
    {
        return Math.max(
            falling.count() == 0 ? NEVER_FALLING : falling.first().watchedTicks(), trailingDown.firstTicks());
    }

    /** A price that can be relied on: trailing stops follow it. Returns whether one did. */
    boolean follow(final long risingTicks, final long fallingTicks)
    {
        // A stop that guards a long position sees the price from below, and so never too high.
        final boolean isAny = trailingDown.follow(risingTicks) | trailingUp.follow(fallingTicks);
        if (isAny)
        {
            lookAnew();
        }
        return isAny;
    }

    /** The next that the prices reach, or null: the one that waits for a rise before the one that waits for a fall. */
    OrderTrigger reached(final long risingTicks, final long fallingTicks)
    {
        if (risingTicks == Nulls.NULL_PRICE_TICKS)
        {
            return null;
        }
        if (risingTicks >= firstRisingTicks())
        {
            return earlier(rising.first(), trailingUp.first(), true);
        }
        return fallingTicks <= firstFallingTicks() ? earlier(falling.first(), trailingDown.first(), false) : null;
    }

    /** The one that the market reaches first, and of two alike the older; at least one of them is given. */
    private static OrderTrigger earlier(final OrderTrigger one, final OrderTrigger trailing, final boolean isRising)
    {
        if (one == null || trailing == null || trailing.priceTicks() == Nulls.NULL_PRICE_TICKS)
        {
            return one == null ? trailing : one;
        }
        final long ahead = isRising
            ? trailing.priceTicks() - one.watchedTicks()
            : one.watchedTicks() - trailing.priceTicks();
        final boolean isOne = ahead == 0 ? one.order().number() < trailing.order().number() : ahead > 0;
        return isOne ? one : trailing;
    }

    /** How many are marked. */
    int marked()
    {
        return marked;
    }

    /** The price cannot be relied on: marks those that it would reach. */
    void await(final long risingTicks, final long fallingTicks, final long nowNs)
    {
        if (risingTicks == Nulls.NULL_PRICE_TICKS)
        {
            return;
        }
        if (risingTicks > markedUpToTicks)
        {
            markedUpToTicks = risingTicks;
            mark(rising, 0, risingTicks, nowNs);
            marked += trailingUp.mark(risingTicks, nowNs);
        }
        if (fallingTicks < markedDownToTicks)
        {
            markedDownToTicks = fallingTicks;
            mark(falling, 0, fallingTicks, nowNs);
            marked += trailingDown.mark(fallingTicks, nowNs);
        }
    }

    private static boolean isReached(final OrderTrigger trigger, final long ticks)
    {
        return trigger.isRising() ? ticks >= trigger.watchedTicks() : ticks <= trigger.watchedTicks();
    }

    private void mark(final TriggerHeap heap, final int place, final long ticks, final long nowNs)
    {
        final OrderTrigger trigger = heap.at(place);
        if (trigger == null || !isReached(trigger, ticks))
        {
            return;
        }
        if (!isMarked(trigger))
        {
            trigger.waitingSinceNs(nowNs);
            onMarked(trigger);
        }
        mark(heap, 2 * place + 1, ticks, nowNs);
        mark(heap, 2 * place + 2, ticks, nowNs);
    }

    /** The price can be relied on again, and those that it reaches are gone: the others wait no more. */
    void endWait()
    {
        unmark(rising, 0, highestMarkTicks);
        unmark(falling, 0, lowestMarkTicks);
        trailingUp.unmark();
        trailingDown.unmark();
        marked = 0;
        lookAnew();
        highestMarkTicks = NEVER_FALLING;
        lowestMarkTicks = NEVER_RISING;
    }

    private static void unmark(final TriggerHeap heap, final int place, final long ticks)
    {
        final OrderTrigger trigger = heap.at(place);
        if (trigger != null && isReached(trigger, ticks))
        {
            trigger.waitingSinceNs(Nulls.NULL_TIME_NS);
            unmark(heap, 2 * place + 1, ticks);
            unmark(heap, 2 * place + 2, ticks);
        }
    }
}
