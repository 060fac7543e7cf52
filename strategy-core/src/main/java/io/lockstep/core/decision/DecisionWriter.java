package io.lockstep.core.decision;

import io.lockstep.codecs.ClOrdIdEncoder;
import io.lockstep.codecs.ClOrdIds;
import io.lockstep.codecs.Int128;
import io.lockstep.codecs.Nulls;
import io.lockstep.core.DecisionPort;
import io.lockstep.core.breaker.Breaker;
import io.lockstep.core.list.OrderList;
import io.lockstep.core.market.Market;
import io.lockstep.core.order.Order;
import io.lockstep.core.order.OrderTrigger;
import io.lockstep.core.risk.OrderIntent;
import io.lockstep.core.risk.Refusal;
import io.lockstep.core.signal.SignalAnswer;
import io.lockstep.core.signal.SignalClients;
import io.lockstep.core.signal.SignalRequest;
import io.lockstep.core.venue.StrayOrders;
import io.lockstep.sbe.AccountDifferenceEncoder;
import io.lockstep.sbe.BooleanType;
import io.lockstep.sbe.BreakerChangedEncoder;
import io.lockstep.sbe.CancelTimerEncoder;
import io.lockstep.sbe.CommandReason;
import io.lockstep.sbe.CommandResultEncoder;
import io.lockstep.sbe.CorrectionOutcome;
import io.lockstep.sbe.DifferenceKind;
import io.lockstep.sbe.ExecInst;
import io.lockstep.sbe.ExecType;
import io.lockstep.sbe.ExecutionCorrectedEncoder;
import io.lockstep.sbe.ExecutionOutOfPlaceEncoder;
import io.lockstep.sbe.ExecutionPlace;
import io.lockstep.sbe.ExecutionReportDecoder;
import io.lockstep.sbe.HeldOrderEndedEncoder;
import io.lockstep.sbe.HeldOrderReplacedEncoder;
import io.lockstep.sbe.InputRefusedEncoder;
import io.lockstep.sbe.LimitScope;
import io.lockstep.sbe.ListEndedEncoder;
import io.lockstep.sbe.ListPlacedEncoder;
import io.lockstep.sbe.MachineState;
import io.lockstep.sbe.MarketConditionEncoder;
import io.lockstep.sbe.MarketDataRequestEncoder;
import io.lockstep.sbe.MessageHeaderEncoder;
import io.lockstep.sbe.NewOrderSingleEncoder;
import io.lockstep.sbe.OffsetUnit;
import io.lockstep.sbe.OrdStatus;
import io.lockstep.sbe.OrdType;
import io.lockstep.sbe.OrderCancelReplaceRequestEncoder;
import io.lockstep.sbe.OrderCancelRequestEncoder;
import io.lockstep.sbe.OrderCauseEncoder;
import io.lockstep.sbe.OrderFlagsEncoder;
import io.lockstep.sbe.OrderHeldEncoder;
import io.lockstep.sbe.OrderReason;
import io.lockstep.sbe.OrderInDoubtEncoder;
import io.lockstep.sbe.OrderRefusedEncoder;
import io.lockstep.sbe.OrderRestatedEncoder;
import io.lockstep.sbe.OrderTriggeredEncoder;
import io.lockstep.sbe.ReconciliationDifferenceEncoder;
import io.lockstep.sbe.ReconciliationKind;
import io.lockstep.sbe.RiskReason;
import io.lockstep.sbe.ScheduleTimerEncoder;
import io.lockstep.sbe.Side;
import io.lockstep.sbe.SignalRoutedEncoder;
import io.lockstep.sbe.SourceRole;
import io.lockstep.sbe.StateTransitionEncoder;
import io.lockstep.sbe.StrategyCallback;
import io.lockstep.sbe.StrategySuspendedEncoder;
import io.lockstep.sbe.TriggerSource;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Turns what the core decides into SBE and gives it to the {@link DecisionPort} with its ordinal. It also holds what is the
 * same for everything decided during one input: sequence, incarnation, shard and time.
 */
