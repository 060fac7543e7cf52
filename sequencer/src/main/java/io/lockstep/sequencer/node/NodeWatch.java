package io.lockstep.sequencer.node;

import io.lockstep.sbe.AlertType;
import io.lockstep.sequencer.config.SafetyContext;
import io.lockstep.sequencer.egress.LinkEgress;
import io.lockstep.sequencer.journal.JournalAlerts;

import java.util.function.BooleanSupplier;

/**
 * What the loop looks at ten times a second: whether it was stalled, whether the wall clock has stepped, whether the disk
 * fills, whether the media driver lives, whether it is to stop. What it sees becomes inputs. For the loop's thread.
 */
final class NodeWatch
{
    private final NodeInputs inputs;
    private final NodeCounters counters;
    private final NodeMonitor monitor;
    private final LinkEgress egress;
    private final Connection connection;
    private final ClockWatch clock;
    private final JournalAlerts journal;
    private final Watchdog watchdog;
    private final Stopping stopping;
    private final BooleanSupplier isStopRequested;
    private final SafetyContext limits;
    private boolean isDiskAlerted;
    private long lastNs;

    NodeWatch(
        final NodeInputs inputs,
        final NodeCounters counters,
        final NodeMonitor monitor,
        final LinkEgress egress,
        final Connection connection,
        final ClockWatch clock,
        final JournalAlerts journal,
        final Watchdog watchdog,
        final Stopping stopping,
        final BooleanSupplier isStopRequested,
        final SafetyContext limits)
    {
        this.inputs = inputs;
        this.counters = counters;
        this.monitor = monitor;
        this.egress = egress;
        this.connection = connection;
        this.clock = clock;
        this.journal = journal;
        this.watchdog = watchdog;
        this.stopping = stopping;
        this.isStopRequested = isStopRequested;
        this.limits = limits;
        lastNs = System.nanoTime();
    }

    /**
     * Looks at everything.
     *
     * @return whether the loop may be left.
     */
    boolean onInterval(final long nowNs)
    {
        final long turnNs = nowNs - lastNs;
        lastNs = nowNs;
        watchdog.onTurn(nowNs);
        counters.set(CounterType.HEARTBEAT_MS, System.currentTimeMillis());
        counters.set(CounterType.UNACKNOWLEDGED_DECISIONS, egress.unacknowledged());
        monitor.publish();
        connection.requireAlive();
        if (turnNs > limits.stallMaxNs())
        {
            inputs.note(AlertType.SEQUENCER_STALLED, turnNs, limits.stallMaxNs());
        }
        watchClock();
        watchDisk();
        if (isStopRequested.getAsBoolean())
        {
            stopping.begin(nowNs);
        }
        return stopping.isDone(nowNs);
    }

    private void watchClock()
    {
        final long stepNs = clock.stepNs();
        if (stepNs != 0)
        {
            inputs.halt(stepNs < 0 ? AlertType.CLOCK_BACKWARDS : AlertType.CLOCK_JUMP, Math.abs(stepNs),
                limits.clockStepMaxNs());
        }
    }

    /** Said once, and again only when there was room in between. */
    private void watchDisk()
    {
        final boolean nearlyFull = journal.isDiskNearlyFull();
        if (nearlyFull && !isDiskAlerted)
        {
            inputs.halt(AlertType.DISK_NEARLY_FULL, journal.freeSpaceBytes(), journal.minFreeSpaceBytes());
        }
        isDiskAlerted = nearlyFull;
    }
}
