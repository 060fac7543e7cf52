package io.lockstep.cli.demo;

import io.lockstep.cli.argument.Directories;
import io.lockstep.cli.argument.UsageException;
import io.lockstep.cli.config.GatewaySettings;
import io.lockstep.cli.gateway.GatewayHost;
import io.lockstep.cli.node.NodeProcess;
import io.lockstep.cli.node.NodeRig;
import io.lockstep.cli.output.ExitStatus;
import io.lockstep.cli.output.Interruption;
import io.lockstep.cli.output.Progress;
import io.lockstep.cli.output.RecordingReport;
import io.lockstep.cli.output.RefusalListing;
import io.lockstep.codecs.Instrument;
import io.lockstep.gateways.recording.Recording;
import io.lockstep.gateways.recording.finding.BadInputException;
import io.lockstep.gateways.recording.finding.BadInputPolicy;
import io.lockstep.gateways.recording.finding.Finding;
import io.lockstep.gateways.simulated.VenueObserver;
import io.lockstep.journal.read.JournalSummary;
import io.lockstep.journal.read.NothingTraded;
import io.lockstep.journal.replay.ReplayRun;
import io.lockstep.journal.text.Json;
import io.lockstep.sequencer.journal.JournalReader;
import io.lockstep.sequencer.journal.NodeDirectory;
import io.lockstep.sequencer.replay.Replayer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * The whole product in one go.
 */
@Command(name = "demo", description = {
    "Plays a market over Aeron to a node and a simulated venue, kills the node with SIGKILL in mid-flight,",
    "restarts it, and then proves by replay that nothing was lost, repeated or decided otherwise."}, mixinStandardHelpOptions = true, footer =
    {"", "Example: lockstep demo --data btcusdt_20240808.gz ethusdt_20240808.gz"})
final class DemoCommand implements Callable<Integer>
{
    private static final long GENERATED_EVENTS_PER_SECOND = 20_000;
    /** How much is generated when it is played as fast as it goes, in seconds of the usual rate. */
    private static final long FLAT_OUT_SECONDS = 20;

    @Spec
    private CommandSpec spec;

    @Option(names = "--seconds", paramLabel = "N", defaultValue = "10", description = "How long the market is played; 0 is as fast as it goes. Default: ${DEFAULT-VALUE}.")
    private int seconds;

    @Option(names = "--data", arity = "1..*", paramLabel = "FILE", description = "Recordings; else the market is generated.")
    private List<Path> data = List.of();

    @Option(names = "--dir", paramLabel = "DIR", description = "The node's directory; new or empty. Default: a temporary one.")
    private Path dir;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() throws Exception
    {
        if (seconds < 0)
        {
            throw new UsageException("--seconds=" + seconds + ": expected 0 or more");
        }
        try (Recording recording = data.isEmpty() ? null : Recording.open(data, null, BadInputPolicy.REPORT, List.of()))
        {
            if (recording != null)
            {
                RecordingReport.print(recording, spec.commandLine().getErr());
                requireMarketData(recording);
            }
            return run(recording);
        }
    }

    private void requireMarketData(final Recording recording)
    {
        if (recording.convertibleLines() == 0)
        {
            throw new BadInputException(data.get(0).toString(), 0,
                "lines=0: expected at least one depth change, snapshot, quote, trade or bar");
        }
    }

    private int run(final Recording recording) throws IOException, InterruptedException
    {
        final boolean isOwn = dir == null || !Files.exists(dir);
        final Path directory = Directories.newOrEmpty(dir, "lockstep-demo-").toAbsolutePath();
        final Path aeronDirectory = NodeRig.aeronDirectory(directory, "lockstep-demo-");
        try (Interruption interruption = new Interruption(() ->
        {
            Directories.delete(aeronDirectory, true);
            Directories.delete(directory, isOwn);
        }))
        {
            return run(recording, directory, aeronDirectory, interruption);
        }
        catch (final RuntimeException ex)
        {
            spec.commandLine().getErr().println("lockstep: what there is of the demo is in " + directory);
            throw ex;
        }
    }

    private int run(
        final Recording recording, final Path directory, final Path aeronDirectory, final Interruption interruption)
        throws IOException, InterruptedException
    {
        try
        {
            return conclude(recording, directory, run(recording, directory, aeronDirectory));
        }
        catch (final IOException | RuntimeException ex)
        {
            if (interruption.isRequested())
            {
                // Whatever was interrupted says so in its own way; files by an exception that Agrona does not declare.
                return ExitStatus.INTERRUPTED;
            }
            throw ex;
        }
    }

    private Outcome run(final Recording recording, final Path directory, final Path aeronDirectory)
        throws IOException, InterruptedException
    {
        final List<Instrument> instruments = recording == null
            ? DemoConfiguration.generatedInstruments()
            : recording.instruments();
        try (NodeRig rig = new NodeRig(directory, aeronDirectory,
            DemoConfiguration.node(directory, aeronDirectory, instruments),
            DemoConfiguration.gateways(generator(recording), pace(recording)), recording, VenueObserver.NONE,
            Long.MAX_VALUE, spec.commandLine().getErr()))
        {
            return play(rig, total(recording));
        }
    }

    private static GatewaySettings.Generator demoGenerator(final int seconds)
    {
        return new GatewaySettings.Generator(
            1, (seconds == 0 ? FLAT_OUT_SECONDS : seconds) * GENERATED_EVENTS_PER_SECOND,
            GENERATED_EVENTS_PER_SECOND / 20);
    }

