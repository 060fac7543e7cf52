package io.lockstep.sequencer.node;

import io.aeron.Aeron;
import io.aeron.driver.MediaDriver;
import io.lockstep.sequencer.CoreHost;
import io.lockstep.sequencer.aeron.AeronReceiver;
import io.lockstep.sequencer.aeron.AeronSender;
import io.lockstep.sequencer.journal.RecordBatch;
import io.lockstep.sequencer.Sequencer;
import io.lockstep.sequencer.SequencerMonitor;
import io.lockstep.sequencer.config.NodeContext;
import io.lockstep.sequencer.config.SequencedTime;
import io.lockstep.sequencer.egress.JournalBehindException;
import io.lockstep.sequencer.egress.LinkEgress;
import io.lockstep.sequencer.egress.ReconciliationOptions;
import io.lockstep.sequencer.ingress.LinkIngress;
import io.lockstep.sequencer.journal.NodeDirectory;
import io.lockstep.sequencer.journal.SegmentedJournal;
import org.HdrHistogram.Histogram;
import org.agrona.CloseHelper;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.OffsetEpochNanoClock;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * One node: takes its directory, replays what is there, opens a new incarnation, connects and runs the loop on the calling
 * thread until told to stop.
 */
public final class Node
{
    private static final long HEARTBEAT_INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(100);

    private final NodeContext context;
    private final NodeDirectory directory;
    private final Listener listener;
    private final boolean acceptLostTail;

    /**
     * Told of the node's life on the node's thread.
     */
    public interface Listener
    {
        /** About to enter the loop: recovered, connected, configured. */
        void onReady();

        /** Out of the loop, still connected. */
        void onStopping();

        /** Asked for once, before the loop is made; measures it from within. */
        default SequencerMonitor observer()
        {
            return SequencerMonitor.NONE;
        }
    }

    /**
     * What a node did in this incarnation, and where it stands.
     */
    public record Result(
        long inputs, long decisions, long lastSequence, boolean cleanEnd, long recoveredInputs, Histogram tickToTrade)
    {
    }

    public Node(final NodeContext context, final Listener listener)
    {
        this(context, listener, false);
    }

    /**
     * @param acceptLostTail the operator's word that it may go on though the order gateway has decisions which its journal
     *                       lost: it starts halted, and takes orders and fills over from the venue.
     */
    public Node(final NodeContext context, final Listener listener, final boolean acceptLostTail)
    {
        this.acceptLostTail = acceptLostTail;
        this.context = context;
        this.directory = new NodeDirectory(context.directory());
        this.listener = listener;
    }

