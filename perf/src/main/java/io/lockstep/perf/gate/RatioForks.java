package io.lockstep.perf.gate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Starts {@link RatioFork}s, one after the other.
 */
final class RatioForks
{
    // Compiled in the foreground: what is warm does then not depend on when a compiler's thread gets a processor.
    private static final List<String> OPTIONS = List.of("-Xbatch", "-XX:+UseSerialGC", "-Xms128m", "-Xmx128m");

    private final int count;
    private final String plant;

    /**
     * @param count of each part.
     * @param plant as {@link PlantedWork#parts} takes it.
     */
    RatioForks(final int count, final String plant)
    {
        this.count = count;
        this.plant = plant;
    }

    /** The ratio in each fork, in ascending order. */
    double[] measure(final String part)
    {
        final double[] ratios = new double[count];
        for (int i = 0; i < count; i++)
        {
            ratios[i] = run(part);
        }
        Arrays.sort(ratios);
        return ratios;
    }

    static double median(final double[] ascending)
    {
        return ascending[(ascending.length - 1) / 2];
    }

    private double run(final String part)
    {
        try
        {
            final Process process = new ProcessBuilder(command(part)).redirectErrorStream(true).start();
            final String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            final int status = process.waitFor();
            if (status != 0)
            {
                throw new IllegalStateException("a fork for part=" + part + " ended with status=" + status + ": " +
                    output);
            }
            return Double.parseDouble(output.substring(output.lastIndexOf('\n') + 1).split(" ")[0]);
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", ex);
        }
    }

    private List<String> command(final String part)
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
        command.addAll(OPTIONS);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), RatioFork.class.getName(), part, plant));
        return command;
    }
}