    private GatewaySettings.Generator generator(final Recording recording)
    {
        return recording == null ? demoGenerator(seconds) : null;
    }

    private long total(final Recording recording)
    {
        return recording == null ? demoGenerator(seconds).events() : recording.convertibleLines();
    }

    /** So that all of it takes the seconds asked for. */
    private double pace(final Recording recording)
    {
        if (seconds == 0)
        {
            return 0;
        }
        return recording == null
            ? GENERATED_EVENTS_PER_SECOND / (double)demoGenerator(seconds).eventsPerSecond()
            : Math.max(1e-3, (recording.lastTimestampNs() - recording.firstTimestampNs()) / (seconds * 1e9));
    }

    /** What the demo saw while it ran. */
    private record Outcome(
        long marketEvents, long requestedSnapshots, long venueOrders, long killedPid, long killedAtSequence,
        Map<String, Object> node)
    {
    }

    private Outcome play(final NodeRig rig, final long total)
        throws InterruptedException
    {
        final NodeProcess node = rig.node();
        final GatewayHost gateways = rig.gateways();
        final Progress progress = new Progress(spec.commandLine().getErr(), total);
        while (gateways.marketEvents() < Math.max(1, total / 2))
        {
            rig.requireHealthy();
            progress.update(gateways.marketEvents());
            Thread.sleep(2);
        }
        final long killedPid = node.kill();
        final long killedAtSequence = NodeProcess.lastSequence(rig.directory());
        progress.message("node " + killedPid + " killed after sequence " + killedAtSequence + ", restarting");
        node.start();
        rig.settle(progress);
        progress.done();
        return new Outcome(
            gateways.marketEvents(), gateways.requestedSnapshots(), gateways.venueOrders(), killedPid, killedAtSequence,
            node.stop());
    }

    private int conclude(final Recording recording, final Path directory, final Outcome outcome)
    {
        final NodeDirectory node = new NodeDirectory(directory);
        final JournalSummary summary;
        try (JournalReader reader = new JournalReader(node))
        {
            summary = new JournalSummary().addAll(reader);
        }
        final Replayer replayer = ReplayRun.whole(node, true);
        final Map<String, Object> values = new LinkedHashMap<>();
        values.put("marketEvents", outcome.marketEvents());
        values.put("inputs", summary.inputs);
        values.put("decisions", summary.decisions);
        values.put("orders", summary.orders);
        values.put("partialFills", summary.partialFills);
        values.put("fullFills", summary.fullFills);
        values.put("cancels", summary.cancels);
        values.put("riskRejects", summary.riskRejects);
        values.put("venueRejects", summary.venueRejects);
        final RefusalListing refusals = new RefusalListing(
            summary.refusals, summary.venueRefusals, summary.requestRefusals);
        refusals.putInto(values);
        values.put("warnings", summary.fills > 0
            ? List.of()
            : new NothingTraded(replayer.host().core(), summary.activity, summary.orders, summary.refusals,
                summary.venueRefusals).reasons());
        values.put("killedPid", outcome.killedPid());
        values.put("killedAtSequence", outcome.killedAtSequence());
        values.put("recoveredAtSequence", summary.recoveredAtSequence);
        values.put("whole", isWhole(summary, outcome));
        values.put("divergences", replayer.divergence() == null ? 0 : 1);
        values.put("stateHash", Json.hex(replayer.host().core().stateHash()));
        values.put("decisionHash", Json.hex(replayer.host().decisionHash()));
        values.put("journal", directory.toString());
        if (recording != null)
        {
            values.putAll(RecordingReport.counts(recording));
        }
        values.put("tickToTrade", outcome.node().get("tickToTrade"));
        if (json)
        {
            spec.commandLine().getOut().println(Json.text(values));
        }
        else
        {
            DemoPage.print(spec.commandLine().getOut(), values, refusals.lines(directory));
            if (recording != null)
            {
                printFindings(recording, spec.commandLine().getOut());
            }
        }
        return Boolean.TRUE.equals(values.get("whole")) && replayer.divergence() == null
            ? ExitStatus.DONE
            : ExitStatus.CHECK_FAILED;
    }

    private static void printFindings(final Recording recording, final PrintWriter out)
    {
        for (final Finding finding : Finding.values())
        {
            if (recording.findings().count(finding) > 0)
            {
                out.println("  In the recording: " + recording.findings().count(finding) + " " + finding.text() + ".");
            }
        }
        out.flush();
    }

    /** Whether what the feed played and what the venue was sent is in the journal, each once. */
    private boolean isWhole(final JournalSummary summary, final Outcome outcome)
    {
        final long marketEvents = outcome.marketEvents() + outcome.requestedSnapshots();
        if (summary.marketEvents != marketEvents)
        {
            spec.commandLine().getErr().println("lockstep: market events: played " + outcome.marketEvents() +
                " and " + outcome.requestedSnapshots() + " books asked for, in the journal " + summary.marketEvents);
        }
        if (summary.orders != outcome.venueOrders())
        {
            spec.commandLine().getErr().println("lockstep: orders: in the journal " + summary.orders +
                ", received by the venue " + outcome.venueOrders());
        }
        return summary.marketEvents == marketEvents && summary.orders == outcome.venueOrders();
    }
}
