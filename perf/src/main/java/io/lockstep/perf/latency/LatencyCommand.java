package io.lockstep.perf.latency;

import io.lockstep.cli.argument.Directories;
import io.lockstep.cli.argument.UsageException;
import io.lockstep.cli.output.AsideFile;
import io.lockstep.cli.output.ExitStatus;
import io.lockstep.journal.text.Json;
import io.lockstep.peers.PeerPlan;
import io.lockstep.perf.Machine;
import io.lockstep.perf.latency.fork.ForkPlan;
import io.lockstep.perf.latency.fork.ForkProcess;
import io.lockstep.perf.latency.fork.ForkResult;
import io.lockstep.perf.latency.load.GeneratedWorkload;
import io.lockstep.perf.latency.load.LoadPlan;
import io.lockstep.perf.latency.path.MeasuredNode;
import io.lockstep.perf.latency.path.MeasuredPath;
import io.lockstep.perf.latency.path.PreparedOrder;
import io.lockstep.perf.latency.peer.PeerKind;
import io.lockstep.perf.latency.peer.PeerMeasurement;
import io.lockstep.perf.latency.report.LatencyFigures;
import io.lockstep.perf.latency.report.LatencyReport;
import io.lockstep.perf.latency.report.LatencyText;
import io.lockstep.perf.latency.report.RateFigures;
import io.lockstep.sequencer.config.Units;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/**
 * Starts the forks one after another and says what they saw.
 */
@Command(name = "latency", description = "Measures tick-to-trade under an open load, beside its floor in the same run.", mixinStandardHelpOptions = true, footer = {
    "", "Example: lockstep latency --rate 10000,100000 --seconds 5 --out latency",
    "Example: lockstep latency --data btcusdt_20240808.gz ethusdt_20240808.gz",
    "The machine should have nothing else to do. A run whose sender fell behind says",
    "so and ends with status 1."})
public final class LatencyCommand implements Callable<Integer>
{
    /** Where their modules are; the launcher says it, having built them. */
    private static final String PEERS_PROPERTY = "lockstep.peers";
    private static final Path MEMORY = Path.of("/dev/shm");
    /** Two seconds at the higher of the rates. */
    private static final int EVENTS = 200_000;
    private static final int EVENTS_MAX = 1_000_000;

    @Spec
    private CommandSpec spec;

    @Option(names = "--rate", split = ",", paramLabel = "N", defaultValue = "10000,100000", description = "Market events a second, one rate or several. Default: ${DEFAULT-VALUE}.")
    private List<Integer> rates;

    @Option(names = "--seconds", paramLabel = "N", defaultValue = "5", description = "Recorded of each path at each rate in each fork. Default: ${DEFAULT-VALUE}.")
    private int seconds;

    @Option(names = "--forks", paramLabel = "N", defaultValue = "5", description = "JVMs, one after another; figures are their median. Default: ${DEFAULT-VALUE}.")
    private int forks;

    @Option(names = "--order-every", paramLabel = "N", defaultValue = "10", description = "Of so many market events one makes an order. Default: ${DEFAULT-VALUE}.")
    private int orderEvery;

    @Option(names = "--rehearse", paramLabel = "DURATION", defaultValue = MeasuredNode.REHEARSE, description = "node.rehearse of the node, and the same for the pipes: how often an order that nobody sees is made while there is nothing to do; 0 for never. Default: ${DEFAULT-VALUE}.")
    private String rehearse;

    @Option(names = "--warm-up", paramLabel = "N", defaultValue = "2", description = "Seconds for each path, at 100,000 events a second. Default: ${DEFAULT-VALUE}.")
    private int warmUpSeconds;

    @Option(names = "--flat-out", paramLabel = "N", defaultValue = "1", description = "Seconds of each path as fast as it goes, 0 for none. Default: ${DEFAULT-VALUE}.")
    private int flatOutSeconds;

    @Option(names = "--data", arity = "1..*", paramLabel = "FILE", description = "Recordings, plain, .gz or .zip, or directories of them, whose messages are sent in their order; else the market is generated.")
    private List<Path> data = List.of();

