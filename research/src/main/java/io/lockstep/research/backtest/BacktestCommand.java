package io.lockstep.research.backtest;

import io.lockstep.cli.argument.UsageException;
import io.lockstep.cli.config.ConfigurationFile;
import io.lockstep.cli.config.DerivedInstruments;
import io.lockstep.cli.config.GatewaySettings;
import io.lockstep.cli.config.TradingCalendar;
import io.lockstep.cli.output.AsideDirectory;
import io.lockstep.cli.output.ExitStatus;
import io.lockstep.cli.output.Interruption;
import io.lockstep.cli.output.Progress;
import io.lockstep.cli.output.RecordingReport;
import io.lockstep.cli.output.RefusalListing;
import io.lockstep.core.host.CoreFailureException;
import io.lockstep.gateways.recording.Recording;
import io.lockstep.gateways.recording.finding.BadInputPolicy;
import io.lockstep.gateways.recording.scan.RecordingFormat;
import io.lockstep.gateways.simulated.VenueRules;
import io.lockstep.sequencer.config.ConfiguredInstrument;
import io.lockstep.sequencer.config.NodeContext;
import io.lockstep.sequencer.journal.Journal;
import io.lockstep.sequencer.journal.NodeDirectory;
import io.lockstep.sequencer.journal.SegmentedJournal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;

/**
 * The engine over recorded data in one thread.
 */
@Command(name = "backtest", description = {
    "Runs the engine over recorded data with a simulated venue, in one thread, through the same path as live.",
    "Equal data and configuration give equal decisions. The Sharpe ratio is of profit by the day; where it would mean nothing",
    "it is null and 'warnings' says why. With several settlement currencies the totals are null and 'currencies' has them.",
    "docs/backtesting.md explains how orders fill and what each key of the result means.", "",
    "A gap in update ids, a crossed book, or changes that never find a snapshot: the backtest goes on, the instrument",
    "without orders until its book is whole again. A price of 0, a bar that cannot be, and a second bar of one time with",
    "other numbers are left out. Each is counted, and the exit status is 1. Repeated bars and trades that are none by the",
    "venue's mark are left out and counted, bars that are not in order are sorted. A line or file that cannot be read:",
    "exit status 2 and no output. A strategy that fails is suspended, and the run goes on: exit status 1. The output directory",
    "is filled at the end; interrupted, it is left as it was.",
    ""}, mixinStandardHelpOptions = true, footer =
    {"", "Example: lockstep backtest --config backtest.yaml --data btcusdt_20240808.gz --out run-1 --json"})
public final class BacktestCommand implements Callable<Integer>
{
    /** Nothing waits for a backtest, and many are short. */
    private static final long RESERVE_AHEAD_BYTES = 4L << 20;

    @Spec
    private CommandSpec spec;

    @Option(names = "--config", required = true, paramLabel = "FILE", description = "YAML; see 'lockstep config --example backtest'.")
    private Path config;

    @Option(names = "--data", required = true, arity = "1..*", paramLabel = "FILE", description = "Recordings, plain, .gz or .zip; - is standard input.")
    private List<Path> data;

    @Option(names = "--format", paramLabel = "FORMAT", description = "binance-ws or bars-csv; else recognised.")
    private String format;

    @Option(names = "--out", paramLabel = "DIR", description = "For the journal; new or empty. Default: a temporary one.")
    private Path out;

    @Option(names = "--no-journal", description = "Keep no journal.")
    private boolean noJournal;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call()
    {
        final ConfigurationFile.NodeFile file = ConfigurationFile.backtest(config);
        final NodeContext configured = file.context();
        try (Recording recording = Recording.open(data, format(), BadInputPolicy.REFUSE,
            configured.instruments().stream().map(ConfiguredInstrument::instrument).toList()))
        {
            RecordingReport.print(recording, spec.commandLine().getErr());
            final NodeContext context = configured.instruments().isEmpty()
                ? configured.withInstruments(DerivedInstruments.of(recording))
                : configured;
            file.check(context);
            return run(new Setup(context, file.gateways(), file.calendar()), recording);
        }
    }

