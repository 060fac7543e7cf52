package io.lockstep.cli.node;

import io.lockstep.cli.LockstepCommand;
import io.lockstep.cli.output.ExitStatus;
import io.lockstep.codecs.text.NeutralLocale;
import io.lockstep.sequencer.counters.NodeCounters;
import io.lockstep.sequencer.journal.NodeDirectory;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/**
 * Starts a small node, stops it, starts it again and reads its journal, so that the classes a start needs are loaded and the
 * launcher can archive them. Nothing depends on it: without the archive a start takes longer.
 */
public final class TrainingRun
{
    private static final long INPUTS = 20_000;
    private static final long POLL_MS = 5;
    private static final long TIMEOUT_NS = TimeUnit.SECONDS.toNanos(60);

    private final Path config;
    private final NodeDirectory directory;

    private TrainingRun(final Path work)
    {
        config = work.resolve("node.yaml");
        directory = new NodeDirectory(work.resolve("node"));
    }

    /**
     * Ends with status 0 when all went well.
     *
     * @param args the directory to work in, which is made.
     */
    public static void main(final String[] args) throws Exception
    {
        NeutralLocale.set();
        int status = ExitStatus.CANNOT_RUN;
        try
        {
            status = new TrainingRun(Path.of(args[0]).toAbsolutePath()).run(System.err);
        }
        finally
        {
            System.exit(status);
        }
    }

    private int run(final PrintStream out) throws Exception
    {
        Files.createDirectories(config.getParent());
        Files.writeString(config, configuration());
        final String node = directory.path().toString();
        int status = runNode(out);
        status = status == 0 ? runNode(out) : status;
        for (final List<String> command : List.of(
            List.of("stat", "--dir", node),
            List.of("journal", "verify", node),
            List.of("replay", "--verify", "--journal", node)))
        {
            status = status == 0 ? LockstepCommand.execute(out, out, command.toArray(new String[0])) : status;
        }
        return status;
    }

    private String configuration()
    {
        return String.join("\n",
            "node: {directory: \"" + directory.path() + "\"}",
            "snapshot: {everyInputs: 5000}",
            "journal: {segmentSize: 64MiB, reserveAhead: 4MiB}",
            "limits: {maxOrderNotional: 50000, maxPositionNotional: 100000, maxOpenOrders: 4, maxOrdersPerSecond: 20}",
            "instruments:",
            "  - {symbol: BTCUSDT, venue: SIMULATED, tickSize: 0.01, lotSize: 0.0001, baseCurrency: BTC, " +
                "quoteCurrency: USDT}",
            "strategies:",
            "  - name: moving-average-crossover",
            "feed: {generator: {seed: 1, eventsPerSecond: 50000}}",
            "venue: {orderLatencyUs: 200, reportLatencyUs: 200}") + "\n";
    }

    /** As a child of this process would run, until it has had some inputs. */
    private int runNode(final PrintStream out) throws Exception
    {
        Files.deleteIfExists(directory.counters());
        final CountDownLatch stop = new CountDownLatch(1);
        System.setIn(new HeldInput(stop));
        final FutureTask<Integer> node = new FutureTask<>(
            () -> LockstepCommand.execute(out, out, "run", "--while-stdin", "--config", config.toString()));
        final Thread thread = new Thread(node, "lockstep-training");
        thread.setDaemon(true);
        thread.start();
        final long deadlineNs = System.nanoTime() + TIMEOUT_NS;
        while (!node.isDone() && inputs() < INPUTS && System.nanoTime() - deadlineNs < 0)
        {
            Thread.sleep(POLL_MS);
        }
        stop.countDown();
        return node.get(TIMEOUT_NS, TimeUnit.NANOSECONDS);
    }

    private long inputs()
    {
        try
        {
            return Files.exists(directory.counters())
                ? NodeCounters.read(directory.counters()).getOrDefault("inputs", 0L)
                : 0;
        }
        catch (final IllegalStateException | IndexOutOfBoundsException ex)
        {
            // The node makes the file anew.
            return 0;
        }
    }

    /** Has nothing to read, and ends when it is told to. */
    private static final class HeldInput extends InputStream
    {
        private final CountDownLatch end;

        HeldInput(final CountDownLatch end)
        {
            this.end = end;
        }

        @Override
        public int read() throws IOException
        {
            try
            {
                end.await();
            }
            catch (final InterruptedException ex)
            {
                Thread.currentThread().interrupt();
            }
            return -1;
        }
    }
}
