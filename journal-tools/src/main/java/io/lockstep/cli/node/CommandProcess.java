package io.lockstep.cli.node;

import io.lockstep.cli.LockstepCommand;
import io.lockstep.journal.text.Json;
import io.lockstep.sequencer.NodeException;

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
 * A command in a process of its own, with this JVM's executable, options and class path, to be killed and started again. What
 * it says goes to a file.
 */
public final class CommandProcess implements AutoCloseable
{
    private static final long STOP_TIMEOUT_SECONDS = 30;
    private static final int LAST_WORDS_LENGTH_MAX = 2_000;

    private final String name;
    private final Path log;
    private final PrintWriter err;
    private Process process;

    /**
     * @param name of what runs, for messages.
     * @param log  that its standard error is appended to.
     */
    public CommandProcess(final String name, final Path log, final PrintWriter err)
    {
        this.name = name;
        this.log = log;
        this.err = err;
    }

    /** Starts the command with these arguments. */
    public void start(final List<String> arguments)
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
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), LockstepCommand.class.getName()));
        command.addAll(arguments);
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
    public void requireAlive()
    {
        if (!process.isAlive())
        {
            throw new NodeException(NodeException.CHECK_FAILED,
                name + " ended by itself with status " + process.exitValue() + ": " + lastWords());
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
            return text.substring(Math.max(0, text.length() - LAST_WORDS_LENGTH_MAX));
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
                throw new NodeException(
                    NodeException.CHECK_FAILED, name + " did not stop cleanly: " + lastWords());
            }
            return Json.parse(line);
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    @Override
    public void close()
    {
        if (process != null && process.isAlive())
        {
            err.println("lockstep: ending " + name);
            process.destroyForcibly().onExit().join();
        }
    }
}
