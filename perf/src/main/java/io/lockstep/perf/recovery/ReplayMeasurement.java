package io.lockstep.perf.recovery;

import io.lockstep.core.host.CoreHost;
import io.lockstep.core.host.UnacknowledgedDecisions;
import io.lockstep.perf.Figures;
import io.lockstep.sequencer.journal.DocumentSource;
import io.lockstep.sequencer.journal.JournalReader;
import io.lockstep.sequencer.journal.NodeDirectory;
import io.lockstep.sequencer.journal.QueueStore;
import io.lockstep.sequencer.journal.SegmentId;
import io.lockstep.sequencer.replay.Replayer;
import io.lockstep.strategies.MovingAverageCrossover;
import net.openhft.chronicle.core.time.SetTimeProvider;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.queue.rollcycles.LegacyRollCycles;
import net.openhft.chronicle.wire.DocumentContext;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Replays a journal through the whole engine, beside what reading it alone costs: all in one process, taking turns.
 */
final class ReplayMeasurement
{
    private final Path work;
    private final Figures figures;
    private final int inputs;
    private final Map<String, List<Double>> ratesByReader = new LinkedHashMap<>();
    private NodeDirectory directory;

    ReplayMeasurement(final Path work, final Figures figures, final int inputs)
    {
        this.work = work;
        this.figures = figures;
        this.inputs = inputs;
    }

    /** A journal of so many inputs or a few more, that a node has written as fast as it could. */
    static NodeDirectory journal(final Path path, final int inputs) throws IOException, InterruptedException
    {
        try (GeneratedNode node = new GeneratedNode(path, "{generator: {seed: 1}, pace: flat-out}",
            "snapshot: {enabled: false}"))
        {
            node.start(null);
            node.await((counters) -> counters.get("lastSequence") >= inputs);
            return node.directory();
        }
    }

    void run(final int rounds) throws IOException, InterruptedException
    {
        directory = journal(work.resolve("node"), inputs);
        final Map<String, LongSupplier> readers = new LinkedHashMap<>();
        readers.put("Chronicle's tailer, every document", this::chronicle);
        readers.put("QueueFile, every document", this::documents);
        readers.put("JournalReader, every record checked", this::records);
        readers.put("replay", () -> replay(false));
        readers.put("replay --verify", () -> replay(true));
        final long total = records();
        figures.line("%s, flat out; %,d inputs", GeneratedNode.MIX, total);
        for (int round = 0; round <= rounds; round++)
        {
            for (final Map.Entry<String, LongSupplier> reader : readers.entrySet())
            {
                final long startNs = System.nanoTime();
                final long startCpuNs = Figures.cpuTimeNs();
                final long count = reader.getValue().getAsLong();
                final double cpuRate = total * 1e3 / (Figures.cpuTimeNs() - startCpuNs);
                final double rate = total * 1e3 / (System.nanoTime() - startNs);
                figures.line("round %d: %-36s %,8.2f million inputs a second, %,8.2f of processor time; %,d", round,
                    reader.getKey(), rate, cpuRate, count);
                if (round > 0)
                {
                    add(reader.getKey(), rate);
                    add(reader.getKey() + ", by processor time", cpuRate);
                }
            }
            figures.hiccup();
        }
        figures.line("round 0 is warm-up");
        ratesByReader.forEach((reader, rates) -> figures.median(reader, "million inputs a second", rates));
    }

    private void add(final String name, final double rate)
    {
        ratesByReader.computeIfAbsent(name, (key) -> new ArrayList<>()).add(rate);
    }

    private long chronicle()
    {
        long bytes = 0;
        for (final SegmentId segment : directory.segments())
        {
            try (SingleChronicleQueue queue = SingleChronicleQueueBuilder.binary(directory.segment(segment))
                .rollCycle(LegacyRollCycles.DAILY).timeProvider(new SetTimeProvider(0)).readOnly(true).build();
                ExcerptTailer tailer = queue.createTailer())
            {
                bytes += bytes(tailer);
            }
        }
        return bytes;
    }

    private static long bytes(final ExcerptTailer tailer)
    {
        long bytes = 0;
        while (true)
        {
            try (DocumentContext document = tailer.readingDocument())
            {
                if (!document.isPresent())
                {
                    return bytes;
                }
                bytes += document.wire().bytes().readRemaining();
            }
        }
    }

    private long documents()
    {
        final QueueStore store = new QueueStore(directory);
        long bytes = 0;
        for (final SegmentId segment : store.segments())
        {
            try (DocumentSource source = store.open(segment))
            {
                while (source.next())
                {
                    bytes += source.length();
                }
            }
        }
        return bytes;
    }

    private long records()
    {
        try (JournalReader reader = new JournalReader(directory))
        {
            while (reader.next())
            {
                // Checked, and that is all.
            }
            return reader.lastSequence();
        }
    }

    private long replay(final boolean verify)
    {
        try (JournalReader reader = new JournalReader(directory))
        {
            final Replayer replayer = new Replayer(reader,
                new CoreHost(List.of(new MovingAverageCrossover.Factory()), new UnacknowledgedDecisions()), verify);
            replayer.run(Long.MAX_VALUE);
            if (replayer.divergence() != null)
            {
                throw new IllegalStateException("divergence at sequence=" + replayer.divergence().sequence());
            }
            return replayer.inputs();
        }
    }
}
