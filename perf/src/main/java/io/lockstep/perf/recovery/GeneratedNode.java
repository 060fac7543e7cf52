package io.lockstep.perf.recovery;

import io.lockstep.cli.LockstepCommand;
import io.lockstep.sequencer.config.NodeContext;
import io.lockstep.sequencer.config.YamlSection;
import io.lockstep.sequencer.counters.NodeCounters;
import io.lockstep.sequencer.journal.NodeDirectory;
import org.agrona.IoUtil;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * A node in a process of its own, as {@code run} starts it, with a generated market and a simulated venue.
 */
final class GeneratedNode implements AutoCloseable
{
    static final String MIX = "generated market of two symbols, book updates, best bids and offers and trades, " +
        "moving-average-crossover on each, simulated venue";

    private static final long TIMEOUT_NS = 300_000_000_000L;

    private final Path configuration;
    private final Path log;
    private final NodeDirectory directory;
    private Process process;

    /**
     * @param path    of the node's directory; configuration and log stand beside it.
     * @param feed    the generator's pace, YAML.
     * @param section what is special, YAML.
     */
    GeneratedNode(final Path path, final String feed, final String section) throws IOException
    {
        directory = new NodeDirectory(path);
        configuration = path.resolveSibling(path.getFileName() + ".yaml");
        log = path.resolveSibling(path.getFileName() + ".log");
        Files.writeString(configuration, String.join("\n",
            node(path),
            section,
            "limits: {maxOrderNotional: 50000, maxPositionNotional: 100000, maxOpenOrders: 4, maxOrdersPerSecond: 20, "
                +
                "priceCollarBps: 100, maxMarketDataAgeMs: 5000}",
            "instruments:",
            "  - {symbol: BTCUSDT, venue: SIMULATED, tickSize: 0.01, lotSize: 0.0001, baseCurrency: BTC, " +
                "quoteCurrency: USDT}",
            "  - {symbol: ETHUSDT, venue: SIMULATED, tickSize: 0.01, lotSize: 0.001, baseCurrency: ETH, " +
                "quoteCurrency: USDT}",
            "strategies:",
            "  - name: moving-average-crossover",
            "feed: " + feed,
            "venue: {orderLatencyUs: 200, reportLatencyUs: 200}") + "\n");
    }

    /** What the rest of the configuration does not bear on. */
    private static String node(final Path path)
    {
        return "node: {directory: \"" + path + "\"}";
    }

    /**
     * @param launcher or null for java, called as this process was.
     */
    void start(final Path launcher) throws IOException
    {
        final List<String> arguments = List.of("run", "--config", configuration.toString());
        process = ChildProcess.start(launcher == null
            ? ChildProcess.java(List.of(), LockstepCommand.class.getName(), arguments)
            : List.of(launcher.toString(), "run", "--config", configuration.toString()), log);
    }

    /** Looks at the counters, about a thousand times a second, until they are so; returns when that was. */
    long await(final Predicate<Map<String, Long>> condition) throws IOException, InterruptedException
    {
        final long deadlineNs = System.nanoTime() + TIMEOUT_NS;
        while (System.nanoTime() - deadlineNs < 0 && process.isAlive())
        {
            final Map<String, Long> counters = counters();
            if (counters.getOrDefault("pid", 0L) == process.pid() && condition.test(counters))
            {
                return System.currentTimeMillis();
            }
            Thread.sleep(1);
        }
        throw new IOException("the node does not come so far: " + Files.readString(log));
    }

    /** None until the node has made the file. */
    private Map<String, Long> counters()
    {
        return Files.exists(directory.counters()) ? NodeCounters.read(directory.counters()) : Map.of();
    }

    /** SIGKILL. */
    void kill() throws InterruptedException
    {
        process.destroyForcibly().waitFor();
    }

    /** Ends it, and takes away what no start of it will take over any more: its media driver's files are beside the directory. */
    @Override
    public void close()
    {
        if (process != null)
        {
            process.destroyForcibly().onExit().join();
        }
        final String text = node(directory.path());
        IoUtil.delete(NodeContext.read(YamlSection.parse(configuration, text), text).driverDirectory().toFile(), true);
    }

    NodeDirectory directory()
    {
        return directory;
    }
}
