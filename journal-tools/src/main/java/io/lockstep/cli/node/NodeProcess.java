package io.lockstep.cli.node;

import io.lockstep.cli.LockstepCommand;
import io.lockstep.journal.text.Json;
import io.lockstep.sequencer.journal.NodeDirectory;
import io.lockstep.sequencer.node.NodeCounters;
import io.lockstep.sequencer.node.NodeException;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A node in a process of its own: {@code lockstep run} with this JVM's executable, options and class path. It holds the other
 * end of a pipe that nothing is ever written to, and stops by itself when this process is gone, however that came about.
 */
public final class NodeProcess implements AutoCloseable
{
    private static final long STOP_TIMEOUT_SECONDS = 30;

    private final Path config;
    private final PrintWriter err;
    private final Path log;
    private Process process;

    NodeProcess(final Path config, final PrintWriter err)
    {
        this.config = config;
        this.err = err;
        this.log = config.resolveSibling("node.log");
    }

    public void start()
    {
        final List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        for (final String option : ManagementFactory.getRuntimeMXBean().getInputArguments())
        {
            if (!option.startsWith("-agentlib") && !option.startsWith("-javaagent"))
            {
                command.add(option);
            }
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), LockstepCommand.class.getName(),
            "run", "--json", "--while-stdin", "--config", config.toString()));
        try
        {
            process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    /** SIGKILL; returns the process id when it is dead. */
    public long kill() throws InterruptedException
    {
        final long pid = process.pid();
        process.destroyForcibly().waitFor();
        return pid;
    }

    /**
     * @throws NodeException when the process has ended by itself, with what it last said.
     */
    void requireAlive()
    {
        if (!process.isAlive())
        {
            throw new NodeException(NodeException.CHECK_FAILED,
                "the node ended by itself with status " + process.exitValue() + ": " + lastWords());
        }
    }

    long pid()
    {
        return process.pid();
    }

    private String lastWords()
    {
        try
        {
            final String text = Files.readString(log);
            return text.substring(Math.max(0, text.length() - 2_000));
        }
        catch (final IOException ex)
        {
            return "(" + log + " not readable: " + ex.getMessage() + ")";
        }
    }

    /** SIGTERM; returns the JSON object it prints when it has stopped. */
    public Map<String, Object> stop() throws InterruptedException
    {
        // Not process.destroy(), which closes the stream with the answer.
        process.toHandle().destroy();
        final boolean ended = process.waitFor(STOP_TIMEOUT_SECONDS, TimeUnit.SECONDS);
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8))
        {
            final String line = ended ? out.readLine() : null;
            if (line == null || process.exitValue() != 0)
            {
                throw new NodeException(NodeException.CHECK_FAILED, "the node did not stop cleanly: " + lastWords());
            }
            return Json.parse(line);
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    /** From the counters of a node, running or dead. */
    public static long lastSequence(final NodeDirectory directory)
    {
        return NodeCounters.read(directory.counters()).getOrDefault("lastSequence", 0L);
    }

    @Override
    public void close()
    {
        if (process != null && process.isAlive())
        {
            err.println("lockstep: ending the node");
            process.destroyForcibly().onExit().join();
        }
    }
}
