package io.lockstep.sequencer.journal;

import io.lockstep.codecs.RecordBatch;

/**
 * Where a sequencer writes ahead: inputs before they are dispatched, decisions before they leave.
 */
public interface Journal extends AutoCloseable
{
    /** A journal that keeps nothing, for measurements and for runs that are thrown away. */
    Journal NONE = new Journal()
    {
        @Override
        public void append(final RecordBatch batch)
        {
        }

        @Override
        public void sync()
        {
        }

        @Override
        public void close()
        {
        }
    };

    /**
     * Appends all records of the batch, sealed, as one document: after a crash all of them are there or none.
     *
     * @throws JournalException when it cannot be written; all that was appended before is there, the batch is not.
     */
    void append(RecordBatch batch);

    /** Bytes of the largest batch that can be appended. */
    default int batchLengthMax()
    {
        return Integer.MAX_VALUE;
    }

    /**
     * Returns when all that was appended is as safe as the journal is configured to make it. To be called before anything leaves
     * that follows from it.
     *
     * @throws JournalException when it cannot be made so.
     */
    void sync();

    /**
     * Whether the batch is to be the first of a new segment behind its own record; see {@link #startSegment()}.
     *
     * @param length     of the batch in bytes.
     * @param wallTimeNs as it was read for the batch.
     * @throws JournalException when no segment has room for so much.
     */
    default boolean isSegmentDue(final int length, final long wallTimeNs)
    {
        return false;
    }

    /**
     * Moves on to a new segment, whose first record the caller then appends.
     *
     * @return the segment's number within the incarnation.
     * @throws JournalException when there is none.
     */
    default int startSegment()
    {
        throw new IllegalStateException("a journal of one segment");
    }

    @Override
    void close();
}
