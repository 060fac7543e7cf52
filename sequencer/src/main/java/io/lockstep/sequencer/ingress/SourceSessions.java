package io.lockstep.sequencer.ingress;

import io.lockstep.core.host.SourceTable;

/**
 * The sources that were heard in this incarnation. A source's object is made when it is first heard and is kept, so that whoever comes
 * and goes, or says Hello in any name, makes no garbage.
 */
final class SourceSessions
{
    private final SourceTable journaled;
    private final long takeOverNs;
    private final SourceSession[] sessionById = new SourceSession[MessageValidator.SOURCE_ID_MAX + 1];
    private final SourceSession[] present = new SourceSession[MessageValidator.SOURCE_ID_MAX + 1];
    private int count;
    private SourceSession newest;

    SourceSessions(final SourceTable journaled, final long takeOverNs)
    {
        this.journaled = journaled;
        this.takeOverNs = takeOverNs;
    }

    /** The source's; it is present from now on. */
    SourceSession of(final int sourceId)
    {
        if (newest != null && newest.sourceId() == sourceId)
        {
            return newest;
        }
        SourceSession session = sessionById[sourceId];
        if (session == null)
        {
            session = new SourceSession(journaled.source(sourceId), takeOverNs);
            sessionById[sourceId] = session;
        }
        if (!session.isPresent())
        {
            session.enter();
            present[count++] = session;
        }
        newest = session;
        return session;
    }

    /** Null where the source is not present. */
    SourceSession find(final int sourceId)
    {
        final SourceSession session = MessageValidator.isSourceId(sourceId) ? sessionById[sourceId] : null;
        return session == null || !session.isPresent() ? null : session;
    }

    int count()
    {
        return count;
    }

    /** In the order they came. */
    SourceSession get(final int index)
    {
        return present[index];
    }

    /** The one at the index is present no more; those behind it move up. */
    void remove(final int index)
    {
        present[index].leave();
        count--;
        System.arraycopy(present, index + 1, present, index, count - index);
        present[count] = null;
        newest = null;
    }
}
