package io.lockstep.verification.replay;

import io.lockstep.codecs.Nulls;
import io.lockstep.gateways.feed.MarketSource;
import io.lockstep.sbe.AssignStrategyEncoder;
import io.lockstep.sbe.BarEncoder;
import io.lockstep.sbe.BooleanType;
import io.lockstep.sbe.ControlStrategyEncoder;
import io.lockstep.sbe.CxlRejResponseTo;
import io.lockstep.sbe.DecisionAcknowledgementEncoder;
import io.lockstep.sbe.ExecType;
import io.lockstep.sbe.ExecutionReportEncoder;
import io.lockstep.sbe.FeedCondition;
import io.lockstep.sbe.FeedReason;
import io.lockstep.sbe.FeedStatusEncoder;
import io.lockstep.sbe.LimitScope;
import io.lockstep.sbe.LimitType;
import io.lockstep.sbe.LiquidityIndicator;
import io.lockstep.sbe.MessageHeaderEncoder;
import io.lockstep.sbe.OrdRejReason;
import io.lockstep.sbe.OrdStatus;
import io.lockstep.sbe.OrderCancelRejectEncoder;
import io.lockstep.sbe.SetLimitEncoder;
import io.lockstep.sbe.SetTradingModeEncoder;
import io.lockstep.sbe.Side;
import io.lockstep.sbe.SnapshotRequestEncoder;
import io.lockstep.sbe.TradeEncoder;
import io.lockstep.sbe.TradingMode;
import io.lockstep.sbe.VenueStatusEncoder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.sbe.MessageEncoderFlyweight;

import java.util.List;
import java.util.function.Supplier;

/**
 * A market with every other kind of input strewn in, turn by turn: bars, the feed's health, operator's commands, answers to
 * orders that nobody sent. Each is at the time of the market's message before it.
 */
final class ProofSource implements MarketSource
{
    private static final int MESSAGES_BETWEEN = 23;
    private static final int BARS_INSTRUMENT = 3;
    private static final int UNKNOWN_INSTRUMENT = 999;
    private static final String UNKNOWN_ORDER = "0000000000000000ZZ";

    private final MarketSource market;
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[1024]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final List<Supplier<MessageEncoderFlyweight>> script = List.of(
        () -> bar(20_000), () -> stale(0), () -> mode(TradingMode.REDUCE_ONLY), () -> live(0),
        () -> mode(TradingMode.RUNNING), () -> limit(1, LimitType.MAX_ORDER_QUANTITY, 7), () -> bar(20_040),
        () -> control(false), this::unknownReport, () -> control(true), this::unknownReject, () -> bar(20_010),
        () -> mode(TradingMode.HALTED), this::acknowledgement, () -> mode(TradingMode.RUNNING), this::assign,
        this::unknownInstrument, () -> limit(UNKNOWN_INSTRUMENT, LimitType.MAX_OPEN_ORDERS, 1), () -> bar(19_980),
        () -> mode(TradingMode.KILLED), () -> limit(1, LimitType.MAX_ORDER_QUANTITY, 9),
        () -> mode(TradingMode.RUNNING), this::snapshotRequest, this::foreignStatus);
    private long messages;
    private int turn;
    private boolean isScripted;
    private int length;

    ProofSource(final MarketSource market)
    {
        this.market = market;
    }

    @Override
    public boolean next()
    {
        isScripted = messages > 0 && !isScripted && messages % MESSAGES_BETWEEN == 0;
        if (isScripted)
        {
            final MessageEncoderFlyweight message = script.get(turn++ % script.size()).get();
            length = MessageHeaderEncoder.ENCODED_LENGTH + message.encodedLength();
            return true;
        }
        messages++;
        return market.next();
    }

    private MessageEncoderFlyweight bar(final long closeTicks)
    {
        return new BarEncoder().wrapAndApplyHeader(buffer, 0, header).instrumentId(BARS_INSTRUMENT)
            .openTimeNs(market.timeNs()).openTicks(20_000).highTicks(Math.max(20_000, closeTicks))
            .lowTicks(Math.min(20_000, closeTicks)).closeTicks(closeTicks).volumeLots(100 + turn);
    }

    private MessageEncoderFlyweight stale(final int instrumentId)
    {
        return new FeedStatusEncoder().wrapAndApplyHeader(buffer, 0, header).instrumentId(instrumentId)
            .condition(FeedCondition.STALE).reason(FeedReason.SEQUENCE_GAP).expected(turn).actual(turn + 2);
    }

    private MessageEncoderFlyweight live(final int instrumentId)
    {
        return new FeedStatusEncoder().wrapAndApplyHeader(buffer, 0, header).instrumentId(instrumentId)
            .condition(FeedCondition.LIVE).reason(FeedReason.NONE).expected(FeedStatusEncoder.expectedNullValue())
            .actual(FeedStatusEncoder.actualNullValue());
    }

