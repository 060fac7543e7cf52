package io.lockstep.core.host;

import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.sbe.AlertType;
import io.lockstep.sbe.DecisionAcknowledgementDecoder;
import io.lockstep.sbe.ExecType;
import io.lockstep.sbe.ExecutionReportDecoder;
import io.lockstep.sbe.HostStateDecoder;
import io.lockstep.sbe.HostStateEncoder;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.NodeStartedDecoder;
import io.lockstep.sbe.OperationalAlertDecoder;
import io.lockstep.sbe.OrderCancelRejectDecoder;
import io.lockstep.sbe.RequestExpiredDecoder;
import io.lockstep.sbe.TimerFiredDecoder;
import org.agrona.DirectBuffer;

/**
 * What an input means to the host, before the core has it. No allocation.
 */
final class HostInputs
{
    private final TimerQueue timers;
    private final Outbox outbox;
    private final Refusals refusals;
    private final VenueView venues;

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final DecisionAcknowledgementDecoder acknowledgement = new DecisionAcknowledgementDecoder();
    private final TimerFiredDecoder timerFired = new TimerFiredDecoder();
    private final NodeStartedDecoder nodeStarted = new NodeStartedDecoder();
    private final RequestExpiredDecoder requestExpired = new RequestExpiredDecoder();
    private final ExecutionReportDecoder report = new ExecutionReportDecoder();
    private final OrderCancelRejectDecoder cancelReject = new OrderCancelRejectDecoder();
    private final OperationalAlertDecoder alert = new OperationalAlertDecoder();

    private long configurationHash;
    private int logicVersion;

    HostInputs(final TimerQueue timers, final Outbox outbox, final Refusals refusals, final VenueView venues)
    {
        this.timers = timers;
        this.outbox = outbox;
        this.refusals = refusals;
        this.venues = venues;
    }

    /**
     * @param record offset of the input's record.
     */
    void onInput(final int templateId, final DirectBuffer buffer, final int record)
    {
        final int message = record + RecordDescriptor.HEADER_LENGTH;
        switch (templateId)
        {
            case DecisionAcknowledgementDecoder.TEMPLATE_ID ->
                onAcknowledgement(buffer, message, RecordDescriptor.sourceId(buffer, record));
            case ExecutionReportDecoder.TEMPLATE_ID ->
                onReport(buffer, message, RecordDescriptor.sourceId(buffer, record));
            case OrderCancelRejectDecoder.TEMPLATE_ID -> {
                cancelReject.wrapAndApplyHeader(buffer, message, header);
                refusals.onRequestRejected(cancelReject.reason());
            }
            case TimerFiredDecoder.TEMPLATE_ID, NodeStartedDecoder.TEMPLATE_ID, RequestExpiredDecoder.TEMPLATE_ID,
                OperationalAlertDecoder.TEMPLATE_ID -> {
                // From elsewhere they have no effect on the core either.
                if (RecordDescriptor.sourceId(buffer, record) == SourceTable.NODE)
                {
                    onNodes(templateId, buffer, message);
                }
            }
            default -> {
                // For the core alone.
            }
        }
    }

    private void onNodes(final int templateId, final DirectBuffer buffer, final int message)
    {
        switch (templateId)
        {
            case TimerFiredDecoder.TEMPLATE_ID -> {
                // Whoever sequences live has taken it off the queue already; a replay must, or it would be due again.
                timerFired.wrapAndApplyHeader(buffer, message, header);
                timers.onFired(timerFired.timerId(), timerFired.deadlineNs());
            }
            case NodeStartedDecoder.TEMPLATE_ID -> {
                nodeStarted.wrapAndApplyHeader(buffer, message, header);
                configurationHash = nodeStarted.configurationHash();
                logicVersion = nodeStarted.logicVersion();
            }
            case RequestExpiredDecoder.TEMPLATE_ID -> onRequestExpired(buffer, message);
            default -> onAlert(buffer, message);
        }
    }

    private void onAcknowledgement(final DirectBuffer buffer, final int message, final int sourceId)
    {
        final int venueId = venues.venueOfSource(sourceId);
        if (venueId != VenueView.NO_VENUE)
        {
            acknowledgement.wrapAndApplyHeader(buffer, message, header);
            outbox.release(venueId, acknowledgement.egressSequence());
        }
    }

    private void onReport(final DirectBuffer buffer, final int message, final int sourceId)
    {
        report.wrapAndApplyHeader(buffer, message, header);
        final int venueId = venues.venueOfSource(sourceId);
        // An execution that the venue repeats, because it was asked, counts once.
        if (report.execType() == ExecType.REJECTED && venueId != VenueView.NO_VENUE
            && report.execId() > venues.lastExecId(venueId, sourceId))
        {
            refusals.onOrderRejected(report.ordRejReason());
        }
    }

    private void onRequestExpired(final DirectBuffer buffer, final int message)
    {
        requestExpired.wrapAndApplyHeader(buffer, message, header);
        final int venueId = requestExpired.venueId() == RequestExpiredDecoder.venueIdNullValue()
            ? VenueView.FIRST_VENUE
            : requestExpired.venueId();
        if (isVenue(venueId))
        {
            outbox.withdraw(venueId, requestExpired.egressSequence());
        }
    }

    private void onAlert(final DirectBuffer buffer, final int message)
    {
        alert.wrapAndApplyHeader(buffer, message, header);
        final int venueId = alert.venueId() == OperationalAlertDecoder.venueIdNullValue()
            ? VenueView.FIRST_VENUE
            : alert.venueId();
        if (alert.alertType() == AlertType.GATEWAY_AHEAD && isVenue(venueId))
        {
            // The journal has lost decisions; what leaves from now on must not be taken for them.
            outbox.advanceTo(venueId, alert.value());
        }
    }

    private boolean isVenue(final int venueId)
    {
        return venueId >= 0 && venueId < venues.count();
    }

    void save(final HostStateEncoder state)
    {
        state.configurationHash(configurationHash).logicVersion(logicVersion);
    }

    void restore(final HostStateDecoder state)
    {
        configurationHash = state.configurationHash();
        logicVersion = state.logicVersion();
    }

    long configurationHash()
    {
        return configurationHash;
    }

    int logicVersion()
    {
        return logicVersion;
    }
}
