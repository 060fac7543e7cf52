package io.lockstep.perf.gate;

import io.lockstep.perf.Machine;
import io.lockstep.perf.work.HotPart;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Measures all parts and judges them by a baseline, or makes one.
 */
public final class Gate
{
    /** A part that seems slow is measured again so often before it is. */
    private static final int ATTEMPTS = 3;

    private final Map<String, Double> bytecodesByPart;
    private final Map<String, Double> bytesByPart;
    private final RatioForks forks;
    private final Consumer<String> progress;

    /**
     * Counts, which takes some seconds.
     *
     * @param forks    of each part for its time, or 0 for counts alone.
     * @param plant    {@code PART=PERCENT}: makes a part slower on purpose; empty for none.
     * @param progress told of what is measured.
     * @throws IllegalArgumentException for a plant that cannot be.
     */
    public Gate(final int forks, final String plant, final Consumer<String> progress)
    {
        this.progress = progress;
        this.forks = forks == 0 ? null : new RatioForks(forks, plant);
        progress.accept("counting");
        bytecodesByPart = CountRun.counted(plant);
        bytesByPart = AllocationCount.of(PlantedWork.parts(plant));
    }

    /** What ratios are comparable on: the processor's model and the Java release. */
    public static String machine()
    {
        return Machine.describe().get("cpu") + ", Java " + Runtime.version().feature();
    }

    /** In the order of the parts. */
    List<PartVerdict> judge(final Baseline baseline)
    {
        final Map<String, Baseline.Ratio> agreed = baseline.ratiosByMachine().getOrDefault(machine(), Map.of());
        final List<PartVerdict> verdicts = new ArrayList<>();
        for (final HotPart part : HotPart.all())
        {
            verdicts.add(PartVerdict.of(part.name(), bytecodesByPart.get(part.name()), bytesByPart.get(part.name()),
                ratio(part.name(), agreed.get(part.name())), baseline.countsByPart().get(part.name()),
                agreed.get(part.name())));
        }
        return verdicts;
    }

    private double ratio(final String part, final Baseline.Ratio agreed)
    {
        double least = Double.NaN;
        for (int attempt = 0; forks != null && agreed != null && attempt < ATTEMPTS; attempt++)
        {
            progress.accept(attempt == 0 ? part : part + " again");
            final double median = RatioForks.median(forks.measure(part));
            least = attempt == 0 ? median : Math.min(least, median);
            if (least <= PartVerdict.ratioMax(agreed))
            {
                break;
            }
        }
        return least;
    }

    /** The baseline with what is so now; of other machines it keeps what there was. */
    Baseline update(final Baseline baseline)
    {
        final Baseline updated = new Baseline(new LinkedHashMap<>(), new TreeMap<>(baseline.ratiosByMachine()));
        for (final HotPart part : HotPart.all())
        {
            updated.countsByPart().put(part.name(),
                new Baseline.Counts(bytecodesByPart.get(part.name()), bytesByPart.get(part.name())));
        }
        if (forks != null)
        {
            updated.ratiosByMachine().put(machine(), ratios());
        }
        return updated;
    }

    private Map<String, Baseline.Ratio> ratios()
    {
        final Map<String, Baseline.Ratio> ratioByPart = new LinkedHashMap<>();
        for (final HotPart part : HotPart.all())
        {
            progress.accept(part.name());
            final double[] ascending = forks.measure(part.name());
            ratioByPart.put(part.name(), new Baseline.Ratio(
                RatioForks.median(ascending), ascending[ascending.length - 1] / ascending[0]));
        }
        return ratioByPart;
    }
}
