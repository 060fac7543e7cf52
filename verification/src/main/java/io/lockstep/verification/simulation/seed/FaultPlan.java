package io.lockstep.verification.simulation.seed;

import java.util.EnumMap;
import java.util.Map;
import java.util.StringJoiner;

/**
 * Which faults a run has and when. About half of them are left out of each run: a fault that always happens hides what
 * happens only without it.
 */
public final class FaultPlan
{
    private static final Fault[] FAULTS = Fault.values();
    private static final CrashPoint[] CRASH_POINTS = CrashPoint.values();
    private static final int CROSSINGS_MAX = 6;

    private final Map<Fault, Integer> of10000ByFault = new EnumMap<>(Fault.class);
    private final SimulationRandom random;
    private CrashPoint armed;
    private int crossingsLeft;

    public FaultPlan(final SimulationRandom random)
    {
        this.random = random;
        for (final Fault fault : FAULTS)
        {
            final boolean isUsed = random.flip();
            final int of10000 = random.between(1, fault.of10000Max());
            if (isUsed)
            {
                of10000ByFault.put(fault, of10000);
            }
        }
    }

    /** The fault of this step, or null. */
    public Fault next()
    {
        for (final Map.Entry<Fault, Integer> entry : of10000ByFault.entrySet())
        {
            if (random.chance(entry.getValue()))
            {
                return entry.getKey();
            }
        }
        return null;
    }

    /** The node is to be killed when it has crossed a point so often. */
    public CrashPoint arm()
    {
        armed = random.choose(CRASH_POINTS);
        crossingsLeft = random.below(CROSSINGS_MAX);
        return armed;
    }

    /** The node is past all danger, until it is armed again. */
    public void disarm()
    {
        armed = null;
    }

    /**
     * The node crosses a point.
     *
     * @throws SimulatedCrash when this is where it is killed.
     */
    public void at(final CrashPoint point)
    {
        if (point == armed && crossingsLeft-- == 0)
        {
            armed = null;
            throw new SimulatedCrash(point.name());
        }
    }

    @Override
    public String toString()
    {
        final StringJoiner text = new StringJoiner(" ");
        of10000ByFault.forEach((fault, of10000) -> text.add(fault + "=" + of10000));
        return text.toString();
    }
}
