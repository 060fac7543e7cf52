package io.lockstep.sequencer.egress;

import org.agrona.DirectBuffer;

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
}
