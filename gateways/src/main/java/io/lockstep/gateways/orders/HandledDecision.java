package io.lockstep.gateways.orders;

import io.lockstep.codecs.ClOrdIds;
import org.agrona.DirectBuffer;

/**
 * The newest decision of the node that a log has handled: its number on the link, and the name that it keeps whatever becomes
 * of the node's journal. Mutable, for the gateway's thread.
 */
public final class HandledDecision
{
    private long egressSequence;
    private long sequence;
    private int incarnation;
    private int ordinal;

    void set(final long newEgressSequence, final int newIncarnation, final long newSequence, final int newOrdinal)
    {
        egressSequence = newEgressSequence;
        incarnation = newIncarnation;
        sequence = newSequence;
        ordinal = newOrdinal;
    }

    /** 0 before any. */
    public long egressSequence()
    {
        return egressSequence;
    }

    /** Of the input that caused it. */
    public long sequence()
    {
        return sequence;
    }

    /** Of the node that made it. */
    public int incarnation()
    {
        return incarnation;
    }

    /** Among the decisions of its input. */
    public int ordinal()
    {
        return ordinal;
    }

    /** Whether the ClOrdID is of an input before the one that caused this decision. */
    boolean isAfter(final DirectBuffer buffer, final int clOrdIdOffset)
    {
        final int otherIncarnation = ClOrdIds.incarnation(buffer, clOrdIdOffset);
        return otherIncarnation < incarnation ||
            otherIncarnation == incarnation && ClOrdIds.sequence(buffer, clOrdIdOffset) < sequence;
    }
}
