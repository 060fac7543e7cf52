package io.lockstep.sequencer.journal;

import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.sbe.RecordKind;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.util.List;
import java.util.Locale;

/**
 * Reads a node's journal record by record, over all segments and incarnations, and believes nothing: length, checksum, chain,
 * sequence and ordinal of every record are checked, and at each seam the later side says how the earlier one ended.
 * <p>
 * "No more documents" is what a damaged file says as well as a finished one, so it is taken as the end only where the count
 * agrees: that of the clean end, of the next segment or of the successor. Without any, the last incarnation ended in a crash or
 * lives; {@link #checkEnd()} then tells a document that was never completed from one that was lost. Reading disturbs no writer,
 * and what is written meanwhile is found. One thread.
 */
public final class JournalReader implements AutoCloseable
{
    /** Behind the records of a document whose length would be a power of two; see {@link QueueJournal}. */
    static final int PADDING_LENGTH = Long.BYTES;

    private final JournalStore store;
    private final SegmentCursor cursor;
    private final RecordChain chain = new RecordChain();
    private final UnsafeBuffer document = new UnsafeBuffer(0, 0);

    private long documentIndex;
    private int documentLength;
    private int offset;
    private int nextOffset;
    private boolean isDocumentStart;

    /** Reads from the first record. */
    public JournalReader(final NodeDirectory directory)
    {
        this(new QueueStore(directory));
    }

    public JournalReader(final JournalStore store)
    {
        this.store = store;
        this.cursor = new SegmentCursor(store);
    }

    /**
     * Reads from right behind a position.
     *
     * @throws JournalCorruptException   when the journal ends before the position or holds something else there.
     * @throws JournalTruncatedException when that part of the journal has been removed.
     */
    public JournalReader(final JournalStore store, final JournalPosition position)
    {
        this(store);
        if (!position.isStart())
        {
            try
            {
                resume(position);
            }
            catch (final SegmentDamagedException ex)
            {
                close();
                throw chain.corrupt(position.lastSequence(), ex.getMessage());
            }
            catch (final JournalCorruptException ex)
            {
                close();
                throw ex;
            }
        }
    }

    /** As {@link #JournalReader(JournalStore, JournalPosition)}. */
    public JournalReader(final NodeDirectory directory, final JournalPosition position)
    {
        this(new QueueStore(directory), position);
    }

    private void resume(final JournalPosition position)
    {
        chain.resume(position);
        final List<SegmentId> segments = store.segments();
        final SegmentId segment = position.segmentId();
        if (!segments.isEmpty() && segments.get(0).compareTo(segment) > 0)
        {
            throw new JournalTruncatedException(position.lastSequence(), "segment=" + segment +
                ": expected it in " + store.name() + ", whose first is " + segments.get(0));
        }
        final boolean isThere = segments.contains(segment) && cursor.open(segment) &&
            cursor.source().seek(position.documentIndex()) && cursor.source().next();
        if (!isThere)
        {
            throw chain.corrupt(position.lastSequence(), "segment=" + segment + " documentIndex=" +
                position.documentIndex() + ": the journal ends before the snapshot");
        }
        open();
        if (!endsWith(position))
        {
            throw chain.corrupt(position.lastSequence(), "segment=" + segment + " documentIndex=" +
                position.documentIndex()
                + ": the journal differs from the snapshot: expected a document that ends with chain="
                + String.format(Locale.ROOT, "%016x", position.chain()));
        }
    }

    private boolean endsWith(final JournalPosition position)
    {
        while (nextOffset < documentLength &&
            RecordDescriptor.isLengthValid(document, nextOffset, documentLength - nextOffset) &&
            RecordDescriptor.computeChecksum(document, nextOffset) == RecordDescriptor.checksum(document, nextOffset))
        {
            advance();
        }
        return nextOffset == documentLength && RecordDescriptor.chain(document, offset) == position.chain() &&
            (kind() != RecordKind.INPUT ||
                RecordDescriptor.sequence(document, offset) == position.lastSequence());
    }

