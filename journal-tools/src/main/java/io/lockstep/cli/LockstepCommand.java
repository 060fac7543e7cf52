package io.lockstep.cli;

import io.aeron.exceptions.AeronException;
import io.lockstep.cli.argument.UsageException;
import io.lockstep.cli.output.CheckedOutput;
import io.lockstep.cli.output.ExitStatus;
import io.lockstep.cli.output.HarmlessWriter;
import io.lockstep.cli.output.StandardStreams;
import io.lockstep.codecs.text.NeutralLocale;
import io.lockstep.core.host.CoreFailureException;
import io.lockstep.gateways.recording.finding.BadInputException;
import io.lockstep.sequencer.NodeException;
import io.lockstep.sequencer.config.ConfigurationException;
import io.lockstep.sequencer.journal.JournalCorruptException;
import io.lockstep.sequencer.journal.JournalException;
import io.lockstep.sequencer.replay.LogicVersionException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * The launcher's one entry: {@code lockstep COMMAND}. What every command shares is here: exit status and messages.
 */
@Command(name = "lockstep", description = "A low-latency, deterministic trading engine.", mixinStandardHelpOptions = true, scope = CommandLine.ScopeType.INHERIT, versionProvider = LockstepCommand.Version.class, synopsisSubcommandLabel = "COMMAND", footer = {
    "", "Try 'lockstep demo', or 'lockstep COMMAND --help'.",
    "Exit status: 0 done, 1 a check failed, 2 bad usage or input, 3 could not run."})
public final class LockstepCommand
{
    /** What starts a node in this process. */
    private static final Set<String> STARTS = Set.of("run", "recover");

    private LockstepCommand()
    {
    }

    public static void main(final String[] args)
    {
        NeutralLocale.set();
        if (args.length > 0 && STARTS.contains(args[0]))
        {
            EarlyStart.begin();
        }
        System.exit(execute(StandardStreams.out(), StandardStreams.err(), args));
    }

    /**
     * Runs a command without ending the process. What it prints has been written when this returns; where it could not be, the
     * status says so, whatever became of the command. A reader that has gone is no failure.
     *
     * @return the exit status.
     */
    public static int execute(final OutputStream out, final OutputStream err, final String... args)
    {
        // JSON and journals are UTF-8 wherever they are read.
        final CheckedOutput output = new CheckedOutput("standard output", out);
        final PrintWriter outWriter = writer(output, false);
        final PrintWriter errWriter = writer(err, true);
        final int status = execute(
            commandLine(args).setOut(outWriter).setErr(errWriter), errWriter, args);
        outWriter.flush();
        if (output.problem() != null)
        {
            errWriter.println("lockstep: " + output.problem());
        }
        errWriter.flush();
        return output.problem() == null ? status : ExitStatus.CANNOT_RUN;
    }

    /** The launcher as picocli has it, with the command that the arguments name, or with all of them. */
    public static CommandLine commandLine(final String... args)
    {
        final CommandRegistry registry = CommandRegistry.ofClassPath();
        final CommandLine commandLine = new CommandLine(new LockstepCommand());
        registry.addTo(commandLine, args);
        HelpLayout.set(commandLine, registry);
        return commandLine;
    }

    private static int execute(final CommandLine commandLine, final PrintWriter err, final String... args)
    {
        try
        {
            return commandLine
                .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((exception, line, parsed) -> onException(exception, err))
                .execute(args);
        }
        catch (final InternalError ex)
        {
            // A page of a mapped file that has no space behind it.
            err.println("lockstep: a mapped file cannot be written or read, is its disk full? " + ex.getMessage());
            return ExitStatus.CANNOT_RUN;
        }
    }

    private static PrintWriter writer(final OutputStream target, final boolean allowsReturn)
    {
        return new PrintWriter(
            new BufferedWriter(
                new HarmlessWriter(new OutputStreamWriter(target, StandardCharsets.UTF_8), allowsReturn)),
            true);
    }

    private static int onException(final Exception exception, final PrintWriter err)
    {
        if (exception instanceof ConfigurationException configuration && !configuration.problems().isEmpty())
        {
            configuration.problems().forEach((problem) -> err.println("lockstep: " + problem));
            return ExitStatus.BAD_INPUT;
        }
        if (exception instanceof ConfigurationException || exception instanceof BadInputException ||
            exception instanceof UsageException)
        {
            err.println("lockstep: " + exception.getMessage());
            return ExitStatus.BAD_INPUT;
        }
        if (exception instanceof NodeException node)
        {
            err.println("lockstep: " + node.getMessage());
            return node.exitStatus();
        }
        if (exception instanceof JournalCorruptException)
        {
            err.println("lockstep: journal damaged: " + exception.getMessage());
            return ExitStatus.CHECK_FAILED;
        }
        if (exception instanceof LogicVersionException || exception instanceof CoreFailureException)
        {
            err.println("lockstep: " + exception.getMessage());
            return ExitStatus.CHECK_FAILED;
        }
        if (exception instanceof UncheckedIOException io)
        {
            return onFailure(io.getMessage().equals(String.valueOf(io.getCause())) ? "" : io.getMessage() + ": ",
                io.getCause(), err);
        }
        if (exception instanceof IOException io)
        {
            return onFailure("", io, err);
        }
        if (exception instanceof JournalException)
        {
            err.println("lockstep: " + exception.getMessage());
            return ExitStatus.CANNOT_RUN;
        }
        if (exception instanceof AeronException)
        {
            err.println("lockstep: " + exception.getMessage());
            return ExitStatus.CANNOT_RUN;
        }
        if (exception instanceof InterruptedException)
        {
            return ExitStatus.INTERRUPTED;
        }
        err.println("lockstep: unexpected error, please report it:");
        exception.printStackTrace(err);
        return ExitStatus.CHECK_FAILED;
    }

    private static int onFailure(final String what, final IOException cause, final PrintWriter err)
    {
        if (CheckedOutput.isClosedPipe(cause))
        {
            return ExitStatus.DONE;
        }
        // The cause's text is just a file's name for some; its class says what about it.
        final String why = cause.getClass() == IOException.class ? cause.getMessage() : cause.toString();
        err.println("lockstep: " + (what.endsWith(why + ": ") ? what.substring(0, what.length() - 2) : what + why));
        return ExitStatus.CANNOT_RUN;
    }

    /** Version of the build and of what decides about journals. */
    public static final class Version implements IVersionProvider
    {
        @Override
        public String[] getVersion()
        {
            final String version = LockstepCommand.class.getPackage().getImplementationVersion();
            return new String[]{
                "lockstep " + (version == null ? "development" : version),
                "logic version " + io.lockstep.core.TradingCore.LOGIC_VERSION + ", schema version " +
                    io.lockstep.sbe.MessageHeaderDecoder.SCHEMA_VERSION + ", Java " + Runtime.version()
            };
        }
    }
}
