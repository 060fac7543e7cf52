package io.lockstep.core;

import io.lockstep.codecs.Xxh64;
import io.lockstep.sbe.RiskReason;

/**
 * Whether orders may leave at all: not while the node stops, and not while the venue is away or has not been reconciled.
 * Cancels are never asked about.
 * <p>
 * The venue is away from a {@code NodeStarted} that reconciles, and from each {@code VenueStatus} that says so, to the next
 * {@code MassStatusEnd} that is taken. In an incarnation that does not reconcile nobody asks the venue, so there a
 * {@code VenueStatus} that says it is back is enough.
 */
final class Availability
{
    private int incarnation;
    private boolean reconciles;
    private boolean reconciling;
    private boolean stopping;

    /** Incarnation of the newest NodeStarted, 0 before any. */
    int incarnation()
    {
        return incarnation;
    }

    /** Whether the incarnation reconciles with the venue. */
    boolean reconciles()
    {
        return reconciles;
    }

    /** Whether the venue is away, and its answer would be taken. */
    boolean isReconciling()
    {
        return reconciling;
    }

    boolean isStopping()
    {
        return stopping;
    }

    void onNodeStarted(final int newIncarnation, final boolean nowReconciles)
    {
        restore(newIncarnation, nowReconciles, nowReconciles, false);
    }

    void onNodeStopping()
    {
        stopping = true;
    }

    void onVenueStatus(final boolean connected)
    {
        reconciling = !connected || reconciling && reconciles;
    }

    void onReconciled()
    {
        reconciling = false;
    }

    /** Why a new order or replace is refused; NONE when it may go. */
    RiskReason refusal()
    {
        if (stopping)
        {
            return RiskReason.STOPPING;
        }
        return reconciling ? RiskReason.VENUE_UNAVAILABLE : RiskReason.NONE;
    }

    void restore(
        final int newIncarnation, final boolean newReconciles, final boolean newReconciling, final boolean newStopping)
    {
        incarnation = newIncarnation;
        reconciles = newReconciles;
        reconciling = newReconciling;
        stopping = newStopping;
    }

    long stateHash()
    {
        return Xxh64.chain(incarnation, (reconciles ? 1L : 0L) | (reconciling ? 2L : 0L) | (stopping ? 4L : 0L));
    }
}