    @Option(names = "--symbol", split = ",", paramLabel = "S", description = "Of the recording these instruments, by symbol or by name with the venue. Default: all.")
    private List<String> symbols = List.of();

    @Option(names = "--events", paramLabel = "N", description = "Of the recording so many market events from its beginning, over and over. Default: "
        + EVENTS + ".")
    private Integer events;

    @Option(names = "--peers", arity = "0..1", split = ",", fallbackValue = "all", paramLabel = "NAME", description = "Measure other engines too, all or these, each in JVMs of its own and in turn: exchange-core, exchange-core-journal, aeron-cluster, disruptor, chronicle-queue. What the others need is downloaded when it is built.")
    private List<String> peers;

    @Option(names = "--journal-dir", paramLabel = "DIR", description = "Where the journals are written while it runs. Default: /dev/shm, where there is one.")
    private Path journalDirectory;

    @Option(names = "--out", paramLabel = "DIR", description = "New or empty; takes report.html, result.json, histograms and logs. Default: a temporary one.")
    private Path out;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() throws IOException, InterruptedException
    {
        check();
        final Map<String, Object> aboutLoad = aboutLoad();
        final Path target = Directories.newOrEmpty(out, "lockstep-latency-");
        final Path journals = journals(target);
        final PeerMeasurement measurement = peerMeasurement(journals, target.resolve("peers").toAbsolutePath());
        measurement.trial();
        final List<ForkResult> results = new ArrayList<>();
        for (int fork = 1; fork <= forks; fork++)
        {
            progress("fork " + fork + " of " + forks);
            results.add(ForkProcess.run(plan(false, journals, target.resolve("fork-" + fork))));
            measurement.fork(fork);
        }
        progress("stages");
        final ForkResult stages = ForkProcess.run(plan(true, journals, target.resolve("stages")));
        final Map<String, Object> about = about(aboutLoad, journals);
        final LatencyFigures figures = new LatencyFigures(
            about, rates.stream().map((rate) -> new RateFigures(rate, results, stages)).toList(), results,
            measurement.figures(), Runtime.getRuntime().availableProcessors());
        write(target, figures);
        print(target, figures);
        return figures.reliability().isValid() ? ExitStatus.DONE : ExitStatus.CHECK_FAILED;
    }

    private void check()
    {
        rates.forEach((rate) -> require("--rate", rate, 1, 10_000_000));
        require("--seconds", seconds, 1, 3_600);
        require("--forks", forks, 1, 100);
        require("--order-every", orderEvery, 1, 1_000_000);
        require("--warm-up", warmUpSeconds, 0, 600);
        requireRehearse();
        require("--flat-out", flatOutSeconds, 0, 600);
        checkLoad();
        if (peers != null && PeerKind.of(peers).size() > 1 && System.getProperty(PEERS_PROPERTY) == null)
        {
            throw new UsageException("--peers: expected to be called through ./lockstep, which builds them");
        }
        if (journalDirectory != null && !Files.isDirectory(journalDirectory))
        {
            throw new UsageException("--journal-dir=" + journalDirectory + ": expected a directory");
        }
    }

    private static void require(final String option, final int value, final int min, final int max)
    {
        if (value < min || value > max)
        {
            throw new UsageException(option + "=" + value + ": expected a whole number from " + min + " to " + max);
        }
    }

    private void requireRehearse()
    {
        final long rehearseNs = Units.durationNs(rehearse);
        if (rehearseNs < 0 || rehearseNs > TimeUnit.SECONDS.toNanos(1))
        {
            throw new UsageException("--rehearse=" + rehearse + ": expected a duration such as 50us, up to 1s");
        }
    }

    private void checkLoad()
    {
        if (data.isEmpty())
        {
            requireData("--symbol", symbols.isEmpty() ? null : String.join(",", symbols));
            requireData("--events", events);
            return;
        }
        require("--events", loadPlan().events(), 1, EVENTS_MAX);
        if (peers != null)
        {
            throw new UsageException("--peers=" + String.join(",", peers) +
                ": expected no --data beside it, since peers are measured with the generated load");
        }
    }