public final class DecisionWriter
{
    private static final int LENGTH_MAX = 1 << 10;
    private static final int NAME_LENGTH_MAX = 200;
    private static final int NOBODY = 0;

    private final DecisionPort port;
    /** Longer than any decision; of the class that inputs come in, so that calls stay inlined ({@code lockstep measure inlining}). */
    private final MutableDirectBuffer buffer = new UnsafeBuffer(new byte[LENGTH_MAX]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final ClOrdIdEncoder clOrdId = new ClOrdIdEncoder();
    private final NewOrderSingleEncoder newOrder = new NewOrderSingleEncoder();
    private final OrderHeldEncoder held = new OrderHeldEncoder();
    private final OrderTriggeredEncoder triggered = new OrderTriggeredEncoder();
    private final HeldOrderReplacedEncoder heldReplaced = new HeldOrderReplacedEncoder();
    private final HeldOrderEndedEncoder heldEnded = new HeldOrderEndedEncoder();
    private final ListPlacedEncoder listPlaced = new ListPlacedEncoder();
    private final ListEndedEncoder listEnded = new ListEndedEncoder();
    private final OrderCancelRequestEncoder cancel = new OrderCancelRequestEncoder();
    private final OrderCancelReplaceRequestEncoder replace = new OrderCancelReplaceRequestEncoder();
    private final OrderRefusedEncoder refused = new OrderRefusedEncoder();
    private final StateTransitionEncoder transition = new StateTransitionEncoder();
    private final MarketConditionEncoder condition = new MarketConditionEncoder();
    private final MarketDataRequestEncoder marketDataRequest = new MarketDataRequestEncoder();
    private final ScheduleTimerEncoder scheduleTimer = new ScheduleTimerEncoder();
    private final CancelTimerEncoder cancelTimer = new CancelTimerEncoder();
    private final CommandResultEncoder commandResult = new CommandResultEncoder();
    private final ReconciliationDifferenceEncoder difference = new ReconciliationDifferenceEncoder();

    private final ExecutionOutOfPlaceEncoder outOfPlace = new ExecutionOutOfPlaceEncoder();
    private final ExecutionCorrectedEncoder corrected = new ExecutionCorrectedEncoder();
    private final OrderRestatedEncoder restated = new OrderRestatedEncoder();
    private final StrategySuspendedEncoder suspended = new StrategySuspendedEncoder();
    private final OrderCauseEncoder orderCause = new OrderCauseEncoder();
    private final AccountDifferenceEncoder accountDifference = new AccountDifferenceEncoder();
    private final OrderInDoubtEncoder inDoubt = new OrderInDoubtEncoder();
    private final InputRefusedEncoder inputRefused = new InputRefusedEncoder();
    private final SignalRoutedEncoder signalRouted = new SignalRoutedEncoder();
    private final BreakerChangedEncoder breakerChanged = new BreakerChangedEncoder();

    private long sequence = Nulls.NULL_SEQUENCE;
    private long nowNs = Nulls.NULL_TIME_NS;
    private int incarnation;
    private int shard;
    private int ordinal;
    private boolean emitting;

    public DecisionWriter(final DecisionPort port)
    {
        this.port = port;
    }

    public void begin(final long newSequence, final int newIncarnation, final int newShard, final long newNowNs)
    {
        sequence = newSequence;
        incarnation = newIncarnation;
        shard = newShard;
        nowNs = newNowNs;
        ordinal = 0;
        emitting = false;
    }

    public long sequence()
    {
        return sequence;
    }

    public int incarnation()
    {
        return incarnation;
    }

    public int shard()
    {
        return shard;
    }

    public long nowNs()
    {
        return nowNs;
    }

    /** Whether a decision is being given to the port: what fails now is no strategy's fault. */
    public boolean isEmitting()
    {
        return emitting;
    }

    /** The ordinal that the next decision will have. */
    public int nextOrdinal()
    {
        return ordinal + 1;
    }

    /** Whether one more request with a ClOrdID can be named within this input, with room left for what is not a request. */
    public boolean hasRoom()
    {
        return ordinal < ClOrdIds.ORDINAL_MAX / 2;
    }

    /**
     * An order leaves, as it is at the venue: what the engine keeps of its terms is not said to the venue.
     *
     * @param signalCode the strategy's own, or {@link NewOrderSingleEncoder#signalCodeNullValue()}.
     */
    public void newOrder(final Order order, final MachineState state, final int signalCode)
    {
        newOrder.wrapAndApplyHeader(buffer, 0, header)
            .side(order.side())
            .ordType(order.workingType())
            .timeInForce(order.workingTimeInForce())
            .execInst(order.execInst())
            .reason(order.reason())
            .state(state)
            .instrumentId(order.instrumentId())
            .priceTicks(order.priceTicks())
            .orderQtyLots(order.venueQtyLots())
            .transactTimeNs(nowNs)
            .strategyId(order.strategyId())
            .signalCode(signalCode)
            .triggerSource(TriggerSource.NULL_VAL)
            .offsetUnit(OffsetUnit.NULL_VAL)
            .triggerPxTicks(Nulls.NULL_PRICE_TICKS)
            .trailingOffset(Nulls.NULL_LONG)
            .limitOffsetTicks(Nulls.NULL_LONG)
            .activationPxTicks(Nulls.NULL_PRICE_TICKS)
            .displayQtyLots(order.displayQtyLots())
            .expireTimeNs(Nulls.NULL_TIME_NS)
            .listId(order.listId());
        putFlags(newOrder.flags(), order);
        final int idOffset = newOrder.offset() + NewOrderSingleEncoder.clOrdIdEncodingOffset();
        // One that was held is named as it was then, also within the input.
        if (order.ordinal() == nextOrdinal() && order.sequence() == sequence)
        {
            putClOrdId(idOffset);
        }
        else
        {
            putClOrdId(idOffset, order);
        }
        emit(newOrder.encodedLength());
    }

    private static void putFlags(final OrderFlagsEncoder flags, final Order order)
    {
        flags.postOnly(order.execInst() == ExecInst.PARTICIPATE_DONT_INITIATE).postOnlySlide(order.isPostOnlySlide())
            .reduceOnly(order.isReduceOnly());
    }

    /** The engine keeps the order. */
    public void held(final Order order)
    {
        final OrderTrigger trigger = order.trigger();
        held.wrapAndApplyHeader(buffer, 0, header)
            .side(order.side())
            .ordType(order.ordType())
            .timeInForce(order.timeInForce())
            .triggerSource(trigger.source())
            .offsetUnit(trigger.offsetUnit())
            .reason(order.reason())
            .instrumentId(order.instrumentId())
            .strategyId(order.strategyId())
            .listId(order.listId())
            .signalCode(order.signalCode())
            .priceTicks(order.priceTicks())
            .orderQtyLots(order.orderQtyLots())
            .triggerPxTicks(trigger.priceTicks())
            .trailingOffset(trigger.trailingOffset())
            .limitOffsetTicks(trigger.limitOffsetTicks())
            .activationPxTicks(trigger.activationPxTicks())
            .displayQtyLots(order.displayQtyLots())
            .expireTimeNs(order.expireTimeNs())
            .transactTimeNs(nowNs);
        putFlags(held.flags(), order);
        putClOrdId(held.offset() + OrderHeldEncoder.clOrdIdEncodingOffset());
        emit(held.encodedLength());
    }

    /**
     * The trigger of a held order was reached.
     *
     * @param marketPxTicks by which price.
     */
    public void triggered(final Order order, final long marketPxTicks)
    {
        final OrderTrigger trigger = order.trigger();
        triggered.wrapAndApplyHeader(buffer, 0, header)
            .instrumentId(order.instrumentId())
            .strategyId(order.strategyId())
            .triggerSource(trigger.source())
            .triggerPxTicks(trigger.priceTicks())
            .marketPxTicks(marketPxTicks)
            .waitedNs(trigger.waitingSinceNs() == Nulls.NULL_TIME_NS ? 0 : nowNs - trigger.waitingSinceNs());
        putClOrdId(triggered.offset() + OrderTriggeredEncoder.clOrdIdEncodingOffset(), order);
        emit(triggered.encodedLength());
    }

    /** A held order has other terms: those that it has now. */
    public void heldReplaced(final Order order, final OrderReason reason)
    {
        heldReplaced.wrapAndApplyHeader(buffer, 0, header)
            .reason(reason)
            .instrumentId(order.instrumentId())
            .strategyId(order.strategyId())
            .priceTicks(order.priceTicks())
            .orderQtyLots(order.orderQtyLots())
            .triggerPxTicks(order.trigger().priceTicks())
            .displayQtyLots(order.displayQtyLots())
            .expireTimeNs(order.expireTimeNs());
        putClOrdId(heldReplaced.offset() + HeldOrderReplacedEncoder.clOrdIdEncodingOffset(), order);
        emit(heldReplaced.encodedLength());
    }

    /** An order is over while the engine held it: its state says how. */
    public void heldEnded(final Order order, final OrderReason reason)
    {
        heldEnded.wrapAndApplyHeader(buffer, 0, header)
            .ordStatus(order.state().status())
            .reason(reason)
            .instrumentId(order.instrumentId())
            .strategyId(order.strategyId())
            .cumQtyLots(order.cumQtyLots());
        putClOrdId(heldEnded.offset() + HeldOrderEndedEncoder.clOrdIdEncodingOffset(), order);
        emit(heldEnded.encodedLength());
    }

    /**
     * A list is placed: its orders follow.
     *
     * @param parts how many.
     */
    public void listPlaced(final OrderList list, final int parts)
    {
        listPlaced.wrapAndApplyHeader(buffer, 0, header)
            .listId(list.id())
            .contingencyType(list.type())
            .parts((short)parts)
            .instrumentId(list.instrumentId())
            .strategyId(list.strategyId())
            .orderQtyLots(list.orderQtyLots())
            .transactTimeNs(nowNs);
        emit(listPlaced.encodedLength());
    }

    /** All orders of the list are over. */
    public void listEnded(final OrderList list)
    {
        listEnded.wrapAndApplyHeader(buffer, 0, header)
            .listId(list.id())
            .contingencyType(list.type())
            .instrumentId(list.instrumentId())
            .strategyId(list.strategyId())
            .orderQtyLots(list.orderQtyLots())
            .entryQtyLots(list.hasEntry() ? list.entryLots() : Nulls.NULL_LONG)
            .cumQtyLots(list.exitLots());
        emit(listEnded.encodedLength());
    }

    public void cancel(final Order order, final OrderReason reason)
    {
        cancel.wrapAndApplyHeader(buffer, 0, header)
            .instrumentId(order.instrumentId())
            .side(order.side())
            .reason(reason)
            .transactTimeNs(nowNs)
            .strategyId(order.strategyId());
        putClOrdId(cancel.offset() + OrderCancelRequestEncoder.clOrdIdEncodingOffset());
        putClOrdId(cancel.offset() + OrderCancelRequestEncoder.origClOrdIdEncodingOffset(), order);
        emit(cancel.encodedLength());
    }

    /** Cancels an order that only the venue knows, by the name it has there. */
    public void cancel(final ExecutionReportDecoder report, final OrderReason reason)
    {
        cancel.wrapAndApplyHeader(buffer, 0, header)
            .instrumentId(report.instrumentId())
            .side(writable(report.side()))
            .reason(reason)
            .transactTimeNs(nowNs)
            .strategyId(NOBODY);
        putClOrdId(cancel.offset() + OrderCancelRequestEncoder.clOrdIdEncodingOffset());
        putClOrdId(cancel.offset() + OrderCancelRequestEncoder.origClOrdIdEncodingOffset(), report);
        emit(cancel.encodedLength());
    }

    /** Cancels once more an order that only the venue knows. */
    public void cancel(final StrayOrders strays, final int index, final OrderReason reason)
    {
        cancel.wrapAndApplyHeader(buffer, 0, header)
            .instrumentId(strays.instrumentIdAt(index))
            .side(strays.sideAt(index))
            .reason(reason)
            .transactTimeNs(nowNs)
            .strategyId(NOBODY);
        putClOrdId(cancel.offset() + OrderCancelRequestEncoder.clOrdIdEncodingOffset());
        ClOrdIds.encode(buffer, cancel.offset() + OrderCancelRequestEncoder.origClOrdIdEncodingOffset(), shard,
            strays.incarnationAt(index), strays.sequenceAt(index), strays.ordinalAt(index));
        emit(cancel.encodedLength());
    }

    public void replace(final Order order, final long priceTicks, final long orderQtyLots, final OrderReason reason)
    {
        replace.wrapAndApplyHeader(buffer, 0, header)
            .instrumentId(order.instrumentId())
            .side(order.side())
            .reason(reason)
            .priceTicks(priceTicks)
            .orderQtyLots(orderQtyLots)
            .transactTimeNs(nowNs)
            .strategyId(order.strategyId())
            .triggerPxTicks(Nulls.NULL_PRICE_TICKS)
            .displayQtyLots(Nulls.NULL_LONG)
            .expireTimeNs(Nulls.NULL_TIME_NS);
        putClOrdId(replace.offset() + OrderCancelReplaceRequestEncoder.clOrdIdEncodingOffset());
        putClOrdId(replace.offset() + OrderCancelReplaceRequestEncoder.origClOrdIdEncodingOffset(), order);
        emit(replace.encodedLength());
    }

    /**
     * @param signalCode as in {@link #newOrder}.
     */
    public void refused(
        final int strategyId,
        final int signalCode,
        final int instrumentId,
        final OrderIntent intent,
        final Refusal refusal)
    {
        refused.wrapAndApplyHeader(buffer, 0, header)
            .instrumentId(instrumentId)
            .side(writable(intent.side()))
            .ordType(writable(intent.askedType()))
            .reason(refusal.reason())
            .priceTicks(intent.priceTicks())
            .orderQtyLots(intent.orderQtyLots())
            .limitValue(refusal.limitValue())
            .actualValue(refusal.actualValue())
            .limitValueHigh(refusal.limitValueHigh())
            .actualValueHigh(refusal.actualValueHigh())
            .strategyId(strategyId)
            .scope(refusal.scope())
            .signalCode(signalCode);
        emit(refused.encodedLength());
    }

    /** A circuit breaker is in another state, by this value. */
    public void breakerChanged(final Breaker breaker, final Int128 value)
    {
        breakerChanged.wrapAndApplyHeader(buffer, 0, header)
            .scope(breaker.key().scope())
            .cause(breaker.key().cause())
            .state(breaker.state())
            .scopedId(breaker.key().scopedId())
            .value(value.low())
            .valueHigh(value.highOrNull())
            .limitValue(breaker.threshold())
            .limitValueHigh(Nulls.NULL_LONG)
            .untilNs(breaker.untilNs());
        emit(breakerChanged.encodedLength());
    }

    public void transition(
        final int strategyId,
        final int instrumentId,
        final MachineState fromState,
        final MachineState toState,
        final OrderReason reason)
    {
        transition.wrapAndApplyHeader(buffer, 0, header)
            .instrumentId(instrumentId)
            .fromState(fromState)
            .toState(toState)
            .reason(reason)
            .strategyId(strategyId);
        emit(transition.encodedLength());
    }

    public void marketCondition(final int instrumentId, final Market market)
    {
        condition.wrapAndApplyHeader(buffer, 0, header)
            .instrumentId(instrumentId)
            .condition(market.condition())
            .reason(market.reason())
            .expected(market.expected())
            .actual(market.actual());
        emit(condition.encodedLength());
    }

    /** The source of the book is asked for a snapshot. */
    public void marketDataRequest(final int instrumentId, final Market market)
    {
        marketDataRequest.wrapAndApplyHeader(buffer, 0, header)
            .instrumentId(instrumentId)
            .sourceId(market.bookSourceId())
            .reason(market.reason());
        emit(marketDataRequest.encodedLength());
    }

    public void scheduleTimer(final long timerId, final long deadlineNs)
    {
        scheduleTimer.wrapAndApplyHeader(buffer, 0, header).timerId(timerId).deadlineNs(deadlineNs);
        emit(scheduleTimer.encodedLength());
    }

    public void cancelTimer(final long timerId)
    {
        cancelTimer.wrapAndApplyHeader(buffer, 0, header).timerId(timerId);
        emit(cancelTimer.encodedLength());
    }

    public void commandResult(final CommandReason reason, final int commandTemplateId, final int instrumentId)
    {
        commandResult.wrapAndApplyHeader(buffer, 0, header)
            .reason(reason)
            .commandTemplateId(commandTemplateId)
            .instrumentId(instrumentId);
        emit(commandResult.encodedLength());
    }

    /**
     * The venue has what the journal has not, or has it otherwise.
     *
     * @param strategyId whose order it is, or whose position a fill has moved.
     */
    public void difference(
        final ReconciliationKind kind,
        final ExecutionReportDecoder report,
        final long journalLots,
        final int strategyId)
    {
        difference.wrapAndApplyHeader(buffer, 0, header)
            .kind(kind)
            .side(writable(report.side()))
            .instrumentId(report.instrumentId())
            .execId(report.execId())
            .journalLots(journalLots)
            .venueLots(report.cumQtyLots())
            .strategyId(strategyId);
        putClOrdId(difference.offset() + ReconciliationDifferenceEncoder.clOrdIdEncodingOffset(), report);
        emit(difference.encodedLength());
    }

    /** The journal has an order that the venue has not. */
    public void missing(final Order order)
    {
        difference.wrapAndApplyHeader(buffer, 0, header)
            .kind(ReconciliationKind.MISSING_ORDER)
            .side(order.side())
            .instrumentId(order.instrumentId())
            .execId(Nulls.NULL_LONG)
            .journalLots(order.cumQtyLots())
            .venueLots(Nulls.NULL_LONG)
            .strategyId(order.strategyId());
        putClOrdId(difference.offset() + ReconciliationDifferenceEncoder.clOrdIdEncodingOffset(), order);
        emit(difference.encodedLength());
    }

    /**
     * A request about the order has no answer.
     *
     * @param asked whether the venue is asked now.
     */
    public void inDoubt(final Order order, final boolean asked)
    {
        inDoubt.wrapAndApplyHeader(buffer, 0, header)
            .ordStatus(order.state().status())
            .side(order.side())
            .asked(asked ? BooleanType.TRUE : BooleanType.FALSE)
            .instrumentId(order.instrumentId())
            .strategyId(order.strategyId())
            .attempt(order.inquiries());
        putClOrdId(inDoubt.offset() + OrderInDoubtEncoder.clOrdIdEncodingOffset(), order);
        emit(inDoubt.encodedLength());
    }

    /**
     * The venue executed what an order's life has no place for.
     *
     * @param status     of the order before; NULL_VAL when it is not remembered.
     * @param strategyId whose position has moved.
     * @param cumQtyLots of the order, this execution included.
     */
    public void outOfPlace(
        final ExecutionPlace place,
        final ExecutionReportDecoder report,
        final OrdStatus status,
        final int strategyId,
        final long cumQtyLots)
    {
        outOfPlace.wrapAndApplyHeader(buffer, 0, header)
            .place(place)
            .side(writable(report.side()))
            .ordStatus(status)
            .instrumentId(report.instrumentId())
            .strategyId(strategyId)
            .execId(report.execId())
            .lastPxTicks(report.lastPxTicks())
            .lastQtyLots(report.lastQtyLots())
            .cumQtyLots(cumQtyLots);
        putClOrdId(outOfPlace.offset() + ExecutionOutOfPlaceEncoder.clOrdIdEncodingOffset(), report);
        emit(outOfPlace.encodedLength());
    }

    /**
     * The venue has corrected an execution.
     *
     * @param status     of the order before, NULL_VAL when it is not remembered.
     * @param cumQtyLots of the order, after it.
     * @param netLots    of the strategy's position, after it.
     */
    public void corrected(
        final CorrectionOutcome outcome,
        final ExecutionReportDecoder report,
        final Side side,
        final OrdStatus status,
        final int strategyId,
        final long cumQtyLots,
        final long netLots)
    {
        final boolean isBust = report.execType() == ExecType.TRADE_CANCEL;
        corrected.wrapAndApplyHeader(buffer, 0, header)
            .execType(report.execType())
            .outcome(outcome)
            .side(writable(side))
            .ordStatus(status)
            .instrumentId(report.instrumentId())
            .strategyId(strategyId)
            .execId(report.execId())
            .execRefId(report.execRefId())
            .refPxTicks(report.refPxTicks())
            .refQtyLots(report.refQtyLots())
            .lastPxTicks(isBust ? Nulls.NULL_PRICE_TICKS : report.lastPxTicks())
            .lastQtyLots(isBust ? 0 : report.lastQtyLots())
            .cumQtyLots(cumQtyLots)
            .netLots(netLots);
        putClOrdId(corrected.offset() + ExecutionCorrectedEncoder.clOrdIdEncodingOffset(), report);
        emit(corrected.encodedLength());
    }

    /** The venue has changed an open order unasked; the order is still as it was before. */
    public void restated(final Order order, final long priceTicks, final long orderQtyLots)
    {
        restated.wrapAndApplyHeader(buffer, 0, header)
            .side(order.side())
            .ordStatus(order.state().status())
            .instrumentId(order.instrumentId())
            .strategyId(order.strategyId())
            .priceTicks(priceTicks)
            .orderQtyLots(orderQtyLots)
            .cumQtyLots(order.cumQtyLots())
            .previousPriceTicks(order.priceTicks())
            .previousQtyLots(order.orderQtyLots());
        putClOrdId(restated.offset() + OrderRestatedEncoder.clOrdIdEncodingOffset(), order);
        emit(restated.encodedLength());
    }

    /** A callback of the strategy threw. */
    public void suspended(
        final int strategyId,
        final int instrumentId,
        final StrategyCallback callback,
        final boolean cancelOrders,
        final String exceptionClass)
    {
        suspended.wrapAndApplyHeader(buffer, 0, header)
            .strategyId(strategyId)
            .instrumentId(instrumentId)
            .callback(callback)
            .cancelOrders(cancelOrders ? BooleanType.TRUE : BooleanType.FALSE)
            .exceptionClass(shortened(exceptionClass));
        emit(suspended.encodedLength());
    }

    private static String shortened(final String name)
    {
        return name.length() <= NAME_LENGTH_MAX ? name : name.substring(name.length() - NAME_LENGTH_MAX);
    }

    /** Why a strategy asks for the order that is decided next. */
    public void cause(final int strategyId, final int instrumentId, final Cause cause)
    {
        orderCause.wrapAndApplyHeader(buffer, 0, header)
            .strategyId(strategyId)
            .instrumentId(instrumentId)
            .signalCode(cause.signalCode());
        final OrderCauseEncoder.FeaturesEncoder features = orderCause.featuresCount(cause.count());
        for (int i = 0; i < cause.count(); i++)
        {
            features.next().featureCode(cause.featureCode(i)).thresholdMantissa(cause.thresholdMantissa(i));
            features.value().mantissa(cause.mantissa(i)).exponent((byte)cause.exponent(i));
        }
        emit(orderCause.encodedLength());
    }

    /** A position of the venue's account differs. */
    public void positionDifference(
        final int venueId,
        final int instrumentId,
        final DifferenceKind kind,
        final long engineLots,
        final long venueLots,
        final boolean halted)
    {
        difference(venueId, kind, halted)
            .instrumentId(instrumentId)
            .engineLots(engineLots)
            .venueLots(venueLots)
            .engineAmount(Nulls.NULL_LONG).engineAmountHigh(Nulls.NULL_LONG)
            .venueAmount(Nulls.NULL_LONG).venueAmountHigh(Nulls.NULL_LONG)
            .asset("");
        emit(accountDifference.encodedLength());
    }

    /** A balance of the venue's account differs; amounts in 10^-18 of the asset. */
    public void balanceDifference(
        final int venueId, final String asset, final Int128 engine, final Int128 venue, final boolean halted)
    {
        difference(venueId, DifferenceKind.BALANCE, halted)
            .instrumentId(AccountDifferenceEncoder.instrumentIdNullValue())
            .engineLots(Nulls.NULL_LONG)
            .venueLots(Nulls.NULL_LONG)
            .engineAmount(engine.low()).engineAmountHigh(engine.highOrNull())
            .venueAmount(venue.low()).venueAmountHigh(venue.highOrNull())
            .asset(asset);
        emit(accountDifference.encodedLength());
    }

    private AccountDifferenceEncoder difference(final int venueId, final DifferenceKind kind, final boolean halted)
    {
        return accountDifference.wrapAndApplyHeader(buffer, 0, header)
            .venueId(venueId)
            .kind(kind)
            .halted(halted ? BooleanType.TRUE : BooleanType.FALSE);
    }

    /** The source's role does not allow such an input. */
    public void inputRefused(final int sourceId, final SourceRole role, final int templateId)
    {
        inputRefused.wrapAndApplyHeader(buffer, 0, header)
            .sourceId(sourceId)
            .role(role)
            .refusedTemplateId(templateId);
        emit(inputRefused.encodedLength());
    }

    /** What became of a signal; a name that no client can have is left out. */
    public void signalRouted(final SignalRequest signal, final SignalAnswer answer)
    {
        final Refusal refusal = answer.refusal();
        signalRouted.wrapAndApplyHeader(buffer, 0, header)
            .riskReason(refusal.reason())
            .side(writable(signal.side()))
            .strategyId(answer.strategyId())
            .instrumentId(answer.instrumentId())
            .orderQtyLots(answer.quantityLots())
            .epoch(signal.epoch())
            .counter(signal.counter())
            .limitValue(refusal.limitValue())
            .limitValueHigh(refusal.limitValueHigh())
            .actualValue(refusal.actualValue())
            .actualValueHigh(refusal.actualValueHigh());
        final int idOffset = signalRouted.offset() + SignalRoutedEncoder.clOrdIdEncodingOffset();
        if (answer.hasOrder())
        {
            ClOrdIds.encode(buffer, idOffset, shard, answer.incarnation(), answer.sequence(), answer.ordinal());
        }
        else
        {
            buffer.setMemory(idOffset, ClOrdIds.LENGTH, (byte)' ');
        }
        final boolean isName = signal.clientNameLength() <= SignalClients.NAME_BYTES_MAX;
        signalRouted.putClientName(
            signal.buffer(), signal.clientNameOffset(), isName ? signal.clientNameLength() : 0);
        emit(signalRouted.encodedLength());
    }

    private static Side writable(final Side side)
    {
        return side == Side.BUY || side == Side.SELL ? side : Side.NULL_VAL;
    }

    private static OrdType writable(final OrdType ordType)
    {
        return ordType == null || ordType == OrdType.SBE_UNKNOWN ? OrdType.NULL_VAL : ordType;
    }

    private void putClOrdId(final int offset, final ExecutionReportDecoder report)
    {
        buffer.putBytes(offset, report.buffer(),
            report.offset() + ExecutionReportDecoder.clOrdIdEncodingOffset(), ClOrdIds.LENGTH);
    }

    private void putClOrdId(final int offset)
    {
        clOrdId.encode(buffer, offset, shard, incarnation, sequence, ordinal + 1);
    }

    private void putClOrdId(final int offset, final Order order)
    {
        ClOrdIds.encode(buffer, offset, shard, order.incarnation(), order.sequence(), order.ordinal());
    }

    /** Takes the length, for of ten kinds of encoders no call to one could be inlined. */
    private void emit(final int encodedLength)
    {
        ordinal++;
        final int length = MessageHeaderEncoder.ENCODED_LENGTH + encodedLength;
        emitting = true;
        port.onDecision(sequence, ordinal, buffer, 0, length);
        emitting = false;
        // Else a field that the next message leaves out would be what this one had there.
        buffer.setMemory(0, length, (byte)0);
    }
}
