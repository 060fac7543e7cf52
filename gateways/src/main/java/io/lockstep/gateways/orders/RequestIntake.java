package io.lockstep.gateways.orders;

import io.lockstep.codecs.ClOrdIds;
import io.lockstep.gateways.link.LinkClient;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.NewOrderSingleDecoder;
import io.lockstep.sbe.OrdRejReason;
import io.lockstep.sbe.OrderCancelReplaceRequestDecoder;
import io.lockstep.sbe.OrderCancelRequestDecoder;
import org.agrona.DirectBuffer;

/**
 * Takes the node's requests: each is in the log before it is handed to the venue, and one that was there before is not handed
 * over. What cannot be logged is not sent, but for cancels: one cancel too many does no harm, one too few does.
 */
final class RequestIntake
{
    private final LinkClient link;
    private final VenueSession session;
    private final VenueConnection connection;
    private final RequestLog log;
    private final GatewayReports reports;
    private final JournaledAnswers answers;
    private final OrderGatewayCounters counters;
    private final OrderGatewayNotices notices;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final NewOrderSingleDecoder newOrder = new NewOrderSingleDecoder();
    private final OrderCancelRequestDecoder cancel = new OrderCancelRequestDecoder();
    private final OrderCancelReplaceRequestDecoder replace = new OrderCancelReplaceRequestDecoder();
    private boolean isRefusing;

    RequestIntake(
        final LinkClient link,
        final VenueSession session,
        final VenueConnection connection,
        final RequestLog log,
        final GatewayReports reports,
        final JournaledAnswers answers,
        final OrderGatewayCounters counters,
        final OrderGatewayNotices notices)
    {
        this.link = link;
        this.session = session;
        this.connection = connection;
        this.log = log;
        this.reports = reports;
        this.answers = answers;
        this.counters = counters;
        this.notices = notices;
    }

    /** The newest decision of the link. */
    void onDecision(final DirectBuffer buffer, final int offset, final long egressSequence, final long nowNs)
    {
        if (!RequestLog.isRequest(RequestLog.templateId(buffer, offset)))
        {
            return;
        }
        final int clOrdIdOffset = offset + MessageHeaderDecoder.ENCODED_LENGTH;
        final LoggedRequest known = log.find(buffer, clOrdIdOffset);
        if (known != null)
        {
            onKnown(known, buffer, offset);
        }
        else if (log.handled().isAfter(link.decisionIncarnation(), link.decisionSequence()))
        {
            // By the decision and not by its ClOrdID: an order that the engine has held has that of the input that placed it.
            counters.onStale();
            notices.warn("not handed over, for the log has handled later decisions: " + describe(buffer, offset));
        }
        else
        {
            take(buffer, offset, egressSequence, nowNs);
        }
    }

    private void onKnown(final LoggedRequest known, final DirectBuffer buffer, final int offset)
    {
        if (known.hasContent(RequestLog.templateId(buffer, offset), RequestLog.contentHash(buffer, offset)))
        {
            counters.onRepeat();
        }
        else
        {
            // An answer under this ClOrdID would be taken for one to the request that has it.
            counters.onConflict();
            notices.warn("not handed over, for another request has its ClOrdID: " + describe(buffer, offset));
        }
    }

    private void take(final DirectBuffer buffer, final int offset, final long egressSequence, final long nowNs)
    {
        final LoggedRequest request = log.begin(buffer, offset, egressSequence, link.decisionIncarnation(),
            link.decisionSequence(), link.decisionOrdinal());
        if (request == null)
        {
            onUnlogged(buffer, offset);
            return;
        }
        isRefusing = false;
        request.sessionNumber = connection.number();
        request.askNs = nowNs;
        request.handedOverNs = nowNs;
        if (handOver(buffer, offset))
        {
            counters.onHandedOver();
        }
        else
        {
            // Not a byte of it has left, so nobody need be asked.
            counters.onNotSent();
            answers.add(request, reports.refuse(request, OrdRejReason.NOT_SENT), 0);
        }
    }

    private void onUnlogged(final DirectBuffer buffer, final int offset)
    {
        if (!isRefusing)
        {
            isRefusing = true;
            notices.error("takes no new orders and replaces: " + log.problem());
        }
        if (OrderCancelRequestDecoder.TEMPLATE_ID == RequestLog.templateId(buffer, offset) && handOver(buffer, offset))
        {
            counters.onUnlogged();
            return;
        }
        counters.onNotSent();
        reports.refuse(buffer, offset, OrdRejReason.NOT_SENT);
    }

    private boolean handOver(final DirectBuffer buffer, final int offset)
    {
        return switch (RequestLog.templateId(buffer, offset))
        {
            case NewOrderSingleDecoder.TEMPLATE_ID -> session.send(newOrder.wrapAndApplyHeader(buffer, offset, header));
            case OrderCancelRequestDecoder.TEMPLATE_ID -> session.send(
                cancel.wrapAndApplyHeader(buffer, offset, header));
            default -> session.send(replace.wrapAndApplyHeader(buffer, offset, header));
        };
    }

    private static String describe(final DirectBuffer buffer, final int offset)
    {
        return "clOrdId=" + ClOrdIds.text(buffer, offset + MessageHeaderDecoder.ENCODED_LENGTH) +
            " templateId=" + RequestLog.templateId(buffer, offset);
    }
}
