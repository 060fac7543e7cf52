package io.lockstep.core.host;

import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.codecs.RecordRing;
import org.agrona.DirectBuffer;

import java.util.function.ObjIntConsumer;

/**
 * The decisions that leave, kept until the order gateway acknowledges them. A full ring means that the gateway has been silent
 * for long: an error rather than a lost order. Allocates only for iteration.
 */
public final class UnacknowledgedDecisions implements Outbox
{
    private static final int RING_CAPACITY = 16 << 20;

    private final int capacity;
    private final RecordRing ring;

    public UnacknowledgedDecisions()
    {
        this(RING_CAPACITY);
    }

    /**
     * @param capacity bytes, a power of two.
     */
    public UnacknowledgedDecisions(final int capacity)
    {
        this.capacity = capacity;
        ring = new RecordRing(capacity, 1);
    }

    /** The records and how far they have been sent. */
    public RecordRing ring()
    {
        return ring;
    }

    @Override
    public void add(final DirectBuffer buffer, final int offset)
    {
        if (ring.append(buffer, offset, RecordDescriptor.recordLength(buffer, offset)) < 0)
        {
            throw new IllegalStateException("the order gateway acknowledges nothing: unacknowledged decisions from " +
                ring.firstSequence() + " to " + (ring.nextSequence() - 1) + " fill the egress ring of " +
                capacity + " bytes");
        }
    }

    @Override
    public void release(final long egressSequence)
    {
        ring.release(egressSequence);
    }

    @Override
    public void withdraw(final long egressSequence)
    {
        if (ring.holds(egressSequence))
        {
            WithdrawnRequest.overwrite(ring.buffer(), ring.offset(egressSequence));
        }
    }

    @Override
    public void advanceTo(final long egressSequence)
    {
        if (egressSequence >= ring.nextSequence())
        {
            ring.reset(egressSequence + 1);
        }
        else
        {
            // The gateway has others under these numbers, so it would never take them.
            ring.release(egressSequence);
        }
    }

    @Override
    public void forEachUnacknowledged(final ObjIntConsumer<DirectBuffer> consumer)
    {
        for (long sequence = ring.firstSequence(); sequence < ring.nextSequence(); sequence++)
        {
            consumer.accept(ring.buffer(), ring.offset(sequence));
        }
    }

    /** Decisions that are kept. */
    public long count()
    {
        return ring.nextSequence() - ring.firstSequence();
    }
}
