package io.lockstep.sequencer.node;

import io.lockstep.sequencer.egress.LinkEgress;
import io.lockstep.sequencer.ingress.LinkIngress;

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
        this.isStopRequested = isStopRequested;
    }

    /**
     * Looks at everything.
     *
     * @return whether the loop may be left.
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
        connection.requireAlive();
        safety.onInterval(nowNs);
        if (isStopRequested.getAsBoolean())
        {
            stopping.begin(nowNs);
        }
        return stopping.isDone(nowNs);
    }
}
