package io.lockstep.tools;

import io.aeron.Aeron;
import io.lockstep.gateways.recording.BadInputPolicy;
import io.lockstep.gateways.recording.Recording;
import io.lockstep.sequencer.config.ConfiguredInstrument;
import io.lockstep.sequencer.config.NodeContext;
import io.lockstep.sequencer.config.SequencedTime;
import io.lockstep.sequencer.config.YamlSection;
import io.lockstep.sequencer.journal.NodeDirectory;
import io.lockstep.sequencer.node.Node;
import org.HdrHistogram.Histogram;
import org.agrona.CloseHelper;
import org.agrona.concurrent.SystemEpochNanoClock;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One node until it is told to stop.
 */
@Command(name = "run", description = "Runs one node until SIGTERM or SIGINT; on an existing directory it replays first and goes on.", mixinStandardHelpOptions = true, footer = {
    "", "Example: lockstep config --example node > node.yaml && lockstep run --config node.yaml"})
final class RunCommand implements Callable<Integer>
{
    /** Beyond what the configuration lets a stop wait for the venue. */
    private static final long STOP_TIMEOUT_SECONDS = 15;

    @Spec
    private CommandSpec spec;

    @Option(names = "--config", required = true, paramLabel = "FILE", description = "YAML; see 'lockstep config'.")
    private Path config;

    @Option(names = "--json", description = "Print one JSON object when it has stopped.")
    private boolean json;

    @Option(names = "--accept-lost-tail", description = "Go on though the order gateway has decisions that the journal has lost: the node starts halted, and takes orders and fills over from the venue.")
    private boolean acceptLostTail;

    @Option(names = "--while-stdin", hidden = true, description = "Stop when standard input ends, that is, when its writer is gone.")
    private boolean whileStdin;

    private GatewayHost gateways;
    private Aeron aeron;

    @Override
    public Integer call() throws InterruptedException
    {
        final String text = Directories.read(config);
        EarlyStart.await();
        final YamlSection root = YamlSection.parse(config, text);
        final NodeContext configured = NodeContext.read(root, text);
        final GatewaySettings settings = GatewaySettings.read(root);
        root.refuseUnknown();

        try (Recording recording = settings.recordings().isEmpty()
            ? null
            : Recording.open(settings.recordings(), settings.format(), BadInputPolicy.REPORT,
                configured.instruments().stream().map(ConfiguredInstrument::instrument).toList()))
        {
            final NodeContext context = recording == null || !configured.instruments().isEmpty()
                ? configured
                : configured.withInstruments(BacktestCommand.derived(recording));
            ConfigurationCheck.run(config, context);
            if (recording != null)
            {
                RecordingReport.print(recording, spec.commandLine().getErr());
            }
            return run(context, settings, recording);
        }
    }

    private int run(final NodeContext context, final GatewaySettings settings, final Recording recording)
    {
        final AtomicBoolean stop = new AtomicBoolean();
        final AtomicBoolean clean = new AtomicBoolean();
        final CountDownLatch stopped = new CountDownLatch(1);
        final Thread hook = new Thread(() ->
        {
            stop.set(true);
            if (await(stopped, context.safety().stopTimeoutNs()) && clean.get())
            {
                // The JVM would end with 128 + the signal, but a node that stops as it was told has done its work.
                Runtime.getRuntime().halt(LockstepCommand.DONE);
            }
        }, "lockstep-shutdown");
        Runtime.getRuntime().addShutdownHook(hook);
        if (whileStdin)
        {
            stopWhenStdinEnds(stop);
        }
        try
        {
            final Node.Result result = new Node(context, new NoticePrinter(spec.commandLine().getErr())
            {
                @Override
                public void onReady()
                {
                    startGateways(context, settings, recording);
                }

                @Override
                public void onStopping()
                {
                    CloseHelper.closeAll(gateways, aeron);
                }
            }, acceptLostTail).run(() -> stop.get() || gatewayFailed());
            print(result);
            clean.set(true);
            return LockstepCommand.DONE;
        }
        finally
        {
            stopped.countDown();
            remove(hook);
        }
    }

    private static void stopWhenStdinEnds(final AtomicBoolean stop)
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
            stop.set(true);
        }, "lockstep-stdin");
        watch.setDaemon(true);
        watch.start();
    }

    private static void remove(final Thread hook)
    {
        try
        {
            Runtime.getRuntime().removeShutdownHook(hook);
        }
        catch (final IllegalStateException ex)
        {
            // The process is ending: the hook runs.
        }
    }

    private static boolean await(final CountDownLatch stopped, final long venueTimeoutNs)
    {
        try
        {
            return stopped.await(
                venueTimeoutNs + TimeUnit.SECONDS.toNanos(STOP_TIMEOUT_SECONDS), TimeUnit.NANOSECONDS);
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void startGateways(final NodeContext context, final GatewaySettings settings, final Recording recording)
    {
        if (settings.venue() != null || recording != null || settings.generator() != null)
        {
            aeron = Aeron.connect(new Aeron.Context()
                .aeronDirectoryName(context.driverDirectory().toString())
                .errorHandler((error) -> spec.commandLine().getErr().println("lockstep: gateway: " + error)));
            gateways = new GatewayHost(aeron, context, settings, recording, firstExecId(context));
        }
        spec.commandLine().getErr().println("lockstep: running in " + context.directory().toAbsolutePath() +
            ", pid " + ProcessHandle.current().pid() + "; stop it with SIGTERM or Ctrl-C");
        spec.commandLine().getErr().flush();
    }

    /** The venue begins with the node and has forgotten what it executed before; its ids must not come again. */
    private static long firstExecId(final NodeContext context)
    {
        if (context.time() == SequencedTime.WALL)
        {
            return new SystemEpochNanoClock().nanoTime();
        }
        // The same in every run of the same recording.
        final int earlier = new NodeDirectory(context.directory()).incarnations().size() - 1;
        return ((long)earlier << Integer.SIZE) + 1;
    }

    private boolean gatewayFailed()
    {
        if (gateways != null)
        {
            gateways.requireHealthy();
        }
        return false;
    }

    private void print(final Node.Result result)
    {
        final Map<String, Object> values = new LinkedHashMap<>();
        values.put("inputs", result.inputs());
        values.put("decisions", result.decisions());
        values.put("lastSequence", result.lastSequence());
        values.put("cleanEnd", result.cleanEnd());
        values.put("snapshotSequence", result.snapshotSequence());
        values.put("recoveredInputs", result.recoveredInputs());
        values.put("tickToTrade", tickToTrade(result.tickToTrade()));
        if (json)
        {
            spec.commandLine().getOut().println(Json.text(values));
        }
        else
        {
            values.forEach((key, value) -> spec.commandLine().getOut().printf("%-16s %s%n", key, value));
        }
        spec.commandLine().getOut().flush();
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
