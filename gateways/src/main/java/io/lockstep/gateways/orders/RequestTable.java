package io.lockstep.gateways.orders;

import org.agrona.BitUtil;
import org.agrona.DirectBuffer;

/**
 * The requests that a log knows, by ClOrdID: all that are open, and of the journaled ones as many as there is room for, the
 * newest. An open-addressing table with linear probing and deletion by shifting back, never more than half full, and two
 * lists in the order of their beginning and of their end. Allocates in the constructor only.
 */
final class RequestTable
{
    private final LoggedRequest[] table;
    private final int mask;
    private final LoggedRequest[] free;
    private final LoggedRequest open = list();
    private final LoggedRequest journaled = list();
    private final int openMax;
    private int freeSize;
    private int openSize;

    /**
     * @param openMax      requests that can be open.
     * @param journaledMax requests that are remembered beside them.
     */
    RequestTable(final int openMax, final int journaledMax)
    {
        this.openMax = openMax;
        final int capacity = Math.addExact(openMax, journaledMax);
        table = new LoggedRequest[BitUtil.findNextPositivePowerOfTwo(Math.multiplyExact(capacity, 2))];
        mask = table.length - 1;
        free = new LoggedRequest[capacity];
        for (freeSize = 0; freeSize < capacity; freeSize++)
        {
            free[freeSize] = new LoggedRequest();
        }
    }

    private static LoggedRequest list()
    {
        final LoggedRequest end = new LoggedRequest();
        end.previous = end;
        end.next = end;
        return end;
    }

    /** Null when it is not known. */
    LoggedRequest find(final DirectBuffer buffer, final int offset)
    {
        int index = LoggedRequest.hash(buffer, offset) & mask;
        while (table[index] != null && !table[index].hasId(buffer, offset))
        {
            index = index + 1 & mask;
        }
        return table[index];
    }

    boolean isFull()
    {
        return openSize == openMax;
    }

    /** Takes up the request of a record; its ClOrdID is not known, and {@link #isFull()} is false. */
    LoggedRequest add(final DirectBuffer record, final int offset)
    {
        if (0 == freeSize)
        {
            forget(journaled.next);
        }
        final LoggedRequest request = free[--freeSize];
        request.set(record, offset);
        request.state = RequestState.UNANSWERED;
        int index = LoggedRequest.hash(request.record, request.clOrdIdOffset()) & mask;
        while (table[index] != null)
        {
            index = index + 1 & mask;
        }
        table[index] = request;
        append(open, request);
        openSize++;
        return request;
    }

    /** The node has its answer. */
    void journaled(final LoggedRequest request)
    {
        unlink(request);
        append(journaled, request);
        request.state = RequestState.JOURNALED;
        openSize--;
    }

    /** The open request that was taken up first, or null. */
    LoggedRequest firstOpen()
    {
        return open.next == open ? null : open.next;
    }

    /** The open request that was taken up after this one, or null. */
    LoggedRequest nextOpen(final LoggedRequest request)
    {
        return request.next == open ? null : request.next;
    }

    /** The journaled request whose end is the longest ago, or null. */
    LoggedRequest firstJournaled()
    {
        return journaled.next == journaled ? null : journaled.next;
    }

    /** The request that was journaled after this one, or null. */
    LoggedRequest nextJournaled(final LoggedRequest request)
    {
        return request.next == journaled ? null : request.next;
    }

    int openMax()
    {
        return openMax;
    }

    int openSize()
    {
        return openSize;
    }

    private static void append(final LoggedRequest list, final LoggedRequest request)
    {
        request.previous = list.previous;
        request.next = list;
        list.previous.next = request;
        list.previous = request;
    }

    private static void unlink(final LoggedRequest request)
    {
        request.previous.next = request.next;
        request.next.previous = request.previous;
    }

    private void forget(final LoggedRequest request)
    {
        unlink(request);
        remove(request);
        free[freeSize++] = request;
    }

    private void remove(final LoggedRequest request)
    {
        int hole = LoggedRequest.hash(request.record, request.clOrdIdOffset()) & mask;
        while (table[hole] != request)
        {
            hole = hole + 1 & mask;
        }
        table[hole] = null;
        for (int index = hole + 1 & mask; table[index] != null; index = index + 1 & mask)
        {
            final int home = LoggedRequest.hash(table[index].record, table[index].clOrdIdOffset()) & mask;
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