    /**
     * Runs the node until the supplier says so; it is asked about ten times a second.
     *
     * @throws NodeException when it cannot run.
     */
    @SuppressWarnings("try") // the lock is held, not used
    public Result run(final BooleanSupplier isStopRequested)
    {
        try (NodeDirectory.Lock lock = lock())
        {
            Files.createDirectories(directory.journal());
            Files.writeString(directory.configuration(), context.text());
            try (NodeCounters counters = new NodeCounters(directory.counters().toFile(), directory.errors().toFile()))
            {
                return runLocked(counters, isStopRequested);
            }
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    private NodeDirectory.Lock lock()
    {
        final NodeDirectory.Lock lock;
        try
        {
            lock = directory.tryLock();
        }
        catch (final IOException ex)
        {
            throw new NodeException(NodeException.CANNOT_RUN,
                "node.directory=" + directory.path() + ": expected a directory that can be written: " + ex);
        }
        if (lock == null)
        {
            throw new NodeException(NodeException.CANNOT_RUN,
                "node.directory=" + directory.path() + ": in use by another live process");
        }
        return lock;
    }

    @SuppressWarnings("try") // the pinning is held, not used
    private Result runLocked(final NodeCounters counters, final BooleanSupplier isStopRequested)
    {
        final int incarnation = directory.incarnations().stream().mapToInt(Integer::intValue).max().orElse(0) + 1;
        final LinkEgress egress = new LinkEgress(incarnation, reconciliationOptions());
        final CoreHost host = new CoreHost(Strategies.load(context.strategies()), egress);
        final Recovery recovery = Recovery.replay(directory, host);
        counters.set(CounterType.PROCESS_ID, ProcessHandle.current().pid());
        counters.set(CounterType.INCARNATION, incarnation);
        counters.set(CounterType.RECOVERED_INPUTS, recovery.inputs());

        MediaDriver driver = null;
        Aeron aeron = null;
        try (SegmentedJournal journal = SegmentedJournal.open(directory, incarnation, context.journal(), counters))
        {
            driver = context.embeddedDriver() ? launchDriver(counters) : null;
            aeron = connect(counters);
            final Aeron client = aeron;
            final List<AeronReceiver> receivers = context.ingress().stream()
                .map((channel) -> new AeronReceiver(client.addSubscription(channel.uri(), channel.streamId())))
                .toList();
            final NodeMonitor monitor = new NodeMonitor(counters, listener.observer());
            final LinkIngress ingress = new LinkIngress(
                receivers, host.sources(), egress, monitor, context.safety().gatewayTimeoutNs());
            final Sequencer sequencer = new Sequencer(host, ingress, journal, egress, new OffsetEpochNanoClock(),
                context.time(), monitor, context.shard(), incarnation, recovery.predecessor().chain());
            // Exclusive: a shared one would be the dead predecessor's, which gateways cannot tell from it.
            egress.connect(
                new AeronSender(client.addExclusivePublication(context.egress().uri(), context.egress().streamId())),
                host.core(), (sourceId) -> 0);
            final Incarnation records = new Incarnation(host, sequencer);
            records.begin(context, incarnation, recovery.predecessor());
            complete(host, sequencer, recovery.cutOff());
            records.configure(context);
            listener.onReady();
            try (Pinning pinning = new Pinning(context.core()))
            {
                loop(sequencer, egress, counters, aeron, isStopRequested);
            }
            listener.onStopping();
            records.stop();
            records.end();
            return new Result(monitor.inputs(), host.decisionCount(), sequencer.sequence(), true, recovery.inputs(),
                monitor.tickToTrade());
        }
        finally
        {
            CloseHelper.closeAll(aeron, driver);
        }
    }

    private ReconciliationOptions reconciliationOptions()
    {
        // When time is the recording's there is no telling how long a request has waited.
        final long requestAgeMaxNs = context.time() == SequencedTime.WALL && context.safety().requestAgeMaxNs() > 0
            ? context.safety().requestAgeMaxNs()
            : ReconciliationOptions.NEVER_NS;
        return new ReconciliationOptions(context.safety().reconcile(), requestAgeMaxNs, acceptLostTail);
    }

    private static void complete(final CoreHost host, final Sequencer sequencer, final RecordBatch cutOff)
    {
        if (!cutOff.isEmpty())
        {
            host.decisions().addAll(cutOff);
            sequencer.commitDecisions();
        }
    }

    private MediaDriver launchDriver(final NodeCounters counters)
    {
        final Path driverDirectory = context.driverDirectory();
        return context.aeronDirectory() == null
            ? EmbeddedDriver.launchOwned(driverDirectory, counters)
            : EmbeddedDriver.launch(driverDirectory, counters);
    }

    private Aeron connect(final NodeCounters counters)
    {
        try
        {
            return Aeron.connect(new Aeron.Context()
                .aeronDirectoryName(context.driverDirectory().toString())
                .errorHandler(counters)
                .subscriberErrorHandler((error) ->
                {
                    // An exception of the core must end the loop, not be logged by the poll and forgotten.
                    throw error instanceof RuntimeException runtime ? runtime : new IllegalStateException(error);
                }));
        }
        catch (final RuntimeException ex)
        {
            throw new NodeException(NodeException.CANNOT_RUN, "aeron.directory=" + context.driverDirectory() +
                ": expected a live media driver: " + ex.getMessage());
        }
    }

    private int turn(final Sequencer sequencer, final NodeCounters counters)
    {
        try
        {
            return sequencer.doWork();
        }
        catch (final JournalBehindException ex)
        {
            counters.onError(ex);
            throw new NodeException(NodeException.CHECK_FAILED, ex.getMessage(), ex);
        }
        catch (final RuntimeException ex)
        {
            counters.onError(ex);
            throw new NodeException(NodeException.CHECK_FAILED, "the loop failed: stage=" + sequencer.stage() +
                " sequence=" + sequencer.dispatchedSequence() + ": " + ex, ex);
        }
    }

    private void loop(
        final Sequencer sequencer,
        final LinkEgress egress,
        final NodeCounters counters,
        final Aeron aeron,
        final BooleanSupplier isStopRequested)
    {
        final IdleStrategy idle = context.idle().create();
        long nextCheckNs = System.nanoTime();
        while (true)
        {
            idle.idle(turn(sequencer, counters));
            final long nowNs = System.nanoTime();
            if (nowNs - nextCheckNs >= 0)
            {
                nextCheckNs = nowNs + HEARTBEAT_INTERVAL_NS;
                counters.set(CounterType.HEARTBEAT_MS, System.currentTimeMillis());
                counters.set(CounterType.UNACKNOWLEDGED_DECISIONS, egress.unacknowledged());
                if (aeron.isClosed())
                {
                    throw new NodeException(NodeException.CANNOT_RUN,
                        "aeron.directory=" + context.driverDirectory() + ": the media driver is gone");
                }
                if (isStopRequested.getAsBoolean())
                {
                    return;
                }
            }
        }
    }
}
