package io.lockstep.sequencer.node;

import io.lockstep.codecs.Nulls;
import io.lockstep.sbe.AlertType;
import io.lockstep.sequencer.NodeException;
import io.lockstep.sequencer.aeron.Connection;
import io.lockstep.sequencer.counters.CounterType;
import io.lockstep.sequencer.counters.NodeCounters;
import io.lockstep.sequencer.egress.LinkEgress;
import io.lockstep.sequencer.ingress.LinkIngress;
import io.lockstep.sequencer.safety.DirectoryWatch;
import io.lockstep.sequencer.safety.OperationalInputs;
import io.lockstep.sequencer.safety.SafetyWatch;
import io.lockstep.sequencer.safety.Watchdog;

import java.util.function.BooleanSupplier;

/**
 * What the loop looks at ten times a second: whether the node is safe, whether the media driver lives, whether it is to stop. For
 * the loop's thread.
 */
final class NodeWatch
{
    private final SafetyWatch safety;
    private final NodeCounters counters;
    private final NodeMonitor monitor;
    private final LinkIngress ingress;
    private final LinkEgress egress;
    private final Connection connection;
    private final ArchiveRunner archive;
    private final Watchdog watchdog;
    private final Stopping stopping;
    private final OperationalInputs inputs;
    private final DirectoryWatch directories;
    private boolean isDirectoryLost;
    private final BooleanSupplier isStopRequested;

    NodeWatch(
        final SafetyWatch safety,
        final NodeCounters counters,
        final NodeMonitor monitor,
        final LinkIngress ingress,
        final LinkEgress egress,
        final Connection connection,
        final ArchiveRunner archive,
        final Watchdog watchdog,
        final Stopping stopping,
        final OperationalInputs inputs,
        final DirectoryWatch directories,
        final BooleanSupplier isStopRequested)
    {
        this.safety = safety;
        this.counters = counters;
        this.monitor = monitor;
        this.ingress = ingress;
        this.egress = egress;
        this.connection = connection;
        this.archive = archive;
        this.watchdog = watchdog;
        this.stopping = stopping;
        this.inputs = inputs;
        this.directories = directories;
        this.isStopRequested = isStopRequested;
    }

    /**
     * Looks at everything.
     *
     * @return whether the loop may be left.
     * @throws NodeException when the media driver is gone, or a directory that the node works in.
     */
    boolean onInterval(final long nowNs)
    {
        watchdog.onTurn(nowNs);
        counters.set(CounterType.HEARTBEAT_MS, System.currentTimeMillis());
        counters.set(CounterType.UNACKNOWLEDGED_DECISIONS, egress.unacknowledged());
        monitor.publish();
        archive.count(nowNs);
        counters.set(CounterType.GATEWAYS, ingress.gateways());
        counters.set(CounterType.SILENT_GATEWAYS, ingress.silentGateways());
        counters.set(CounterType.VENUE_READY, egress.isReceiverReady() ? 1 : 0);
        // Before anything that may end the node: what the watch has seen is in the journal then.
        safety.onInterval(nowNs);
        connection.requireAlive();
        if (isStopRequested.getAsBoolean())
        {
            stopping.begin(nowNs);
        }
        if (directories.problem() != null)
        {
            stopWithoutDirectory(nowNs);
        }
        return stopping.isDone(nowNs);
    }

    /** What the venue answers meanwhile is lost with the journal; it is asked again by whoever comes next. */
    private void stopWithoutDirectory(final long nowNs)
    {
        if (!isDirectoryLost)
        {
            isDirectoryLost = true;
            counters.onError(new IllegalStateException(directories.problem()));
            inputs.halt(AlertType.DIRECTORY_LOST, Nulls.NULL_LONG, Nulls.NULL_LONG);
            stopping.begin(nowNs);
        }
        if (stopping.isDone(nowNs))
        {
            throw new NodeException(NodeException.CANNOT_RUN, "node.directory: " + directories.problem() +
                ": open orders were cancelled, as far as the venue could still be told, and nothing of it is kept");
        }
    }
}
