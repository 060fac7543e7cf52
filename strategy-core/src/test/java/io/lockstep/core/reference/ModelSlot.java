package io.lockstep.core.reference;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** An instrument with its market and those who trade it. */
final class ModelSlot implements ModelExposure
{
    final ModelInstrument instrument;
    final ModelMarket market = new ModelMarket();
    final List<ModelLeg> legs = new ArrayList<>();
    /** Triggered, and not out yet; by age. */
    final List<ModelOrder> leaving = new ArrayList<>();

    ModelSlot(final ModelInstrument instrument)
    {
        this.instrument = instrument;
    }

    int id()
    {
        return instrument.id();
    }

    @Override
    public long net()
    {
        return legs.stream().mapToLong(ModelLeg::net).sum();
    }

    @Override
    public List<ModelOrder> open()
    {
        return legs.stream().flatMap((leg) -> leg.open.stream())
            .sorted(Comparator.comparingLong((order) -> order.number))
            .toList();
    }
}
