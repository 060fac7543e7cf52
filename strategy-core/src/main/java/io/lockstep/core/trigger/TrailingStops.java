package io.lockstep.core.trigger;

import io.lockstep.codecs.Nulls;
import io.lockstep.core.order.OrderTrigger;

import java.util.Arrays;

/**
 * The trailing stops that follow one price in one direction, in groups that have seen the same best price.
 * <p>
 * The groups stand in a row, that with the best price first; a price that is better than those of the last groups makes one of them, the
 * smaller into the larger. So a market that goes on and on moves one group, and each order is moved from group to group a logarithmic
 * number of times. Which group is triggered first is kept in a heap. The best price never gets worse, whatever the market does. No
 * allocation but for more orders than ever before.
 */
final class TrailingStops
{
    private static final TrailingGroup[] EMPTY = {};

    private final boolean isRising;
    private TrailingGroup[] row = EMPTY;
    private TrailingGroup[] heap = EMPTY;
    private TrailingGroup[] spare = EMPTY;
    private int count;
    private int spareCount;
    private int orders;

    /**
     * @param isRising whether they are triggered by a rising market, so that the best price is the lowest.
     */
    TrailingStops(final boolean isRising)
    {
        this.isRising = isRising;
    }

    /** Orders. */
    int count()
    {
        return orders;
    }

    /** The price at which the first is triggered; one that no market reaches without any. */
    long firstTicks()
    {
        return count == 0 ? never() : heap[0].firstTicks();
    }

    private long never()
    {
        return isRising ? PriceTriggers.NEVER_RISING : PriceTriggers.NEVER_FALLING;
    }

    /** The one that is triggered first, or null. */
    OrderTrigger first()
    {
        return count == 0 ? null : heap[0].first();
    }

    /** A price that is better than this moves some; one that no market reaches without any. */
    long worstMarkTicks()
    {
        if (count == 0)
        {
            return isRising ? PriceTriggers.NEVER_FALLING : PriceTriggers.NEVER_RISING;
        }
        final long ticks = row[count - 1].ticks();
        return ticks == Nulls.NULL_PRICE_TICKS ? never() : ticks;
    }

    /** With the best price that it has seen, or null. */
    void add(final OrderTrigger trigger)
    {
        orders++;
        final int place = placeOf(trigger.watermarkTicks());
        final boolean isThere = place < count && row[place].ticks() == trigger.watermarkTicks();
        final TrailingGroup group = isThere ? row[place] : insert(place, trigger.watermarkTicks());
        group.add(trigger);
        settle(group);
    }

    /** The first place whose price is no better than this. */
    private int placeOf(final long ticks)
    {
        int low = 0;
        int high = count;
        while (low < high)
        {
            final int middle = low + high >>> 1;
            if (isBetter(row[middle].ticks(), ticks))
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }
        return low;
    }

    /** No price at all is the worst. */
    private boolean isBetter(final long oneTicks, final long otherTicks)
    {
        if (oneTicks == Nulls.NULL_PRICE_TICKS || otherTicks == Nulls.NULL_PRICE_TICKS)
        {
            return oneTicks != otherTicks && otherTicks == Nulls.NULL_PRICE_TICKS;
        }
        return isRising ? oneTicks < otherTicks : oneTicks > otherTicks;
    }

    private TrailingGroup insert(final int place, final long ticks)
    {
        if (count == row.length)
        {
            row = Arrays.copyOf(row, 2 * count + 4);
            heap = Arrays.copyOf(heap, 2 * count + 4);
        }
        System.arraycopy(row, place, row, place + 1, count - place);
        final TrailingGroup group = spareCount == 0 ? new TrailingGroup(isRising) : spare[--spareCount];
        group.ticks(ticks);
        row[place] = group;
        heap[count] = group;
        group.place = count++;
        return group;
    }

    void remove(final OrderTrigger trigger)
    {
        orders--;
        final int place = placeOf(trigger.watermarkTicks());
        final TrailingGroup group = row[place];
        group.remove(trigger);
        if (group.count() > 0)
        {
            settle(group);
        }
        else
        {
            removeFromHeap(group);
            System.arraycopy(row, place + 1, row, place, --count - place);
            row[count] = null;
            keep(group);
        }
    }

