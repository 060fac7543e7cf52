package io.lockstep.gateways.simulated;

import org.agrona.BitUtil;
import org.agrona.DirectBuffer;

/**
 * The requests the venue knows, by ClOrdID: those under way, those of open orders, and the newest of the finished ones.
 * When the pool is used up the request that finished first is forgotten, and only then; it is sized so that the given
 * number of finished ones always fits.
 * <p>
 * An open-addressing table with linear probing and deletion by shifting back, never more than half full. Allocates in
 * the constructor only.
 */
final class RequestMemory
{
    private final VenueRequest[] table;
    private final int mask;
    private final VenueRequest[] free;
    private int freeSize;
    private VenueRequest firstFinished;
    private VenueRequest lastFinished;

    RequestMemory(final int capacity)
    {
        table = new VenueRequest[BitUtil.findNextPositivePowerOfTwo(Math.multiplyExact(capacity, 2))];
        mask = table.length - 1;
        free = new VenueRequest[capacity];
        for (freeSize = 0; freeSize < capacity; freeSize++)
        {
            free[freeSize] = new VenueRequest();
        }
    }

    /** The request with the ClOrdID at the offset, or null when it was never seen or is forgotten. */
    VenueRequest find(final DirectBuffer buffer, final int offset)
    {
        int index = (int)VenueRequest.hash(buffer, offset) & mask;
        while (table[index] != null && !table[index].hasId(buffer, offset))
        {
            index = index + 1 & mask;
        }
        return table[index];
    }

    /** Takes up a request whose ClOrdID is not known. */
    VenueRequest add(final int templateId, final DirectBuffer buffer, final int offset, final int length)
    {
        if (0 == freeSize)
        {
            forgetFirstFinished();
        }
        final VenueRequest request = free[--freeSize];
        request.set(templateId, buffer, offset, length);
        int index = (int)request.hash() & mask;
        while (table[index] != null)
        {
            index = index + 1 & mask;
        }
        table[index] = request;
        return request;
    }

    /** From now on the request is remembered only for its repeats, and forgotten in the order of these calls. */
    void finish(final VenueRequest request)
    {
        request.order = null;
        if (lastFinished == null)
        {
            firstFinished = request;
        }
        else
        {
            lastFinished.nextFinished = request;
        }
        lastFinished = request;
    }

    /** The ClOrdID of a finished request is to be another's: the request is not found any more. */
    void giveUpId(final VenueRequest request)
    {
        remove(request);
        request.isIdGivenUp = true;
    }

    private void forgetFirstFinished()
    {
        final VenueRequest request = firstFinished;
        firstFinished = request.nextFinished;
        if (firstFinished == null)
        {
            lastFinished = null;
        }
        if (!request.isIdGivenUp)
        {
            remove(request);
        }
        free[freeSize++] = request;
    }

    private void remove(final VenueRequest request)
    {
        int hole = (int)request.hash() & mask;
        while (table[hole] != request)
        {
            hole = hole + 1 & mask;
        }
        table[hole] = null;
        for (int index = hole + 1 & mask; table[index] != null; index = index + 1 & mask)
        {
            final int home = (int)table[index].hash() & mask;
            // It may move back only as far as its home: when that lies at or before the hole, seen from where it is.
            if ((index - home & mask) >= (index - hole & mask))
            {
                table[hole] = table[index];
                table[index] = null;
                hole = index;
            }
        }
    }
}
