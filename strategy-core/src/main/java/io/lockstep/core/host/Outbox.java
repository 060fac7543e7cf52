package io.lockstep.core.host;

import org.agrona.DirectBuffer;

/**
 * Takes the decisions that leave the engine, by venue, and forgets them when the venue's order gateway has acknowledged them. Venues
 * are numbered as in {@link VenueView}, and each venue's decisions from 1.
 */
public interface Outbox
{
    /** For replays, whose decisions have left already or never will. */
    Outbox MUTED = new Outbox()
    {
        @Override
        public void add(final int venueId, final DirectBuffer buffer, final int offset)
        {
        }

        @Override
        public void release(final int venueId, final long egressSequence)
        {
        }
    };

    /** Takes decisions of one venue after the other. */
    interface DecisionConsumer
    {
        /** @param offset of the decision's record. */
        void onDecision(int venueId, DirectBuffer buffer, int offset);
    }

    /** Takes a copy of the record; called while the core decides, so nothing is sent yet. */
    void add(int venueId, DirectBuffer buffer, int offset);

    /** Everything up to this egress sequence is with the venue's gateway. */
    void release(int venueId, long egressSequence);

    /** The request with this egress sequence has expired: it takes up its number, but the venue never gets it. */
    default void withdraw(final int venueId, final long egressSequence)
    {
        // Nothing to mark where what leaves is not kept.
    }

    /** The gateway is ahead of the journal: what leaves from now on is numbered behind this. */
    default void advanceTo(final int venueId, final long egressSequence)
    {
        // Nothing to number where what leaves is not kept.
    }

    /** So many requests of a venue may wait: makes room for them. Allocates. */
    default void reserve(final int venueId, final int requests)
    {
        // Nothing to keep.
    }

    /** Gives the record of each decision that is kept, by venue and in the order they left. */
    default void forEachUnacknowledged(final DecisionConsumer consumer)
    {
        // None where what leaves is not kept.
    }
}
