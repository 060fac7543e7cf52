package io.lockstep.sequencer.safety;

import io.lockstep.sequencer.counters.CounterType;
import io.lockstep.sequencer.counters.NodeCounters;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.NanoClock;

/**
 * Sees from outside that the loop makes no turn: records an error with where its thread is, once for each stall. What the loop
 * does about it, it does itself when it turns again.
 * <p>
 * An agent of a thread of its own; {@link #onTurn} is for the loop's.
 */
public final class Watchdog implements Agent
{
    private final NodeCounters counters;
    private final NanoClock clock;
    private final Thread watched;
    private final long stallMaxNs;
    private final DirectoryWatch directories;
    private volatile long lastTurnNs;
    private final Runnable texts;
    private long reportedTurnNs;

    /**
     * @param watched     the loop's thread.
     * @param directories looked at on this agent's thread.
     * @param texts       written on this agent's thread, for the loop must not make them.
     */
    public Watchdog(
        final NodeCounters counters,
        final NanoClock clock,
        final Thread watched,
        final long stallMaxNs,
        final DirectoryWatch directories,
        final Runnable texts)
    {
        this.directories = directories;
        this.texts = texts;
        this.counters = counters;
        this.clock = clock;
        this.watched = watched;
        this.stallMaxNs = stallMaxNs;
        lastTurnNs = clock.nanoTime();
        reportedTurnNs = lastTurnNs - 1;
    }

    /** The loop is alive; called ten times a second. */
    public void onTurn(final long nowNs)
    {
        lastTurnNs = nowNs;
    }

    @Override
    public int doWork()
    {
        final long turnNs = lastTurnNs;
        final long nowNs = clock.nanoTime();
        directories.look(nowNs);
        texts.run();
        final long stalledNs = nowNs - turnNs;
        if (stalledNs > stallMaxNs && turnNs != reportedTurnNs)
        {
            reportedTurnNs = turnNs;
            final IllegalStateException stall = new IllegalStateException("the loop makes no turn: stalledNs=" +
                stalledNs + " thread=" + watched.getName());
            stall.setStackTrace(watched.getStackTrace());
            counters.onError(stall);
            counters.add(CounterType.STALLS);
        }
        return 0;
    }

    @Override
    public String roleName()
    {
        return "lockstep-watchdog";
    }
}
