package io.lockstep.core;

import io.lockstep.codecs.MutableInt128;
import io.lockstep.codecs.Nulls;
import io.lockstep.core.instance.StrategyInstance;
import io.lockstep.core.instance.TimerIds;
import io.lockstep.sbe.BooleanType;
import io.lockstep.sbe.AcceptAccountDecoder;
import io.lockstep.sbe.AllocateLimitDecoder;
import io.lockstep.sbe.AllocateStrategyDecoder;
import io.lockstep.sbe.AssignCalendarDecoder;
import io.lockstep.sbe.AssignStrategyDecoder;
import io.lockstep.sbe.BreakerChangedDecoder;
import io.lockstep.sbe.BreakerDefinitionDecoder;
import io.lockstep.sbe.CalendarDefinitionDecoder;
import io.lockstep.sbe.CancelTimerDecoder;
import io.lockstep.sbe.CommandResultDecoder;
import io.lockstep.sbe.ControlStrategyDecoder;
import io.lockstep.sbe.ExecInst;
import io.lockstep.sbe.ExecutionCorrectedDecoder;
import io.lockstep.sbe.ExecutionOutOfPlaceDecoder;
import io.lockstep.sbe.FlattenDecoder;
import io.lockstep.sbe.HeldOrderEndedDecoder;
import io.lockstep.sbe.HeldOrderReplacedDecoder;
import io.lockstep.sbe.InputRefusedDecoder;
import io.lockstep.sbe.InstrumentDefinitionDecoder;
import io.lockstep.sbe.ListEndedDecoder;
import io.lockstep.sbe.ListPlacedDecoder;
import io.lockstep.sbe.MarketConditionDecoder;
import io.lockstep.sbe.MarketDataRequestDecoder;
import io.lockstep.sbe.OrderInDoubtDecoder;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.NewOrderSingleDecoder;
import io.lockstep.sbe.OperatorCancelDecoder;
import io.lockstep.sbe.OperatorOrderDecoder;
import io.lockstep.sbe.OrderRestatedDecoder;
import io.lockstep.sbe.OrdType;
import io.lockstep.sbe.OrderCancelReplaceRequestDecoder;
import io.lockstep.sbe.OrderCancelRequestDecoder;
import io.lockstep.sbe.OrderCauseDecoder;
import io.lockstep.sbe.OrderHeldDecoder;
import io.lockstep.sbe.OrderRefusedDecoder;
import io.lockstep.sbe.OrderTriggeredDecoder;
import io.lockstep.sbe.ReconciliationDifferenceDecoder;
import io.lockstep.sbe.ReconciliationKind;
import io.lockstep.sbe.RateDefinitionDecoder;
import io.lockstep.sbe.ResetBreakerDecoder;
import io.lockstep.sbe.ScheduleTimerDecoder;
import io.lockstep.sbe.SetLimitDecoder;
import io.lockstep.sbe.SetTradingModeDecoder;
import io.lockstep.sbe.SignalDecoder;
import io.lockstep.sbe.SignalRoutedDecoder;
import io.lockstep.sbe.SnapshotRequestDecoder;
import io.lockstep.sbe.SourceDefinitionDecoder;
import io.lockstep.sbe.StateTransitionDecoder;
import io.lockstep.sbe.StrategyDefinitionDecoder;
import io.lockstep.sbe.StrategySuspendedDecoder;
import io.lockstep.sbe.TimeInForce;
import io.lockstep.sbe.TransferPositionDecoder;
import io.lockstep.sbe.TriggerSource;
import io.lockstep.sbe.UnassignStrategyDecoder;
import io.lockstep.sbe.UnsetLimitDecoder;
import io.lockstep.sbe.VenueDefinitionDecoder;
import io.lockstep.sbe.WithdrawStrategyDecoder;
import org.agrona.DirectBuffer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Decisions as lines, those of another instrument than 0 with its id before them:
 * <pre>
 * NEW BUY 10@100 POST_ONLY SIGNAL         NEW SELL 10@MARKET STOP
 * CANCEL #1 TIMEOUT                       REPLACE #1 8@99 SIGNAL
 * REFUSED MAX_ORDER_RATE limit=2 actual=3 WATCH->CLOSE_WATCH SIGNAL
 * MARKET LIVE                             MARKET STALE SEQUENCE_GAP expected=5 actual=7
 * TIMER 0 at 5000ms                       TIMER 0 off
 * ASK 7 FOR SNAPSHOT SEQUENCE_GAP
 * HELD #1 SELL STOP 10 trigger=95 on BID_ASK STOP
 * TRIGGERED #1 95 by 94 waited 20ms       HELD CANCELED #1 OPERATOR
 * LIST 1 BRACKET 10 of 3                  LIST 1 ended entry=10 exits=10
 * IN DOUBT #1 PENDING_NEW attempt=1 asked
 * SIGNAL ops:1:7 NONE by=1 lots=10 #1     SIGNAL ops:1:8 MODEL_BUSY by=1 lots=10
 * BREAKER NODE 0 REJECT_RATE OPEN value=2 limit=2 until=5000ms
 * SetLimit ACCEPTED                       DIFFERENCE UNKNOWN_FILL BUY #1 exec=5 venue=4 of=1
 * </pre>
 */
