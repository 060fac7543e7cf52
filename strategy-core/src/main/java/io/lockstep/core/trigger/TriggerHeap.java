package io.lockstep.core.trigger;

import io.lockstep.codecs.Nulls;
import io.lockstep.core.order.OrderTrigger;

import java.util.Arrays;

/**
 * Held orders by the price that they wait for, or by their offset: the one first that the market reaches first, and of two alike the
 * older. A binary heap in which each order knows its place. Allocates only when more wait than ever before.
 */
final class TriggerHeap
{
    private static final OrderTrigger[] EMPTY = {};

    /** Which one is first. */
    enum By
    {
        LOWEST_PRICE, HIGHEST_PRICE, LEAST_OFFSET
    }

    private final By by;
    private OrderTrigger[] triggers = EMPTY;
    private int count;

    TriggerHeap(final By by)
    {
        this.by = by;
    }

    /** The first, or null. */
    OrderTrigger first()
    {
        return count == 0 ? null : triggers[0];
    }

    int count()
    {
        return count;
    }

    /** By its place, 0 being the first and the two behind place p at 2p + 1 and 2p + 2; null beyond the last. */
    OrderTrigger at(final int place)
    {
        return place < count ? triggers[place] : null;
    }

    void add(final OrderTrigger trigger)
    {
        if (count == triggers.length)
        {
            triggers = Arrays.copyOf(triggers, 2 * count + 4);
        }
        rise(trigger, count++);
    }

    void remove(final OrderTrigger trigger)
    {
        final int gap = trigger.place();
        trigger.place(OrderTrigger.NOWHERE);
        final OrderTrigger last = triggers[--count];
        triggers[count] = null;
        if (last != trigger)
        {
            sink(last, gap);
            if (triggers[gap] == last)
            {
                rise(last, gap);
            }
        }
    }

    private void rise(final OrderTrigger trigger, final int from)
    {
        int place = from;
        while (place > 0 && isBefore(trigger, triggers[(place - 1) / 2]))
        {
            put(triggers[(place - 1) / 2], place);
            place = (place - 1) / 2;
        }
        put(trigger, place);
    }

    private void sink(final OrderTrigger trigger, final int from)
    {
        int place = from;
        for (int child = 2 * place + 1; child < count; child = 2 * place + 1)
        {
            if (child + 1 < count && isBefore(triggers[child + 1], triggers[child]))
            {
                child++;
            }
            if (!isBefore(triggers[child], trigger))
            {
                break;
            }
            put(triggers[child], place);
            place = child;
        }
        put(trigger, place);
    }

    private void put(final OrderTrigger trigger, final int place)
    {
        triggers[place] = trigger;
        trigger.place(place);
    }

    private boolean isBefore(final OrderTrigger one, final OrderTrigger other)
    {
        final long oneKey = key(one);
        final long otherKey = key(other);
        return oneKey == otherKey ? one.order().number() < other.order().number() : oneKey < otherKey;
    }

    private long key(final OrderTrigger trigger)
    {
        return switch (by)
        {
            case LOWEST_PRICE -> trigger.watchedTicks();
            case HIGHEST_PRICE -> -trigger.watchedTicks();
            case LEAST_OFFSET -> trigger.trailingOffset();
        };
    }

    /** Takes one out, whichever is at hand; null when there is none. */
    OrderTrigger takeLast()
    {
        if (count == 0)
        {
            return null;
        }
        final OrderTrigger last = triggers[--count];
        triggers[count] = null;
        last.place(OrderTrigger.NOWHERE);
        return last;
    }

    /** None waits for a market that can be relied on. */
    void unmark()
    {
        for (int i = 0; i < count; i++)
        {
            triggers[i].waitingSinceNs(Nulls.NULL_TIME_NS);
        }
    }
}
