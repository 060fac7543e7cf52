package io.lockstep.perf.latency.report;

import io.lockstep.peers.Tally;
import io.lockstep.perf.latency.fork.ForkResult;
import io.lockstep.perf.latency.fork.ForkResult.Counts;
import io.lockstep.perf.latency.fork.Quantile;
import io.lockstep.perf.latency.fork.Spread;
import io.lockstep.perf.latency.path.MeasuredPath;
import io.lockstep.perf.latency.path.StageTimes;
import io.lockstep.perf.latency.report.Reliability.LatePath;
import io.lockstep.perf.latency.report.Reliability.MissingOrders;
import io.lockstep.sequencer.loop.Stage;
import org.HdrHistogram.Histogram;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * All forks' figures at one rate. A figure is the median of the forks' figures; a ratio is formed within each fork first.
 */
public final class RateFigures
{
    private final int rate;
    private final List<ForkResult> forks;
    private final ForkResult stages;
    private final Map<MeasuredPath, List<Histogram>> histogramsByPath = new EnumMap<>(MeasuredPath.class);

    /**
     * @param stages of the JVM that timed the stages.
     */
    public RateFigures(final int rate, final List<ForkResult> forks, final ForkResult stages)
    {
        this.rate = rate;
        this.forks = forks;
        this.stages = stages;
        for (final MeasuredPath path : MeasuredPath.values())
        {
            histogramsByPath.put(path, forks.stream().map((fork) -> fork.histogram(rate, path)).toList());
        }
    }

    public int rate()
    {
        return rate;
    }

    /** All forks together, for plots and logs. */
    public Histogram total(final MeasuredPath path)
    {
        final Histogram total = new Histogram(Tally.MAX_NS, 3);
        histogramsByPath.get(path).forEach(total::add);
        return total;
    }

    Spread value(final MeasuredPath path, final Quantile quantile)
    {
        return Spread.of(histogramsByPath.get(path).stream().map(quantile::valueNs).toList());
    }

    /** Tick-to-trade by floor. */
    Spread ratio(final Quantile quantile)
    {
        return perFork((i) -> (double)quantile.valueNs(histogram(MeasuredPath.TICK_TO_TRADE, i)) /
            quantile.valueNs(histogram(MeasuredPath.FLOOR, i)));
    }

    /** What the journal costs the floor at the median. */
    Spread journalCostNs()
    {
        return perFork((i) -> Quantile.P50.valueNs(histogram(MeasuredPath.FLOOR, i)) -
            Quantile.P50.valueNs(histogram(MeasuredPath.UNJOURNALED, i)));
    }

    private Histogram histogram(final MeasuredPath path, final int fork)
    {
        return histogramsByPath.get(path).get(fork);
    }

    private Spread perFork(final ToDoubleFunction<Integer> figure)
    {
        final double[] values = new double[forks.size()];
        for (int i = 0; i < values.length; i++)
        {
            values[i] = figure.applyAsDouble(i);
        }
        return Spread.of(values);
    }

    Spread stageNs(final Stage stage, final Quantile quantile)
    {
        return Spread.of((double)quantile.valueNs(stages.stages(rate).get(stage)));
    }

    /** Bytes the loop's thread allocated for each market event of the whole path. */
    double allocatedBytesPerEvent()
    {
        return (double)sum(MeasuredPath.TICK_TO_TRADE, Counts::allocatedBytes) /
            Math.max(1, sum(MeasuredPath.TICK_TO_TRADE, Counts::events));
    }

    private long sum(final MeasuredPath path, final ToDoubleFunction<Counts> count)
    {
        return (long)forks.stream().mapToDouble((fork) -> count.applyAsDouble(fork.counts(rate, path))).sum();
    }

    int forkCount()
    {
        return forks.size();
    }

