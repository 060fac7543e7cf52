package io.lockstep.core.command;

import io.lockstep.core.execution.OrderDesk;
import io.lockstep.core.execution.Reconciler;
import io.lockstep.core.execution.VenueReports;
import io.lockstep.core.instance.Leg;
import io.lockstep.core.instance.StrategyInstance;
import io.lockstep.core.instance.TimerIds;
import io.lockstep.core.instrument.InstrumentSlot;
import io.lockstep.core.state.CoreState;
import io.lockstep.core.state.TradingSwitch;
import io.lockstep.core.venue.Venue;
import io.lockstep.core.venue.Venues;
import io.lockstep.sbe.AlertType;
import io.lockstep.sbe.AllocateLimitDecoder;
import io.lockstep.sbe.BooleanType;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.NodeStartedDecoder;
import io.lockstep.sbe.NodeStoppedDecoder;
import io.lockstep.sbe.NodeStoppingDecoder;
import io.lockstep.sbe.OperationalAlertDecoder;
import io.lockstep.sbe.OrderReason;
import io.lockstep.sbe.RequestExpiredDecoder;
import io.lockstep.sbe.SourceDefinitionDecoder;
import io.lockstep.sbe.TimerFiredDecoder;
import io.lockstep.sbe.TradingMode;
import io.lockstep.sbe.VenueDefinitionDecoder;
import io.lockstep.sbe.VenueStatusDecoder;
import io.lockstep.sbe.WithdrawStrategyDecoder;
import org.agrona.DirectBuffer;

/**
 * The inputs that only the node itself makes: that it starts and stops, which venues and sources there are, which timer is due, which request
 * it will not send, whether it hears a venue, and what its own watch has seen. No allocation but for definitions.
 */
public final class NodeInputs
{
    private final CoreState state;
    private final OrderDesk desk;
    private final Reconciler reconciler;
    private final VenueReports venueReports;
    private final LimitInputs limitInputs;
    private final StrategyInputs strategyInputs;
    private final DefinitionInputs definitionInputs;

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final TimerFiredDecoder timerFired = new TimerFiredDecoder();
    private final NodeStartedDecoder nodeStarted = new NodeStartedDecoder();
    private final NodeStoppingDecoder nodeStopping = new NodeStoppingDecoder();
    private final OperationalAlertDecoder operationalAlert = new OperationalAlertDecoder();
    private final VenueStatusDecoder venueStatus = new VenueStatusDecoder();

    public NodeInputs(
        final CoreState state,
        final OrderDesk desk,
        final Reconciler reconciler,
        final VenueReports venueReports,
        final LimitInputs limitInputs,
        final StrategyInputs strategyInputs,
        final DefinitionInputs definitionInputs)
    {
        this.state = state;
        this.desk = desk;
        this.reconciler = reconciler;
        this.venueReports = venueReports;
        this.limitInputs = limitInputs;
        this.strategyInputs = strategyInputs;
        this.definitionInputs = definitionInputs;
    }

    /** Whether only the node may send such an input. */
    public static boolean isOne(final int templateId)
    {
        return switch (templateId)
        {
            case TimerFiredDecoder.TEMPLATE_ID, RequestExpiredDecoder.TEMPLATE_ID, VenueStatusDecoder.TEMPLATE_ID,
                OperationalAlertDecoder.TEMPLATE_ID, NodeStartedDecoder.TEMPLATE_ID,
                NodeStoppingDecoder.TEMPLATE_ID, NodeStoppedDecoder.TEMPLATE_ID,
                AllocateLimitDecoder.TEMPLATE_ID, WithdrawStrategyDecoder.TEMPLATE_ID,
                VenueDefinitionDecoder.TEMPLATE_ID, SourceDefinitionDecoder.TEMPLATE_ID -> true;
            default -> false;
        };
    }

    /**
     * @param templateId  one for which {@link #isOne} holds.
     * @param offset      of the messageHeader.
     * @param incarnation of the record.
     */
    public void onInput(final int templateId, final DirectBuffer buffer, final int offset, final int incarnation)
    {
        switch (templateId)
        {
            case TimerFiredDecoder.TEMPLATE_ID -> onTimerFired(buffer, offset);
            case RequestExpiredDecoder.TEMPLATE_ID -> venueReports.onRequestExpired(buffer, offset);
            case VenueStatusDecoder.TEMPLATE_ID -> onVenueStatus(buffer, offset);
            case OperationalAlertDecoder.TEMPLATE_ID -> onOperationalAlert(buffer, offset);
            case NodeStartedDecoder.TEMPLATE_ID -> onNodeStarted(buffer, offset, incarnation);
            case NodeStoppingDecoder.TEMPLATE_ID -> onNodeStopping(buffer, offset);
            case AllocateLimitDecoder.TEMPLATE_ID -> limitInputs.onAllocateLimit(buffer, offset, state.lastSequence());
            case WithdrawStrategyDecoder.TEMPLATE_ID -> strategyInputs.onWithdrawStrategy(buffer, offset);
            case VenueDefinitionDecoder.TEMPLATE_ID -> definitionInputs.onVenueDefinition(buffer, offset);
            case SourceDefinitionDecoder.TEMPLATE_ID -> definitionInputs.onSourceDefinition(buffer, offset);
            default -> {
                // NodeStopped is for the host; nothing the core decides depends on it.
            }
        }
    }

