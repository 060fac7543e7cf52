package io.lockstep.cli.node;

import io.lockstep.cli.EarlyStart;
import io.lockstep.cli.argument.LogOption;
import io.lockstep.cli.config.ConfigurationFile;
import io.lockstep.cli.config.DerivedInstruments;
import io.lockstep.cli.config.GatewaySettings;
import io.lockstep.cli.output.ExitStatus;
import io.lockstep.cli.output.RecordingReport;
import io.lockstep.cli.output.StopSignal;
import io.lockstep.cli.output.ValuesPrinter;
import io.lockstep.gateways.recording.Recording;
import io.lockstep.gateways.recording.finding.BadInputPolicy;
import io.lockstep.sequencer.config.ConfiguredInstrument;
import io.lockstep.sequencer.config.NodeContext;
import io.lockstep.sequencer.node.Node;
import io.lockstep.sequencer.node.ShardedNode;
import org.HdrHistogram.Histogram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * One node until it is told to stop.
 */
@Command(name = "run", description = "Runs one node until SIGTERM or SIGINT; on an existing directory it replays first and goes on.", mixinStandardHelpOptions = true, footer = {
    "", "Example: lockstep config --example node > node.yaml && lockstep run --config node.yaml"})
final class RunCommand implements Callable<Integer>
{
    /** Beyond what the configuration lets a stop wait for the venue. */
    private static final long STOP_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(15);

    @Spec
    private CommandSpec spec;

    @Option(names = "--config", required = true, paramLabel = "FILE", description = "YAML; see 'lockstep config'.")
    private Path config;

    @Option(names = "--json", description = "Print one JSON object when it has stopped.")
    private boolean json;

    @Option(names = "--accept-lost-tail", description = "Go on though the order gateway has decisions that the journal has lost: the node starts halted, and takes orders and fills over from the venue.")
    private boolean acceptLostTail;

    @Mixin
    private LogOption log;

    @Option(names = "--while-stdin", hidden = true, description = "Stop when standard input ends, that is, when its writer is gone.")
    private boolean whileStdin;

    @Override
    public Integer call() throws InterruptedException
    {
        final ConfigurationFile.NodeFile file = ConfigurationFile.node(config);
        EarlyStart.await();
        return file.context().shards().isEmpty() ? runWhole(file) : runShards(file);
    }

    private int runWhole(final ConfigurationFile.NodeFile file)
    {
        final NodeContext configured = file.context();
        final GatewaySettings settings = file.gateways();
        try (Recording recording = settings.recordings().isEmpty()
            ? null
            : Recording.open(settings.recordings(), settings.format(), BadInputPolicy.REPORT,
                configured.instruments().stream().map(ConfiguredInstrument::instrument).toList()))
        {
            final NodeContext context = recording == null || !configured.instruments().isEmpty()
                ? configured
                : configured.withInstruments(DerivedInstruments.of(recording));
            file.check(context);
            if (recording != null)
            {
                RecordingReport.print(recording, spec.commandLine().getErr());
            }
            final NodeGateways gateways = new NodeGateways(
                context, settings, recording, log.of(context.log()), spec.commandLine().getErr());
            return run(context.safety().stopTimeoutNs(), (stop) -> new Node(context, gateways, acceptLostTail).run(() ->
            {
                gateways.requireHealthy();
                return stop.getAsBoolean();
            }), (result) -> printer().print(values(result)));
        }
    }

    private int runShards(final ConfigurationFile.NodeFile file)
    {
        final NodeContext configured = file.context();
        final GatewaySettings settings = file.gateways();
        final List<NodeContext> shards = configured.shardContexts();
        shards.forEach((shard) -> file.check(shard));
        final PrintWriter err = spec.commandLine().getErr();
        final GatewaySettings divided = settings.withMarket(
            configured.instruments().stream().map(ConfiguredInstrument::instrument).toList());
        try (ShardRecordings recordings = new ShardRecordings(settings, shards))
        {
            final Map<Integer, NodeGateways> gatewaysByShard = new HashMap<>();
            for (final NodeContext shard : shards)
            {
                if (recordings.of(shard) != null)
                {
                    RecordingReport.print(recordings.of(shard), err);
                }
                gatewaysByShard.put(shard.shard(), new NodeGateways(
                    shard, divided, recordings.of(shard), log.of(shard.log()), err));
            }
            final ShardedNode node = new ShardedNode(
                configured, (shard) -> gatewaysByShard.get(shard.shard()), acceptLostTail);
            return run(configured.safety().stopTimeoutNs(), (stop) -> node.run((shard) -> () ->
            {
                gatewaysByShard.get(shard.shard()).requireHealthy();
                return stop.getAsBoolean();
            }), this::printShards);
        }
    }

    /**
     * @param work    runs until it is told to stop.
     * @param printer of what came of it.
     */
    private <R> int run(final long stopTimeoutNs, final Function<BooleanSupplier, R> work, final Consumer<R> printer)
    {
        final AtomicBoolean stdinEnded = new AtomicBoolean();
        if (whileStdin)
        {
            stopWhenStdinEnds(stdinEnded);
        }
        try (StopSignal stop = new StopSignal(stopTimeoutNs + STOP_TIMEOUT_NS))
        {
            printer.accept(work.apply(() -> stop.isRequested() || stdinEnded.get()));
            stop.stoppedClean();
            return ExitStatus.DONE;
        }
    }

    private static void stopWhenStdinEnds(final AtomicBoolean ended)
    {
        final Thread watch = new Thread(() ->
        {
            try
            {
                System.in.transferTo(OutputStream.nullOutputStream());
            }
            catch (final IOException ex)
            {
                // A pipe that cannot be read has no one at its other end either.
            }
            ended.set(true);
        }, "lockstep-stdin");
        watch.setDaemon(true);
        watch.start();
    }

    private static Map<String, Object> values(final Node.Result result)
    {
        final Map<String, Object> values = new LinkedHashMap<>();
        values.put("inputs", result.inputs());
        values.put("decisions", result.decisions());
        values.put("lastSequence", result.lastSequence());
        values.put("cleanEnd", result.cleanEnd());
        values.put("snapshotSequence", result.snapshotSequence());
        values.put("recoveredInputs", result.recoveredInputs());
        values.put("tickToTrade", tickToTrade(result.tickToTrade()));
        return values;
    }

    private void printShards(final Map<Integer, Node.Result> resultByShard)
    {
        final Map<Integer, Map<String, Object>> valuesByShard = new TreeMap<>();
        resultByShard.forEach((shard, result) -> valuesByShard.put(shard, values(result)));
        printer().printShards(valuesByShard);
    }

    private ValuesPrinter printer()
    {
        return new ValuesPrinter(spec.commandLine().getOut(), json);
    }

    private static Map<String, Object> tickToTrade(final Histogram histogram)
    {
        final Map<String, Object> values = new LinkedHashMap<>();
        values.put("count", histogram.getTotalCount());
        values.put("p50Ns", histogram.getValueAtPercentile(50));
        values.put("p90Ns", histogram.getValueAtPercentile(90));
        values.put("p99Ns", histogram.getValueAtPercentile(99));
        values.put("maxNs", histogram.getMaxValue());
        return values;
    }
}
