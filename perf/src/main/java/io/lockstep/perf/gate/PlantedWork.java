package io.lockstep.perf.gate;

import io.lockstep.perf.work.HotPart;
import io.lockstep.perf.work.Work;

import java.util.List;

/**
 * A part made slower on purpose, to see the gate close: so many of a hundred steps are done twice.
 */
final class PlantedWork implements Work
{
    private static final int HUNDRED = 100;

    private final Work work;
    private final int percent;
    private int due;

    PlantedWork(final Work work, final int percent)
    {
        this.work = work;
        this.percent = percent;
    }

    @Override
    public long step()
    {
        due += percent;
        if (due >= HUNDRED)
        {
            due -= HUNDRED;
            work.step();
        }
        return work.step();
    }

    /**
     * All parts, one of them slower.
     *
     * @param plant {@code PART=PERCENT}, or empty for none.
     * @throws IllegalArgumentException when it is not so, or there is no such part.
     */
    static List<HotPart> parts(final String plant)
    {
        if (plant.isEmpty())
        {
            return HotPart.all();
        }
        final String[] nameAndPercent = plant.split("=");
        if (nameAndPercent.length != 2
            || HotPart.all().stream().noneMatch((part) -> part.name().equals(nameAndPercent[0])))
        {
            throw new IllegalArgumentException("plant=" + plant + ": expected PART=PERCENT");
        }
        final int percent = Integer.parseInt(nameAndPercent[1]);
        return HotPart.all().stream()
            .map((part) -> part.name().equals(nameAndPercent[0])
                ? new HotPart(part.name(), () -> new PlantedWork(part.make().get(), percent))
                : part)
            .toList();
    }
}
