package io.lockstep.gateways.simulated;

/**
 * The requests under way to the venue, in the order of their arrival, which is that of their due times: a ring. No
 * allocation after the constructor.
 */
final class PendingRequests
{
    private final VenueRequest[] ring;
    private int head;
    private int size;

    PendingRequests(final int capacity)
    {
        ring = new VenueRequest[capacity];
    }

    boolean isFull()
    {
        return size == ring.length;
    }

    /** Whether there is one to act at or before the time. */
    boolean isDue(final long nowNs)
    {
        return size > 0 && ring[head].dueNs <= nowNs;
    }

    /** When the first acts; {@link Long#MAX_VALUE} when there is none. */
    long nextDueNs()
    {
        return 0 == size ? Long.MAX_VALUE : ring[head].dueNs;
    }

    /**
     * @param dueNs not before that of the request added last.
     */
    void add(final VenueRequest request, final long dueNs)
    {
        request.dueNs = dueNs;
        ring[index(size)] = request;
        size++;
    }

    /** Removes the first. */
    VenueRequest poll()
    {
        final VenueRequest request = ring[head];
        ring[head] = null;
        head = index(1);
        size--;
        return request;
    }

    int size()
    {
        return size;
    }

    boolean contains(final VenueRequest request)
    {
        for (int place = 0; place < size; place++)
        {
            if (get(place) == request)
            {
                return true;
            }
        }
        return false;
    }

    /** By place, the first to act being 0. */
    VenueRequest get(final int place)
    {
        return ring[index(place)];
    }

    /** Makes all of them due at a time that is not after their own. */
    void hasten(final long dueNs)
    {
        for (int i = 0; i < size; i++)
        {
            ring[index(i)].dueNs = dueNs;
        }
    }

    private int index(final int place)
    {
        final int index = head + place;
        return index < ring.length ? index : index - ring.length;
    }
}
