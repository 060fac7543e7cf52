package io.lockstep.perf.latency.load;

import org.agrona.DirectBuffer;

/**
 * The messages of a recording, encoded one behind the other, and what changes in them each time they go round: update ids
 * grow, so that the core takes what comes again for something newer. Immutable, any thread.
 */
final class Tape
{
    /** Offset of an id that a message does not have, or that stays as it is. */
    static final int NONE = -1;

    private final DirectBuffer buffer;
    private final int[] offsets;
    private final int[] idOffsets;
    private final int[] previousIdOffsets;
    private final boolean[] ordering;
    private final long idSpan;

    /**
     * @param buffer            of all messages.
     * @param offsets           where each begins, and behind the last one where it ends.
     * @param idOffsets         of the update id, within each message, or {@link #NONE}.
     * @param previousIdOffsets of the id that an update builds on, likewise.
     * @param ordering          whether each makes an order.
     * @param idSpan            more than the difference of any two ids.
     */
    Tape(
        final DirectBuffer buffer,
        final int[] offsets,
        final int[] idOffsets,
        final int[] previousIdOffsets,
        final boolean[] ordering,
        final long idSpan)
    {
        this.buffer = buffer;
        this.offsets = offsets;
        this.idOffsets = idOffsets;
        this.previousIdOffsets = previousIdOffsets;
        this.ordering = ordering;
        this.idSpan = idSpan;
    }

    /** Of messages. */
    int count()
    {
        return ordering.length;
    }

    DirectBuffer buffer()
    {
        return buffer;
    }

    int offset(final int message)
    {
        return offsets[message];
    }

    /** In bytes. */
    int length(final int message)
    {
        return offsets[message + 1] - offsets[message];
    }

    int lengthMax()
    {
        int max = 0;
        for (int message = 0; message < count(); message++)
        {
            max = Math.max(max, length(message));
        }
        return max;
    }

    /** Within the message, or {@link #NONE}. */
    int idOffset(final int message)
    {
        return idOffsets[message];
    }

    /** Within the message, or {@link #NONE}. */
    int previousIdOffset(final int message)
    {
        return previousIdOffsets[message];
    }

    boolean makesOrder(final int message)
    {
        return ordering[message];
    }

    /** By how much the ids grow from one round to the next; even. */
    long idSpan()
    {
        return idSpan;
    }
}
