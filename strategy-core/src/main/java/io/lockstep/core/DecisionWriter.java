package io.lockstep.core;

import io.lockstep.codecs.ClOrdIdEncoder;
import io.lockstep.codecs.ClOrdIds;
import io.lockstep.codecs.Nulls;
import io.lockstep.core.market.Market;
import io.lockstep.core.order.Order;
import io.lockstep.core.risk.OrderIntent;
import io.lockstep.core.risk.Refusal;
import io.lockstep.sbe.CancelTimerEncoder;
import io.lockstep.sbe.CommandReason;
import io.lockstep.sbe.CommandResultEncoder;
import io.lockstep.sbe.ExecInst;
import io.lockstep.sbe.ExecutionReportDecoder;
import io.lockstep.sbe.MachineState;
import io.lockstep.sbe.MarketConditionEncoder;
import io.lockstep.sbe.MarketDataRequestEncoder;
import io.lockstep.sbe.MessageHeaderEncoder;
import io.lockstep.sbe.NewOrderSingleEncoder;
import io.lockstep.sbe.OrdType;
import io.lockstep.sbe.OrderCancelReplaceRequestEncoder;
import io.lockstep.sbe.OrderCancelRequestEncoder;
import io.lockstep.sbe.OrderReason;
import io.lockstep.sbe.OrderRefusedEncoder;
import io.lockstep.sbe.ReconciliationDifferenceEncoder;
import io.lockstep.sbe.ReconciliationKind;
import io.lockstep.sbe.RiskReason;
import io.lockstep.sbe.ScheduleTimerEncoder;
import io.lockstep.sbe.Side;
import io.lockstep.sbe.StateTransitionEncoder;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Turns what the core decides into SBE and gives it to the {@link DecisionPort} with its ordinal. It also holds what is the
 * same for everything decided during one input: sequence, incarnation, shard and time.
 */
final class DecisionWriter
{
    private static final int LENGTH_MAX = 1 << 10;

