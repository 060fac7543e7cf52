package io.lockstep.sequencer.journal;

import java.util.List;
import java.util.function.LongSupplier;

/**
 * A node's journal on disk.
 */
public final class QueueStore implements JournalStore
{
    private final NodeDirectory directory;
    private final LongSupplier generation;

    /** Of a writer that may be in another process: the directory is listed whenever it may have changed. */
    public QueueStore(final NodeDirectory directory)
    {
        this(directory, () -> UNKNOWN_GENERATION);
    }

    /**
     * @param generation of the writer in this process; see {@link JournalStore#generation()}.
     */
    public QueueStore(final NodeDirectory directory, final LongSupplier generation)
    {
        this.directory = directory;
        this.generation = generation;
    }

    @Override
    public long generation()
    {
        return generation.getAsLong();
    }

    @Override
    public List<SegmentId> segments()
    {
        return directory.segments();
    }

    @Override
    public DocumentSource open(final SegmentId segment)
    {
        return QueueFile.open(directory.segment(segment));
    }

    @Override
    public String name()
    {
        return directory.journal().toString();
    }
}