    private MessageEncoderFlyweight mode(final TradingMode mode)
    {
        return new SetTradingModeEncoder().wrapAndApplyHeader(buffer, 0, header).mode(mode).scope(LimitScope.NODE)
            .flatten(BooleanType.FALSE).scopedId(SetTradingModeEncoder.scopedIdNullValue()).user("proof");
    }

    private MessageEncoderFlyweight limit(final int instrumentId, final LimitType type, final long value)
    {
        final SetLimitEncoder limit = new SetLimitEncoder().wrapAndApplyHeader(buffer, 0, header)
            .instrumentId(instrumentId).limitType(type)
            .scope(LimitScope.NULL_VAL).scopedId(SetLimitEncoder.scopedIdNullValue()).configured(BooleanType.FALSE)
            .strategyId(SetLimitEncoder.strategyIdNullValue());
        limit.value().mantissa(value).exponent((byte)0);
        return limit.user("proof");
    }

    private MessageEncoderFlyweight control(final boolean running)
    {
        return new ControlStrategyEncoder().wrapAndApplyHeader(buffer, 0, header)
            .running(running ? BooleanType.TRUE : BooleanType.FALSE).strategyName("moving-average-crossover")
            .user("proof").reason("");
    }

    private MessageEncoderFlyweight assign()
    {
        final AssignStrategyEncoder assign = new AssignStrategyEncoder().wrapAndApplyHeader(buffer, 0, header)
            .instrumentId(BARS_INSTRUMENT);
        assign.parametersCount(1).next().name("fast").value().mantissa(2 + turn % 3).exponent((byte)0);
        assign.strategyName("moving-average-crossover");
        return assign;
    }

    private MessageEncoderFlyweight unknownReport()
    {
        return new ExecutionReportEncoder().wrapAndApplyHeader(buffer, 0, header).clOrdId(UNKNOWN_ORDER).origClOrdId("")
            .execType(ExecType.TRADE).ordStatus(OrdStatus.FILLED).side(Side.BUY).ordRejReason(OrdRejReason.NONE)
            .liquidity(LiquidityIndicator.MAKER).instrumentId(0).orderId(1).execId(Long.MAX_VALUE - turn)
            .lastPxTicks(1).lastQtyLots(1).leavesQtyLots(0).cumQtyLots(1).commission(0)
            .commissionHigh(ExecutionReportEncoder.commissionHighNullValue())
            .commissionExponent(ExecutionReportEncoder.commissionExponentNullValue())
            .execRefId(Nulls.NULL_LONG).refPxTicks(Nulls.NULL_PRICE_TICKS).refQtyLots(Nulls.NULL_LONG)
            .orderQtyLots(Nulls.NULL_LONG).priceTicks(Nulls.NULL_PRICE_TICKS)
            .venueExecId("").commissionAsset("").venueExecRefId("");
    }

    private MessageEncoderFlyweight unknownReject()
    {
        return new OrderCancelRejectEncoder().wrapAndApplyHeader(buffer, 0, header).clOrdId(UNKNOWN_ORDER)
            .origClOrdId(UNKNOWN_ORDER).instrumentId(0).ordStatus(OrdStatus.REJECTED)
            .responseTo(CxlRejResponseTo.CANCEL_REQUEST).reason(OrdRejReason.UNKNOWN_ORDER);
    }

    private MessageEncoderFlyweight acknowledgement()
    {
        return new DecisionAcknowledgementEncoder().wrapAndApplyHeader(buffer, 0, header).egressSequence(turn);
    }

    private MessageEncoderFlyweight snapshotRequest()
    {
        return new SnapshotRequestEncoder().wrapAndApplyHeader(buffer, 0, header).user("proof");
    }

    /** Only the node itself may say it. */
    private MessageEncoderFlyweight foreignStatus()
    {
        return new VenueStatusEncoder().wrapAndApplyHeader(buffer, 0, header).connected(BooleanType.FALSE)
            .silentNs(turn);
    }

    private MessageEncoderFlyweight unknownInstrument()
    {
        return new TradeEncoder().wrapAndApplyHeader(buffer, 0, header).instrumentId(UNKNOWN_INSTRUMENT).tradeId(turn)
            .priceTicks(1).quantityLots(1).aggressorSide(Side.SELL);
    }

    @Override
    public long timeNs()
    {
        return market.timeNs();
    }

    @Override
    public long gatewayTimeNs()
    {
        return market.gatewayTimeNs();
    }

    @Override
    public long venueTimeNs()
    {
        return market.venueTimeNs();
    }

    @Override
    public boolean isEventEnd()
    {
        return !isScripted && market.isEventEnd();
    }

    @Override
    public DirectBuffer buffer()
    {
        return isScripted ? buffer : market.buffer();
    }

    @Override
    public int offset()
    {
        return isScripted ? 0 : market.offset();
    }

    @Override
    public int length()
    {
        return isScripted ? length : market.length();
    }

    @Override
    public void close()
    {
        market.close();
    }
}
