package io.lockstep.core.reference;

import io.lockstep.sbe.Side;

import java.util.List;

/** What is held and open, of one strategy on an instrument or of all who trade it. */
interface ModelExposure
{
    long net();

    List<ModelOrder> open();

    default long openLots(final Side side)
    {
        return open().stream().filter((order) -> order.asked.side() == side).mapToLong(ModelOrder::exposure).sum();
    }

    /** The position in the order's direction when all that is open on its side is filled, and the order. */
    default long worst(final Intent intent)
    {
        final long signed = intent.isBuy() ? net() : -net();
        return signed + openLots(intent.side()) - intent.replaced() + intent.leaves();
    }

    /** Whether the order can but make the position smaller, with all that is open on its side. */
    default boolean isReducedBy(final Intent intent)
    {
        final long held = intent.isBuy() ? -net() : net();
        final long open = openLots(intent.side()) - intent.replaced();
        return open <= held && open + intent.leaves() <= held;
    }
}