    private void keep(final TrailingGroup group)
    {
        if (spareCount == spare.length)
        {
            spare = Arrays.copyOf(spare, 2 * spareCount + 4);
        }
        spare[spareCount++] = group;
    }

    /**
     * A price that can be relied on: those that have seen no better one follow it.
     *
     * @return whether there were some.
     */
    boolean follow(final long ticks)
    {
        if (count == 0 || !isBetter(ticks, row[count - 1].ticks()))
        {
            return false;
        }
        TrailingGroup all = takeLast();
        while (count > 0 && !isBetter(row[count - 1].ticks(), ticks))
        {
            all = united(all, takeLast());
        }
        all.ticks(ticks);
        row[count] = all;
        heap[count] = all;
        all.place = count++;
        settle(all);
        return true;
    }

    private TrailingGroup takeLast()
    {
        final TrailingGroup last = row[count - 1];
        removeFromHeap(last);
        row[--count] = null;
        return last;
    }

    private TrailingGroup united(final TrailingGroup one, final TrailingGroup other)
    {
        final TrailingGroup larger = one.count() >= other.count() ? one : other;
        final TrailingGroup smaller = larger == one ? other : one;
        larger.addAll(smaller);
        keep(smaller);
        return larger;
    }

    // The heap.

    /** Before the count is less by one. */
    private void removeFromHeap(final TrailingGroup group)
    {
        final int gap = group.place;
        final TrailingGroup last = heap[count - 1];
        heap[count - 1] = null;
        if (last != group)
        {
            put(last, gap);
            settle(last, count - 1);
        }
    }

    /** The first of the group may be another. */
    private void settle(final TrailingGroup group)
    {
        settle(group, count);
    }

    private void settle(final TrailingGroup group, final int size)
    {
        int place = group.place;
        while (place > 0 && isBefore(group, heap[(place - 1) / 2]))
        {
            put(heap[(place - 1) / 2], place);
            place = (place - 1) / 2;
        }
        put(group, place);
        sink(group, place, size);
    }

    private void sink(final TrailingGroup group, final int from, final int size)
    {
        int place = from;
        for (int child = 2 * place + 1; child < size; child = 2 * place + 1)
        {
            if (child + 1 < size && isBefore(heap[child + 1], heap[child]))
            {
                child++;
            }
            if (!isBefore(heap[child], group))
            {
                break;
            }
            put(heap[child], place);
            place = child;
        }
        put(group, place);
    }

    private void put(final TrailingGroup group, final int place)
    {
        heap[place] = group;
        group.place = place;
    }

    private boolean isBefore(final TrailingGroup one, final TrailingGroup other)
    {
        final long oneTicks = one.firstTicks();
        final long otherTicks = other.firstTicks();
        if (oneTicks != otherTicks)
        {
            return isRising == oneTicks < otherTicks;
        }
        return isBetter(one.ticks(), other.ticks());
    }

    // Those that wait for a market that can be relied on.

    /** Marks those that the price would trigger; returns how many were not marked before. */
    int mark(final long ticks, final long nowNs)
    {
        int marked = 0;
        for (int i = 0; i < count; i++)
        {
            if (row[i].ticks() != Nulls.NULL_PRICE_TICKS)
            {
                marked += mark(row[i].inTicks(), 0, ticks, nowNs) + mark(row[i].inBasisPoints(), 0, ticks, nowNs);
            }
        }
        return marked;
    }

    private int mark(final TriggerHeap heapOfGroup, final int place, final long ticks, final long nowNs)
    {
        final OrderTrigger trigger = heapOfGroup.at(place);
        if (trigger == null || (isRising ? ticks < trigger.priceTicks() : ticks > trigger.priceTicks()))
        {
            return 0;
        }
        final boolean isNew = trigger.waitingSinceNs() == Nulls.NULL_TIME_NS;
        if (isNew)
        {
            trigger.waitingSinceNs(nowNs);
        }
        return (isNew ? 1 : 0) + mark(heapOfGroup, 2 * place + 1, ticks, nowNs) +
            mark(heapOfGroup, 2 * place + 2, ticks, nowNs);
    }

    void unmark()
    {
        for (int i = 0; i < count; i++)
        {
            row[i].inTicks().unmark();
            row[i].inBasisPoints().unmark();
        }
    }
}
