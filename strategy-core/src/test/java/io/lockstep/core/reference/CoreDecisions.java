package io.lockstep.core.reference;

import io.lockstep.codecs.MutableInt128;
import io.lockstep.codecs.Nulls;
import io.lockstep.core.DecisionPort;
import io.lockstep.sbe.ExecInst;
import io.lockstep.sbe.HeldOrderEndedDecoder;
import io.lockstep.sbe.HeldOrderReplacedDecoder;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.NewOrderSingleDecoder;
import io.lockstep.sbe.OrdStatus;
import io.lockstep.sbe.OrderCancelReplaceRequestDecoder;
import io.lockstep.sbe.OrderCancelRequestDecoder;
import io.lockstep.sbe.OrderHeldDecoder;
import io.lockstep.sbe.OrderRefusedDecoder;
import io.lockstep.sbe.OrderTriggeredDecoder;
import io.lockstep.sbe.RiskReason;
import io.lockstep.sbe.StrategySuspendedDecoder;
import org.agrona.DirectBuffer;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;

/** The core's decisions about orders as {@link Line}s, and the ClOrdIDs of its orders by their numbers. */
final class CoreDecisions implements DecisionPort
{
    private static final int TOTAL_SCALE = 8;

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final List<String> lines = new ArrayList<>();
    private final Map<String, Long> numbers = new HashMap<>();
    private final Map<Long, String> clOrdIds = new HashMap<>();
    private final Map<Long, String> cancelClOrdIds = new HashMap<>();
    private final Map<Long, String> replaceClOrdIds = new HashMap<>();
    private final IntUnaryOperator quoteExponent;
    private long opened;

    /**
     * @param quoteExponent of an instrument: notionals are counted in units of ten to this.
     */
    CoreDecisions(final IntUnaryOperator quoteExponent)
    {
        this.quoteExponent = quoteExponent;
    }

    List<String> take()
    {
        final List<String> taken = List.copyOf(lines);
        lines.clear();
        return taken;
    }

    String clOrdId(final long number)
    {
        return clOrdIds.get(number);
    }

    String cancelClOrdId(final long number)
    {
        return cancelClOrdIds.get(number);
    }

    String replaceClOrdId(final long number)
    {
        return replaceClOrdIds.get(number);
    }

    /** The venue has granted the newest replace. */
    void replaced(final long number)
    {
        clOrdIds.put(number, replaceClOrdIds.get(number));
    }

    /** Nothing more is said of the order. */
    void forget(final long number)
    {
        clOrdIds.remove(number);
        cancelClOrdIds.remove(number);
        replaceClOrdIds.remove(number);
        numbers.values().removeIf((named) -> named == number);
    }

    @Override
    public void onDecision(
        final long sequence, final int ordinal, final DirectBuffer buffer, final int offset, final int length)
    {
        header.wrap(buffer, offset);
        switch (header.templateId())
        {
            case NewOrderSingleDecoder.TEMPLATE_ID ->
                opened(new NewOrderSingleDecoder().wrapAndApplyHeader(buffer, offset, header));
            case OrderHeldDecoder.TEMPLATE_ID ->
                held(new OrderHeldDecoder().wrapAndApplyHeader(buffer, offset, header));
            case OrderTriggeredDecoder.TEMPLATE_ID ->
                triggered(new OrderTriggeredDecoder().wrapAndApplyHeader(buffer, offset, header));
            case HeldOrderReplacedDecoder.TEMPLATE_ID ->
                heldReplaced(new HeldOrderReplacedDecoder().wrapAndApplyHeader(buffer, offset, header));
            case HeldOrderEndedDecoder.TEMPLATE_ID ->
                heldEnded(new HeldOrderEndedDecoder().wrapAndApplyHeader(buffer, offset, header));
            case OrderCancelRequestDecoder.TEMPLATE_ID ->
                cancel(new OrderCancelRequestDecoder().wrapAndApplyHeader(buffer, offset, header));
            case OrderCancelReplaceRequestDecoder.TEMPLATE_ID ->
                replace(new OrderCancelReplaceRequestDecoder().wrapAndApplyHeader(buffer, offset, header));
            case OrderRefusedDecoder.TEMPLATE_ID ->
                refused(new OrderRefusedDecoder().wrapAndApplyHeader(buffer, offset, header));
            case StrategySuspendedDecoder.TEMPLATE_ID ->
                suspended(new StrategySuspendedDecoder().wrapAndApplyHeader(buffer, offset, header));
            default -> {
                // Timers, market conditions and answers to commands are not the model's.
            }
        }
    }