final class DecisionLines implements DecisionPort
{
    private final List<String> lines = new ArrayList<>();
    private final List<SentOrder> orders = new ArrayList<>();
    private final Map<Long, Long> deadlineNsByTimer = new TreeMap<>();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private DirectBuffer buffer;
    private int offset;
    private TradingCore core;

    /** Whose timers they are. */
    void core(final TradingCore newCore)
    {
        core = newCore;
    }

    /** All orders sent so far. */
    List<SentOrder> orders()
    {
        return orders;
    }

    /** Deadlines of the timers that were scheduled and not cancelled since, by their ids. */
    Map<Long, Long> timers()
    {
        return deadlineNsByTimer;
    }

    /** Whose ClOrdID it is, or the other; null when it is no order's. */
    SentOrder order(final String clOrdId, final String origClOrdId)
    {
        return orders.stream().filter((order) -> order.isNamed(clOrdId) || order.isNamed(origClOrdId)).findFirst()
            .orElse(null);
    }

    List<String> take()
    {
        final List<String> taken = List.copyOf(lines);
        lines.clear();
        return taken;
    }

    @Override
    public void onDecision(
        final long sequence, final int ordinal, final DirectBuffer newBuffer, final int newOffset, final int length)
    {
        buffer = newBuffer;
        offset = newOffset;
        header.wrap(buffer, offset);
        switch (header.templateId())
        {
            case NewOrderSingleDecoder.TEMPLATE_ID -> onNew();
            case OrderHeldDecoder.TEMPLATE_ID -> onHeld();
            case OrderTriggeredDecoder.TEMPLATE_ID -> onTriggered();
            case HeldOrderReplacedDecoder.TEMPLATE_ID -> onHeldReplaced();
            case HeldOrderEndedDecoder.TEMPLATE_ID -> onHeldEnded();
            case ListPlacedDecoder.TEMPLATE_ID -> onListPlaced();
            case ListEndedDecoder.TEMPLATE_ID -> onListEnded();
            case OrderCancelRequestDecoder.TEMPLATE_ID -> onCancel();
            case OrderCancelReplaceRequestDecoder.TEMPLATE_ID -> onReplace();
            case OrderRefusedDecoder.TEMPLATE_ID -> onRefused();
            case StateTransitionDecoder.TEMPLATE_ID -> onTransition();
            case MarketConditionDecoder.TEMPLATE_ID -> onCondition();
            case OrderInDoubtDecoder.TEMPLATE_ID -> onInDoubt();
            case MarketDataRequestDecoder.TEMPLATE_ID -> onMarketDataRequest();
            case ScheduleTimerDecoder.TEMPLATE_ID -> onSchedule();
            case CancelTimerDecoder.TEMPLATE_ID -> onCancelTimer();
            case CommandResultDecoder.TEMPLATE_ID -> onResult();
            case ReconciliationDifferenceDecoder.TEMPLATE_ID -> onDifference();
            case ExecutionOutOfPlaceDecoder.TEMPLATE_ID -> onOutOfPlace();
            case ExecutionCorrectedDecoder.TEMPLATE_ID -> onCorrected();
            case OrderRestatedDecoder.TEMPLATE_ID -> onRestated();
            case OrderCauseDecoder.TEMPLATE_ID -> onCause();
            case StrategySuspendedDecoder.TEMPLATE_ID -> onSuspended();
            case InputRefusedDecoder.TEMPLATE_ID -> onInputRefused();
            case SignalRoutedDecoder.TEMPLATE_ID -> onSignalRouted();
            case BreakerChangedDecoder.TEMPLATE_ID -> onBreakerChanged();
            default -> throw new AssertionError("no decision: templateId=" + header.templateId());
        }
    }

