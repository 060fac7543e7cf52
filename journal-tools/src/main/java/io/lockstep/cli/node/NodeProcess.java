package io.lockstep.cli.node;

import io.lockstep.sequencer.NodeException;
import io.lockstep.sequencer.counters.NodeCounters;
import io.lockstep.sequencer.journal.NodeDirectory;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A node in a process of its own: {@code lockstep run}. It holds the other end of a pipe that nothing is ever written to, and
 * stops by itself when this process is gone, however that came about.
 */
public final class NodeProcess implements AutoCloseable
{
    private final Path config;
    private final CommandProcess process;

    NodeProcess(final Path config, final PrintWriter err)
    {
        this.config = config;
        process = new CommandProcess("the node", config.resolveSibling("node.log"), err);
    }

    public void start()
    {
        process.start(List.of("run", "--json", "--while-stdin", "--config", config.toString()));
    }

    /** SIGKILL; returns the process id when it is dead. */
    public long kill() throws InterruptedException
    {
        return process.kill();
    }

    /**
     * @throws NodeException when the process has ended by itself, with what it last said.
     */
    void requireAlive()
    {
        process.requireAlive();
    }

    long pid()
    {
        return process.pid();
    }

    /** SIGTERM; returns the JSON object it prints when it has stopped. */
    public Map<String, Object> stop() throws InterruptedException
    {
        return process.stop();
    }

    /** From the counters of a node, running or dead. */
    public static long lastSequence(final NodeDirectory directory)
    {
        return NodeCounters.read(directory.counters()).getOrDefault("lastSequence", 0L);
    }

    @Override
    public void close()
    {
        process.close();
    }
}
