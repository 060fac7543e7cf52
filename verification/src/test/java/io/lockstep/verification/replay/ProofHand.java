package io.lockstep.verification.replay;

import io.lockstep.codecs.ClOrdIds;
import io.lockstep.codecs.OrderFields;
import io.lockstep.core.order.Order;
import io.lockstep.sbe.AllocateStrategyEncoder;
import io.lockstep.sbe.BooleanType;
import io.lockstep.sbe.ControlStrategyEncoder;
import io.lockstep.sbe.ExecInst;
import io.lockstep.sbe.FlattenEncoder;
import io.lockstep.sbe.LimitScope;
import io.lockstep.sbe.LimitType;
import io.lockstep.sbe.MessageHeaderEncoder;
import io.lockstep.sbe.OperatorCancelEncoder;
import io.lockstep.sbe.OperatorOrderEncoder;
import io.lockstep.sbe.OrdType;
import io.lockstep.sbe.Side;
import io.lockstep.sbe.TimeInForce;
import io.lockstep.sbe.TransferPositionEncoder;
import io.lockstep.sbe.TriggerSource;
import io.lockstep.sbe.UnassignStrategyEncoder;
import io.lockstep.sbe.UnsetLimitEncoder;
import org.agrona.MutableDirectBuffer;
import org.agrona.sbe.MessageEncoderFlyweight;

import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** What an operator does by hand: orders, cancels, positions, and a strategy that failed. */
final class ProofHand
{
    private static final int INSTRUMENT = 0;
    private static final int NOBODY = 0;
    private static final int STRATEGY = 1;
    private static final int FAILING_STRATEGY = 4;
    private static final int LIMITED_INSTRUMENT = 1;

    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final Predicate<MessageEncoderFlyweight> own;
    private final Supplier<MutableDirectBuffer> target;
    private final IntSupplier offset;
    private final Supplier<Order> firstOrder;
    private final LongSupplier bestBidTicks;

    /**
     * @param own        sequences an input that was written to target and offset.
     * @param firstOrder   that is open, null for none.
     * @param bestBidTicks of the instrument, or null.
     */
    ProofHand(
        final Predicate<MessageEncoderFlyweight> own,
        final Supplier<MutableDirectBuffer> target,
        final IntSupplier offset,
        final Supplier<Order> firstOrder,
        final LongSupplier bestBidTicks)
    {
        this.own = own;
        this.target = target;
        this.offset = offset;
        this.firstOrder = firstOrder;
        this.bestBidTicks = bestBidTicks;
    }

    boolean order()
    {
        return own.test(
            OrderFields.none(new OperatorOrderEncoder().wrapAndApplyHeader(target.get(), offset.getAsInt(), header))
                .strategyId(NOBODY).instrumentId(INSTRUMENT).side(Side.BUY).ordType(OrdType.MARKET)
                .timeInForce(TimeInForce.IMMEDIATE_OR_CANCEL).execInst(ExecInst.NONE)
                .priceTicks(OperatorOrderEncoder.priceTicksNullValue()).orderQtyLots(3).user("proof"));
    }

    /** A stop that the market reaches soon, for the engine holds it just below the best bid. */
    boolean stop()
    {
        final long bidTicks = bestBidTicks.getAsLong();
        return bidTicks > 1 && own.test(
            OrderFields.none(new OperatorOrderEncoder().wrapAndApplyHeader(target.get(), offset.getAsInt(), header))
                .strategyId(NOBODY).instrumentId(INSTRUMENT).side(Side.SELL).ordType(OrdType.STOP)
                .timeInForce(TimeInForce.GOOD_TILL_CANCEL).execInst(ExecInst.NONE).triggerSource(TriggerSource.BID_ASK)
                .triggerPxTicks(bidTicks - 1)
                .priceTicks(OperatorOrderEncoder.priceTicksNullValue()).orderQtyLots(1).user("proof"));
    }

    boolean transfer()
    {
        return own.test(new TransferPositionEncoder().wrapAndApplyHeader(target.get(), offset.getAsInt(), header)
            .instrumentId(INSTRUMENT).fromStrategyId(NOBODY).toStrategyId(STRATEGY).lots(1).user("proof"));
    }

    boolean cancel()
    {
        final Order order = firstOrder.get();
        if (order == null)
        {
            return false;
        }
        final OperatorCancelEncoder cancel = OrderFields.none(new OperatorCancelEncoder()
            .wrapAndApplyHeader(target.get(), offset.getAsInt(), header))
            .instrumentId(OperatorCancelEncoder.instrumentIdNullValue())
            .strategyId(OperatorCancelEncoder.strategyIdNullValue());
        ClOrdIds.encode(cancel.buffer(), cancel.offset(), 0, order.incarnation(), order.sequence(), order.ordinal());
        return own.test(cancel.user("proof"));
    }

    boolean flatten()
    {
        return own.test(new FlattenEncoder().wrapAndApplyHeader(target.get(), offset.getAsInt(), header)
            .instrumentId(INSTRUMENT).strategyId(STRATEGY).user("proof"));
    }

    boolean allocate()
    {
        final AllocateStrategyEncoder allocate = new AllocateStrategyEncoder()
            .wrapAndApplyHeader(target.get(), offset.getAsInt(), header).strategyId(STRATEGY);
        allocate.weight().mantissa(15).exponent((byte)-1);
        allocate.capital().mantissa(1).exponent((byte)6);
        return own.test(allocate.reason("proof").user("proof"));
    }

    boolean unset()
    {
        return own.test(new UnsetLimitEncoder().wrapAndApplyHeader(target.get(), offset.getAsInt(), header)
            .instrumentId(LIMITED_INSTRUMENT).limitType(LimitType.MAX_ORDER_QUANTITY)
            .scope(LimitScope.NULL_VAL).scopedId(UnsetLimitEncoder.scopedIdNullValue()).configured(BooleanType.FALSE)
            .strategyId(UnsetLimitEncoder.strategyIdNullValue()).user("proof"));
    }

    boolean unassign()
    {
        return own.test(new UnassignStrategyEncoder().wrapAndApplyHeader(target.get(), offset.getAsInt(), header)
            .strategyId(FAILING_STRATEGY).user("proof"));
    }

    boolean startAnew()
    {
        return own.test(new ControlStrategyEncoder().wrapAndApplyHeader(target.get(), offset.getAsInt(), header)
            .running(BooleanType.TRUE).anew(BooleanType.TRUE).strategyName("failing@BTCUSDT.PROOF_USDM").user("proof")
            .reason(""));
    }
}
