package io.lockstep.core.venue;

import io.lockstep.codecs.Xxh64;

/**
 * What the newest start and stop of the node mean for orders, at whatever venue. No allocation.
 */
public final class NodeState
{
    private int incarnation;
    private boolean reconciles;
    private boolean stopping;

    /** Incarnation of the newest NodeStarted, 0 before any. */
    public int incarnation()
    {
        return incarnation;
    }

    /** Whether the incarnation reconciles with its venues. */
    public boolean reconciles()
    {
        return reconciles;
    }

    /** Whether the node was told to stop: nothing but cancels leaves. */
    public boolean isStopping()
    {
        return stopping;
    }

    public void onStarted(final int newIncarnation, final boolean nowReconciles)
    {
        restore(newIncarnation, nowReconciles, false);
    }

    public void onStopping()
    {
        stopping = true;
    }

    public void restore(final int newIncarnation, final boolean newReconciles, final boolean newStopping)
    {
        incarnation = newIncarnation;
        reconciles = newReconciles;
        stopping = newStopping;
    }

    public long stateHash()
    {
        return Xxh64.chain(incarnation, (reconciles ? 1L : 0L) | (stopping ? 2L : 0L));
    }
}