    private void add(final int instrumentId, final String line)
    {
        lines.add((instrumentId > 0 ? "[" + instrumentId + "] " : "") + line);
    }

    private void onNew()
    {
        final NewOrderSingleDecoder order = new NewOrderSingleDecoder().wrapAndApplyHeader(buffer, offset, header);
        final boolean isMarket = order.ordType() == OrdType.MARKET;
        final SentOrder sent = new SentOrder(order.instrumentId(), order.side(), isMarket, order.clOrdId(),
            order.priceTicks(), order.orderQtyLots());
        final SentOrder held = order(order.clOrdId(), order.clOrdId());
        if (held == null)
        {
            orders.add(sent);
        }
        else
        {
            orders.set(orders.indexOf(held), sent);
        }
        String line = "NEW " + order.side() + " " + order.orderQtyLots() + "@" +
            (isMarket ? "MARKET" : order.priceTicks());
        line += order.execInst() == ExecInst.PARTICIPATE_DONT_INITIATE ? " POST_ONLY" : "";
        line += !isMarket && order.timeInForce() != TimeInForce.GOOD_TILL_CANCEL ? " " + order.timeInForce() : "";
        add(order.instrumentId(), line + " " + order.reason());
    }

    private void onHeld()
    {
        final OrderHeldDecoder order = new OrderHeldDecoder().wrapAndApplyHeader(buffer, offset, header);
        orders.add(new SentOrder(order.instrumentId(), order.side(), order.priceTicks() == Nulls.NULL_PRICE_TICKS,
            order.clOrdId(), order.priceTicks(), order.orderQtyLots()));
        String line = "HELD #" + orders.size() + " " + order.side() + " " + order.ordType() + " " +
            order.orderQtyLots() + (order.priceTicks() == Nulls.NULL_PRICE_TICKS ? "" : "@" + order.priceTicks());
        line += value(" trigger=", order.triggerPxTicks()) + value(" trailing=", order.trailingOffset());
        line += value(" activation=", order.activationPxTicks()) + value(" display=", order.displayQtyLots());
        line += order.triggerSource() == TriggerSource.NULL_VAL ? "" : " on " + order.triggerSource();
        line += order.flags().reduceOnly() ? " REDUCE_ONLY" : "";
        line += order.timeInForce() == TimeInForce.GOOD_TILL_CANCEL ? "" : " " + order.timeInForce();
        add(order.instrumentId(), line + " " + order.reason());
    }

    private void onBreakerChanged()
    {
        final BreakerChangedDecoder changed = new BreakerChangedDecoder().wrapAndApplyHeader(buffer, offset, header);
        final boolean isOpen = changed.untilNs() != Nulls.NULL_TIME_NS;
        add(0, "BREAKER " + changed.scope() + " " + changed.scopedId() + " " + changed.cause() + " " + changed.state() +
            " value=" + new MutableInt128().decode(changed.value(), changed.valueHigh()) +
            " limit=" + changed.limitValue() +
            (isOpen ? " until=" + (changed.untilNs() - CoreScenario.START_NS) / 1_000_000 + "ms" : ""));
    }

    private void onTriggered()
    {
        final OrderTriggeredDecoder triggered = new OrderTriggeredDecoder().wrapAndApplyHeader(buffer, offset, header);
        add(triggered.instrumentId(), "TRIGGERED " + name(triggered.clOrdId()) + " " + triggered.triggerPxTicks() +
            " by " + triggered.marketPxTicks() +
            (triggered.waitedNs() == 0 ? "" : " waited " + triggered.waitedNs() / 1_000_000 + "ms"));
    }

    private void onHeldReplaced()
    {
        final HeldOrderReplacedDecoder replaced = new HeldOrderReplacedDecoder()
            .wrapAndApplyHeader(buffer, offset, header);
        add(replaced.instrumentId(), "HELD REPLACED " + name(replaced.clOrdId()) + " " + replaced.orderQtyLots() +
            (replaced.priceTicks() == Nulls.NULL_PRICE_TICKS ? "" : "@" + replaced.priceTicks()) +
            value(" trigger=", replaced.triggerPxTicks()) + value(" display=", replaced.displayQtyLots()) + " " +
            replaced.reason());
    }

