package io.lockstep.perf.latency.path;

import io.lockstep.core.host.CoreHost;
import io.lockstep.peers.Tally;
import io.lockstep.sequencer.loop.SequencerMonitor;
import io.lockstep.sequencer.loop.Stage;
import org.HdrHistogram.Histogram;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * How long each stage took for the batches that sent an order. Reads the clock at each stage, on the loop's thread, so the
 * sum is more than what a loop without it takes; it is for the proportions.
 */
public final class StageTimes implements SequencerMonitor
{
    /** The stages a batch goes through as a whole, in order. */
    public static final List<Stage> STAGES = List.of(
        Stage.INGRESS, Stage.JOURNAL_INPUT, Stage.DISPATCH, Stage.JOURNAL_DECISION, Stage.EGRESS);

    private static final int END = Stage.values().length;

    private final long[] beginNs = new long[END + 1];
    private volatile Map<Stage, Histogram> recording;

    /** Any thread: what is sent from now on is recorded here, or nowhere. */
    public void record(final Map<Stage, Histogram> newHistogramByStage)
    {
        recording = newHistogramByStage;
    }

    public static Map<Stage, Histogram> histograms()
    {
        final Map<Stage, Histogram> histogramByStage = new EnumMap<>(Stage.class);
        STAGES.forEach((stage) -> histogramByStage.put(stage, new Histogram(Tally.MAX_NS, 3)));
        return histogramByStage;
    }

    /** What the stage is called in JSON and files. */
    public static String key(final Stage stage)
    {
        return switch (stage)
        {
            case INGRESS -> "ingress";
            case JOURNAL_INPUT -> "journalInput";
            case DISPATCH -> "decide";
            case JOURNAL_DECISION -> "journalDecision";
            case EGRESS -> "egress";
            case SEQUENCE, DECIDE -> throw new IllegalArgumentException("not of a whole batch: stage=" + stage);
        };
    }

    @Override
    public void onStage(final Stage stage)
    {
        beginNs[stage.ordinal()] = System.nanoTime();
    }

    @Override
    public void onTickToTrade(final long durationNs)
    {
        beginNs[END] = System.nanoTime();
        final Map<Stage, Histogram> histogramByStage = recording;
        if (histogramByStage != null)
        {
            for (int i = 0; i < STAGES.size(); i++)
            {
                final int next = i + 1 < STAGES.size() ? STAGES.get(i + 1).ordinal() : END;
                final long tookNs = beginNs[next] - beginNs[STAGES.get(i).ordinal()];
                histogramByStage.get(STAGES.get(i)).recordValue(Math.min(tookNs, Tally.MAX_NS));
            }
        }
        Arrays.fill(beginNs, beginNs[END]);
    }

    @Override
    public void onBatch(final int inputs, final CoreHost host, final long sequence, final long timeNs)
    {
    }

    @Override
    public void onTimeBackwards(final long byNs)
    {
    }
}
