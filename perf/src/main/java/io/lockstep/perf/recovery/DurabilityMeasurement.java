package io.lockstep.perf.recovery;

import io.lockstep.peers.Tally;
import io.lockstep.perf.Figures;
import io.lockstep.sequencer.config.Durability;
import org.HdrHistogram.Histogram;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What each durability level costs, beside one sync of one page on the same file system in the same run. The flushes that the
 * device has completed meanwhile show that a sync is one.
 */
final class DurabilityMeasurement
{
    private static final int WARM_UP_RATE = 50_000;
    private static final int FLOOR_SYNCS = 300;
    private static final int PAGE_LENGTH = 4096;
    private static final int FLUSHES_COLUMN = 15;

    private final Path work;
    private final Figures figures;
    private final int rate;
    private final int seconds;
    private final Map<Durability, Histogram> roundTrips = new EnumMap<>(Durability.class);
    private final Map<Durability, Histogram> turns = new EnumMap<>(Durability.class);
    private final Map<Durability, List<Double>> flatOut = new EnumMap<>(Durability.class);

    DurabilityMeasurement(final Path work, final Figures figures, final int rate, final int seconds)
    {
        this.work = work;
        this.figures = figures;
        this.rate = rate;
        this.seconds = seconds;
    }

    void run(final int rounds) throws IOException, InterruptedException
    {
        figures.line("%,d events a second for %d s, each makes an order; journal in %s on %s", rate, seconds, work,
            Files.getFileStore(work));
        for (int round = 0; round <= rounds; round++)
        {
            final long before = flushes();
            final Histogram floor = floor();
            figures.histogram("round " + round + ": write of a page and sync", floor);
            figures.line("  flushes of devices meanwhile: %,d", flushes() - before);
            for (final Durability durability : Durability.values())
            {
                measure(round, durability);
            }
            figures.hiccup();
        }
        figures.line("all rounds together, round 0 left out; from the intended time of sending to the order:");
        roundTrips.forEach((durability, histogram) -> figures.histogram(key(durability), histogram));
        figures.line("within the node, from the top of the turn to sent, of runs at the rate:");
        turns.forEach((durability, histogram) -> figures.histogram(key(durability), histogram));
        flatOut.forEach((durability, rates) -> figures.median(key(durability) + ", as fast as it goes",
            "events a second", rates));
    }

    private static String key(final Durability durability)
    {
        return durability.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private void measure(final int round, final Durability durability) throws IOException, InterruptedException
    {
        final Path directory = work.resolve("node-" + round + "-" + durability);
        final Tally tally = new Tally();
        final String sections = "snapshot: {enabled: false}\njournal: {durability: " + key(durability) + "}";
        final Histogram turn;
        try (LoadedNode node = new LoadedNode(directory, sections))
        {
            if (round == 0)
            {
                node.load(WARM_UP_RATE, 1, new Tally());
            }
            final long before = flushes();
            node.load(rate, seconds, tally);
            final long flushed = flushes() - before;
            turn = node.stop().tickToTrade();
            figures.histogram("round " + round + ": " + key(durability), tally.total());
            figures.histogram("  within the node", turn);
            figures.line("  flushes of devices meanwhile: %,d; late events %,d of %,d", flushed, tally.late(),
                tally.events());
        }
        final double events = flatOut(work.resolve("flat-" + round + "-" + durability), sections);
        figures.line("  as fast as it goes: %,.0f events a second", events);
        if (round > 0)
        {
            roundTrips.computeIfAbsent(durability, (key) -> new Histogram(3)).add(tally.total());
            turns.computeIfAbsent(durability, (key) -> new Histogram(3)).add(turn);
            flatOut.computeIfAbsent(durability, (key) -> new ArrayList<>()).add(events);
        }
        ChildProcess.run("rm", "-rf", directory.toString());
    }

    private double flatOut(final Path directory, final String sections) throws IOException, InterruptedException
    {
        try (LoadedNode node = new LoadedNode(directory, sections))
        {
            return node.flatOut(seconds);
        }
        finally
        {
            ChildProcess.run("rm", "-rf", directory.toString());
        }
    }

    /** Overwrites pages of a file whose space is there, with a sync after each. */
    private Histogram floor() throws IOException
    {
        final Histogram histogram = new Histogram(3);
        final Path file = work.resolve("floor");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE))
        {
            channel.write(ByteBuffer.allocateDirect(FLOOR_SYNCS * PAGE_LENGTH), 0);
            channel.force(true);
            final ByteBuffer page = ByteBuffer.allocateDirect(PAGE_LENGTH);
            for (int i = 0; i < FLOOR_SYNCS; i++)
            {
                channel.write(page.clear(), (long)i * PAGE_LENGTH);
                final long startNs = System.nanoTime();
                channel.force(false);
                histogram.recordValue(System.nanoTime() - startNs);
            }
        }
        Files.delete(file);
        return histogram;
    }

    /** Of all devices since the system started; 0 where the system does not count them. */
    private static long flushes() throws IOException
    {
        long flushes = 0;
        final Path devices = Path.of("/sys/block");
        if (Files.isDirectory(devices))
        {
            try (Stream<Path> list = Files.list(devices))
            {
                for (final Path device : list.toList())
                {
                    final String[] columns = Files.readString(device.resolve("stat")).strip().split("\\s+");
                    flushes += columns.length > FLUSHES_COLUMN ? Long.parseLong(columns[FLUSHES_COLUMN]) : 0;
                }
            }
        }
        return flushes;
    }
}
