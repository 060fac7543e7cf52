package io.lockstep.sequencer.journal;

import java.util.List;

/**
 * Where a journal's documents are: segments, each a row of documents that only grows. For reading alone; one thread.
 */
public interface JournalStore
{
    /** The segments there are now, in their order. A segment may be there and hold no document yet. */
    List<SegmentId> segments();

    /**
     * Opens a segment for reading, at its start.
     *
     * @throws SegmentDamagedException when what is there cannot be a segment.
     */
    DocumentSource open(SegmentId segment);

    /** For messages. */
    String name();
}