    private static void requireData(final String option, final Object value)
    {
        if (value != null)
        {
            throw new UsageException(option + "=" + value + ": expected --data beside it, a recording");
        }
    }

    private LoadPlan loadPlan()
    {
        return data.isEmpty() ? LoadPlan.GENERATED : new LoadPlan(data, symbols, events == null ? EVENTS : events);
    }

    /** Makes the load as each fork will: what is wrong with a recording is to be said before anything is measured. */
    private Map<String, Object> aboutLoad()
    {
        return loadPlan().load(orderEvery, spec.commandLine().getErr()).about(rates, seconds);
    }

    private Path journals(final Path target)
    {
        if (journalDirectory != null)
        {
            return journalDirectory.toAbsolutePath();
        }
        return (Files.isWritable(MEMORY) ? MEMORY : target).toAbsolutePath();
    }

    private ForkPlan plan(final boolean ofStages, final Path journals, final Path directory)
    {
        return new ForkPlan(rates, seconds, warmUpSeconds, flatOutSeconds, orderEvery, Units.durationNs(rehearse),
            loadPlan(), ofStages,
            journals, directory.toAbsolutePath());
    }

    /** Of nobody when no peers are asked for. */
    private PeerMeasurement peerMeasurement(final Path journals, final Path directory)
    {
        final Set<PeerKind> kinds = peers == null ? Set.of() : PeerKind.of(peers);
        final PeerPlan plan = new PeerPlan("", rates, seconds, warmUpSeconds, flatOutSeconds, orderEvery,
            GeneratedWorkload.eventLength(), new PreparedOrder().length(), false, journals, directory);
        final String modules = System.getProperty(PEERS_PROPERTY, "");
        return new PeerMeasurement(
            kinds, plan, PeerMeasurement.processes(Path.of(modules)), (what) -> progress("peers: " + what));
    }

    private Map<String, Object> about(final Map<String, Object> aboutLoad, final Path journals)
    {
        final Map<String, Object> about = new LinkedHashMap<>();
        about.put("seconds", seconds);
        about.put("forks", forks);
        about.put("warmUpSeconds", warmUpSeconds);
        about.put("orderEvery", orderEvery);
        about.put("rehearse", rehearse);
        about.putAll(aboutLoad);
        about.put("journalDirectory", journals.toString());
        about.put("machine", Machine.describe());
        return about;
    }

    private void progress(final String text)
    {
        final PrintWriter err = spec.commandLine().getErr();
        err.println("lockstep: latency: " + text);
        err.flush();
    }

    private static void write(final Path target, final LatencyFigures figures)
    {
        AsideFile.write(target.resolve("result.json"), Json.text(figures.json()) + "\n");
        AsideFile.write(target.resolve("report.html"), LatencyReport.html(figures));
        for (final RateFigures rate : figures.rates())
        {
            for (final MeasuredPath path : MeasuredPath.values())
            {
                final ByteArrayOutputStream text = new ByteArrayOutputStream();
                rate.total(path).outputPercentileDistribution(
                    new PrintStream(text, true, StandardCharsets.UTF_8), 1.0);
                AsideFile.write(target.resolve(rate.rate() + "-" + path.key() + ".hgrm"),
                    text.toString(StandardCharsets.UTF_8));
            }
        }
    }

    private void print(final Path target, final LatencyFigures figures)
    {
        final PrintWriter writer = spec.commandLine().getOut();
        if (json)
        {
            writer.println(Json.text(figures.json()));
        }
        else
        {
            LatencyText.print(writer, figures);
            writer.println("Report: " + target.resolve("report.html"));
        }
        if (json)
        {
            figures.reliability().sentences()
                .forEach((sentence) -> spec.commandLine().getErr().println("lockstep: " + sentence));
        }
    }
}