    private void onTimerFired(final DirectBuffer buffer, final int offset)
    {
        timerFired.wrapAndApplyHeader(buffer, offset, header);
        final long timerId = timerFired.timerId();
        final long deadlineNs = timerFired.deadlineNs();
        if (timerId == TimerIds.WISHES)
        {
            desk.onWishTimer(deadlineNs);
        }
        else if (timerId == TimerIds.DOUBTS)
        {
            desk.doubts().onTimer(deadlineNs, reconciler);
        }
        else if (timerId == TimerIds.EXPIRY)
        {
            desk.onExpiryTimer(deadlineNs);
        }
        else if (timerId == TimerIds.LISTS)
        {
            desk.lists().onTimer(deadlineNs);
        }
        else if (timerId == TimerIds.BREAKERS)
        {
            state.breakers().onTimer(deadlineNs);
        }
        else if (TimerIds.isOfInstrument(timerId))
        {
            onInstrumentTimer(timerId, deadlineNs);
        }
        else
        {
            onInstanceTimer(timerId, deadlineNs);
        }
    }

    private void onInstanceTimer(final long timerId, final long deadlineNs)
    {
        final StrategyInstance instance = state.instances().find(TimerIds.strategyId(timerId));
        final int legIndex = TimerIds.legIndex(timerId);
        if (instance != null && instance.isPresent() && legIndex < instance.legCount())
        {
            instance.onTimer(instance.leg(legIndex), TimerIds.timerKey(timerId), deadlineNs);
        }
    }

    /** Scheduled when an instrument had one strategy. */
    private void onInstrumentTimer(final long timerId, final long deadlineNs)
    {
        final InstrumentSlot slot = state.slots().touch(TimerIds.instrumentId(timerId));
        for (int i = 0; slot != null && i < slot.legCount(); i++)
        {
            final Leg leg = slot.leg(i);
            if (!leg.instance().isNobody())
            {
                leg.instance().onTimer(leg, TimerIds.timerKey(timerId), deadlineNs);
            }
        }
    }

    private void onNodeStarted(final DirectBuffer buffer, final int offset, final int incarnation)
    {
        nodeStarted.wrapAndApplyHeader(buffer, offset, header);
        state.stateHashInterval(nodeStarted.stateHashInterval());
        final boolean reconciles = nodeStarted.reconciles() == BooleanType.TRUE;
        state.node().onStarted(incarnation, reconciles);
        limitInputs.onNodeStarted();
        for (int id = 0; id < state.venues().count(); id++)
        {
            final Venue venue = state.venues().get(id);
            venue.onNodeStarted();
            reconciler.begin(venue);
            if (!reconciles)
            {
                // Nobody asks the venue for its newest ExecID, so nobody would notice that it counts from 1 again.
                venue.executionIds().clear();
            }
        }
    }

    private void onVenueStatus(final DirectBuffer buffer, final int offset)
    {
        venueStatus.wrapAndApplyHeader(buffer, offset, header);
        final Venue venue = state.venues().find(venueStatus.venueId());
        if (venue == null)
        {
            return;
        }
        final boolean connected = venueStatus.connected() == BooleanType.TRUE;
        final boolean wasConnected = venue.isConnected();
        venue.onStatus(connected);
        if (!connected)
        {
            if (wasConnected)
            {
                state.breakers().onDisconnected(venue.id());
            }
            reconciler.begin(venue);
        }
        else if (!venue.isReconciling())
        {
            venue.executionIds().onComplete();
        }
    }

    private void onNodeStopping(final DirectBuffer buffer, final int offset)
    {
        nodeStopping.wrapAndApplyHeader(buffer, offset, header);
        state.node().onStopping();
        if (nodeStopping.cancelOrders() == BooleanType.TRUE)
        {
            state.cancelAll(OrderReason.STOPPING);
        }
    }

    private void onOperationalAlert(final DirectBuffer buffer, final int offset)
    {
        operationalAlert.wrapAndApplyHeader(buffer, offset, header);
        if (operationalAlert.alertType() == AlertType.GATEWAY_AHEAD)
        {
            final Venue venue = state.venues().find(operationalAlert.venueId());
            (venue == null ? state.venues().get(Venues.FIRST) : venue).onGatewayAhead(operationalAlert.value());
        }
        state.clockBehind(state.isClockBehind() || operationalAlert.alertType() == AlertType.CLOCK_BEHIND);
        final TradingMode mode = operationalAlert.mode();
        if (TradingSwitch.isMode(mode))
        {
            state.trading().restrict(mode);
        }
        if (operationalAlert.cancelOrders() == BooleanType.TRUE || mode == TradingMode.KILLED)
        {
            state.cancelAll(OrderReason.FAIL_SAFE);
        }
    }
}
