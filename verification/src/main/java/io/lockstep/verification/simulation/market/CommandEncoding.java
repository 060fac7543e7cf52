package io.lockstep.verification.simulation.market;

import io.lockstep.codecs.ClOrdIds;
import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.Nulls;
import io.lockstep.codecs.OrderFields;
import io.lockstep.sbe.AcceptAccountEncoder;
import io.lockstep.sbe.BooleanType;
import io.lockstep.sbe.BreakerCause;
import io.lockstep.sbe.BreakerDefinitionEncoder;
import io.lockstep.sbe.ControlStrategyEncoder;
import io.lockstep.sbe.Decimal64Encoder;
import io.lockstep.sbe.ExecInst;
import io.lockstep.sbe.FlattenEncoder;
import io.lockstep.sbe.LimitScope;
import io.lockstep.sbe.MessageHeaderEncoder;
import io.lockstep.sbe.OperatorCancelEncoder;
import io.lockstep.sbe.OperatorOrderEncoder;
import io.lockstep.sbe.OrdType;
import io.lockstep.sbe.ParameterType;
import io.lockstep.sbe.Side;
import io.lockstep.sbe.SignalEncoder;
import io.lockstep.sbe.StrategyDefinitionEncoder;
import io.lockstep.sbe.TimeInForce;
import io.lockstep.sbe.TransferPositionEncoder;
import io.lockstep.sbe.UnassignStrategyEncoder;
import org.agrona.MutableDirectBuffer;
import org.agrona.sbe.MessageEncoderFlyweight;

import java.math.BigDecimal;

/**
 * Commands about instances, positions and accounts, each encoded into one buffer at its start.
 */
public final class CommandEncoding
{
    private static final long WINDOW_NS = 1_000_000_000L;
    private static final String USER = "operator";
    private static final int ANY = Nulls.NULL_INSTRUMENT_ID;

    private final MutableDirectBuffer buffer;
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final ControlStrategyEncoder control = new ControlStrategyEncoder();
    private final OperatorOrderEncoder order = new OperatorOrderEncoder();
    private final OperatorCancelEncoder cancel = new OperatorCancelEncoder();
    private final FlattenEncoder flatten = new FlattenEncoder();
    private final TransferPositionEncoder transfer = new TransferPositionEncoder();
    private final UnassignStrategyEncoder unassign = new UnassignStrategyEncoder();
    private final StrategyDefinitionEncoder definition = new StrategyDefinitionEncoder();
    private final AcceptAccountEncoder accept = new AcceptAccountEncoder();
    private final SignalEncoder signal = new SignalEncoder();
    private final BreakerDefinitionEncoder breaker = new BreakerDefinitionEncoder();

    public CommandEncoding(final MutableDirectBuffer buffer)
    {
        this.buffer = buffer;
    }

    public MessageEncoderFlyweight control(final String strategyName, final boolean running, final boolean anew)
    {
        return control.wrapAndApplyHeader(buffer, 0, header).running(of(running)).anew(of(anew))
            .strategyName(strategyName).user(USER).reason("simulated");
    }

    private static BooleanType of(final boolean value)
    {
        return value ? BooleanType.TRUE : BooleanType.FALSE;
    }

    /** At the market. */
    public MessageEncoderFlyweight order(final int strategyId, final int instrumentId, final Side side, final long lots)
    {
        return OrderFields.none(order.wrapAndApplyHeader(buffer, 0, header)).strategyId(strategyId)
            .instrumentId(instrumentId).side(side)
            .ordType(OrdType.MARKET).timeInForce(TimeInForce.IMMEDIATE_OR_CANCEL).execInst(ExecInst.NONE)
            .priceTicks(Nulls.NULL_PRICE_TICKS).orderQtyLots(lots).user(USER);
    }

    /** All orders of an instrument. */
    public MessageEncoderFlyweight cancel(final int instrumentId)
    {
        return OrderFields.none(cancel.wrapAndApplyHeader(buffer, 0, header)).clOrdId(" ".repeat(ClOrdIds.LENGTH))
            .instrumentId(instrumentId).strategyId(OperatorCancelEncoder.strategyIdNullValue()).user(USER);
    }