    /** All that the configuration says. */
    private record Setup(NodeContext context, GatewaySettings settings, TradingCalendar calendar)
    {
        private Backtest backtest(final Journal journal)
        {
            return new Backtest(
                context, settings.venue() == null ? VenueRules.defaults() : settings.venue(), calendar, journal);
        }
    }

    private RecordingFormat format()
    {
        try
        {
            return format == null ? null : RecordingFormat.parse(format);
        }
        catch (final IllegalArgumentException ex)
        {
            throw new UsageException("--format=" + format + ": " + ex.getMessage());
        }
    }

    private int run(final Setup setup, final Recording recording)
    {
        if (noJournal)
        {
            return run(setup, recording, Journal.NONE, null);
        }
        try (AsideDirectory directory = new AsideDirectory(out, "lockstep-backtest-");
            Interruption interruption = new Interruption(directory::close))
        {
            return run(setup, recording, directory, interruption);
        }
    }

    private int run(
        final Setup setup,
        final Recording recording,
        final AsideDirectory directory,
        final Interruption interruption)
    {
        try
        {
            return run(setup, recording, open(directory.aside(), setup.context()), directory);
        }
        catch (final RuntimeException ex)
        {
            if (interruption.isRequested())
            {
                return ExitStatus.INTERRUPTED;
            }
            throw ex;
        }
    }

    private int run(
        final Setup setup,
        final Recording recording,
        final Journal journal,
        final AsideDirectory directory)
    {
        final Progress progress = new Progress(spec.commandLine().getErr(), recording.convertibleLines());
        final long startNs = System.nanoTime();
        final FeedProblems problems = new FeedProblems(journal);
        final Backtest backtest;
        try (Journal counted = problems)
        {
            backtest = setup.backtest(counted);
            backtest.run(recording::source, (events) -> onProgress(progress, events));
        }
        catch (final CoreFailureException ex)
        {
            progress.done();
            throw keeping(directory, ex);
        }
        finally
        {
            progress.done();
        }
        final double seconds = (System.nanoTime() - startNs) / 1e9;
        if (directory != null)
        {
            directory.commit();
        }
        new BacktestReport(backtest, problems, recording, directory == null ? null : directory.target(), seconds)
            .print(spec.commandLine().getOut(), json);
        tell(problems);
        tell(recording.clockBackwards(), "lines whose clock is behind that of a line before");
        backtest.suspensions().forEach((text) -> spec.commandLine().getErr().println("lockstep: " + text));
        return problems.isNone() && !recording.findings().isFaulty() && backtest.suspensions().isEmpty()
            ? ExitStatus.DONE
            : ExitStatus.CHECK_FAILED;
    }

    /** What led to the failure is kept, and replays: it is what the failure is found with. */
    private static CoreFailureException keeping(final AsideDirectory directory, final CoreFailureException failure)
    {
        if (directory == null)
        {
            return new CoreFailureException(failure.sequence(),
                failure.detail() + "; without --no-journal the journal up to it is kept", failure);
        }
        directory.commit();
        final String path = RefusalListing.quoted(directory.target());
        return new CoreFailureException(failure.sequence(), failure.detail() + "; the journal up to it is in " + path +
            ": ./lockstep replay --verify --to " + (failure.sequence() - 1) + " --journal " + path, failure);
    }

    private static void onProgress(final Progress progress, final long events)
    {
        if (Thread.currentThread().isInterrupted())
        {
            throw new CancellationException("interrupted");
        }
        progress.update(events);
    }

    private void tell(final FeedProblems problems)
    {
        tell(problems.gaps(), "gaps in the update ids; no orders until the next snapshot");
        tell(problems.crossed(), "times a book was crossed; no orders while it was");
        tell(problems.withoutSnapshot(), "instruments with changes that no snapshot came for");
    }

    private void tell(final long count, final String what)
    {
        if (count > 0)
        {
            spec.commandLine().getErr().println("lockstep: " + count + " " + what);
        }
    }

    private static Journal open(final Path path, final NodeContext context)
    {
        final NodeDirectory directory = new NodeDirectory(path);
        try
        {
            Files.createDirectories(directory.journal());
            return SegmentedJournal.openInvoked(directory, 1, context.journal().withReserveAhead(RESERVE_AHEAD_BYTES));
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }
}
