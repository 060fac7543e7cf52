package io.lockstep.perf.latency.load;

import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.Nulls;
import io.lockstep.sbe.BarDecoder;
import io.lockstep.sbe.BestBidOfferDecoder;
import io.lockstep.sbe.BookSnapshotDecoder;
import io.lockstep.sbe.BookUpdateDecoder;
import io.lockstep.sbe.FeedStatusDecoder;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.TradeDecoder;
import io.lockstep.sequencer.config.ConfiguredInstrument;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableDirectByteBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes a {@link Tape} of market messages. They stay as they are but for the update ids, which are numbered anew: even for the
 * book updates that make an order, odd for all others. Of each so many messages, the first update that can make an order makes
 * one: it applies to a live book which then has bid and offer. Allocates; for one thread.
 */
final class TapeRecorder
{
    /** A book update makes an order when its number is a multiple of this. */
    static final int ORDER_MULTIPLE = 2;

    /** What does not apply keeps no id: then no loop takes it for one that makes an order. */
    private static final long NO_ID = 0;

    /**
     * @param id         null for none.
     * @param previousId of an update that applies.
     */
    private record Message(int offset, int idOffset, TapeId id, int previousIdOffset, TapeId previousId,
        boolean makesOrder)
    {
    }

    private final List<TapeInstrument> instruments;
    private final int orderEvery;
    private final TapeMix mix = new TapeMix();
    private final ExpandableDirectByteBuffer buffer = new ExpandableDirectByteBuffer(1 << 20);
    private final List<Message> messages = new ArrayList<>();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final BookUpdateDecoder bookUpdate = new BookUpdateDecoder();
    private final BookSnapshotDecoder bookSnapshot = new BookSnapshotDecoder();
    private final BestBidOfferDecoder bestBidOffer = new BestBidOfferDecoder();
    private final TradeDecoder trade = new TradeDecoder();
    private final BarDecoder bar = new BarDecoder();
    private final FeedStatusDecoder feedStatus = new FeedStatusDecoder();
    private int length;
    private int newestOrderTurn = -1;

    /**
     * @param instruments by their ids in the messages.
     * @param orderEvery  of how many messages one makes an order, at most.
     */
    TapeRecorder(final List<Instrument> instruments, final int orderEvery)
    {
        this.instruments = instruments.stream().map(TapeInstrument::new).toList();
        this.orderEvery = orderEvery;
    }

    /** Bytes of all messages so far. */
    int length()
    {
        return length;
    }

    /** Of the messages so far. */
    TapeMix mix()
    {
        return mix;
    }

    /** The instruments, as a node is to be configured with them. */
    List<ConfiguredInstrument> configured()
    {
        return instruments.stream().map(TapeInstrument::configured).toList();
    }

    /** Takes a copy of an SBE message, messageHeader and body. */
    void add(final DirectBuffer source, final int offset, final int messageLength)
    {
        buffer.putBytes(length, source, offset, messageLength);
        header.wrap(buffer, length);
        final Message message = switch (header.templateId())
        {
            case BookUpdateDecoder.TEMPLATE_ID -> update();
            case BookSnapshotDecoder.TEMPLATE_ID -> snapshot();
            case BestBidOfferDecoder.TEMPLATE_ID -> quote();
            case TradeDecoder.TEMPLATE_ID -> trade();
            case BarDecoder.TEMPLATE_ID -> bar();
            case FeedStatusDecoder.TEMPLATE_ID -> status();
            default -> throw new IllegalArgumentException("no market data: templateId=" + header.templateId());
        };
        messages.add(message);
        length += messageLength;
    }

    private static int inMessage(final int fieldOffset)
    {
        return MessageHeaderDecoder.ENCODED_LENGTH + fieldOffset;
    }

