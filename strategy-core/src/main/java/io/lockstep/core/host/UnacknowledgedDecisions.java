package io.lockstep.core.host;

import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.codecs.RecordRing;
import io.lockstep.sbe.MessageHeaderEncoder;
import io.lockstep.sbe.NewOrderSingleEncoder;
import io.lockstep.sbe.OrderCancelReplaceRequestEncoder;
import io.lockstep.sbe.OrderCancelRequestEncoder;
import org.agrona.DirectBuffer;

import java.util.Arrays;

/**
 * The decisions that leave, kept for each venue until its order gateway acknowledges them. The core refuses new orders before a
 * venue's requests exceed what its definition allows, and {@link #reserve} makes room for all of those; a ring that is too small
 * nevertheless grows, for the host's memory must not decide what a core's input does. Allocates for a new venue, for growth and for
 * iteration.
 */
public final class UnacknowledgedDecisions implements Outbox
{
    private static final int RING_CAPACITY = 16 << 20;
    private static final int RING_CAPACITY_MIN = 1 << 12;
    private static final int REQUEST_LENGTH = RecordDescriptor.recordLength(MessageHeaderEncoder.ENCODED_LENGTH +
        Math.max(NewOrderSingleEncoder.BLOCK_LENGTH,
            Math.max(OrderCancelRequestEncoder.BLOCK_LENGTH, OrderCancelReplaceRequestEncoder.BLOCK_LENGTH)));

    private RecordRing[] rings;

    public UnacknowledgedDecisions()
    {
        this(RING_CAPACITY);
    }

    /**
     * @param capacity bytes for the first venue, a power of two.
     */
    public UnacknowledgedDecisions(final int capacity)
    {
        rings = new RecordRing[]{new RecordRing(capacity, 1)};
    }

    /** The venue's records and how far they have been sent; not to be kept, for another takes its place when it grows. */
    public RecordRing ring(final int venueId)
    {
        return venueId < rings.length ? rings[venueId] : newRing(venueId);
    }

    private RecordRing newRing(final int venueId)
    {
        final int count = rings.length;
        rings = Arrays.copyOf(rings, venueId + 1);
        for (int id = count; id <= venueId; id++)
        {
            rings[id] = new RecordRing(RING_CAPACITY_MIN, 1);
        }
        return rings[venueId];
    }

    @Override
    public void reserve(final int venueId, final int requests)
    {
        // One more, for what does not fit before the end of the ring begins at its start.
        final long length = (requests + 1L) * REQUEST_LENGTH;
        while (ring(venueId).buffer().capacity() < length && grow(venueId))
        {
            // The ring grows to twice its size.
        }
    }

    @Override
    public void add(final int venueId, final DirectBuffer buffer, final int offset)
    {
        final int length = RecordDescriptor.recordLength(buffer, offset);
        while (ring(venueId).append(buffer, offset, length) < 0)
        {
            if (!grow(venueId))
            {
                throw new IllegalStateException("the decisions that no order gateway acknowledges fill a ring of " +
                    rings[venueId].buffer().capacity() + " bytes: venueId=" + venueId);
            }
        }
    }

    private boolean grow(final int venueId)
    {
        final RecordRing old = rings[venueId];
        final int capacity = old.buffer().capacity() << 1;
        if (capacity < 0)
        {
            return false;
        }
        final RecordRing larger = new RecordRing(capacity, old.firstSequence());
        for (long sequence = old.firstSequence(); sequence < old.nextSequence(); sequence++)
        {
            final int offset = old.offset(sequence);
            larger.append(old.buffer(), offset, RecordDescriptor.recordLength(old.buffer(), offset));
        }
        larger.seek(old.unsentSequence());
        rings[venueId] = larger;
        return true;
    }

    @Override
    public void release(final int venueId, final long egressSequence)
    {
        ring(venueId).release(egressSequence);
    }

    @Override
    public void withdraw(final int venueId, final long egressSequence)
    {
        final RecordRing ring = ring(venueId);
        if (ring.holds(egressSequence))
        {
            WithdrawnRequest.overwrite(ring.buffer(), ring.offset(egressSequence));
        }
    }

    @Override
    public void advanceTo(final int venueId, final long egressSequence)
    {
        final RecordRing ring = ring(venueId);
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
    public void forEachUnacknowledged(final DecisionConsumer consumer)
    {
        for (int venueId = 0; venueId < rings.length; venueId++)
        {
            final RecordRing ring = rings[venueId];
            for (long sequence = ring.firstSequence(); sequence < ring.nextSequence(); sequence++)
            {
                consumer.onDecision(venueId, ring.buffer(), ring.offset(sequence));
            }
        }
    }

    /** Decisions of a venue that are kept. */
    public long count(final int venueId)
    {
        final RecordRing ring = ring(venueId);
        return ring.nextSequence() - ring.firstSequence();
    }

    /** Decisions of all venues that are kept. */
    public long count()
    {
        long count = 0;
        for (int venueId = 0; venueId < rings.length; venueId++)
        {
            count += count(venueId);
        }
        return count;
    }
}
