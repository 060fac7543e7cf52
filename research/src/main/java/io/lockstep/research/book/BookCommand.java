package io.lockstep.research.book;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lockstep.cli.output.AsideFile;
import io.lockstep.cli.output.Progress;
import io.lockstep.cli.output.RecordingReport;
import io.lockstep.codecs.Instrument;
import io.lockstep.gateways.feed.MarketSource;
import io.lockstep.gateways.recording.Recording;
import io.lockstep.gateways.recording.finding.BadInputException;
import io.lockstep.gateways.recording.finding.BadInputPolicy;
import io.lockstep.gateways.recording.finding.Finding;
import io.lockstep.gateways.recording.scan.RecordingFormat;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

/** {@code lockstep book}: the order book of a recording, as CSV. */
@Command(name = "book", description = "Rebuilds the order book from a recording's snapshots and changes, one CSV row after each.", mixinStandardHelpOptions = true, footer = {
    "",
    "Exit status: 0 done; 1 a gap, a crossed book, a quote that differs, or no",
    "snapshot; 2 bad usage or input; 3 could not run.",
    "",
    "Example:",
    "  lockstep book --data btcusdt_20240808.gz btcusdt_20240809.gz --levels 10 --out book.csv"})
public final class BookCommand implements Callable<Integer>
{
    private static final int EXIT_OK = 0;
    private static final int EXIT_CHECK_FAILED = 1;
    private static final int EXIT_BAD_INPUT = 2;
    private static final int EXIT_COULD_NOT_RUN = 3;
    private static final int LEVELS_MAX = 10_000;

    @Spec
    private CommandSpec spec;

    @Option(names = "--format", paramLabel = "FORMAT", description = "binance-ws; recognised from the content without it.")
    private String format;

    @Option(names = "--data", paramLabel = "FILE", arity = "1..*", required = true, description = "Recordings, plain, .gz or .zip; - is standard input.")
    private List<Path> data;

    @Option(names = "--levels", paramLabel = "N", defaultValue = "1", description = "Levels a side (default: 1).")
    private int levels;

    @Option(names = "--out", paramLabel = "FILE", required = true, description = "Where the rows go.")
    private Path out;

    @Option(names = "--json", description = "One JSON object on standard output.")
    private boolean isJson;

    @Override
    public Integer call()
    {
        if (levels < 1 || levels > LEVELS_MAX)
        {
            throw new ParameterException(spec.commandLine(), "--levels=" + levels + ": expected 1 to " + LEVELS_MAX);
        }
        if (data.stream().filter(Recording.STANDARD_INPUT::equals).count() > 1)
        {
            throw new ParameterException(spec.commandLine(), "--data=-: expected standard input at most once");
        }
        final RecordingFormat requested = requestedFormat();
        final PrintWriter err = spec.commandLine().getErr();
        try (Recording recording = Recording.open(data, requested, BadInputPolicy.REFUSE, List.of()))
        {
            requireBooks(recording);
            return rebuild(recording);
        }
        catch (final BadInputException ex)
        {
            err.println(ex.getMessage());
            return EXIT_BAD_INPUT;
        }
        catch (final UncheckedIOException ex)
        {
            err.println(ex.getMessage());
            return EXIT_COULD_NOT_RUN;
        }
        finally
        {
            err.flush();
        }
    }

    private RecordingFormat requestedFormat()
    {
        if (format == null)
        {
            return null;
        }
        if (!RecordingFormat.BINANCE_WS.text().equals(format))
        {
            throw new ParameterException(spec.commandLine(),
                "--format=" + format + ": expected " + RecordingFormat.BINANCE_WS.text());
        }
        return RecordingFormat.BINANCE_WS;
    }

    private static void requireBooks(final Recording recording)
    {
        recording.formatByFile().forEach((file, recognised) ->
        {
            if (recognised != RecordingFormat.BINANCE_WS)
            {
                throw new BadInputException(file, 0, "format=" + recognised.text() +
                    ": expected " + RecordingFormat.BINANCE_WS.text() + ", bars have no order book");
            }
        });
    }

    private int rebuild(final Recording recording)
    {
        describe(recording);
        final List<Instrument> instruments = recording.instruments();
        try (AsideFile file = new AsideFile(out); MarketSource source = recording.source(instruments::indexOf))
        {
            final BookRebuild rebuild = new BookRebuild(instruments, levels, file.writer());
            run(rebuild, source, recording.convertibleLines());
            file.commit();
            report(recording, rebuild, file.isStandardOut());
            return conclude(recording, rebuild);
        }
    }

    private void run(final BookRebuild rebuild, final MarketSource source, final long total)
    {
        final Progress progress = new Progress(spec.commandLine().getErr(), total);
        try
        {
            rebuild.run(source, progress::update);
        }
        finally
        {
            progress.done();
        }
    }

    private void describe(final Recording recording)
    {
        final PrintWriter err = spec.commandLine().getErr();
        if (format == null)
        {
            recording.formatByFile().forEach(
                (file, recognised) -> err.println(file + ": format " + recognised.text() + ", recognised"));
        }
        for (final Instrument instrument : recording.instruments())
        {
            err.println(instrument.name() + ": tick " + instrument.tick() + " lot " + instrument.lot() +
                ", derived from the recording");
        }
        recording.unknownStreams().forEach(
            (stream, lines) -> err.println("unknown stream " + stream + ": " + lines + " lines passed over"));
        RecordingReport.printFindings(recording, err);
    }

    /** Where the rows are on standard output, what is said of them is beside it. */
    private void report(final Recording recording, final BookRebuild rebuild, final boolean isOutTaken)
    {
        final ObjectNode counts = JsonNodeFactory.instance.objectNode();
        counts.put("rows", rebuild.rows());
        counts.put("applied", rebuild.applied());
        counts.put("discarded", rebuild.discarded());
        counts.put("gaps", rebuild.gaps());
        counts.put("crossed", rebuild.crossed());
        counts.put("compared", rebuild.compared());
        counts.put("mismatches", rebuild.mismatches());
        final PrintWriter stdout = isOutTaken ? spec.commandLine().getErr() : spec.commandLine().getOut();
        if (isJson)
        {
            final ObjectNode unknownStreams = counts.putObject("unknownStreams");
            recording.unknownStreams().forEach(unknownStreams::put);
            RecordingReport.counts(recording).forEach((key, count) -> counts.put(key, (long)count));
            stdout.println(counts);
        }
        else
        {
            counts.properties()
                .forEach(count -> stdout.printf(Locale.ROOT, "%-12s %s%n", count.getKey(), count.getValue()));
            stdout.println(out);
        }
        stdout.flush();
    }

    private int conclude(final Recording recording, final BookRebuild rebuild)
    {
        final List<String> problems = new ArrayList<>(rebuild.problems());
        tell(problems, rebuild.gaps(), "gaps in the update ids");
        tell(problems, rebuild.crossed(), "rows with a crossed book");
        tell(problems, rebuild.mismatches(), "quotes that differ from the book of their id");
        tell(problems, recording.findings().count(Finding.ZERO_PRICE), "prices of 0");
        if (rebuild.rows() == 0)
        {
            problems.add("no rows: expected a depth snapshot in the recording");
        }
        final PrintWriter err = spec.commandLine().getErr();
        problems.forEach(err::println);
        return problems.isEmpty() ? EXIT_OK : EXIT_CHECK_FAILED;
    }

    private static void tell(final List<String> problems, final long count, final String what)
    {
        if (count > 0)
        {
            problems.add(count + " " + what);
        }
    }
}
