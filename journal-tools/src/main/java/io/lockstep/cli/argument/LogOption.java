package io.lockstep.cli.argument;

import io.lockstep.sequencer.config.LogContext;
import io.lockstep.sequencer.log.ProcessLog;
import picocli.CommandLine.Option;

import java.io.PrintWriter;
import java.nio.file.Path;

/**
 * The option of commands that run a process with a log.
 */
public final class LogOption
{
    @Option(names = "--log", description = "Print each line of the process's log to standard error as well.")
    private boolean log;

    /** The configured log, with what the option says. */
    public LogContext of(final LogContext configured)
    {
        return configured.withStderr(log);
    }

    /** Opens the log of a process; its files are named for its configuration, as {@code feed.0.log} of {@code feed.yaml}. */
    public ProcessLog open(final LogContext configured, final Path configuration, final PrintWriter err)
    {
        final String file = configuration.getFileName().toString();
        final int end = file.lastIndexOf('.');
        return ProcessLog.open(of(configured), end > 0 ? file.substring(0, end) : file, err);
    }
}
