package io.lockstep.perf.recovery;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Starts processes like this one.
 */
final class ChildProcess
{
    private ChildProcess()
    {
    }

    /** The command that runs a main class as this process was, with its options and more, and its class path. */
    static List<String> java(
        final List<String> moreOptions, final String mainClass, final List<String> arguments)
    {
        final List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(moreOptions);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
        command.addAll(arguments);
        return command;
    }

    /**
     * @param log takes both of its outputs.
     */
    static Process start(final List<String> command, final Path log) throws IOException
    {
        return new ProcessBuilder(command).redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())).start();
    }

    /** Runs a command to its end. */
    static void run(final String... command) throws IOException, InterruptedException
    {
        final int status = new ProcessBuilder(command).inheritIO().start().waitFor();
        if (status != 0)
        {
            throw new IOException(String.join(" ", command) + ": status=" + status);
        }
    }
}
