package io.lockstep.perf.latency.load;

import io.lockstep.sbe.BookUpdateDecoder;
import io.lockstep.sbe.MessageHeaderDecoder;
import org.agrona.DirectBuffer;

import java.nio.ByteOrder;

/**
 * The market that a path is given, one message after another, without an end. Which messages make an order is told by their
 * update ids alone, so that a loop that does not know the market sees it too. One thread; no allocation.
 */
public interface Workload
{
    /** Whether the book update with this id makes an order. */
    static boolean makesOrder(final long updateId, final int orderMultiple)
    {
        return updateId % orderMultiple == 0;
    }

    /** The update id within an SBE message at the offset, or -1 for any other message. */
    static long updateId(final DirectBuffer message, final int offset)
    {
        final int templateId = message.getShort(
            offset + MessageHeaderDecoder.templateIdEncodingOffset(), ByteOrder.LITTLE_ENDIAN);
        return templateId == BookUpdateDecoder.TEMPLATE_ID
            ? message.getLong(
                offset + MessageHeaderDecoder.ENCODED_LENGTH + BookUpdateDecoder.updateIdEncodingOffset(),
                ByteOrder.LITTLE_ENDIAN)
            : -1;
    }

    /** How many books are sent before anything is measured; none when the messages bring them. */
    int firstBooks();

    /** Prepares one of them, from 0; returns its length. */
    int firstBook(int index);

    /** Prepares the next message; returns its length. */
    int next();

    /** Whether the message prepared last makes an order. */
    boolean makesOrder();

    /** What was prepared last, from 0. */
    DirectBuffer market();
}
