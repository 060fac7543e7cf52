package io.lockstep.sequencer.node;

import io.lockstep.sequencer.Sequencer;
import org.agrona.concurrent.IdleStrategy;

import java.util.concurrent.TimeUnit;

/**
 * The loop: turn after turn, and ten times a second a look at everything that is not a message. What goes wrong in a turn ends
 * it with a reason and an exit status.
 */
final class DutyCycle
{
    static final long WATCH_INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Sequencer sequencer;
    private final NodeWatch watch;
    private final IdleStrategy idle;
    private final NodeCounters counters;

    DutyCycle(
        final Sequencer sequencer, final NodeWatch watch, final IdleStrategy idle, final NodeCounters counters)
    {
        this.sequencer = sequencer;
        this.watch = watch;
        this.idle = idle;
        this.counters = counters;
    }

    /** Turns until the node may stop. */
    void run()
    {
        long nextWatchNs = System.nanoTime();
        while (true)
        {
            idle.idle(turn());
            final long nowNs = System.nanoTime();
            if (nowNs - nextWatchNs >= 0)
            {
                nextWatchNs = nowNs + WATCH_INTERVAL_NS;
                if (watch(nowNs))
                {
                    return;
                }
            }
        }
    }

    private int turn()
    {
        try
        {
            return sequencer.doWork();
        }
        catch (final RuntimeException ex)
        {
            throw LoopFailure.of(ex, sequencer, counters);
        }
    }

    private boolean watch(final long nowNs)
    {
        try
        {
            return watch.onInterval(nowNs);
        }
        catch (final RuntimeException ex)
        {
            throw LoopFailure.of(ex, sequencer, counters);
        }
    }
}
