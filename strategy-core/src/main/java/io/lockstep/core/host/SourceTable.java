package io.lockstep.core.host;

import io.lockstep.codecs.RecordDescriptor;
import org.agrona.DirectBuffer;
import org.agrona.collections.Int2ObjectHashMap;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.function.Consumer;

/**
 * How far each source has got in the journal: its session and the last source sequence of it. A function of the inputs, so
 * replay restores it. Source 0 is the node itself and is not counted.
 */
public final class SourceTable
{
    /** The id under which the node's own inputs are journaled. */
    public static final int NODE = 0;

    private static final Comparator<Source> BY_ID = Comparator.comparingInt(Source::id);

    private final Int2ObjectHashMap<Source> sourceById = new Int2ObjectHashMap<>();
    /** Ascending by id. */
    private final ArrayList<Source> sources = new ArrayList<>();
    private Source newest;

    /** What is to be done with a message of a source, by its session and number. */
    public enum Verdict
    {
        /** The next of its session. */
        TAKE,
        /** The message was taken before. */
        REPEAT,
        /** The messages that are missing before this one will not come. */
        GAP,
        /** The message is of another session than the one that the source has begun. */
        OTHER_SESSION
    }

    /** One source; allocated for its first message. */
    public static final class Source
    {
        private final int id;
        private int session;
        private long lastSequence;

        Source(final int id)
        {
            this.id = id;
        }

        public int id()
        {
            return id;
        }

        /** Chosen by the gateway when it started; 0 before anything was journaled. */
        public int session()
        {
            return session;
        }

        /** Highest source sequence of the session in the journal. */
        public long lastSequence()
        {
            return lastSequence;
        }

        /** A new session counts from 1 again. */
        void begin(final int newSession)
        {
            session = newSession;
            lastSequence = 0;
        }

        /** The messages that are missing up to here will not come. */
        void skipTo(final long sequence)
        {
            lastSequence = sequence;
        }
    }

    public Source source(final int sourceId)
    {
        Source source = sourceById.get(sourceId);
        if (source == null)
        {
            source = new Source(sourceId);
            sourceById.put(sourceId, source);
            sources.add(-1 - Collections.binarySearch(sources, source, BY_ID), source);
        }
        return source;
    }

    /** What is to be done with a message; changes nothing. */
    public Verdict verdict(final int sourceId, final int session, final long sequence)
    {
        final Source source = source(sourceId);
        if (session != source.session)
        {
            return Verdict.OTHER_SESSION;
        }
        if (sequence <= source.lastSequence)
        {
            return Verdict.REPEAT;
        }
        return sequence == source.lastSequence + 1 ? Verdict.TAKE : Verdict.GAP;
    }

    /** Takes up the session of a source's Hello; a session of another number counts its messages from 1. */
    public void onHello(final int sourceId, final int session)
    {
        final Source source = source(sourceId);
        if (source.session != session)
        {
            source.begin(session);
        }
    }

    /** Puts a source where a snapshot had it. */
    public void restore(final int sourceId, final int session, final long lastSequence)
    {
        final Source source = source(sourceId);
        source.begin(session);
        source.skipTo(lastSequence);
    }

    /** Ascending by id. */
    public void forEach(final Consumer<Source> consumer)
    {
        sources.forEach(consumer);
    }

    /** Notes where the source of an input stands. */
    public void onInput(final DirectBuffer buffer, final int offset)
    {
        final int sourceId = RecordDescriptor.sourceId(buffer, offset);
        if (sourceId == NODE)
        {
            return;
        }
        if (newest == null || newest.id != sourceId)
        {
            newest = source(sourceId);
        }
        newest.session = RecordDescriptor.sourceSession(buffer, offset);
        newest.lastSequence = RecordDescriptor.sourceSequence(buffer, offset);
    }
}