    private Message update()
    {
        bookUpdate.wrapAndApplyHeader(buffer, length, header);
        mix.onUpdate(bookUpdate);
        final TapeInstrument instrument = instruments.get(bookUpdate.instrumentId());
        final TapeId previousId = instrument.bookId();
        final int turn = messages.size() / orderEvery;
        final int idOffset = inMessage(BookUpdateDecoder.updateIdEncodingOffset());
        final int previousIdOffset = inMessage(BookUpdateDecoder.previousUpdateIdEncodingOffset());
        final TapeId id = instrument.onUpdate(bookUpdate, turn > newestOrderTurn);
        if (id == null)
        {
            put(idOffset, NO_ID);
            put(previousIdOffset, Nulls.NULL_UPDATE_ID);
            return plain();
        }
        if (id.makesOrder())
        {
            newestOrderTurn = turn;
            mix.onOrder();
        }
        return new Message(length, idOffset, id, previousIdOffset, previousId, id.makesOrder());
    }

    private Message snapshot()
    {
        mix.onSnapshot();
        bookSnapshot.wrapAndApplyHeader(buffer, length, header);
        final TapeId id = instruments.get(bookSnapshot.instrumentId()).onSnapshot(bookSnapshot);
        final int idOffset = inMessage(BookSnapshotDecoder.updateIdEncodingOffset());
        if (id == null)
        {
            put(idOffset, NO_ID);
            return plain();
        }
        return new Message(length, idOffset, id, Tape.NONE, null, false);
    }

    private Message quote()
    {
        mix.onQuote();
        bestBidOffer.wrapAndApplyHeader(buffer, length, header);
        final TapeId id = instruments.get(bestBidOffer.instrumentId()).onQuote(bestBidOffer);
        return id == null
            ? plain()
            : new Message(
                length, inMessage(BestBidOfferDecoder.updateIdEncodingOffset()), id, Tape.NONE, null, false);
    }

    private Message trade()
    {
        mix.onTrade();
        trade.wrapAndApplyHeader(buffer, length, header);
        instruments.get(trade.instrumentId()).market().onTrade(trade, TapeInstrument.SOURCE_ID, 0, 0);
        return plain();
    }

    private Message bar()
    {
        mix.onBar();
        bar.wrapAndApplyHeader(buffer, length, header);
        instruments.get(bar.instrumentId()).market().onBar(bar, TapeInstrument.SOURCE_ID, 0, 0);
        return plain();
    }

    private Message status()
    {
        mix.onStatus();
        feedStatus.wrapAndApplyHeader(buffer, length, header);
        for (int id = 0; id < instruments.size(); id++)
        {
            if (feedStatus.instrumentId() == id || feedStatus.instrumentId() == Nulls.NULL_INSTRUMENT_ID)
            {
                instruments.get(id).market().onFeedStatus(feedStatus, TapeInstrument.SOURCE_ID, 0);
            }
        }
        return plain();
    }

    private Message plain()
    {
        return new Message(length, Tape.NONE, null, Tape.NONE, null, false);
    }

    /** Writes a field of the message that is being added. */
    private void put(final int fieldOffset, final long value)
    {
        buffer.putLong(length + fieldOffset, value, ByteOrder.LITTLE_ENDIAN);
    }

    /** All that was added, in its order. Nothing may be added any more. */
    Tape tape()
    {
        final int idMax = instruments.stream().mapToInt(TapeInstrument::number).max().orElse(0);
        final int count = messages.size();
        final int[] offsets = new int[count + 1];
        final int[] idOffsets = new int[count];
        final int[] previousIdOffsets = new int[count];
        final boolean[] ordering = new boolean[count];
        for (int i = 0; i < count; i++)
        {
            final Message message = messages.get(i);
            offsets[i] = message.offset();
            idOffsets[i] = message.idOffset();
            previousIdOffsets[i] = message.previousIdOffset();
            ordering[i] = message.makesOrder();
            write(message.offset(), message.idOffset(), message.id());
            write(message.offset(), message.previousIdOffset(), message.previousId());
        }
        offsets[count] = length;
        final UnsafeBuffer whole = new UnsafeBuffer(ByteBuffer.allocateDirect(length));
        whole.putBytes(0, buffer, 0, length);
        return new Tape(whole, offsets, idOffsets, previousIdOffsets, ordering, ORDER_MULTIPLE * (idMax + 1L));
    }

    private void write(final int offset, final int idOffset, final TapeId id)
    {
        if (id != null)
        {
            buffer.putLong(offset + idOffset, id.number(), ByteOrder.LITTLE_ENDIAN);
        }
    }
}
