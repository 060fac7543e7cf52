package io.lockstep.sequencer.journal;

import org.agrona.DirectBuffer;

/**
 * The documents of one segment, one after the other. Reading one allocates nothing.
 */
public interface DocumentSource extends AutoCloseable
{
    /**
     * Moves to the next document that was marked complete.
     *
     * @return false when there is none yet; it may be called again.
     * @throws SegmentDamagedException when what stands there cannot have been written.
     */
    boolean next();

    /** Holds the current document from offset 0 on, until the next call of {@link #next()}. */
    DirectBuffer buffer();

    /** Length of the current document in bytes. */
    int length();

    /** Address of the current document within the segment, for {@link #seek}. */
    long index();

    /**
     * Goes to where {@link #next()} moves to the document of that address.
     *
     * @return false when the segment does not reach that far.
     */
    boolean seek(long index);

    /**
     * Looks at what stands behind the last document: nothing, or the beginning of one that was never marked complete.
     *
     * @return how many bytes of such a one there are, 0 for none.
     * @throws SegmentDamagedException when a complete document stands there: then one before it was lost.
     */
    long checkEnd();

    @Override
    void close();
}
