package io.lockstep.gateways.recording;

import io.lockstep.codecs.Nulls;
import io.lockstep.gateways.feed.ForwardingSource;
import io.lockstep.gateways.feed.MarketSource;
import io.lockstep.gateways.feed.SnapshotAnswer;
import io.lockstep.gateways.recording.message.MarketEncoder;
import io.lockstep.gateways.recording.message.MarketEncoder.TickLevels;
import io.lockstep.sbe.BookSnapshotDecoder;
import io.lockstep.sbe.BookUpdateDecoder;
import io.lockstep.sbe.FeedCondition;
import io.lockstep.sbe.FeedStatusDecoder;
import io.lockstep.sbe.MessageHeaderDecoder;
import org.agrona.DirectBuffer;
import org.agrona.collections.Int2ObjectHashMap;

/**
 * A recording that can give the whole book of an instrument between any two of its messages: it keeps the books that it has told.
 * A snapshot that is asked for is no market event of the recording and bears the time of the message before it.
 */
public final class BookedSource extends ForwardingSource
{
    private static final int NO_CHUNK = -1;

    private final Int2ObjectHashMap<RecordedBook> bookByInstrumentId = new Int2ObjectHashMap<>();
    private final MarketEncoder encoder = new MarketEncoder();
    private final TickLevels bids = new TickLevels();
    private final TickLevels asks = new TickLevels();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final BookUpdateDecoder update = new BookUpdateDecoder();
    private final BookSnapshotDecoder snapshot = new BookSnapshotDecoder();
    private final FeedStatusDecoder status = new FeedStatusDecoder();
    private int wantedInstrumentId = Nulls.NULL_INSTRUMENT_ID;
    private long wantedUpdateId;
    private int nextChunk;
    private int length;
    private int chunk = NO_CHUNK;

    public BookedSource(final MarketSource recording)
    {
        super(recording);
    }

    @Override
    public SnapshotAnswer requestSnapshot(final int instrumentId)
    {
        if (wantedInstrumentId != Nulls.NULL_INSTRUMENT_ID)
        {
            return SnapshotAnswer.BUSY;
        }
        final RecordedBook book = bookByInstrumentId.get(instrumentId);
        if (book == null || !book.isKnown())
        {
            return SnapshotAnswer.NONE;
        }
        book.fill(bids, asks);
        wantedInstrumentId = instrumentId;
        wantedUpdateId = book.updateId();
        nextChunk = 0;
        return SnapshotAnswer.COMING;
    }

    @Override
    public boolean next()
    {
        if (wantedInstrumentId != Nulls.NULL_INSTRUMENT_ID)
        {
            nextChunkOfWanted();
            return true;
        }
        chunk = NO_CHUNK;
        final boolean hasNext = super.next();
        if (hasNext)
        {
            follow(super.buffer(), super.offset());
        }
        return hasNext;
    }

    private void nextChunkOfWanted()
    {
        chunk = nextChunk++;
        length = encoder.bookSnapshot(wantedInstrumentId, wantedUpdateId, chunk, bids, asks);
        if (nextChunk == MarketEncoder.chunkCount(bids, asks))
        {
            wantedInstrumentId = Nulls.NULL_INSTRUMENT_ID;
        }
    }

    private void follow(final DirectBuffer buffer, final int offset)
    {
        switch (header.wrap(buffer, offset).templateId())
        {
            case BookUpdateDecoder.TEMPLATE_ID -> {
                update.wrapAndApplyHeader(buffer, offset, header);
                book(update.instrumentId()).onUpdate(update);
            }
            case BookSnapshotDecoder.TEMPLATE_ID -> {
                snapshot.wrapAndApplyHeader(buffer, offset, header);
                book(snapshot.instrumentId()).onSnapshot(snapshot);
            }
            case FeedStatusDecoder.TEMPLATE_ID -> {
                status.wrapAndApplyHeader(buffer, offset, header);
                onStatus();
            }
            default -> {
                // Not about a book.
            }
        }
    }

    private void onStatus()
    {
        if (status.condition() == FeedCondition.LIVE)
        {
            return;
        }
        final int instrumentId = status.instrumentId();
        for (final Int2ObjectHashMap<RecordedBook>.EntryIterator books = bookByInstrumentId.entrySet()
            .iterator(); books.hasNext();)
        {
            books.next();
            if (instrumentId == Nulls.NULL_INSTRUMENT_ID || instrumentId == books.getIntKey())
            {
                books.getValue().onGap();
            }
        }
    }

    private RecordedBook book(final int instrumentId)
    {
        RecordedBook book = bookByInstrumentId.get(instrumentId);
        if (book == null)
        {
            book = new RecordedBook();
            bookByInstrumentId.put(instrumentId, book);
        }
        return book;
    }

    @Override
    public boolean isEventEnd()
    {
        return chunk == NO_CHUNK && super.isEventEnd();
    }

    @Override
    public DirectBuffer buffer()
    {
        return chunk == NO_CHUNK ? super.buffer() : encoder.buffer();
    }

    @Override
    public int offset()
    {
        return chunk == NO_CHUNK ? super.offset() : 0;
    }

    @Override
    public int length()
    {
        return chunk == NO_CHUNK ? super.length() : length;
    }
}
