package io.lockstep.core.instrument;

import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.sbe.BestBidOfferDecoder;
import io.lockstep.sbe.BookUpdateDecoder;
import io.lockstep.sbe.TradeDecoder;
import org.agrona.DirectBuffer;

import java.nio.ByteOrder;

/**
 * Reads what the next market data will need of its instruments, for several inputs at once: with thousands of symbols none of it
 * is in the processor's caches, and what one input waits for after the other is fetched for all of them together. One object
 * leads to the next, so that it goes in steps, each over all inputs.
 * <p>
 * It only reads, and what it has read decides nothing. With few symbols it is not worth its time and does not do it.
 */
public final class LookAhead
{
    /** Fewer stay in the caches by themselves. */
    public static final int SLOTS_MIN = 256;
    public static final int INPUTS_MAX = 16;

    private final Slots slots;
    private final InstrumentSlot[] next = new InstrumentSlot[INPUTS_MAX];
    /** So that no compiler leaves the reads out. */
    private long seen;

    LookAhead(final Slots slots)
    {
        this.slots = slots;
    }

    /**
     * @param end of the records in the buffer.
     */
    void read(final DirectBuffer buffer, final int firstOffset, final int end)
    {
        if (slots.count() >= SLOTS_MIN)
        {
            readNow(buffer, firstOffset, end);
        }
    }

    /** As {@link #read(DirectBuffer, int, int)}, with however few instruments: for whoever checks that it changes nothing. */
    void readNow(final DirectBuffer buffer, final int firstOffset, final int end)
    {
        int count = 0;
        int offset = firstOffset;
        for (int i = 0; i < INPUTS_MAX && offset < end; i++)
        {
            final InstrumentSlot slot = slot(buffer, offset);
            if (slot != null)
            {
                next[count++] = slot;
            }
            offset += RecordDescriptor.recordLength(buffer, offset);
        }
        read(count);
    }

    private void read(final int count)
    {
        long sum = 0;
        for (int i = 0; i < count; i++)
        {
            sum += next[i].touch();
        }
        for (int i = 0; i < count; i++)
        {
            sum += next[i].market().touch() + next[i].touchLegs(0);
        }
        for (int i = 0; i < count; i++)
        {
            sum += next[i].market().book().touch() + next[i].touchLegs(1);
        }
        for (int i = 0; i < count; i++)
        {
            sum += next[i].market().book().touchLevels() + next[i].touchLegs(2);
        }
        seen += sum;
    }

    private InstrumentSlot slot(final DirectBuffer buffer, final int offset)
    {
        return switch (RecordDescriptor.templateId(buffer, offset))
        {
            case BookUpdateDecoder.TEMPLATE_ID ->
                slot(buffer, offset, BookUpdateDecoder.instrumentIdEncodingOffset());
            case BestBidOfferDecoder.TEMPLATE_ID -> slot(
                buffer, offset, BestBidOfferDecoder.instrumentIdEncodingOffset());
            case TradeDecoder.TEMPLATE_ID -> slot(buffer, offset, TradeDecoder.instrumentIdEncodingOffset());
            default -> null;
        };
    }

    private InstrumentSlot slot(final DirectBuffer buffer, final int offset, final int fieldOffset)
    {
        final int id = buffer.getInt(offset + RecordDescriptor.BODY_OFFSET + fieldOffset, ByteOrder.LITTLE_ENDIAN);
        return id >= 0 && id < slots.count() ? slots.get(id) : null;
    }
}
