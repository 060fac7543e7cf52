package io.lockstep.tools;

import io.aeron.exceptions.AeronException;
import io.lockstep.codecs.text.NeutralLocale;
import io.lockstep.gateways.recording.BadInputException;
import io.lockstep.sequencer.config.ConfigurationException;
import io.lockstep.sequencer.journal.JournalCorruptException;
import io.lockstep.sequencer.node.NodeException;
import io.lockstep.sequencer.replay.CoreFailureException;
import io.lockstep.sequencer.replay.LogicVersionException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * The launcher's one entry: {@code lockstep COMMAND}. What every command shares is here: exit status and messages.
 */
@Command(name = "lockstep", description = "A low-latency, deterministic trading engine.", mixinStandardHelpOptions = true, scope = CommandLine.ScopeType.INHERIT, versionProvider = LockstepCommand.Version.class, synopsisSubcommandLabel = "COMMAND", subcommands = {
    DemoCommand.class,
    RunCommand.class,
    DriverCommand.class,
    GatewayCommand.class,
    RecoverCommand.class,
    RestoreCommand.class,
    StatCommand.class,
    HealthCommand.class,
    ControlCommand.class,
    ConfigCommand.class,
    CheckHostCommand.class,
    BacktestCommand.class,
    ReplayCommand.class,
    JournalCommand.class,
    BookCommand.class,
    CrashTestCommand.class,
    SimulateCommand.class
}, footer =
{"", "Measurements, in a module of their own that a checkout builds when first asked for:",
    "  latency  Measures tick-to-trade under an open load, beside its floor in the same run.",
    "  bench    Runs the benchmarks of single parts, or compares two result files.", "",
    "Try 'lockstep demo', or 'lockstep COMMAND --help'.",
    "Exit status: 0 done, 1 a check failed, 2 bad usage or input, 3 could not run."})
public final class LockstepCommand
{
    private static final int USAGE_WIDTH = 120;
    /** What starts a node in this process. */
    private static final Set<String> STARTS = Set.of("run", "recover");

    public static final int DONE = 0;
    public static final int CHECK_FAILED = 1;
    public static final int BAD_INPUT = 2;
    public static final int CANNOT_RUN = 3;
    public static final int INTERRUPTED = 130;

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
        System.exit(execute(System.out, System.err, args));
    }

    /**
     * Runs a command without ending the process.
     *
     * @return the exit status.
     */
    public static int execute(final java.io.PrintStream out, final java.io.PrintStream err, final String... args)
    {
        return execute(new LockstepCommand(), out, err, args);
    }

    /**
     * Runs another module's command with the exit statuses and messages of all.
     *
     * @param command as picocli takes it.
     */
    public static int execute(
        final Object command, final java.io.PrintStream out, final java.io.PrintStream err, final String... args)
    {
        // JSON and journals are UTF-8 wherever they are read.
        final PrintWriter outWriter = new PrintWriter(out, true, StandardCharsets.UTF_8);
        final PrintWriter errWriter = new PrintWriter(err, true, StandardCharsets.UTF_8);
        final int status = new CommandLine(command)
            .setOut(outWriter)
            .setErr(errWriter)
            .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setUsageHelpWidth(USAGE_WIDTH)
            .setExecutionExceptionHandler((exception, commandLine, parsed) -> onException(exception, errWriter))
            .execute(args);
        outWriter.flush();
        errWriter.flush();
        return status;
    }

    private static int onException(final Exception exception, final PrintWriter err)
    {
        if (exception instanceof ConfigurationException || exception instanceof BadInputException ||
            exception instanceof UsageException)
        {
            err.println("lockstep: " + exception.getMessage());
            return BAD_INPUT;
        }
        if (exception instanceof NodeException node)
        {
            err.println("lockstep: " + node.getMessage());
            return node.exitStatus();
        }
        if (exception instanceof JournalCorruptException)
        {
            err.println("lockstep: journal damaged: " + exception.getMessage());
            return CHECK_FAILED;
        }
        if (exception instanceof LogicVersionException || exception instanceof CoreFailureException)
        {
            err.println("lockstep: " + exception.getMessage());
            return CHECK_FAILED;
        }
        if (exception instanceof UncheckedIOException io)
        {
            // The cause's text is just a file's name for some; its class says what about it.
            err.println("lockstep: " + (io.getMessage().equals(String.valueOf(io.getCause()))
                ? ""
                : io.getMessage() + ": ") + io.getCause());
            return CANNOT_RUN;
        }
        if (exception instanceof AeronException)
        {
            err.println("lockstep: " + exception.getMessage());
            return CANNOT_RUN;
        }
        if (exception instanceof InterruptedException)
        {
            return INTERRUPTED;
        }
        err.println("lockstep: unexpected error, please report it:");
        exception.printStackTrace(err);
        return CHECK_FAILED;
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
