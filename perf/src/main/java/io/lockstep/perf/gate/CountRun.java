package io.lockstep.perf.gate;

import io.lockstep.perf.work.HotPart;
import io.lockstep.perf.work.Work;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * Counts the bytecodes a step of each part executes, when {@link CountingLoader} has loaded it. The first round, in which classes
 * are initialised and what grows grows, does not count; the second begins and ends where the inputs come round.
 */
public final class CountRun implements Callable<Map<String, Double>>
{
    /** A multiple of the length of every circle of inputs. */
    private static final int ROUND = 8_192;

    private final String plant;

    /**
     * @param plant as {@link PlantedWork#parts} takes it.
     */
    public CountRun(final String plant)
    {
        this.plant = plant;
    }

    @Override
    public Map<String, Double> call()
    {
        return of(PlantedWork.parts(plant));
    }

    private static Map<String, Double> of(final List<HotPart> parts)
    {
        final Map<String, Double> bytecodesByPart = new LinkedHashMap<>();
        for (final HotPart part : parts)
        {
            bytecodesByPart.put(part.name(), bytecodes(part.make().get()));
        }
        return bytecodesByPart;
    }

    private static double bytecodes(final Work work)
    {
        round(work);
        final long before = Executed.count();
        round(work);
        return (double)(Executed.count() - before) / ROUND;
    }

    private static void round(final Work work)
    {
        for (int i = 0; i < ROUND; i++)
        {
            work.step();
        }
    }

    /**
     * In a loader of its own.
     *
     * @throws IllegalStateException when the engine cannot be rewritten.
     */
    @SuppressWarnings("unchecked")
    static Map<String, Double> counted(final String plant)
    {
        try
        {
            final Object run = new CountingLoader().loadClass(CountRun.class.getName())
                .getConstructor(String.class).newInstance(plant);
            return ((Callable<Map<String, Double>>)run).call();
        }
        catch (final Exception ex)
        {
            throw new IllegalStateException("the engine cannot be rewritten so that it counts", ex);
        }
    }
}
