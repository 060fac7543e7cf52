package io.lockstep.verification.simulation.gateway;

import io.lockstep.codecs.ClOrdIds;
import io.lockstep.gateways.link.LinkListener;
import io.lockstep.sbe.ExecType;
import io.lockstep.sbe.ExecutionReportDecoder;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.OrderCancelRejectDecoder;
import io.lockstep.sbe.OrderCancelRequestDecoder;
import io.lockstep.sbe.OrderReason;
import io.lockstep.verification.simulation.audit.RequestContent;
import io.lockstep.verification.simulation.plant.ForwardingListener;
import io.lockstep.verification.simulation.seed.SimulatedClock;
import org.agrona.DirectBuffer;

/**
 * A venue that loses requests for a while, or its answers to them, and says nothing. What it executes, and what it does unasked, it
 * tells: of that the node would never ask. What cancels orders that the node has lost comes through.
 */
final class LostMessages
{
    private final SimulatedClock clock;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final OrderCancelRequestDecoder cancel = new OrderCancelRequestDecoder();
    private final ExecutionReportDecoder report = new ExecutionReportDecoder();
    private long requestsUntilNs;
    private long answersUntilNs;

    LostMessages(final SimulatedClock clock)
    {
        this.clock = clock;
    }

    void loseRequests(final long ns)
    {
        requestsUntilNs = clock.trueNs() + ns;
    }

    void loseAnswers(final long ns)
    {
        answersUntilNs = clock.trueNs() + ns;
    }

    void heal()
    {
        requestsUntilNs = 0;
        answersUntilNs = 0;
    }

    /** The gateway's listener, without the requests that are lost. */
    LinkListener watching(final LinkListener listener)
    {
        return new ForwardingListener(listener)
        {
            @Override
            public void onDecision(
                final DirectBuffer buffer, final int offset, final int length, final long egressSequence)
            {
                if (clock.trueNs() >= requestsUntilNs || isOfLostOrder(buffer, offset))
                {
                    super.onDecision(buffer, offset, length, egressSequence);
                }
            }
        };
    }

    private boolean isOfLostOrder(final DirectBuffer buffer, final int offset)
    {
        return RequestContent.templateId(buffer, offset) == OrderCancelRequestDecoder.TEMPLATE_ID &&
            cancel.wrapAndApplyHeader(buffer, offset, header).reason() == OrderReason.UNKNOWN_TO_JOURNAL;
    }

    /** Whether the venue's report is lost. */
    boolean isLost(final DirectBuffer buffer, final int offset)
    {
        if (clock.trueNs() >= answersUntilNs)
        {
            return false;
        }
        final int templateId = header.wrap(buffer, offset).templateId();
        return templateId == OrderCancelRejectDecoder.TEMPLATE_ID ||
            templateId == ExecutionReportDecoder.TEMPLATE_ID && isAnswer(buffer, offset);
    }

    private boolean isAnswer(final DirectBuffer buffer, final int offset)
    {
        report.wrapAndApplyHeader(buffer, offset, header);
        final boolean isOfChange = ClOrdIds.isValid(
            buffer, report.offset() + ExecutionReportDecoder.origClOrdIdEncodingOffset());
        return switch (report.execType())
        {
            case NEW, REJECTED, REPLACED -> true;
            case CANCELED -> isOfChange;
            case EXPIRED, TRADE, RESTATED, TRADE_CORRECT, TRADE_CANCEL, ORDER_STATUS, NULL_VAL, SBE_UNKNOWN -> false;
        };
    }
}
