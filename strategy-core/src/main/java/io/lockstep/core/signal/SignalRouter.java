package io.lockstep.core.signal;

import io.lockstep.core.instance.Instances;
import io.lockstep.core.instance.Leg;
import io.lockstep.core.instance.StrategyInstance;
import io.lockstep.core.instrument.InstrumentSlot;
import io.lockstep.core.risk.Refusal;
import io.lockstep.sbe.RiskReason;

/**
 * Which model gets a signal: the one that it names, else one of those that run, take signals, have a weight and a leg on the
 * instrument. Of these the hash of the signal's id chooses, in proportion to the weights: the same id among the same models always
 * the same one, in every replay. No allocation.
 */
final class SignalRouter
{
    private final Instances instances;

    SignalRouter(final Instances instances)
    {
        this.instances = instances;
    }

    /**
     * The leg of the model that gets it.
     *
     * @param refusal gets the reason when there is none.
     * @return null when there is none.
     */
    Leg choose(final InstrumentSlot slot, final SignalRequest signal, final Refusal refusal)
    {
        return signal.namesModel() ? named(slot, signal, refusal) : byWeight(slot, signal, refusal);
    }

    private Leg named(final InstrumentSlot slot, final SignalRequest signal, final Refusal refusal)
    {
        for (int i = 0; i < slot.legCount(); i++)
        {
            final Leg leg = slot.leg(i);
            if (isModel(leg.instance()) && signal.namesModel(leg.instance().name()))
            {
                return leg;
            }
        }
        refusal.because(RiskReason.UNKNOWN_MODEL);
        return null;
    }

    private Leg byWeight(final InstrumentSlot slot, final SignalRequest signal, final Refusal refusal)
    {
        long sum = 0;
        for (int i = 0; i < slot.legCount(); i++)
        {
            sum += units(slot.leg(i).instance());
        }
        if (sum == 0)
        {
            refusal.because(RiskReason.NO_MODEL);
            return null;
        }
        long place = place(signal.idHash(), sum);
        int chosen = 0;
        while (place >= units(slot.leg(chosen).instance()))
        {
            place -= units(slot.leg(chosen).instance());
            chosen++;
        }
        return slot.leg(chosen);
    }

    /**
     * The hash, of all 64-bit numbers, as a place from 0 to the sum, exclusive: the upper half of their product. So the same share of
     * the sum has the same ids, however the weights are written.
     */
    private static long place(final long hash, final long sum)
    {
        return Math.multiplyHigh(hash, sum) + (hash < 0 ? sum : 0);
    }

    /** Its weight where it can be chosen, else 0. */
    private long units(final StrategyInstance instance)
    {
        return isModel(instance) && isReady(instance) ? ModelWeight.units(instance.weight()) : 0;
    }

    private boolean isModel(final StrategyInstance instance)
    {
        return !instance.isNobody() && instances.takesSignals(instance);
    }

    /** Whether it runs, and is not about to be taken out. */
    static boolean isReady(final StrategyInstance instance)
    {
        return instance.isRunning() && !instance.isClosing();
    }
}
