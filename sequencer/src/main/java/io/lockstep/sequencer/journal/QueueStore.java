package io.lockstep.sequencer.journal;

import java.util.List;

/**
 * A node's journal on disk.
 */
public final class QueueStore implements JournalStore
{
    private final NodeDirectory directory;

    public QueueStore(final NodeDirectory directory)
    {
        this.directory = directory;
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
