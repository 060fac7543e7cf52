package io.lockstep.verification.crash.audit;

import io.lockstep.codecs.ClOrdIds;
import io.lockstep.codecs.Xxh64;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.NewOrderSingleDecoder;
import io.lockstep.sbe.OrderCancelReplaceRequestDecoder;
import io.lockstep.sbe.OrderCancelRequestDecoder;
import org.agrona.DirectBuffer;

/**
 * What the node asks of the venue, by name and content.
 *
 * @param clOrdId     names it.
 * @param contentHash of the whole message, so that the same name with other content is told apart.
 */
public record Request(String clOrdId, long contentHash)
{
    /**
     * @param offset of the messageHeader.
     * @return null when it is no request.
     */
    static Request of(final DirectBuffer buffer, final int offset)
    {
        final int templateId = new MessageHeaderDecoder().wrap(buffer, offset).templateId();
        // In all three the ClOrdID comes first.
        return isRequest(templateId)
            ? new Request(ClOrdIds.text(buffer, offset + MessageHeaderDecoder.ENCODED_LENGTH), hash(buffer, offset))
            : null;
    }

    static boolean isRequest(final int templateId)
    {
        return templateId == NewOrderSingleDecoder.TEMPLATE_ID || templateId == OrderCancelRequestDecoder.TEMPLATE_ID ||
            templateId == OrderCancelReplaceRequestDecoder.TEMPLATE_ID;
    }

    /** Of header and block of a message without groups, whatever follows to align it. */
    static long hash(final DirectBuffer buffer, final int offset)
    {
        final int blockLength = new MessageHeaderDecoder().wrap(buffer, offset).blockLength();
        return Xxh64.hash(buffer, offset, MessageHeaderDecoder.ENCODED_LENGTH + blockLength, 0);
    }
}
