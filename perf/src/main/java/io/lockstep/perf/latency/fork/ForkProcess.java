package io.lockstep.perf.latency.fork;

import io.lockstep.sequencer.NodeException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs a main class in a JVM of its own, with this one's executable and options.
 */
public final class ForkProcess
{
    private static final int LAST_WORDS_MAX = 2_000;
    private static final long END_TIMEOUT_SECONDS = 5;
    // Enough for every path; touched beforehand, so that no page is faulted in while something is measured.
    private static final List<String> HEAP = List.of("-Xms512m", "-Xmx512m", "-XX:+AlwaysPreTouch");

    // An archive of classes holds for one class path, and no fork's start counts.
    private static final List<String> NOT_PASSED_ON = List.of(
        "-agentlib", "-javaagent", "-Xm", "-XX:SharedArchiveFile");

    private ForkProcess()
    {
    }

    /**
     * Runs a {@link ForkPlan}; returns when it is done.
     *
     * @throws NodeException when it fails, with what it last said.
     */
    public static ForkResult run(final ForkPlan plan) throws IOException, InterruptedException
    {
        run(System.getProperty("java.class.path"), LatencyFork.class.getName(), plan.arguments(), plan.out());
        return new ForkResult(plan);
    }

    /**
     * Returns when it is done.
     *
     * @param out takes what it says, and is made.
     * @throws NodeException when it fails, with what it last said.
     */
    public static void run(final String classPath, final String mainClass, final List<String> arguments, final Path out)
        throws IOException, InterruptedException
    {
        Files.createDirectories(out);
        final Path log = out.resolve("fork.log");
        final Process process = new ProcessBuilder(command(classPath, mainClass, arguments))
            .redirectErrorStream(true).redirectOutput(log.toFile()).start();
        final Thread onShutdown = new Thread(() -> end(process), "latency-fork-cleanup");
        Runtime.getRuntime().addShutdownHook(onShutdown);
        try
        {
            final int status = process.waitFor();
            if (status != 0)
            {
                final String text = Files.readString(log);
                throw new NodeException(NodeException.CANNOT_RUN, "a fork ended with status " + status + ": " +
                    text.substring(Math.max(0, text.length() - LAST_WORDS_MAX)));
            }
        }
        finally
        {
            end(process);
            removeHook(onShutdown);
        }
    }

    /** In order, so that it takes its files with it. */
    private static void end(final Process process)
    {
        process.destroy();
        try
        {
            if (!process.waitFor(END_TIMEOUT_SECONDS, TimeUnit.SECONDS))
            {
                process.destroyForcibly();
            }
        }
        catch (final InterruptedException ex)
        {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private static void removeHook(final Thread hook)
    {
        try
        {
            Runtime.getRuntime().removeShutdownHook(hook);
        }
        catch (final IllegalStateException ex)
        {
            // The process is ending: the hook runs.
        }
    }

    private static List<String> command(
        final String classPath, final String mainClass, final List<String> arguments)
    {
        final List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        for (final String option : ManagementFactory.getRuntimeMXBean().getInputArguments())
        {
            if (NOT_PASSED_ON.stream().noneMatch(option::startsWith))
            {
                command.add(option);
            }
        }
        command.addAll(HEAP);
        command.addAll(List.of("-cp", classPath, mainClass));
        command.addAll(arguments);
        return command;
    }
}
