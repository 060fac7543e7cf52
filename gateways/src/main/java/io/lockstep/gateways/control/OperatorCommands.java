package io.lockstep.gateways.control;

import io.lockstep.codecs.Decimal;
import io.lockstep.codecs.Nulls;
import io.lockstep.sbe.AcceptAccountEncoder;
import io.lockstep.sbe.AllocateStrategyEncoder;
import io.lockstep.sbe.BooleanType;
import io.lockstep.sbe.BreakerCause;
import io.lockstep.sbe.ControlStrategyEncoder;
import io.lockstep.sbe.Decimal64Encoder;
import io.lockstep.sbe.FlattenEncoder;
import io.lockstep.sbe.LimitScope;
import io.lockstep.sbe.OperatorCancelEncoder;
import io.lockstep.sbe.OperatorOrderEncoder;
import io.lockstep.sbe.OrdType;
import io.lockstep.sbe.ResetBreakerEncoder;
import io.lockstep.sbe.Side;
import io.lockstep.sbe.SignalEncoder;
import io.lockstep.sbe.TimeInForce;
import io.lockstep.sbe.TransferPositionEncoder;

/**
 * The commands of an operator's hand on orders, positions, instances and accounts. Prices are ticks and quantities lots of the
 * instrument; ids are those that the node has given. Each is an input whose outcome the node answers.
 */
public final class OperatorCommands
{
    /** The instance that is the operator's own, and nobody's. */
    public static final int OPERATOR = 0;
    /** In place of an instrument's or an instance's id: all. */
    public static final int ALL = Nulls.NULL_INSTRUMENT_ID;
    /** In place of a price: at the market. */
    public static final long MARKET_PRICE = Nulls.NULL_PRICE_TICKS;

    private static final int CL_ORD_ID_LENGTH = OperatorCancelEncoder.clOrdIdLength();

    private OperatorCommands()
    {
    }

    /**
     * An order by hand.
     *
     * @param strategyId whose it is; {@link #OPERATOR} for nobody's.
     * @param priceTicks of a limit order, else {@link #MARKET_PRICE}.
     * @param postOnly   whether it is refused rather than matched on arrival.
     */
    public static OperatorCommand order(
        final int strategyId,
        final int instrumentId,
        final Side side,
        final long quantityLots,
        final long priceTicks,
        final TimeInForce timeInForce,
        final boolean postOnly)
    {
        final OperatorOrder order = new OperatorOrder(
            side, priceTicks == MARKET_PRICE ? OrdType.MARKET : OrdType.LIMIT, timeInForce).quantity(quantityLots)
            .price(priceTicks);
        return order(strategyId, instrumentId, postOnly ? order.postOnly(false) : order);
    }

    /** An order by hand, of any type. */
    public static OperatorCommand order(final int strategyId, final int instrumentId, final OperatorOrder order)
    {
        return (buffer, header, user) -> order.encode(new OperatorOrderEncoder().wrapAndApplyHeader(buffer, 0, header))
            .strategyId(strategyId)
            .instrumentId(instrumentId)
            .user(user);
    }

    /**
     * Cancels one order.
     *
     * @param clOrdId of 18 characters.
     */
    public static OperatorCommand cancel(final String clOrdId)
    {
        return cancel(clOrdId, ALL, ALL, ALL, Side.NULL_VAL);
    }

    /** Cancels all orders of an instrument, an instance, or both; {@link #ALL} for any. */
    public static OperatorCommand cancelAll(final int instrumentId, final int strategyId)
    {
        return cancelAll(instrumentId, strategyId, ALL, Side.NULL_VAL);
    }

    /**
     * Cancels all orders of what is named; {@link #ALL} for any.
     *
     * @param side null value for both.
     */
    public static OperatorCommand cancelAll(
        final int instrumentId, final int strategyId, final int venueId, final Side side)
    {
        return cancel(" ".repeat(CL_ORD_ID_LENGTH), instrumentId, strategyId, venueId, side);
    }

    private static OperatorCommand cancel(
        final String clOrdId, final int instrumentId, final int strategyId, final int venueId, final Side side)
    {
        return (buffer, header, user) -> new OperatorCancelEncoder().wrapAndApplyHeader(buffer, 0, header)
            .clOrdId(clOrdId)
            .instrumentId(instrumentId)
            .strategyId(strategyId)
            .venueId(venueId)
            .side(side)
            .user(user);
    }