    private final DecisionPort port;
    /** All decisions are shorter. A buffer of the kind that inputs come in: of three kinds the compiler inlines none. */
    private final MutableDirectBuffer buffer = new UnsafeBuffer(new byte[LENGTH_MAX]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final ClOrdIdEncoder clOrdId = new ClOrdIdEncoder();
    private final NewOrderSingleEncoder newOrder = new NewOrderSingleEncoder();
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

    private long sequence = Nulls.NULL_SEQUENCE;
    private long nowNs = Nulls.NULL_TIME_NS;
    private int incarnation;
    private int shard;
    private int ordinal;
    private long egressSequence;

    DecisionWriter(final DecisionPort port)
    {
        this.port = port;
    }

    void begin(final long newSequence, final int newIncarnation, final int newShard, final long newNowNs)
    {
        sequence = newSequence;
        incarnation = newIncarnation;
        shard = newShard;
        nowNs = newNowNs;
        ordinal = 0;
    }

    long sequence()
    {
        return sequence;
    }

    int incarnation()
    {
        return incarnation;
    }

    int shard()
    {
        return shard;
    }

    long nowNs()
    {
        return nowNs;
    }

    /** Of the newest request that leaves: NewOrderSingle, OrderCancelRequest or OrderCancelReplaceRequest; from 1. */
    long egressSequence()
    {
        return egressSequence;
    }

    void restoreEgressSequence(final long newEgressSequence)
    {
        egressSequence = newEgressSequence;
    }

    /** The ordinal that the next decision will have. */
    int nextOrdinal()
    {
        return ordinal + 1;
    }

    /** Whether one more request with a ClOrdID can be named within this input, with room left for what is not a request. */
    boolean hasRoom()
    {
        return ordinal < ClOrdIds.ORDINAL_MAX / 2;
    }

    void newOrder(final Order order, final ExecInst execInst, final OrderReason reason, final MachineState state)
    {
        newOrder.wrapAndApplyHeader(buffer, 0, header)
            .side(order.side())
            .ordType(order.ordType())
            .timeInForce(order.timeInForce())
            .execInst(execInst)
            .reason(reason)
            .state(state)
            .instrumentId(order.instrumentId())
            .priceTicks(order.priceTicks())
            .orderQtyLots(order.orderQtyLots())
            .transactTimeNs(nowNs)
            .strategyId(NewOrderSingleEncoder.strategyIdNullValue())
            .signalCode(NewOrderSingleEncoder.signalCodeNullValue());
        putClOrdId(newOrder.offset() + NewOrderSingleEncoder.clOrdIdEncodingOffset());
        emitRequest(newOrder.encodedLength());
    }

    void cancel(final Order order, final OrderReason reason)
    {
        cancel.wrapAndApplyHeader(buffer, 0, header)
            .instrumentId(order.instrumentId())
            .side(order.side())
            .reason(reason)
            .transactTimeNs(nowNs)
            .strategyId(OrderCancelRequestEncoder.strategyIdNullValue());
        putClOrdId(cancel.offset() + OrderCancelRequestEncoder.clOrdIdEncodingOffset());
        putClOrdId(cancel.offset() + OrderCancelRequestEncoder.origClOrdIdEncodingOffset(), order);
        emitRequest(cancel.encodedLength());
    }

    /** Of an order that only the venue knows, as it is named there. */
    void cancel(final ExecutionReportDecoder report, final OrderReason reason)
    {
        cancel.wrapAndApplyHeader(buffer, 0, header)
            .instrumentId(report.instrumentId())
            .side(writable(report.side()))
            .reason(reason)
            .transactTimeNs(nowNs)
            .strategyId(OrderCancelRequestEncoder.strategyIdNullValue());
        putClOrdId(cancel.offset() + OrderCancelRequestEncoder.clOrdIdEncodingOffset());
        putClOrdId(cancel.offset() + OrderCancelRequestEncoder.origClOrdIdEncodingOffset(), report);
        emitRequest(cancel.encodedLength());
    }

    void replace(final Order order, final long priceTicks, final long orderQtyLots, final OrderReason reason)
    {
        replace.wrapAndApplyHeader(buffer, 0, header)
            .instrumentId(order.instrumentId())
            .side(order.side())
            .reason(reason)
            .priceTicks(priceTicks)
            .orderQtyLots(orderQtyLots)
            .transactTimeNs(nowNs)
            .strategyId(OrderCancelReplaceRequestEncoder.strategyIdNullValue());
        putClOrdId(replace.offset() + OrderCancelReplaceRequestEncoder.clOrdIdEncodingOffset());
        putClOrdId(replace.offset() + OrderCancelReplaceRequestEncoder.origClOrdIdEncodingOffset(), order);
        emitRequest(replace.encodedLength());
    }

    void refused(final int instrumentId, final OrderIntent intent, final Refusal refusal)
    {
        refused.wrapAndApplyHeader(buffer, 0, header)
            .instrumentId(instrumentId)
            .side(writable(intent.side()))
            .ordType(writable(intent.ordType()))
            .reason(refusal.reason())
            .priceTicks(intent.priceTicks())
            .orderQtyLots(intent.orderQtyLots())
            .limitValue(refusal.limitValue())
            .actualValue(refusal.actualValue())
            .limitValueHigh(refusal.limitValueHigh())
            .actualValueHigh(refusal.actualValueHigh())
            .strategyId(OrderRefusedEncoder.strategyIdNullValue())
            .scope(refusal.scope())
            .signalCode(OrderRefusedEncoder.signalCodeNullValue());
        emit(refused.encodedLength());
    }

    void transition(
        final int instrumentId, final MachineState fromState, final MachineState toState, final OrderReason reason)
    {
        transition.wrapAndApplyHeader(buffer, 0, header)
            .instrumentId(instrumentId)
            .fromState(fromState)
            .toState(toState)
            .reason(reason)
            .strategyId(StateTransitionEncoder.strategyIdNullValue());
        emit(transition.encodedLength());
    }

    void marketCondition(final int instrumentId, final Market market)
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
    void marketDataRequest(final int instrumentId, final Market market)
    {
        marketDataRequest.wrapAndApplyHeader(buffer, 0, header)
            .instrumentId(instrumentId)
            .sourceId(market.bookSourceId())
            .reason(market.reason());
        emit(marketDataRequest.encodedLength());
    }

    void scheduleTimer(final long timerId, final long deadlineNs)
    {
        scheduleTimer.wrapAndApplyHeader(buffer, 0, header).timerId(timerId).deadlineNs(deadlineNs);
        emit(scheduleTimer.encodedLength());
    }

    void cancelTimer(final long timerId)
    {
        cancelTimer.wrapAndApplyHeader(buffer, 0, header).timerId(timerId);
        emit(cancelTimer.encodedLength());
    }

    void commandResult(final CommandReason reason, final int commandTemplateId, final int instrumentId)
    {
        commandResult.wrapAndApplyHeader(buffer, 0, header)
            .reason(reason)
            .commandTemplateId(commandTemplateId)
            .instrumentId(instrumentId);
        emit(commandResult.encodedLength());
    }

    /** The venue has what the journal has not, or has it otherwise. */
    void difference(final ReconciliationKind kind, final ExecutionReportDecoder report, final long journalLots)
    {
        difference.wrapAndApplyHeader(buffer, 0, header)
            .kind(kind)
            .side(writable(report.side()))
            .instrumentId(report.instrumentId())
            .execId(report.execId())
            .journalLots(journalLots)
            .venueLots(report.cumQtyLots())
            .strategyId(ReconciliationDifferenceEncoder.strategyIdNullValue());
        putClOrdId(difference.offset() + ReconciliationDifferenceEncoder.clOrdIdEncodingOffset(), report);
        emit(difference.encodedLength());
    }

    /** The journal has an order that the venue has not. */
    void missing(final Order order)
    {
        difference.wrapAndApplyHeader(buffer, 0, header)
            .kind(ReconciliationKind.MISSING_ORDER)
            .side(order.side())
            .instrumentId(order.instrumentId())
            .execId(Nulls.NULL_LONG)
            .journalLots(order.cumQtyLots())
            .venueLots(Nulls.NULL_LONG)
            .strategyId(ReconciliationDifferenceEncoder.strategyIdNullValue());
        putClOrdId(difference.offset() + ReconciliationDifferenceEncoder.clOrdIdEncodingOffset(), order);
        emit(difference.encodedLength());
    }

    private static Side writable(final Side side)
    {
        return side == Side.BUY || side == Side.SELL ? side : Side.NULL_VAL;
    }

    private static OrdType writable(final OrdType ordType)
    {
        return ordType == OrdType.MARKET || ordType == OrdType.LIMIT ? ordType : OrdType.NULL_VAL;
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

    private void emitRequest(final int encodedLength)
    {
        egressSequence++;
        emit(encodedLength);
    }

    /** Takes the length, for of ten kinds of encoders no call to one could be inlined. */
    private void emit(final int encodedLength)
    {
        ordinal++;
        final int length = MessageHeaderEncoder.ENCODED_LENGTH + encodedLength;
        port.onDecision(sequence, ordinal, buffer, 0, length);
        // Else a field that the next message leaves out would be what this one had there.
        buffer.setMemory(0, length, (byte)0);
    }
}
