package io.lockstep.core.risk;

import io.lockstep.core.order.OpenOrders;
import io.lockstep.sbe.Side;

/**
 * What a limit counts on one instrument: the position and the open orders of a scope, of one strategy's instance or of all that
 * trade there. One thread; nothing is changed by a call, and nothing is allocated.
 */
public interface Exposure
{
    /** Positive long, negative short. */
    long netLots();

    /** Lots that open orders of the side may still trade, a replace to more counted as if it were granted. */
    long exposureLots(Side side);

    int openOrderCount();

    /** The open orders, oldest first. */
    OpenOrders openOrders();

    /** Whether there is neither position nor open order. */
    default boolean isFlat()
    {
        return netLots() == 0 && openOrderCount() == 0;
    }
}
