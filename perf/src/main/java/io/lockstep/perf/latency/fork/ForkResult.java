package io.lockstep.perf.latency.fork;

import io.lockstep.journal.text.Json;
import io.lockstep.peers.IntervalLog;
import io.lockstep.peers.Tally;
import io.lockstep.perf.latency.path.MeasuredPath;
import io.lockstep.perf.latency.path.StageTimes;
import io.lockstep.sequencer.loop.Stage;
import org.HdrHistogram.Histogram;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What one JVM has left behind.
 */
public final class ForkResult
{
    /** Beside the histogram: what was sent and what came back. */
    public record Counts(long events, long sent, long received, long late, long behindMaxNs, long allocatedBytes)
    {
        public boolean isBehind()
        {
            return Tally.isBehind(late, events);
        }
    }

    private final ForkPlan plan;
    private final Map<String, Object> values;

    /** Reads what the plan's process wrote. */
    public ForkResult(final ForkPlan plan)
    {
        this.plan = plan;
        try
        {
            values = Json.parse(Files.readString(plan.result()));
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    public Histogram histogram(final int rate, final MeasuredPath path)
    {
        return IntervalLog.total(plan.log(rate, path.key()));
    }

    public Map<Stage, Histogram> stages(final int rate)
    {
        final Map<Stage, Histogram> histogramByStage = new EnumMap<>(Stage.class);
        StageTimes.STAGES.forEach((stage) -> histogramByStage.put(
            stage, IntervalLog.total(plan.log(rate, StageTimes.key(stage)))));
        return histogramByStage;
    }

    public Counts counts(final int rate, final MeasuredPath path)
    {
        for (final Object entry : (List<?>)values.get("paths"))
        {
            final Map<?, ?> result = (Map<?, ?>)entry;
            if (number(result, "rate") == rate && path.name().equals(result.get("path")))
            {
                return new Counts(number(result, "events"), number(result, "sent"), number(result, "received"),
                    number(result, "late"), number(result, "behindMaxNs"), number(result, "allocatedBytes"));
            }
        }
        throw new IllegalStateException(plan.result() + ": path=" + path + " rate=" + rate + ": expected a result");
    }

    private static long number(final Map<?, ?> map, final String key)
    {
        return ((Number)map.get(key)).longValue();
    }

    /** Events a second by the key of the path; empty when it was not asked for. */
    public Map<?, ?> flatOut()
    {
        return (Map<?, ?>)values.get("flatOut");
    }
}
