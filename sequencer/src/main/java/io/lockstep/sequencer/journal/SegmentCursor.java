package io.lockstep.sequencer.journal;

import org.agrona.CloseHelper;

import java.util.List;

/**
 * Walks the documents of all segments in their order, and finds those that appear while it does. It moves on from a segment
 * only when the first document of a later one is there: then no more can come. Where the store can tell that no segment has
 * come, it is not listed again, and looking for the next document in vain allocates nothing.
 */
final class SegmentCursor implements AutoCloseable
{
    private final JournalStore store;
    private SegmentId current;
    private DocumentSource source;
    private SegmentId aheadId;
    private DocumentSource ahead;
    private List<SegmentId> later = List.of();
    private long listedGeneration = JournalStore.UNKNOWN_GENERATION;

    SegmentCursor(final JournalStore store)
    {
        this.store = store;
    }

    /** Stands at the start of this segment, which is there. */
    boolean open(final SegmentId segment)
    {
        current = segment;
        source = store.open(segment);
        return source != null;
    }

    /**
     * Moves to the next document; false when there is none yet.
     *
     * @throws SegmentDamagedException when a segment is missing or is none.
     */
    boolean next()
    {
        return source != null && source.next() || nextSegment();
    }

    private boolean nextSegment()
    {
        listLater();
        SegmentId previous = current;
        for (int i = 0; i < later.size(); i++)
        {
            final SegmentId id = later.get(i);
            final boolean isEmpty = isEmpty(id);
            checkFollows(previous, id, isEmpty);
            if (!isEmpty)
            {
                return moveTo(id);
            }
            previous = id;
        }
        return false;
    }

    /** What has come since is listed when the store may have changed; read before the list, so that no change is missed. */
    private void listLater()
    {
        final long generation = store.generation();
        if (generation == JournalStore.UNKNOWN_GENERATION || generation != listedGeneration)
        {
            listedGeneration = generation;
            later = store.segments().stream().filter((id) -> current == null || id.compareTo(current) > 0).toList();
        }
    }

    private boolean isEmpty(final SegmentId id)
    {
        if (!id.equals(aheadId))
        {
            CloseHelper.close(ahead);
            ahead = store.open(id);
            aheadId = ahead == null ? null : id;
        }
        return ahead == null || !ahead.next();
    }

    private void checkFollows(final SegmentId previous, final SegmentId id, final boolean isEmpty)
    {
        final boolean isSameIncarnation = previous != null && previous.incarnation() == id.incarnation();
        if (isSameIncarnation && (!id.equals(previous.next()) || !isEmpty && !previous.equals(current)))
        {
            throw new SegmentDamagedException("segment=" + id + ": expected it to follow segment=" +
                previous.next() + ", which is missing or was never started");
        }
        if (previous != null && !isSameIncarnation && id.segment() != 1)
        {
            throw new SegmentDamagedException(
                "segment=" + id + ": expected the first of its incarnation, which is missing");
        }
    }

    /** What was appended to the segment before since it was looked at comes first. */
    private boolean moveTo(final SegmentId id)
    {
        if (source != null && source.next())
        {
            CloseHelper.close(ahead);
            ahead = null;
            aheadId = null;
            return true;
        }
        CloseHelper.close(source);
        source = ahead;
        current = id;
        later = later.stream().filter((other) -> other.compareTo(id) > 0).toList();
        ahead = null;
        aheadId = null;
        return true;
    }

    /**
     * Whether nothing but the beginning of a document stands behind the last one.
     *
     * @return bytes of it.
     * @throws SegmentDamagedException when there is a complete document that cannot be reached.
     */
    long checkEnd()
    {
        long tornLength = source == null ? 0 : source.checkEnd();
        for (final SegmentId id : store.segments())
        {
            if (current == null || id.compareTo(current) > 0)
            {
                tornLength += isEmpty(id) && ahead != null ? ahead.checkEnd() : 0;
                CloseHelper.close(ahead);
                ahead = null;
                aheadId = null;
            }
        }
        return tornLength;
    }

    /** Of the current document; null before the first. */
    SegmentId segment()
    {
        return current;
    }

    DocumentSource source()
    {
        return source;
    }

    @Override
    public void close()
    {
        CloseHelper.closeAll(source, ahead);
        source = null;
        ahead = null;
        aheadId = null;
    }
}
