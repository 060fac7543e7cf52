package io.lockstep.sequencer.journal;

import java.util.List;

/**
 * Where a journal's documents are: segments, each a row of documents that only grows. For reading alone; one thread.
 */
public interface JournalStore
{
    /** The segments there are now, in their order. A segment may be there and hold no document yet. */
    List<SegmentId> segments();

    /** Of a store that cannot tell whether it has changed. */
    long UNKNOWN_GENERATION = -1;

    /**
     * A number that becomes another when the writer goes on in a segment that may not have been there before; as long as it stays
     * the same {@link #segments()} need not be asked again. {@link #UNKNOWN_GENERATION} where nobody can tell.
     */
    default long generation()
    {
        return UNKNOWN_GENERATION;
    }

    /**
     * Opens a segment for reading, at its start.
     *
     * @throws SegmentDamagedException when what is there cannot be a segment.
     */
    DocumentSource open(SegmentId segment);

    /** For messages. */
    String name();
}
