package io.lockstep.perf.latency.load;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A recorded market that goes round for ever: after the last message comes the first, with the snapshots by which each book
 * begins anew. Each message is copied, since several share the tape, and its ids are raised by the round's; that is all. One
 * thread; no allocation.
 */
final class TapeWorkload implements Workload
{
    private final Tape tape;
    private final UnsafeBuffer market;
    private int position = -1;
    private long raisedBy;

    TapeWorkload(final Tape tape)
    {
        this.tape = tape;
        market = new UnsafeBuffer(ByteBuffer.allocateDirect(tape.lengthMax()));
    }

    @Override
    public int firstBooks()
    {
        return 0;
    }

    @Override
    public int firstBook(final int index)
    {
        throw new IllegalArgumentException("the tape's own snapshots are the first books: index=" + index);
    }

    @Override
    public int next()
    {
        position++;
        if (position == tape.count())
        {
            position = 0;
            raisedBy += tape.idSpan();
        }
        final int length = tape.length(position);
        market.putBytes(0, tape.buffer(), tape.offset(position), length);
        raise(tape.idOffset(position));
        raise(tape.previousIdOffset(position));
        return length;
    }

    private void raise(final int offset)
    {
        if (offset != Tape.NONE)
        {
            market.putLong(
                offset, market.getLong(offset, ByteOrder.LITTLE_ENDIAN) + raisedBy, ByteOrder.LITTLE_ENDIAN);
        }
    }

    @Override
    public boolean makesOrder()
    {
        return tape.makesOrder(position);
    }

    @Override
    public DirectBuffer market()
    {
        return market;
    }
}