    /** Cancels and closes the positions of an instrument, an instance, or both; {@link #ALL} for any. */
    public static OperatorCommand flatten(final int instrumentId, final int strategyId)
    {
        return (buffer, header, user) -> new FlattenEncoder().wrapAndApplyHeader(buffer, 0, header)
            .instrumentId(instrumentId)
            .strategyId(strategyId)
            .user(user);
    }

    /**
     * Gives lots of one owner to another; the venue sees nothing.
     *
     * @param lots positive long, negative short.
     */
    public static OperatorCommand transfer(
        final int instrumentId, final int fromStrategyId, final int toStrategyId, final long lots)
    {
        return (buffer, header, user) -> new TransferPositionEncoder().wrapAndApplyHeader(buffer, 0, header)
            .instrumentId(instrumentId)
            .fromStrategyId(fromStrategyId)
            .toStrategyId(toStrategyId)
            .lots(lots)
            .user(user);
    }

    /**
     * Closes a circuit breaker, which then has counted nothing yet.
     *
     * @param scopedId of the strategy's instance, instrument or venue; 0 of the node.
     */
    public static OperatorCommand resetBreaker(
        final LimitScope scope, final BreakerCause cause, final int scopedId, final String reason)
    {
        return (buffer, header, user) -> new ResetBreakerEncoder().wrapAndApplyHeader(buffer, 0, header)
            .scope(scope)
            .cause(cause)
            .scopedId(scopedId)
            .reason(reason)
            .user(user);
    }

    /** Books what the venue's newest report says. */
    public static OperatorCommand acceptAccount(final int venueId, final String reason)
    {
        return (buffer, header, user) -> new AcceptAccountEncoder().wrapAndApplyHeader(buffer, 0, header)
            .venueId(venueId)
            .reason(reason)
            .user(user);
    }

    /**
     * Gives an instance another weight and capital.
     *
     * @param weight  its share of signals.
     * @param capital what its positions may be worth; below 0 for no bound.
     */
    public static OperatorCommand allocate(
        final int strategyId, final Decimal weight, final Decimal capital, final String reason)
    {
        return (buffer, header, user) ->
        {
            final AllocateStrategyEncoder allocate = new AllocateStrategyEncoder();
            allocate.wrapAndApplyHeader(buffer, 0, header).strategyId(strategyId);
            allocate.weight().mantissa(weight.mantissa()).exponent((byte)weight.exponent());
            allocate.capital().mantissa(capital.mantissa()).exponent((byte)capital.exponent());
            return allocate.reason(reason).user(user);
        };
    }

    /**
     * Starts or stops an instance by its name, or all that run the strategy of the name.
     *
     * @param anew   whether one that is suspended leaves what it had kept and begins as new.
     * @param reason for whoever reads the journal; may be empty.
     */
    public static OperatorCommand strategy(
        final String name, final boolean running, final boolean anew, final String reason)
    {
        return (buffer, header, user) -> new ControlStrategyEncoder().wrapAndApplyHeader(buffer, 0, header)
            .running(running ? BooleanType.TRUE : BooleanType.FALSE)
            .anew(anew ? BooleanType.TRUE : BooleanType.FALSE)
            .strategyName(name)
            .user(user)
            .reason(reason);
    }

    /**
     * Something to buy or sell that a model of the node carries out. Give either a quantity or an amount, or the node refuses it.
     *
     * @param id           of the signal; the node answers each once.
     * @param symbol       such as BTCUSDT, or BTCUSDT.BINANCE.
     * @param quantity     of the instrument, or null.
     * @param quoteAmount  in quote currency, or null.
     * @param model        name of an instance; empty for the router to choose.
     * @param expireTimeNs sequenced time from which on it is refused; {@link Nulls#NULL_TIME_NS} for never.
     */
    public static OperatorCommand signal(
        final SignalId id,
        final String symbol,
        final Side side,
        final Decimal quantity,
        final Decimal quoteAmount,
        final String model,
        final long expireTimeNs,
        final String reason)
    {
        return (buffer, header, user) ->
        {
            final SignalEncoder signal = new SignalEncoder();
            signal.wrapAndApplyHeader(buffer, 0, header)
                .side(side)
                .epoch(id.epoch())
                .counter(id.counter())
                .expireTimeNs(expireTimeNs);
            put(signal.quantity(), quantity);
            put(signal.quoteAmount(), quoteAmount);
            return signal.clientName(id.clientName()).symbol(symbol).model(model).reason(reason).user(user);
        };
    }

    private static void put(final Decimal64Encoder field, final Decimal value)
    {
        field.mantissa(value == null ? 0 : value.mantissa())
            .exponent(value == null ? Decimal64Encoder.exponentNullValue() : (byte)value.exponent());
    }
}