    /** Paths of a fork whose sender fell behind. */
    List<LatePath> latePaths()
    {
        final List<LatePath> late = new ArrayList<>();
        forEach((fork, path, counts) ->
        {
            if (counts.isBehind())
            {
                late.add(new LatePath(rate, fork, path, counts.late(), counts.events()));
            }
        });
        return late;
    }

    /** Paths of a fork on which orders did not come back. */
    List<MissingOrders> missingOrders()
    {
        final List<MissingOrders> missing = new ArrayList<>();
        forEach((fork, path, counts) ->
        {
            if (counts.received() != counts.sent() || path != MeasuredPath.HICCUP && counts.sent() == 0)
            {
                missing.add(new MissingOrders(rate, fork, path, counts.received(), counts.sent()));
            }
        });
        return missing;
    }

    private interface PathCounts
    {
        void accept(int fork, MeasuredPath path, Counts counts);
    }

    /** Forks are counted from 1. */
    private void forEach(final PathCounts consumer)
    {
        for (int i = 0; i < forks.size(); i++)
        {
            for (final MeasuredPath path : MeasuredPath.values())
            {
                consumer.accept(i + 1, path, forks.get(i).counts(rate, path));
            }
        }
    }

    /** Of the path's events in all forks, those that went out late; 0 where there are none. */
    double lateShare(final MeasuredPath path)
    {
        return (double)sum(path, Counts::late) / Math.max(1, sum(path, Counts::events));
    }

    boolean isValid()
    {
        return latePaths().isEmpty() && missingOrders().isEmpty();
    }

    /** As it is in JSON. */
    Map<String, Object> json()
    {
        final Map<String, Object> json = new LinkedHashMap<>();
        json.put("rate", rate);
        for (final MeasuredPath path : MeasuredPath.values())
        {
            json.put(path.key(), json(path));
        }
        json.put("ratioP50", rounded(ratio(Quantile.P50).median()));
        json.put("ratioP90", rounded(ratio(Quantile.P90).median()));
        json.put("ratioP50Spread", spread(ratio(Quantile.P50)));
        json.put("ratioP90Spread", spread(ratio(Quantile.P90)));
        json.put("journalCostP50Ns", (long)journalCostNs().median());
        final Map<String, Object> stageValues = new LinkedHashMap<>();
        StageTimes.STAGES.forEach((stage) -> stageValues.put(StageTimes.key(stage), Map.of(
            "p50Ns", (long)stageNs(stage, Quantile.P50).median(),
            "p90Ns", (long)stageNs(stage, Quantile.P90).median())));
        json.put("stages", stageValues);
        json.put("events", sum(MeasuredPath.TICK_TO_TRADE, Counts::events));
        json.put("sent", sum(MeasuredPath.TICK_TO_TRADE, Counts::sent));
        json.put("received", sum(MeasuredPath.TICK_TO_TRADE, Counts::received));
        json.put("senderBehind", !latePaths().isEmpty());
        json.put("allocatedBytesPerEvent", rounded(allocatedBytesPerEvent()));
        json.put("valid", isValid());
        return json;
    }

    private Map<String, Object> json(final MeasuredPath path)
    {
        final Map<String, Object> json = new LinkedHashMap<>();
        for (final Quantile quantile : Quantile.values())
        {
            json.put(quantile.key(), (long)value(path, quantile).median());
        }
        json.put("count", total(path).getTotalCount());
        final Map<String, Object> spreads = new LinkedHashMap<>();
        for (final Quantile quantile : Quantile.values())
        {
            final Spread spread = value(path, quantile);
            spreads.put(quantile.key(), List.of((long)spread.min(), (long)spread.max()));
        }
        json.put("spread", spreads);
        return json;
    }

    private static List<Double> spread(final Spread spread)
    {
        return List.of(rounded(spread.min()), rounded(spread.max()));
    }

    private static double rounded(final double value)
    {
        return Double.isFinite(value) ? Math.round(value * 1_000) / 1_000.0 : 0;
    }
}
