package io.lockstep.core.host;

import org.agrona.DirectBuffer;

import java.util.function.ObjIntConsumer;

/**
 * Takes the decisions that leave the engine, and forgets them when the order gateway has acknowledged them.
 */
public interface Outbox
{
    /** For replays, whose decisions have left already or never will. */
    Outbox MUTED = new Outbox()
    {
        @Override
        public void add(final DirectBuffer buffer, final int offset)
        {
        }

        @Override
        public void release(final long egressSequence)
        {
        }
    };

    /** Takes a copy of the record; called while the core decides, so nothing is sent yet. */
    void add(DirectBuffer buffer, int offset);

    /** Everything up to this egress sequence is with the gateway. */
    void release(long egressSequence);

    /** The request with this egress sequence has expired: it takes up its number, but the venue never gets it. */
    default void withdraw(final long egressSequence)
    {
        // Nothing to mark where what leaves is not kept.
    }

    /** The gateway is ahead of the journal: what leaves from now on is numbered behind this. */
    default void advanceTo(final long egressSequence)
    {
        // Nothing to number where what leaves is not kept.
    }

    /** Gives the record of each decision that is kept, in the order they left. */
    default void forEachUnacknowledged(final ObjIntConsumer<DirectBuffer> consumer)
    {
        // None where what leaves is not kept.
    }
}
