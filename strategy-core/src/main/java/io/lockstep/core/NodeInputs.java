package io.lockstep.core;

import io.lockstep.sbe.AlertType;
import io.lockstep.sbe.AllocateLimitDecoder;
import io.lockstep.sbe.BooleanType;
import io.lockstep.sbe.NodeStartedDecoder;
import io.lockstep.sbe.NodeStoppedDecoder;
import io.lockstep.sbe.NodeStoppingDecoder;
import io.lockstep.sbe.OperationalAlertDecoder;
import io.lockstep.sbe.OrderReason;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.RequestExpiredDecoder;
import io.lockstep.sbe.TimerFiredDecoder;
import io.lockstep.sbe.TradingMode;
import io.lockstep.sbe.VenueStatusDecoder;
import io.lockstep.sbe.WithdrawStrategyDecoder;
import org.agrona.DirectBuffer;

/**
 * What only the node itself may say: that it starts and stops, which timer is due, which request it will not send, whether it
 * hears the venue, and what its own watch has seen. No allocation.
 */
final class NodeInputs
{
    private final TradingCore core;
    private final Availability availability;
    private final ExecutionIds executionIds;
    private final Reconciliation reconciliation;
    private final VenueReports venueReports;

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final TimerFiredDecoder timerFired = new TimerFiredDecoder();
    private final NodeStartedDecoder nodeStarted = new NodeStartedDecoder();
    private final NodeStoppingDecoder nodeStopping = new NodeStoppingDecoder();
    private final OperationalAlertDecoder operationalAlert = new OperationalAlertDecoder();
    private final WithdrawStrategyDecoder withdrawStrategy = new WithdrawStrategyDecoder();
    private final VenueStatusDecoder venueStatus = new VenueStatusDecoder();

    NodeInputs(
        final TradingCore core,
        final Availability availability,
        final ExecutionIds executionIds,
        final Reconciliation reconciliation,
        final VenueReports venueReports)
    {
        this.core = core;
        this.availability = availability;
        this.executionIds = executionIds;
        this.reconciliation = reconciliation;
        this.venueReports = venueReports;
    }

    static boolean isOne(final int templateId)
    {
        return switch (templateId)
        {
            case TimerFiredDecoder.TEMPLATE_ID, RequestExpiredDecoder.TEMPLATE_ID, VenueStatusDecoder.TEMPLATE_ID,
                OperationalAlertDecoder.TEMPLATE_ID, NodeStartedDecoder.TEMPLATE_ID,
                NodeStoppingDecoder.TEMPLATE_ID, NodeStoppedDecoder.TEMPLATE_ID,
                AllocateLimitDecoder.TEMPLATE_ID, WithdrawStrategyDecoder.TEMPLATE_ID -> true;
            default -> false;
        };
    }

    /**
     * @param templateId  one for which {@link #isOne} holds.
     * @param offset      of the messageHeader.
     * @param incarnation of the record.
     */
    void onInput(final int templateId, final DirectBuffer buffer, final int offset, final int incarnation)
    {
        switch (templateId)
        {
            case TimerFiredDecoder.TEMPLATE_ID -> onTimerFired(buffer, offset);
            case RequestExpiredDecoder.TEMPLATE_ID -> venueReports.onRequestExpired(buffer, offset);
            case VenueStatusDecoder.TEMPLATE_ID -> onVenueStatus(buffer, offset);
            case OperationalAlertDecoder.TEMPLATE_ID -> onOperationalAlert(buffer, offset);
            case NodeStartedDecoder.TEMPLATE_ID -> onNodeStarted(buffer, offset, incarnation);
            case NodeStoppingDecoder.TEMPLATE_ID -> onNodeStopping(buffer, offset);
            case AllocateLimitDecoder.TEMPLATE_ID -> core.limitInputs
                .onAllocateLimit(buffer, offset, core.lastSequence);
            case WithdrawStrategyDecoder.TEMPLATE_ID -> onWithdrawStrategy(buffer, offset);
            default -> {
                // NodeStopped is for the host; nothing the core decides depends on it.
            }
        }
    }

    private void onTimerFired(final DirectBuffer buffer, final int offset)
    {
        timerFired.wrapAndApplyHeader(buffer, offset, header);
        core.onTimer(timerFired.timerId(), timerFired.deadlineNs());
    }

    private void onNodeStarted(final DirectBuffer buffer, final int offset, final int incarnation)
    {
        nodeStarted.wrapAndApplyHeader(buffer, offset, header);
        core.stateHashInterval(nodeStarted.stateHashInterval());
        final boolean reconciles = nodeStarted.reconciles() == BooleanType.TRUE;
        availability.onNodeStarted(incarnation, reconciles);
        reconciliation.begin();
        core.limitInputs.onNodeStarted();
        if (!reconciles)
        {
            // Nobody asks the venue for its newest ExecID, so nobody would notice that it counts from 1 again.
            executionIds.clear();
        }
    }

    private void onWithdrawStrategy(final DirectBuffer buffer, final int offset)
    {
        withdrawStrategy.wrapAndApplyHeader(buffer, offset, header);
        core.withdrawStrategy(withdrawStrategy.instrumentId());
    }

    private void onVenueStatus(final DirectBuffer buffer, final int offset)
    {
        venueStatus.wrapAndApplyHeader(buffer, offset, header);
        final boolean connected = venueStatus.connected() == BooleanType.TRUE;
        availability.onVenueStatus(connected);
        if (!connected)
        {
            reconciliation.begin();
        }
        else if (!availability.isReconciling())
        {
            executionIds.onComplete();
        }
    }

    private void onNodeStopping(final DirectBuffer buffer, final int offset)
    {
        nodeStopping.wrapAndApplyHeader(buffer, offset, header);
        availability.onNodeStopping();
        if (nodeStopping.cancelOrders() == BooleanType.TRUE)
        {
            core.cancelAll(OrderReason.STOPPING);
        }
    }

    private void onOperationalAlert(final DirectBuffer buffer, final int offset)
    {
        operationalAlert.wrapAndApplyHeader(buffer, offset, header);
        if (operationalAlert.alertType() == AlertType.GATEWAY_AHEAD)
        {
            core.advanceEgressSequence(operationalAlert.value());
            reconciliation.onGatewayAhead(operationalAlert.value());
        }
        core.clockBehind |= operationalAlert.alertType() == AlertType.CLOCK_BEHIND;
        final TradingMode mode = operationalAlert.mode();
        if (TradingCore.isMode(mode))
        {
            core.restrict(mode);
        }
        if (operationalAlert.cancelOrders() == BooleanType.TRUE || mode == TradingMode.KILLED)
        {
            core.cancelAll(OrderReason.FAIL_SAFE);
        }
    }
}
