package io.lockstep.core.command;

import io.lockstep.codecs.Instrument;
import io.lockstep.core.account.MarkPort;
import io.lockstep.core.decision.DecisionWriter;
import io.lockstep.core.instrument.Slots;
import io.lockstep.core.market.Market;

/** The marks of the slots' markets at the input that is being taken. Changes nothing, allocates nothing. */
public final class SlotMarks implements MarkPort
{
    private final Slots slots;
    private final DecisionWriter decisions;

    /**
     * @param decisions know the sequenced time of the input.
     */
    public SlotMarks(final Slots slots, final DecisionWriter decisions)
    {
        this.slots = slots;
        this.decisions = decisions;
    }

    @Override
    public Instrument instrument(final int instrumentId)
    {
        return instrumentId >= 0 && instrumentId < slots.count() ? slots.get(instrumentId).instrument() : null;
    }

    @Override
    public long markTicks(final int instrumentId)
    {
        return slots.get(instrumentId).market().markTicks();
    }

    @Override
    public long markAgeNs(final int instrumentId)
    {
        final Market market = slots.get(instrumentId).market();
        return market.ageNs(market.markKind(), decisions.nowNs());
    }
}