    private long number(final String clOrdId)
    {
        return numbers.computeIfAbsent(clOrdId, (unknown) ->
        {
            clOrdIds.put(++opened, unknown);
            return opened;
        });
    }

    private static long value(final long value)
    {
        return value == Nulls.NULL_LONG ? Asked.NONE : value;
    }

    private void opened(final NewOrderSingleDecoder order)
    {
        lines.add(Line.opened(number(order.clOrdId()), order.strategyId(), order.instrumentId(), order.side(),
            order.orderQtyLots(), value(order.priceTicks()), order.timeInForce(),
            order.execInst() == ExecInst.PARTICIPATE_DONT_INITIATE));
    }

    private void held(final OrderHeldDecoder order)
    {
        lines.add(
            Line.held(number(order.clOrdId()), order.strategyId(), order.instrumentId(), order.orderQtyLots()));
    }

    private void triggered(final OrderTriggeredDecoder triggered)
    {
        lines.add(Line.triggered(
            number(triggered.clOrdId()), triggered.triggerPxTicks(), triggered.marketPxTicks()));
    }

    private void heldReplaced(final HeldOrderReplacedDecoder replaced)
    {
        lines.add(Line.heldReplaced(number(replaced.clOrdId()), replaced.orderQtyLots(), value(replaced.priceTicks()),
            value(replaced.triggerPxTicks()), replaced.reason()));
    }

    private void heldEnded(final HeldOrderEndedDecoder ended)
    {
        if (ended.ordStatus() == OrdStatus.DENIED
            && (lines.isEmpty() || !lines.get(lines.size() - 1).startsWith("REFUSED")))
        {
            throw new AssertionError("denied without a reason: " + ended);
        }
        lines.add(Line.heldEnded(number(ended.clOrdId()), ended.ordStatus(), ended.reason()));
    }

    private void cancel(final OrderCancelRequestDecoder cancel)
    {
        final long number = number(cancel.origClOrdId());
        cancelClOrdIds.put(number, cancel.clOrdId());
        lines.add(Line.cancel(number, cancel.reason()));
    }

    private void replace(final OrderCancelReplaceRequestDecoder replace)
    {
        final long number = number(replace.origClOrdId());
        replaceClOrdIds.put(number, replace.clOrdId());
        numbers.put(replace.clOrdId(), number);
        lines.add(Line.replace(number, replace.orderQtyLots(), value(replace.priceTicks()), replace.reason()));
    }

    private void refused(final OrderRefusedDecoder refused)
    {
        final RiskReason reason = refused.reason();
        if (reason == RiskReason.NONE || reason == RiskReason.NULL_VAL || reason == RiskReason.SBE_UNKNOWN)
        {
            throw new AssertionError("refused without a code: " + refused);
        }
        final int scale = scale(reason, refused.instrumentId());
        lines.add(Line.refused(refused.strategyId(), refused.instrumentId(), new Denial(reason, refused.scope(),
            amount(refused.limitValue(), refused.limitValueHigh(), scale),
            amount(refused.actualValue(), refused.actualValueHigh(), scale))));
    }

    /** None is to be. */
    private void suspended(final StrategySuspendedDecoder suspended)
    {
        lines.add("SUSPENDED of=" + suspended.strategyId() + " in " + suspended.callback() + " by " +
            suspended.exceptionClass());
    }

    private int scale(final RiskReason reason, final int instrumentId)
    {
        return switch (reason)
        {
            case MAX_ORDER_NOTIONAL, MAX_POSITION_NOTIONAL, MIN_ORDER_NOTIONAL ->
                -quoteExponent.applyAsInt(instrumentId);
            case MAX_TOTAL_NOTIONAL -> TOTAL_SCALE;
            default -> 0;
        };
    }

    private static String amount(final long low, final long highOrNull, final int scale)
    {
        if (highOrNull == Nulls.NULL_LONG && low == Nulls.NULL_LONG)
        {
            return "";
        }
        final String units = highOrNull == Nulls.NULL_LONG
            ? Long.toString(low)
            : new MutableInt128().decode(low, highOrNull).toString();
        return Denial.text(new BigDecimal(new BigInteger(units), scale));
    }
}
