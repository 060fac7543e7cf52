package io.lockstep.perf.recovery;

import io.lockstep.core.host.CoreHost;
import io.lockstep.core.host.UnacknowledgedDecisions;
import io.lockstep.perf.Figures;
import io.lockstep.sequencer.config.JournalContext;
import io.lockstep.sequencer.config.SequencedTime;
import io.lockstep.sequencer.egress.Egress;
import io.lockstep.sequencer.journal.NodeDirectory;
import io.lockstep.sequencer.journal.SegmentedJournal;
import io.lockstep.sequencer.loop.Sequencer;
import io.lockstep.sequencer.loop.SequencerMonitor;
import io.lockstep.strategies.MovingAverageCrossover;
import org.agrona.concurrent.OffsetEpochNanoClock;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What checksum and chain cost of the journaled path, in processor time of its thread. The path is the sequencer with core and journal, fed from memory; it runs
 * in turns as it is and with each record sealed once more. The engine has no path without them, so what that would cost is
 * taken to be the difference less.
 */
final class ChecksumMeasurement
{
    private final Path work;
    private final Figures figures;
    private final int inputs;
    private JournaledInputs source;
    private int run;

    ChecksumMeasurement(final Path work, final Figures figures, final int inputs)
    {
        this.work = work;
        this.figures = figures;
        this.inputs = inputs;
    }

    void run(final int rounds) throws IOException, InterruptedException
    {
        source = new JournaledInputs(ReplayMeasurement.journal(work.resolve("node"), inputs));
        figures.line("%s; %,d inputs, records of %d bytes in the mean, 64 a batch, journal in %s",
            GeneratedNode.MIX, source.count(), source.meanLength(), work);
        final List<Double> sealNs = new ArrayList<>();
        final List<Double> onceNs = new ArrayList<>();
        final List<Double> twiceNs = new ArrayList<>();
        final List<Double> share = new ArrayList<>();
        for (int round = 0; round <= rounds; round++)
        {
            final double seal = sealNs();
            final double once = pathNs(false);
            final double twice = pathNs(true);
            figures.line("round %d: seal %.1f ns, path %.1f ns, path sealing twice %.1f ns", round, seal, once, twice);
            if (round > 0)
            {
                sealNs.add(seal);
                onceNs.add(once);
                twiceNs.add(twice);
                share.add(100 * (twice - once) / once);
            }
            figures.hiccup();
        }
        figures.line("round 0 is warm-up");
        figures.median("checksum and chain alone", "ns a record", sealNs);
        figures.median("journaled path", "ns an input", onceNs);
        figures.median("journaled path, sealing twice", "ns an input", twiceNs);
        figures.median("share of checksum and chain, by difference", "%", share);
        figures.line("share of checksum and chain, by medians: %.1f %%",
            100 * Figures.median(sealNs) / Figures.median(onceNs));
    }

    private double sealNs()
    {
        final long startNs = Figures.cpuTimeNs();
        source.sealAll();
        return (double)(Figures.cpuTimeNs() - startNs) / source.count();
    }

    private double pathNs(final boolean sealsOnceMore) throws IOException, InterruptedException
    {
        final NodeDirectory directory = new NodeDirectory(work.resolve("run-" + ++run));
        final CoreHost host = new CoreHost(List.of(new MovingAverageCrossover.Factory()),
            new UnacknowledgedDecisions());
        source.rewind(sealsOnceMore);
        try (SegmentedJournal journal = SegmentedJournal.open(
            directory, 1, JournalContext.DEFAULT, Throwable::printStackTrace))
        {
            final Sequencer sequencer = new Sequencer(host, source, journal, Egress.NONE, new OffsetEpochNanoClock(),
                SequencedTime.RECORDED, SequencerMonitor.NONE, 0, 1, 0);
            final long startNs = Figures.cpuTimeNs();
            while (sequencer.doWork() > 0)
            {
                // A batch each.
            }
            return (double)(Figures.cpuTimeNs() - startNs) / source.count();
        }
        finally
        {
            ChildProcess.run("rm", "-rf", directory.path().toString());
        }
    }
}
