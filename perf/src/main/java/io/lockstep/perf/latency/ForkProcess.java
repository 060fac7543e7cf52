package io.lockstep.perf.latency;

import io.lockstep.sequencer.node.NodeException;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs a {@link ForkPlan} in a JVM of its own, with this one's executable, options and class path.
 */
final class ForkProcess
{
    private static final int LAST_WORDS_MAX = 2_000;
    private static final long END_TIMEOUT_SECONDS = 5;
    // Enough for every path; touched beforehand, so that no page is faulted in while something is measured.
    private static final List<String> HEAP = List.of("-Xms512m", "-Xmx512m", "-XX:+AlwaysPreTouch");

    private ForkProcess()
    {
    }

    /**
     * Returns when it is done.
     *
     * @throws NodeException when it fails, with what it last said.
     */
    static ForkResult run(final ForkPlan plan) throws IOException, InterruptedException
    {
        Files.createDirectories(plan.out());
        final Path log = plan.out().resolve("fork.log");
        final Process process = new ProcessBuilder(command(plan))
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
        return new ForkResult(plan);
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

    private static List<String> command(final ForkPlan plan)
    {
        final List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        for (final String option : ManagementFactory.getRuntimeMXBean().getInputArguments())
        {
            if (!option.startsWith("-agentlib") && !option.startsWith("-javaagent") && !option.startsWith("-Xm"))
            {
                command.add(option);
            }
        }
        command.addAll(HEAP);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), LatencyFork.class.getName()));
        command.addAll(plan.arguments());
        return command;
    }
}
