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

    private final TriggerHeap rising = new TriggerHeap(true);
    private final TriggerHeap falling = new TriggerHeap(false);
    private int marked;
    /** All that wait for a rise to this price or less are marked, and all that wait for a fall to the other or more. */
    private long markedUpToTicks = NEVER_FALLING;
    private long markedDownToTicks = NEVER_RISING;
    /** Nothing is marked beyond. */
    private long highestMarkTicks = NEVER_FALLING;
    private long lowestMarkTicks = NEVER_RISING;

    void add(final OrderTrigger trigger)
    {
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
        heap(trigger).remove(trigger);
    }

    private TriggerHeap heap(final OrderTrigger trigger)
    {
        return trigger.isRising() ? rising : falling;
    }

    /** One that waits, or null. */
    OrderTrigger first()
    {
        return rising.count() > 0 ? rising.first() : falling.first();
    }

    /** The price that a rising market reaches first. */
    long firstRisingTicks()
    {
        return rising.count() == 0 ? NEVER_RISING : rising.first().watchedTicks();
    }

    /** The price that a falling market reaches first. */
    long firstFallingTicks()
    {
        return falling.count() == 0 ? NEVER_FALLING : falling.first().watchedTicks();
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
            return rising.first();
        }
        return fallingTicks <= firstFallingTicks() ? falling.first() : null;
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
        }
        if (fallingTicks < markedDownToTicks)
        {
            markedDownToTicks = fallingTicks;
            mark(falling, 0, fallingTicks, nowNs);
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
        marked = 0;
        markedUpToTicks = NEVER_FALLING;
        markedDownToTicks = NEVER_RISING;
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
