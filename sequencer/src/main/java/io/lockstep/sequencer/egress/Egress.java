package io.lockstep.sequencer.egress;

import io.lockstep.codecs.RecordBatch;
import io.lockstep.sbe.CommandReason;
import io.lockstep.sequencer.ingress.InputSink;
import org.agrona.DirectBuffer;

/**
 * Where decisions leave. What is to leave comes through the {@link Outbox} while the core decides, and goes out on
 * {@link #flush()}, when it is in the journal.
 */
public interface Egress
{
    /** For runs whose decisions stay inside. */
    Egress NONE = new Egress()
    {
        @Override
        public void onApplied(final DirectBuffer buffer, final int offset, final CommandReason reason)
        {
        }

        @Override
        public void flush()
        {
        }

        @Override
        public int doWork(final long wallTimeNs)
        {
            return 0;
        }
    };

    /** Gives the sink the inputs that this end has of its own, before any are polled. */
    default void addOwnInputs(final InputSink sink, final long wallTimeNs)
    {
        // Most have none.
    }

    /** The core has applied an input; an operator's command may want its outcome. */
    void onApplied(DirectBuffer buffer, int offset, CommandReason reason);

    /**
     * Among these decisions, which are about to be journaled, are some that want a snapshot of a book.
     *
     * @param decisions records of decisions, for this call only.
     */
    default void onSnapshotsWanted(final RecordBatch decisions)
    {
        // Most have nobody to ask.
    }

    /** Sends what is in the outbox, as far as the link takes it. */
    void flush();

    /** Sends what the link did not take before, and what keeps it alive. */
    int doWork(long wallTimeNs);
}
