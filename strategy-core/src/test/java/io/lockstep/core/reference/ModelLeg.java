package io.lockstep.core.reference;

import io.lockstep.sbe.Side;

import java.util.ArrayList;
import java.util.List;

/** A strategy's instance on an instrument: its position and open orders, the oldest first. */
final class ModelLeg implements ModelExposure
{
    final int strategyId;
    final ModelSlot slot;
    final ModelPosition position;
    final List<ModelOrder> open = new ArrayList<>();

    ModelLeg(final int strategyId, final ModelSlot slot)
    {
        this.strategyId = strategyId;
        this.slot = slot;
        position = new ModelPosition(slot.instrument);
    }

    @Override
    public long net()
    {
        return position.net();
    }

    @Override
    public List<ModelOrder> open()
    {
        return open;
    }

    /** The position that an order of the side reduces; negative when it adds to one. */
    long reducible(final Side side)
    {
        return side == Side.SELL ? net() : -net();
    }
}