    private void onHeldEnded()
    {
        final HeldOrderEndedDecoder ended = new HeldOrderEndedDecoder().wrapAndApplyHeader(buffer, offset, header);
        add(ended.instrumentId(),
            "HELD " + ended.ordStatus() + " " + name(ended.clOrdId()) + " " + ended.reason());
    }

    private void onListPlaced()
    {
        final ListPlacedDecoder list = new ListPlacedDecoder().wrapAndApplyHeader(buffer, offset, header);
        add(list.instrumentId(),
            "LIST " + list.listId() + " " + list.contingencyType() + " " + list.orderQtyLots() + " of " + list.parts());
    }

    private void onListEnded()
    {
        final ListEndedDecoder list = new ListEndedDecoder().wrapAndApplyHeader(buffer, offset, header);
        add(list.instrumentId(), "LIST " + list.listId() + " ended" + value(" entry=", list.entryQtyLots()) +
            " exits=" + list.cumQtyLots());
    }

    private void onCancel()
    {
        final OrderCancelRequestDecoder cancel = new OrderCancelRequestDecoder()
            .wrapAndApplyHeader(buffer, offset, header);
        final String orig = cancel.origClOrdId();
        final SentOrder order = order(orig, orig);
        if (order != null)
        {
            order.cancelAsked(cancel.clOrdId(), orig);
        }
        add(cancel.instrumentId(), "CANCEL " + name(orig) + " " + cancel.reason());
    }

    /** Its number, or the ClOrdID of an order that was never sent. */
    private String name(final String clOrdId)
    {
        final SentOrder order = order(clOrdId, clOrdId);
        return order == null ? clOrdId : "#" + (orders.indexOf(order) + 1);
    }

    private void onDifference()
    {
        final ReconciliationDifferenceDecoder difference = new ReconciliationDifferenceDecoder()
            .wrapAndApplyHeader(buffer, offset, header);
        add(difference.instrumentId(), "DIFFERENCE " + difference.kind() + " " + difference.side() + " " +
            name(difference.clOrdId()) + value(" exec=", difference.execId()) +
            value(" journal=", difference.journalLots()) + value(" venue=", difference.venueLots()) +
            (difference.kind() == ReconciliationKind.UNKNOWN_FILL ? " of=" + difference.strategyId() : ""));
    }

    private void onOutOfPlace()
    {
        final ExecutionOutOfPlaceDecoder execution = new ExecutionOutOfPlaceDecoder()
            .wrapAndApplyHeader(buffer, offset, header);
        add(execution.instrumentId(), "OUT OF PLACE " + execution.place() + " " + execution.side() + " " +
            name(execution.clOrdId()) + " " + execution.lastQtyLots() + "@" + execution.lastPxTicks() + " was=" +
            execution.ordStatus() + " of=" + execution.strategyId() + " cum=" + execution.cumQtyLots());
    }

    private void onCorrected()
    {
        final ExecutionCorrectedDecoder corrected = new ExecutionCorrectedDecoder()
            .wrapAndApplyHeader(buffer, offset, header);
        final String instead = corrected.lastQtyLots() == 0
            ? ""
            : " is " + corrected.lastQtyLots() + "@" + corrected.lastPxTicks();
        add(corrected.instrumentId(), corrected.execType() + " " + corrected.outcome() + " " + corrected.side() + " " +
            name(corrected.clOrdId()) + " " + corrected.refQtyLots() + "@" + corrected.refPxTicks() + instead +
            value(" ref=", corrected.execRefId()) + " was=" + corrected.ordStatus() + " of=" +
            corrected.strategyId() + " cum=" + corrected.cumQtyLots() + " net=" + corrected.netLots());
    }

    private void onRestated()
    {
        final OrderRestatedDecoder restated = new OrderRestatedDecoder().wrapAndApplyHeader(buffer, offset, header);
        add(restated.instrumentId(), "RESTATED " + name(restated.clOrdId()) + " " + restated.previousQtyLots() + "@" +
            restated.previousPriceTicks() + " to " + restated.orderQtyLots() + "@" + restated.priceTicks() +
            " cum=" + restated.cumQtyLots());
    }

    private void onCause()
    {
        final OrderCauseDecoder cause = new OrderCauseDecoder().wrapAndApplyHeader(buffer, offset, header);
        final StringBuilder line = new StringBuilder("CAUSE ").append(cause.signalCode());
        for (final OrderCauseDecoder.FeaturesDecoder feature : cause.features())
        {
            line.append(' ').append(feature.featureCode()).append('=').append(feature.value().mantissa()).append('e')
                .append(feature.value().exponent()).append(value("/", feature.thresholdMantissa()));
        }
        add(cause.instrumentId(), line.toString());
    }

