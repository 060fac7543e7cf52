package io.lockstep.core.market;

import io.lockstep.codecs.Nulls;

/**
 * When the feed of a book is asked for a snapshot: with the input by which one is wanted, and again with the first input after
 * each {@link #AGAIN_NS} for which it stays wanted.
 */
final class SnapshotRequests
{
    /** Sequenced time after which a request without effect is repeated. */
    static final long AGAIN_NS = 1_000_000_000;

    private long requestedNs = Nulls.NULL_TIME_NS;
    private boolean due;

    /** Whether the newest input makes a request. */
    boolean isDue()
    {
        return due;
    }

    /** Sequenced time of the newest request, or null when there was none since the book was last whole. */
    long requestedNs()
    {
        return requestedNs;
    }

    /** The newest input leaves a snapshot wanted, or does not. */
    void wanted(final boolean wanted, final long nowNs)
    {
        due = wanted && (requestedNs == Nulls.NULL_TIME_NS || nowNs - requestedNs >= AGAIN_NS);
        if (due)
        {
            requestedNs = nowNs;
        }
    }

    /** The next time that one is wanted is another occurrence. */
    void reset()
    {
        requestedNs = Nulls.NULL_TIME_NS;
        due = false;
    }

    void restore(final long newRequestedNs)
    {
        requestedNs = newRequestedNs;
    }
}
