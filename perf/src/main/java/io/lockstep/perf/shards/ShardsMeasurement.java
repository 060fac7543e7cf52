package io.lockstep.perf.shards;

import io.lockstep.perf.Figures;
import io.lockstep.sequencer.config.JournalContext;
import io.lockstep.sequencer.journal.Journal;
import io.lockstep.sequencer.journal.NodeDirectory;
import io.lockstep.sequencer.journal.SegmentedJournal;
import org.agrona.IoUtil;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * How many inputs a second are taken by one shard and by two, with 1 to 10,000 symbols that are all as busy, and how much memory
 * a symbol takes. Each combination has its turn in each round; a ratio is formed within a round.
 */
public final class ShardsMeasurement
{
    private static final int[] SYMBOLS = {1, 100, 1_000, 10_000};
    private static final int[] SHARDS = {1, 2};
    private static final int DEPTH = 20;
    private static final int DEEP = 1_000;
    private static final int COLLECTIONS = 8;
    /** So that arrays have grown and code is compiled before anything counts. */
    private static final int WARM_UP_MIN = 200_000;
    private static final int WARM_UP_OF_A_SYMBOL = 30;

    private final Path work;
    private final Figures figures;
    private final int inputs;
    private int runs;

    /** One turn of a combination. */
    private record Turn(double inputsPerSecond, double cpuNs)
    {
    }

    public ShardsMeasurement(final Path work, final Figures figures, final int inputs)
    {
        this.work = work;
        this.figures = figures;
        this.inputs = inputs;
    }

    public void run(final int rounds) throws InterruptedException, ExecutionException
    {
        figures.line(
            "book updates of %d levels in books of %d levels a side, a strategy with two moving averages on each " +
                "symbol, %,d inputs a shard and turn, batches of %d, journal in %s",
            2 * SymbolFeed.LEVELS_A_SIDE, DEPTH,
            inputs, SymbolFeed.BATCH, work);
        final Map<String, List<Turn>> turnsByName = new LinkedHashMap<>();
        for (int round = 0; round <= rounds; round++)
        {
            for (final int shards : SHARDS)
            {
                for (final int symbols : SYMBOLS)
                {
                    if (symbols >= shards)
                    {
                        final Turn turn = turn(shards, symbols);
                        final List<Turn> turns = turnsByName
                            .computeIfAbsent(name(shards, symbols), (name) -> new ArrayList<>());
                        if (round > 0)
                        {
                            turns.add(turn);
                        }
                    }
                }
            }
            figures.hiccup();
        }
        figures.line("round 0 is warm-up");
        report(turnsByName);
        reportMemory();
    }

    private static String name(final int shards, final int symbols)
    {
        return String.format(Locale.ROOT, "%d %s, %,d %s",
            shards, shards == 1 ? "shard" : "shards", symbols, symbols == 1 ? "symbol" : "symbols");
    }

    private void report(final Map<String, List<Turn>> turnsByName)
    {
        final List<Turn> least = turnsByName.get(name(1, 1));
        turnsByName.forEach((name, turns) ->
        {
            final List<Double> kept = new ArrayList<>();
            for (int i = 0; i < turns.size(); i++)
            {
                kept.add(100 * turns.get(i).inputsPerSecond / least.get(i).inputsPerSecond);
            }
            figures.median(name, "million inputs a second",
                turns.stream().map((t) -> t.inputsPerSecond / 1e6).toList());
            figures.median("  processor time of the loop's thread", "ns an input",
                turns.stream().map(Turn::cpuNs).toList());
            figures.median("  against 1 shard with 1 symbol", "%", kept);
        });
    }

    private Turn turn(final int shards, final int symbols) throws InterruptedException, ExecutionException
    {
        final CyclicBarrier barrier = new CyclicBarrier(shards);
        final ExecutorService threads = Executors.newFixedThreadPool(shards);
        try
        {
            final List<Future<double[]>> futures = new ArrayList<>();
            for (int shard = 0; shard < shards; shard++)
            {
                futures.add(threads.submit(load(symbols / shards, barrier)));
            }
            double slowestNs = 0;
            double cpuNs = 0;
            for (final Future<double[]> future : futures)
            {
                slowestNs = Math.max(slowestNs, future.get()[0]);
                cpuNs += future.get()[1];
            }
            final double all = (double)inputs * shards;
            return new Turn(all * 1e9 / slowestNs, cpuNs / all);
        }
        finally
        {
            threads.shutdown();
        }
    }

    private Callable<double[]> load(final int symbols, final CyclicBarrier barrier)
    {
        final NodeDirectory directory = new NodeDirectory(work.resolve("run-" + ++runs));
        return () ->
        {
            try (SegmentedJournal journal = SegmentedJournal.open(
                directory, 1, JournalContext.DEFAULT, Throwable::printStackTrace))
            {
                final LoadedShard shard = new LoadedShard(symbols, DEPTH, true, journal);
                shard.run(Math.max(WARM_UP_MIN, WARM_UP_OF_A_SYMBOL * symbols));
                return timed(shard, barrier);
            }
            finally
            {
                IoUtil.delete(directory.path().toFile(), true);
            }
        };
    }

    private double[] timed(final LoadedShard shard, final CyclicBarrier barrier)
        throws InterruptedException, BrokenBarrierException
    {
        barrier.await();
        final long startNs = System.nanoTime();
        final long startCpuNs = Figures.cpuTimeNs();
        shard.run(inputs);
        return new double[]{System.nanoTime() - startNs, Figures.cpuTimeNs() - startCpuNs};
    }

    private void reportMemory()
    {
        // What the turns before have left, and is freed late, would be taken for the first kind's.
        memory(DEPTH, false);
        for (final boolean hasStrategy : new boolean[]{false, true})
        {
            for (final int depth : new int[]{DEPTH, DEEP})
            {
                figures.line("%-46s %,d bytes of heap",
                    String.format(Locale.ROOT, "a symbol, %,d levels a side%s", depth,
                        hasStrategy ? ", with its strategy" : ""),
                    memory(depth, hasStrategy));
            }
        }
    }

    /** Between a shard of one symbol and one of many; nothing of a symbol is outside the heap. */
    private static long memory(final int depth, final boolean hasStrategy)
    {
        final int symbols = depth == DEPTH ? 10_000 : 1_000;
        final long few = used(1, depth, hasStrategy);
        return (used(symbols, depth, hasStrategy) - few) / (symbols - 1);
    }

    private static long used(final int symbols, final int depth, final boolean hasStrategy)
    {
        final LoadedShard shard = new LoadedShard(symbols, depth, hasStrategy, Journal.NONE);
        shard.run(WARM_UP_OF_A_SYMBOL * (long)symbols);
        final long used = leastUsed();
        // Until here it must not be collected.
        shard.run(0);
        return used;
    }

    /** Least of several: the serial collector leaves dead objects where they cost less than moving, but in each fourth. */
    private static long leastUsed()
    {
        final Runtime runtime = Runtime.getRuntime();
        long used = Long.MAX_VALUE;
        for (int i = 0; i < COLLECTIONS; i++)
        {
            System.gc();
            used = Math.min(used, runtime.totalMemory() - runtime.freeMemory());
        }
        return used;
    }
}