    private void onSuspended()
    {
        final StrategySuspendedDecoder suspended = new StrategySuspendedDecoder()
            .wrapAndApplyHeader(buffer, offset, header);
        add(suspended.instrumentId(), "SUSPENDED " + suspended.strategyId() + " in " + suspended.callback() + " by " +
            suspended.exceptionClass());
    }

    private void onInputRefused()
    {
        final InputRefusedDecoder refused = new InputRefusedDecoder().wrapAndApplyHeader(buffer, offset, header);
        lines.add("INPUT REFUSED " + refused.refusedTemplateId() + " of " + refused.sourceId() + " " + refused.role());
    }

    private void onReplace()
    {
        final OrderCancelReplaceRequestDecoder replace = new OrderCancelReplaceRequestDecoder()
            .wrapAndApplyHeader(buffer, offset, header);
        final int number = number(replace.origClOrdId());
        orders.get(number - 1).replaceAsked(replace.clOrdId(), replace.priceTicks(), replace.orderQtyLots());
        add(replace.instrumentId(),
            "REPLACE #" + number + " " + replace.orderQtyLots() + "@" + replace.priceTicks() + " " + replace.reason());
    }

    private int number(final String clOrdId)
    {
        for (int i = orders.size(); i > 0; i--)
        {
            if (orders.get(i - 1).clOrdId().equals(clOrdId))
            {
                return i;
            }
        }
        throw new AssertionError("names no order: " + clOrdId);
    }

    private void onRefused()
    {
        final OrderRefusedDecoder refused = new OrderRefusedDecoder().wrapAndApplyHeader(buffer, offset, header);
        add(refused.instrumentId(),
            "REFUSED " + refused.reason() + amount(" limit=", refused.limitValue(), refused.limitValueHigh()) +
                amount(" actual=", refused.actualValue(), refused.actualValueHigh()));
    }

    private static String amount(final String name, final long low, final long highOrNull)
    {
        return highOrNull == Nulls.NULL_LONG
            ? value(name, low)
            : name + new MutableInt128().decode(low, highOrNull);
    }

    private void onTransition()
    {
        final StateTransitionDecoder transition = new StateTransitionDecoder()
            .wrapAndApplyHeader(buffer, offset, header);
        add(transition.instrumentId(),
            transition.fromState() + "->" + transition.toState() + " " + transition.reason());
    }

    private void onCondition()
    {
        final MarketConditionDecoder condition = new MarketConditionDecoder()
            .wrapAndApplyHeader(buffer, offset, header);
        final String reason = condition.reason().value() == 0 ? "" : " " + condition.reason();
        add(condition.instrumentId(), "MARKET " + condition.condition() + reason +
            value(" expected=", condition.expected()) + value(" actual=", condition.actual()));
    }

    private void onMarketDataRequest()
    {
        final MarketDataRequestDecoder request = new MarketDataRequestDecoder()
            .wrapAndApplyHeader(buffer, offset, header);
        add(request.instrumentId(), "ASK " + request.sourceId() + " FOR SNAPSHOT " + request.reason());
    }

    private void onInDoubt()
    {
        final OrderInDoubtDecoder order = new OrderInDoubtDecoder().wrapAndApplyHeader(buffer, offset, header);
        add(order.instrumentId(), "IN DOUBT " + name(order.clOrdId()) + " " + order.ordStatus() + " attempt=" +
            order.attempt() + (order.asked() == BooleanType.TRUE ? " asked" : " away"));
    }

    private void onSchedule()
    {
        final ScheduleTimerDecoder timer = new ScheduleTimerDecoder().wrapAndApplyHeader(buffer, offset, header);
        deadlineNsByTimer.put(timer.timerId(), timer.deadlineNs());
        add(instrumentOf(timer.timerId()), "TIMER " + name(timer.timerId()) + " at " +
            (timer.deadlineNs() - CoreScenario.START_NS) / 1_000_000 + "ms");
    }

    private void onCancelTimer()
    {
        final CancelTimerDecoder timer = new CancelTimerDecoder().wrapAndApplyHeader(buffer, offset, header);
        deadlineNsByTimer.remove(timer.timerId());
        add(instrumentOf(timer.timerId()), "TIMER " + name(timer.timerId()) + " off");
    }