    /** What the instance holds. */
    public MessageEncoderFlyweight flatten(final int strategyId)
    {
        return flatten.wrapAndApplyHeader(buffer, 0, header).instrumentId(ANY).strategyId(strategyId)
            .user(USER);
    }

    public MessageEncoderFlyweight transfer(final int instrumentId, final int from, final int to, final long lots)
    {
        return transfer.wrapAndApplyHeader(buffer, 0, header).instrumentId(instrumentId).fromStrategyId(from)
            .toStrategyId(to).lots(lots).user(USER);
    }

    public MessageEncoderFlyweight unassign(final int strategyId)
    {
        return unassign.wrapAndApplyHeader(buffer, 0, header).strategyId(strategyId).user(USER);
    }

    /** To buy or sell so many lots of an instrument. */
    public MessageEncoderFlyweight signal(
        final long epoch, final long counter, final Instrument instrument, final Side side, final long lots,
        final String model)
    {
        signal.wrapAndApplyHeader(buffer, 0, header).side(side).epoch(epoch).counter(counter)
            .expireTimeNs(SignalEncoder.expireTimeNsNullValue());
        final BigDecimal quantity = instrument.lot().decimal(lots);
        signal.quantity().mantissa(quantity.unscaledValue().longValueExact()).exponent((byte)-quantity.scale());
        signal.quoteAmount().mantissa(0).exponent(Decimal64Encoder.exponentNullValue());
        return signal.clientName("platform").symbol(instrument.name()).model(model).reason("simulated").user(USER);
    }

    /** A circuit breaker that opens by little and cools down soon, or that there is none any more. */
    public MessageEncoderFlyweight breaker(
        final LimitScope scope,
        final int scopedId,
        final BreakerCause cause,
        final int threshold,
        final long coolDownNs,
        final boolean isPresent)
    {
        final boolean isWindowed = cause == BreakerCause.REJECT_RATE || cause == BreakerCause.DISCONNECTS;
        breaker.wrapAndApplyHeader(buffer, 0, header).scope(scope).cause(cause).present(of(isPresent))
            .scopedId(scopedId).windowFills(cause == BreakerCause.SLIPPAGE ? threshold : 0)
            .windowNs(isWindowed ? WINDOW_NS : 0).coolDownNs(coolDownNs);
        breaker.threshold().mantissa(threshold).exponent((byte)0);
        return breaker.currency(cause == BreakerCause.DRAWDOWN ? "USD" : "").user(USER);
    }

    public MessageEncoderFlyweight accept(final int venueId)
    {
        return accept.wrapAndApplyHeader(buffer, 0, header).venueId(venueId).reason("simulated").user(USER);
    }

    /** An instance, or for one that there is another seed. */
    public MessageEncoderFlyweight define(final int strategyId, final SimulatedMarket.Trader trader, final int seed)
    {
        definition.wrapAndApplyHeader(buffer, 0, header).strategyId(strategyId).codeHash(0)
            .keepOrders(of(trader.keepsOrders()));
        final StrategyDefinitionEncoder.LegsEncoder legs = definition.legsCount(trader.instrumentIds().length);
        for (final int instrumentId : trader.instrumentIds())
        {
            legs.next().instrumentId(instrumentId);
        }
        final StrategyDefinitionEncoder.ParametersEncoder parameters = definition.parametersCount(4);
        put(parameters, "seed", seed);
        put(parameters, "bias", trader.bias());
        put(parameters, "throwsOf10000", trader.throwsOf10000());
        put(parameters, "reloads", trader.reloads() ? 1 : 0);
        return definition.name(trader.name()).strategyName(RandomTrader.NAME).user(USER);
    }

    private static void put(
        final StrategyDefinitionEncoder.ParametersEncoder parameters, final String name, final long value)
    {
        parameters.next().parameterType(ParameterType.DECIMAL);
        parameters.value().mantissa(value).exponent((byte)0);
        parameters.name(name).text("");
    }
}
