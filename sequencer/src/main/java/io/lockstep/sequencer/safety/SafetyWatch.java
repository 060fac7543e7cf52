package io.lockstep.sequencer.safety;

import io.lockstep.codecs.Nulls;
import io.lockstep.sbe.AlertType;
import io.lockstep.sequencer.config.SafetyContext;
import io.lockstep.sequencer.journal.JournalAlerts;

/**
 * Sees that the loop was stalled, that the wall clock has stepped, and that the disk fills, and makes an input of it. For the
 * loop's thread; no allocation.
 */
public final class SafetyWatch
{
    private final OperationalInputs inputs;
    private final ClockWatch clock;
    private final JournalAlerts journal;
    private final SafetyContext limits;
    private final Runnable onClockStep;
    private boolean isDiskAlerted;
    private boolean isUnknownNoted;
    private long lastNs;

    /**
     * @param onClockStep run when the wall clock has stepped, behind the alert, so that no timer that the step makes due comes
     *                    before it: from there on inputs have the new time, or none that passes while the clock is behind.
     * @param nowNs       monotonic time, as {@link #onInterval} is given it.
     */
    public SafetyWatch(
        final OperationalInputs inputs,
        final ClockWatch clock,
        final JournalAlerts journal,
        final SafetyContext limits,
        final Runnable onClockStep,
        final long nowNs)
    {
        this.inputs = inputs;
        this.clock = clock;
        this.journal = journal;
        this.limits = limits;
        this.onClockStep = onClockStep;
        lastNs = nowNs;
    }

    /** Looks at everything; to be called more often than a stall may last. */
    public void onInterval(final long nowNs)
    {
        final long turnNs = nowNs - lastNs;
        lastNs = nowNs;
        if (turnNs > limits.stallMaxNs())
        {
            inputs.note(AlertType.SEQUENCER_STALLED, turnNs, limits.stallMaxNs());
        }
        watchClock();
        watchDisk();
    }

    private void watchClock()
    {
        final long stepNs = clock.takeStepNs();
        if (stepNs != 0)
        {
            inputs.halt(stepNs < 0 ? AlertType.CLOCK_BACKWARDS : AlertType.CLOCK_JUMP, Math.abs(stepNs),
                limits.clockStepMaxNs());
            onClockStep.run();
            inputs.haltWhereClockIsBehind(0);
        }
    }

    /**
     * Said once, and again only when there was room in between. A file system that does not answer is none that is full: that is said
     * and trading goes on.
     */
    private void watchDisk()
    {
        if (journal.isFreeSpaceUnknown())
        {
            if (!isUnknownNoted)
            {
                isUnknownNoted = true;
                inputs.note(AlertType.DISK_SPACE_UNKNOWN, Nulls.NULL_LONG, journal.minFreeSpaceBytes());
            }
            return;
        }
        isUnknownNoted = false;
        final boolean nearlyFull = journal.isDiskNearlyFull();
        if (nearlyFull && !isDiskAlerted)
        {
            inputs.halt(AlertType.DISK_NEARLY_FULL, journal.freeSpaceBytes(), journal.minFreeSpaceBytes());
        }
        isDiskAlerted = nearlyFull;
    }
}
