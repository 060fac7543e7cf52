package io.lockstep.perf.recovery;

import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.perf.Figures;
import io.lockstep.sbe.MassStatusEndDecoder;
import io.lockstep.sbe.RecordKind;
import io.lockstep.sequencer.journal.JournalReader;
import io.lockstep.sequencer.journal.NodeDirectory;
import io.lockstep.sequencer.snapshot.Snapshot;
import io.lockstep.sequencer.snapshot.SnapshotDirectory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Kills a node and starts it again, and says how long it takes until it trades: until the first market data is sequenced and the
 * venue has answered what is open, by the wall clock's time in the journal.
 */
final class RecoveryMeasurement
{
    private static final int EVENTS_PER_SECOND = 200_000;
    private static final long TRADED_INPUTS = 20_000;
    private static final double NS_PER_SECOND = 1e9;

    private final Path work;
    private final Figures figures;
    private final int tail;
    private final Path launcher;
    private final Map<String, List<Double>> secondsByPart = new LinkedHashMap<>();

    /**
     * @param tail inputs behind the newest snapshot.
     */
    RecoveryMeasurement(final Path work, final Figures figures, final int tail, final Path launcher)
    {
        this.work = work;
        this.figures = figures;
        this.tail = tail;
        this.launcher = launcher;
    }

    void run(final int rounds) throws IOException, InterruptedException
    {
        figures.line("%s; %,d market events a second; killed with %,d inputs behind the newest snapshot",
            GeneratedNode.MIX, EVENTS_PER_SECOND, tail);
        try (GeneratedNode node = new GeneratedNode(work.resolve("node"),
            "{generator: {seed: 1, eventsPerSecond: " + EVENTS_PER_SECOND + "}}",
            "snapshot: {everyInputs: " + (tail + tail / 2) + ", interval: 1h}"))
        {
            run(node, rounds);
        }
        secondsByPart.forEach((part, seconds) -> figures.median(part, "s", seconds));
    }

    private void run(final GeneratedNode node, final int rounds) throws IOException, InterruptedException
    {
        node.start(null);
        node.await((counters) -> counters.get("snapshotSequence") > 0 &&
            counters.get("lastSequence") - counters.get("snapshotSequence") >= tail);
        node.kill();
        final Path killed = work.resolve("killed");
        Files.move(work.resolve("node"), killed);
        for (int round = 0; round < rounds; round++)
        {
            ChildProcess.run("cp", "-a", "--sparse=always", killed.toString(), work.resolve("node").toString());
            restart(node);
            ChildProcess.run("rm", "-rf", work.resolve("node").toString());
        }
    }

    private void restart(final GeneratedNode node) throws IOException, InterruptedException
    {
        final int incarnation = node.directory().nextIncarnation();
        figures.hiccup();
        final long startMs = System.currentTimeMillis();
        node.start(launcher);
        final long mainMs = node.await((counters) -> true);
        final long recoveredMs = node.await((counters) -> counters.get("recoveredInputs") > 0);
        node.await((counters) -> counters.get("inputs") > TRADED_INPUTS);
        node.kill();
        final Times times = Times.read(node.directory(), incarnation);
        final double start = startMs / 1e3;
        add("1. JVM, configuration, directory locked", mainMs / 1e3 - start);
        add("2. snapshot restored, rest replayed", (recoveredMs - mainMs) / 1e3);
        add("3. queue, media driver, client", times.begin - recoveredMs / 1e3);
        add("4. feed linked, first market input", times.market - times.begin);
        add("5. venue asked and answered", times.venue - times.begin);
        final double total = Math.max(times.market, times.venue) - start;
        add("trading again, from exec (1 + 2 + 3 + later of 4, 5)", total);
        figures.line("restart: %.3f s, %,d inputs replayed", total, times.replayed);
    }

    private void add(final String part, final double seconds)
    {
        secondsByPart.computeIfAbsent(part, (key) -> new ArrayList<>()).add(seconds);
    }

    /**
     * Seconds since the epoch, as the journal of the incarnation has them.
     */
    private record Times(double begin, double market, double venue, long replayed)
    {
        static Times read(final NodeDirectory directory, final int incarnation)
        {
            final Path newest = new SnapshotDirectory(directory.snapshots()).newestFirst().get(0);
            try (JournalReader reader = new JournalReader(directory, Snapshot.read(newest).position()))
            {
                final long snapshotSequence = reader.lastSequence();
                double begin = 0;
                double market = 0;
                double venue = 0;
                long recovered = 0;
                while (reader.next())
                {
                    final double seconds = RecordDescriptor.wallTimeNs(reader.buffer(), reader.offset())
                        / NS_PER_SECOND;
                    if (reader.incarnation() != incarnation)
                    {
                        recovered = reader.lastSequence() - snapshotSequence;
                    }
                    else if (reader.kind() == RecordKind.RUN_METADATA)
                    {
                        begin = seconds;
                    }
                    else if (reader.kind() == RecordKind.INPUT)
                    {
                        market = market == 0 && isMarket(reader) ? seconds : market;
                        venue = venue == 0 && isVenue(reader) ? seconds : venue;
                    }
                }
                return new Times(begin, market, venue, recovered);
            }
        }

        private static boolean isMarket(final JournalReader reader)
        {
            return RecordDescriptor.sourceId(reader.buffer(), reader.offset()) == 1;
        }

        private static boolean isVenue(final JournalReader reader)
        {
            return RecordDescriptor.templateId(reader.buffer(), reader.offset()) == MassStatusEndDecoder.TEMPLATE_ID;
        }
    }
}
