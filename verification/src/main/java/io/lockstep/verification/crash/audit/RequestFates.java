package io.lockstep.verification.crash.audit;

import io.lockstep.codecs.ClOrdIds;
import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.sbe.ExecType;
import io.lockstep.sbe.ExecutionReportDecoder;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.OrdRejReason;
import io.lockstep.sbe.OrderCancelRejectDecoder;
import io.lockstep.sbe.RecordKind;
import io.lockstep.sbe.ReconciliationDifferenceDecoder;
import io.lockstep.sbe.ReconciliationKind;
import io.lockstep.sbe.RequestExpiredDecoder;
import io.lockstep.sequencer.journal.JournalReader;
import org.agrona.DirectBuffer;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * How each request of a journal ended, as far as the journal says: answered by the venue, reported as not sent by the order
 * gateway, expired at the node, or gone with its order.
 */
public final class RequestFates
{
    private final Set<String> requests = new LinkedHashSet<>();
    private final Set<String> answered = new HashSet<>();
    private final Set<String> notSent = new LinkedHashSet<>();
    private final Set<String> expired = new HashSet<>();
    private final Set<String> missing = new HashSet<>();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();

    /** Adds all records the reader still has. */
    public RequestFates addAll(final JournalReader reader)
    {
        while (reader.next())
        {
            final int message = reader.offset() + RecordDescriptor.HEADER_LENGTH;
            if (reader.kind() == RecordKind.INPUT)
            {
                onInput(reader.buffer(), message);
            }
            else if (reader.kind() == RecordKind.DECISION)
            {
                onDecision(reader.buffer(), message);
            }
        }
        return this;
    }

    private void onDecision(final DirectBuffer buffer, final int offset)
    {
        final Request request = Request.of(buffer, offset);
        if (request != null)
        {
            requests.add(request.clOrdId());
        }
        else if (header.wrap(buffer, offset).templateId() == ReconciliationDifferenceDecoder.TEMPLATE_ID &&
            new ReconciliationDifferenceDecoder().wrapAndApplyHeader(buffer, offset, header)
                .kind() == ReconciliationKind.MISSING_ORDER)
        {
            missing.add(clOrdId(buffer, offset));
        }
    }

    private void onInput(final DirectBuffer buffer, final int offset)
    {
        switch (header.wrap(buffer, offset).templateId())
        {
            case ExecutionReportDecoder.TEMPLATE_ID -> {
                final ExecutionReportDecoder report = new ExecutionReportDecoder().wrapAndApplyHeader(
                    buffer, offset, header);
                if (report.execType() != ExecType.ORDER_STATUS)
                {
                    onAnswer(clOrdId(buffer, offset), report.ordRejReason());
                }
            }
            case OrderCancelRejectDecoder.TEMPLATE_ID -> onAnswer(clOrdId(buffer, offset),
                new OrderCancelRejectDecoder().wrapAndApplyHeader(buffer, offset, header).reason());
            case RequestExpiredDecoder.TEMPLATE_ID -> expired.add(clOrdId(buffer, offset));
            default -> {
                // It answers no request.
            }
        }
    }

    private void onAnswer(final String clOrdId, final OrdRejReason reason)
    {
        (reason == OrdRejReason.NOT_SENT ? notSent : answered).add(clOrdId);
    }

    /** In all of them it comes first. */
    private static String clOrdId(final DirectBuffer buffer, final int offset)
    {
        return ClOrdIds.text(buffer, offset + MessageHeaderDecoder.ENCODED_LENGTH);
    }

    /** Requests that were decided. */
    public int count()
    {
        return requests.size();
    }

    /** Reported as not sent. */
    public Set<String> notSent()
    {
        return notSent;
    }

    /**
     * Requests of which the journal does not know in the end what became of them.
     *
     * @param atVenue those that the venue has received.
     */
    public List<String> unknown(final Set<String> atVenue)
    {
        return requests.stream().filter((clOrdId) -> !isKnown(clOrdId, atVenue.contains(clOrdId))).toList();
    }

    private boolean isKnown(final String clOrdId, final boolean isAtVenue)
    {
        return answered.contains(clOrdId) ||
            !isAtVenue && (notSent.contains(clOrdId) || expired.contains(clOrdId) || missing.contains(clOrdId));
    }

    /** Requests that were reported as not sent though the venue has received them. */
    public List<String> wronglyNotSent(final Set<String> atVenue)
    {
        return notSent.stream().filter(atVenue::contains).toList();
    }
}
