package io.lockstep.perf.recovery;

import io.lockstep.peers.Tally;
import io.lockstep.perf.Figures;
import io.lockstep.sequencer.counters.NodeCounters;
import org.HdrHistogram.Histogram;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Whether the loop feels that snapshots are taken: latencies under the same load, in turns with a follower that takes one every
 * second, and without one.
 */
final class SnapshotMeasurement
{
    private static final String INTERVAL = "everyInputs: 1000000000, interval: 1s";
    private static final int WARM_UP_RATE = 50_000;

    private final Path work;
    private final Figures figures;
    private final int rate;
    private final int seconds;
    private final Map<Case, Histogram> roundTrips = new LinkedHashMap<>();
    private final Map<Case, Histogram> turns = new LinkedHashMap<>();

    /** Whether there is a follower. */
    private enum Case
    {
        NONE("without a follower"), FOLLOWER("a snapshot every second");

        private final String description;

        Case(final String description)
        {
            this.description = description;
        }
    }

    SnapshotMeasurement(final Path work, final Figures figures, final int rate, final int seconds)
    {
        this.work = work;
        this.figures = figures;
        this.rate = rate;
        this.seconds = seconds;
    }

    void run(final int rounds) throws IOException, InterruptedException
    {
        figures.line("%,d events a second for %d s, each makes an order; a snapshot every second; journal in %s",
            rate, seconds, work);
        for (int round = 0; round <= rounds; round++)
        {
            for (final Case which : Case.values())
            {
                measure(round, which);
            }
            figures.hiccup();
        }
        figures.line("all rounds together, round 0 left out:");
        roundTrips.forEach((which, histogram) -> figures.histogram(which.description, histogram));
        figures.line("within the node, all turns, lead-in included:");
        turns.forEach((which, histogram) -> figures.histogram(which.description, histogram));
    }

    private void measure(final int round, final Case which) throws IOException, InterruptedException
    {
        final Path directory = work.resolve("node-" + round + "-" + which);
        final String section = which == Case.FOLLOWER
            ? "snapshot: {" + INTERVAL + "}"
            : "snapshot: {enabled: false}";
        final Tally tally = new Tally();
        try (LoadedNode node = new LoadedNode(directory, section))
        {
            if (round == 0)
            {
                node.load(WARM_UP_RATE, seconds, new Tally());
            }
            node.load(rate, seconds, tally);
            final Histogram turn = node.stop().tickToTrade();
            figures.histogram("round " + round + ": " + which.description, tally.total());
            figures.line("  late events %,d of %,d, snapshots %d", tally.late(), tally.events(), snapshots(directory));
            if (round > 0)
            {
                roundTrips.computeIfAbsent(which, (key) -> new Histogram(3)).add(tally.total());
                turns.computeIfAbsent(which, (key) -> new Histogram(3)).add(turn);
            }
        }
        finally
        {
            ChildProcess.run("rm", "-rf", directory.toString());
        }
    }

    private static long snapshots(final Path directory)
    {
        return NodeCounters.read(directory.resolve("counters.dat")).get("snapshots");
    }
}
