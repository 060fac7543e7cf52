package io.lockstep.sequencer.journal;

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
        public void close()
        {
        }
    };

    /**
     * Appends all records of the batch, sealed, as one document: after a crash all of them are there or none.
     */
    void append(RecordBatch batch);

    @Override
    void close();
}
