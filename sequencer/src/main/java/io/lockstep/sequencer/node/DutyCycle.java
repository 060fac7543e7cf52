package io.lockstep.sequencer.node;

import io.lockstep.sequencer.counters.CounterType;
import io.lockstep.sequencer.counters.NodeCounters;
import io.lockstep.sequencer.loop.Sequencer;
import org.agrona.concurrent.IdleStrategy;

import java.util.concurrent.TimeUnit;

/**
 * The loop: turn after turn, and ten times a second a look at everything that is not a message. What goes wrong in a turn ends
 * it with a reason and an exit status.
 */
final class DutyCycle
{
    static final long WATCH_INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(100);

    /**
     * A power of two. A look at the clock costs a good part of an empty turn. Where turns are long, because the idle strategy
     * sleeps a millisecond in each, a watch comes 16 ms late at most.
     */
    private static final int TURNS_PER_LOOK = 16;

    private final Sequencer sequencer;
    private final NodeWatch watch;
    private final IdleStrategy idle;
    private final NodeCounters counters;
    private final OrderPathRehearsal rehearsal;
    private long nextWatchNs;

    /**
     * @param rehearsal what to do while there is nothing to do, or null.
     */
    DutyCycle(
        final Sequencer sequencer,
        final NodeWatch watch,
        final IdleStrategy idle,
        final NodeCounters counters,
        final OrderPathRehearsal rehearsal)
    {
        this.sequencer = sequencer;
        this.watch = watch;
        this.idle = idle;
        this.counters = counters;
        this.rehearsal = rehearsal;
    }

    /** Turns until the node may stop. */
    void run()
    {
        nextWatchNs = System.nanoTime();
        int turns = 0;
        int work;
        do
        {
            work = turn();
            idle.idle(work);
        }
        while ((++turns & TURNS_PER_LOOK - 1) != 0 || !look(work == 0, System.nanoTime()));
    }

    /** Returns whether the node may stop. */
    private boolean look(final boolean isIdle, final long nowNs)
    {
        if (nowNs - nextWatchNs >= 0)
        {
            nextWatchNs = nowNs + WATCH_INTERVAL_NS;
            return watch(nowNs);
        }
        if (isIdle && rehearsal != null)
        {
            rehearsal.onIdle(nowNs);
        }
        return false;
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
            counters.set(CounterType.REHEARSALS, rehearsal == null ? 0 : rehearsal.orders());
            return watch.onInterval(nowNs);
        }
        catch (final RuntimeException ex)
        {
            throw LoopFailure.of(ex, sequencer, counters);
        }
    }
}
