package io.lockstep.core.trigger;

import io.lockstep.codecs.Nulls;
import io.lockstep.core.order.OrderTrigger;
import io.lockstep.core.order.Watermark;
import io.lockstep.sbe.OffsetUnit;

/**
 * Trailing stops of one price and direction that have seen the same best price: it moves for all of them at once, and the one with the
 * least offset is triggered first. No allocation but for more orders than ever before.
 */
final class TrailingGroup implements Watermark
{
    private final boolean isRising;
    private final TriggerHeap inTicks = new TriggerHeap(TriggerHeap.By.LEAST_OFFSET);
    private final TriggerHeap inBasisPoints = new TriggerHeap(TriggerHeap.By.LEAST_OFFSET);
    private long ticks;
    /** Of whoever keeps the groups. */
    int place;

    /**
     * @param isRising whether they are triggered by a rising market, so that the best price is the lowest.
     */
    TrailingGroup(final boolean isRising)
    {
        this.isRising = isRising;
    }

    @Override
    public long ticks()
    {
        return ticks;
    }

    void ticks(final long newTicks)
    {
        ticks = newTicks;
    }

    int count()
    {
        return inTicks.count() + inBasisPoints.count();
    }

    private TriggerHeap heap(final OrderTrigger trigger)
    {
        return trigger.offsetUnit() == OffsetUnit.TICKS ? inTicks : inBasisPoints;
    }

    void add(final OrderTrigger trigger)
    {
        heap(trigger).add(trigger);
        trigger.share(this);
    }

    void remove(final OrderTrigger trigger)
    {
        heap(trigger).remove(trigger);
        trigger.share(null);
    }

    /** All of the other group, which is empty then. */
    void addAll(final TrailingGroup other)
    {
        addAll(other.inTicks);
        addAll(other.inBasisPoints);
    }

    private void addAll(final TriggerHeap heap)
    {
        for (OrderTrigger trigger = heap.takeLast(); trigger != null; trigger = heap.takeLast())
        {
            add(trigger);
        }
    }

    /** The one that is triggered first; there is one. */
    OrderTrigger first()
    {
        final OrderTrigger one = inTicks.first();
        final OrderTrigger other = inBasisPoints.first();
        if (one == null || other == null)
        {
            return one == null ? other : one;
        }
        final long ahead = isRising ? other.priceTicks() - one.priceTicks() : one.priceTicks() - other.priceTicks();
        final boolean isOne = ahead == 0 ? one.order().number() < other.order().number() : ahead > 0;
        return isOne ? one : other;
    }

    /** The price at which the first is triggered; one that no market reaches before there is a best price. */
    long firstTicks()
    {
        if (ticks == Nulls.NULL_PRICE_TICKS)
        {
            return isRising ? PriceTriggers.NEVER_RISING : PriceTriggers.NEVER_FALLING;
        }
        return first().priceTicks();
    }

    TriggerHeap inTicks()
    {
        return inTicks;
    }

    TriggerHeap inBasisPoints()
    {
        return inBasisPoints;
    }
}
