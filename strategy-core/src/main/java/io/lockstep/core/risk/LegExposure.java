package io.lockstep.core.risk;

import io.lockstep.core.order.OpenOrders;
import io.lockstep.core.position.Position;
import io.lockstep.sbe.Side;

/** The exposure of one position and the open orders that can change it. */
public final class LegExposure implements Exposure
{
    private final Position position;
    private final OpenOrders openOrders;

    public LegExposure(final Position position, final OpenOrders openOrders)
    {
        this.position = position;
        this.openOrders = openOrders;
    }

    @Override
    public long netLots()
    {
        return position.netLots();
    }

    @Override
    public long exposureLots(final Side side)
    {
        return openOrders.exposureLots(side);
    }

    @Override
    public OpenOrders openOrders()
    {
        return openOrders;
    }

    @Override
    public int openOrderCount()
    {
        return openOrders.count();
    }
}