    private static String name(final long timerId)
    {
        if (timerId == TimerIds.BREAKERS)
        {
            return "BREAKERS";
        }
        if (timerId == TimerIds.LISTS)
        {
            return "LISTS";
        }
        if (timerId == TimerIds.EXPIRY)
        {
            return "EXPIRY";
        }
        return timerId == TimerIds.WISHES
            ? "WISHES"
            : timerId == TimerIds.DOUBTS ? "DOUBTS" : Integer.toString(TimerIds.timerKey(timerId));
    }

    private int instrumentOf(final long timerId)
    {
        final StrategyInstance instance = timerId >= TimerIds.EXPIRY
            ? null
            : core.instances().find(TimerIds.strategyId(timerId));
        // One that is being defined is not known yet: it is the newest of a single instrument then.
        return instance == null || instance.legCount() == 0
            ? 0
            : instance.leg(TimerIds.legIndex(timerId)).slot().id();
    }

    private void onSignalRouted()
    {
        final SignalRoutedDecoder signal = new SignalRoutedDecoder().wrapAndApplyHeader(buffer, offset, header);
        String line = " " + signal.riskReason();
        line += signal.strategyId() == SignalRoutedDecoder.strategyIdNullValue() ? "" : " by=" + signal.strategyId();
        line += value(" lots=", signal.orderQtyLots()) + value(" limit=", signal.limitValue()) +
            value(" actual=", signal.actualValue());
        line += signal.clOrdId().isBlank() ? "" : " " + name(signal.clOrdId());
        final String id = signal.epoch() + ":" + signal.counter();
        add(signal.instrumentId(), "SIGNAL " + signal.clientName() + ":" + id + line);
    }

    private void onResult()
    {
        final CommandResultDecoder result = new CommandResultDecoder().wrapAndApplyHeader(buffer, offset, header);
        add(result.instrumentId(), command(result.commandTemplateId()) + " " + result.reason());
    }

    private static String command(final int templateId)
    {
        return switch (templateId)
        {
            case InstrumentDefinitionDecoder.TEMPLATE_ID -> "InstrumentDefinition";
            case SetLimitDecoder.TEMPLATE_ID -> "SetLimit";
            case UnsetLimitDecoder.TEMPLATE_ID -> "UnsetLimit";
            case WithdrawStrategyDecoder.TEMPLATE_ID -> "WithdrawStrategy";
            case AllocateLimitDecoder.TEMPLATE_ID -> "AllocateLimit";
            case SetTradingModeDecoder.TEMPLATE_ID -> "SetTradingMode";
            case AssignStrategyDecoder.TEMPLATE_ID -> "AssignStrategy";
            case ControlStrategyDecoder.TEMPLATE_ID -> "ControlStrategy";
            case SnapshotRequestDecoder.TEMPLATE_ID -> "SnapshotRequest";
            case StrategyDefinitionDecoder.TEMPLATE_ID -> "StrategyDefinition";
            case UnassignStrategyDecoder.TEMPLATE_ID -> "UnassignStrategy";
            case AllocateStrategyDecoder.TEMPLATE_ID -> "AllocateStrategy";
            case OperatorOrderDecoder.TEMPLATE_ID -> "OperatorOrder";
            case OperatorCancelDecoder.TEMPLATE_ID -> "OperatorCancel";
            case FlattenDecoder.TEMPLATE_ID -> "Flatten";
            case TransferPositionDecoder.TEMPLATE_ID -> "TransferPosition";
            case VenueDefinitionDecoder.TEMPLATE_ID -> "VenueDefinition";
            case SourceDefinitionDecoder.TEMPLATE_ID -> "SourceDefinition";
            case AcceptAccountDecoder.TEMPLATE_ID -> "AcceptAccount";
            case RateDefinitionDecoder.TEMPLATE_ID -> "RateDefinition";
            case CalendarDefinitionDecoder.TEMPLATE_ID -> "CalendarDefinition";
            case BreakerDefinitionDecoder.TEMPLATE_ID -> "BreakerDefinition";
            case ResetBreakerDecoder.TEMPLATE_ID -> "ResetBreaker";
            case AssignCalendarDecoder.TEMPLATE_ID -> "AssignCalendar";
            case SignalDecoder.TEMPLATE_ID -> "Signal";
            default -> throw new AssertionError("no command: templateId=" + templateId);
        };
    }

    private static String value(final String name, final long value)
    {
        return value == Nulls.NULL_LONG ? "" : name + value;
    }
}
