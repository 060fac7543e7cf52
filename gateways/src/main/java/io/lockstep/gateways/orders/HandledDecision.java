package io.lockstep.gateways.orders;

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

    /** Whether a decision on this input is one of before, so that it was handled when this one was. */
    boolean isAfter(final int otherIncarnation, final long otherSequence)
    {
        return otherIncarnation < incarnation || otherIncarnation == incarnation && otherSequence < sequence;
    }
}