    /**
     * Moves to the next record.
     *
     * @return false at the end of what has been written so far; it may be called again.
     * @throws JournalCorruptException when the record is not what was written.
     */
    public boolean next()
    {
        while (nextOffset >= documentLength)
        {
            if (!nextDocument())
            {
                return false;
            }
        }
        chain.check(document, nextOffset, documentLength - nextOffset);
        advance();
        return true;
    }

    private boolean nextDocument()
    {
        try
        {
            if (!cursor.next())
            {
                return false;
            }
        }
        catch (final SegmentDamagedException ex)
        {
            throw chain.corrupt(chain.lastSequence(), ex.getMessage());
        }
        if (!cursor.segment().equals(chain.segment()))
        {
            chain.onSegment(cursor.segment());
        }
        open();
        return true;
    }

    private void open()
    {
        final DocumentSource source = cursor.source();
        documentIndex = source.index();
        documentLength = source.length();
        document.wrap(source.buffer(), 0, documentLength);
        nextOffset = 0;
    }

    private void advance()
    {
        offset = nextOffset;
        isDocumentStart = offset == 0;
        nextOffset = offset + RecordDescriptor.recordLength(document, offset);
        if (documentLength - nextOffset == PADDING_LENGTH && Integer.bitCount(nextOffset) == 1 &&
            document.getLong(nextOffset) == 0)
        {
            nextOffset = documentLength;
        }
    }

    /**
     * To be called when {@link #next()} has found nothing more and the writer is thought to be dead: what stands behind the last
     * document? It reads all that was written there.
     *
     * @return bytes of a document that was never marked complete, 0 for none.
     * @throws JournalCorruptException when there are complete documents that cannot be reached: something before them was lost.
     */
    public long checkEnd()
    {
        try
        {
            return cursor.checkEnd();
        }
        catch (final SegmentDamagedException ex)
        {
            throw chain.corrupt(chain.lastSequence(), ex.getMessage());
        }
    }

    /**
     * Where the reader stands, for another to go on from.
     *
     * @throws IllegalStateException when it stands within a document.
     */
    public JournalPosition position()
    {
        if (nextOffset < documentLength)
        {
            throw new IllegalStateException(
                "within a document: offset=" + offset + " documentLength=" + documentLength);
        }
        return chain.segment().incarnation() == 0 ? JournalPosition.START : chain.position(documentIndex);
    }

    /** Whether the current record is the last of its document, so that there is a {@link #position()} behind it. */
    public boolean isDocumentEnd()
    {
        return nextOffset >= documentLength;
    }

    /** Holds the current record until the next call of {@link #next()}. */
    public DirectBuffer buffer()
    {
        return document;
    }

    public int offset()
    {
        return offset;
    }

    public int length()
    {
        return RecordDescriptor.recordLength(document, offset);
    }

    public RecordKind kind()
    {
        return RecordKind.get((short)RecordDescriptor.kind(document, offset));
    }

    /** Whether the current record is the first of its document, that is, of a batch. */
    public boolean isDocumentStart()
    {
        return isDocumentStart;
    }

    /** Number of the incarnation being read, 0 before the first record. */
    public int incarnation()
    {
        return chain.segment().incarnation();
    }

    /** Number of the segment being read within its incarnation, 0 before the first record. */
    public int segment()
    {
        return chain.segment().segment();
    }

    /** Chain of the newest record. */
    public long chain()
    {
        return chain.chain();
    }

    /** Sequence of the newest input, 0 before the first. */
    public long lastSequence()
    {
        return chain.lastSequence();
    }

    /** Records read over all incarnations. */
    public long records()
    {
        return chain.records();
    }

    /** Records of the incarnation being read, up to here. */
    public long incarnationRecords()
    {
        return chain.incarnationRecords();
    }

    /** Whether the newest record is a clean end. */
    public boolean cleanEnd()
    {
        return chain.cleanEnd();
    }

    @Override
    public void close()
    {
        documentLength = 0;
        nextOffset = 0;
        document.wrap(0, 0);
        cursor.close();
    }
}
