package io.lockstep.verification.crash.audit;

import io.lockstep.codecs.ClOrdIds;
import io.lockstep.sbe.ExecType;
import io.lockstep.sbe.ExecutionReportDecoder;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.OrderCancelRejectDecoder;
import org.agrona.DirectBuffer;

/**
 * What the venue answers, by name and content.
 *
 * @param name        the execId, or the ClOrdID of a cancel or replace that was refused.
 * @param execType    null when it is no execution.
 * @param contentHash of the whole message.
 */
public record Report(String name, ExecType execType, long contentHash)
{
    /**
     * @param offset of the messageHeader.
     * @return null when it is no answer, or one that only repeats how an order stands.
     */
    static Report of(final DirectBuffer buffer, final int offset)
    {
        final MessageHeaderDecoder header = new MessageHeaderDecoder().wrap(buffer, offset);
        if (header.templateId() == OrderCancelRejectDecoder.TEMPLATE_ID)
        {
            return new Report("reject of " + ClOrdIds.text(buffer, offset + MessageHeaderDecoder.ENCODED_LENGTH), null,
                Request.hash(buffer, offset));
        }
        if (header.templateId() != ExecutionReportDecoder.TEMPLATE_ID)
        {
            return null;
        }
        final ExecutionReportDecoder report = new ExecutionReportDecoder().wrapAndApplyHeader(buffer, offset, header);
        return report.execType() == ExecType.ORDER_STATUS
            ? null
            : new Report("execId=" + report.execId(), report.execType(), Request.hash(buffer, offset));
    }
}
