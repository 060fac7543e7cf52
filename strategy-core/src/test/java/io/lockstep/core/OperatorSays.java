package io.lockstep.core;

import io.lockstep.codecs.Decimal;
import io.lockstep.codecs.OrderFields;
import io.lockstep.sbe.AllocateStrategyEncoder;
import io.lockstep.sbe.AssignCalendarEncoder;
import io.lockstep.sbe.BooleanType;
import io.lockstep.sbe.CalendarDefinitionEncoder;
import io.lockstep.sbe.ControlStrategyEncoder;
import io.lockstep.sbe.ExecInst;
import io.lockstep.sbe.FlattenEncoder;
import io.lockstep.sbe.OperatorCancelEncoder;
import io.lockstep.sbe.OperatorOrderEncoder;
import io.lockstep.sbe.OrdType;
import io.lockstep.sbe.ParameterType;
import io.lockstep.sbe.RateDefinitionEncoder;
import io.lockstep.sbe.Side;
import io.lockstep.sbe.StrategyDefinitionEncoder;
import io.lockstep.sbe.TimeInForce;
import io.lockstep.sbe.TransferPositionEncoder;
import io.lockstep.sbe.UnassignStrategyEncoder;

import java.util.function.Consumer;

/** Commands about strategies' instances, and what an operator does by hand; for {@link CoreScenario#give}. */
public final class OperatorSays
{
    private OperatorSays()
    {
    }

    /** The asset is worth in the currency what the instrument's mark says. */
    public static Consumer<InputRecords> rate(
        final String asset, final String currency, final int instrumentId, final long maxAgeNs)
    {
        return (records) -> records.begin(new RateDefinitionEncoder()).instrumentId(instrumentId).maxAgeNs(maxAgeNs)
            .asset(asset).currency(currency);
    }

    /** One session, from the first time to the second, of the trading day 1. */
    public static Consumer<InputRecords> calendar(final int calendarId, final long openNs, final long closeNs)
    {
        return (records) ->
        {
            final CalendarDefinitionEncoder definition = records.begin(new CalendarDefinitionEncoder())
                .calendarId(calendarId);
            definition.sessionsCount(1).next().openNs(openNs).closeNs(closeNs).tradingDay(1);
            definition.name("XTST" + calendarId).timeZone("UTC");
        };
    }

    public static Consumer<InputRecords> calendarOf(final int instrumentId, final int calendarId)
    {
        return (records) -> records.begin(new AssignCalendarEncoder()).instrumentId(instrumentId)
            .calendarId(calendarId);
    }

    static Consumer<InputRecords> noRate(final String asset, final String currency)
    {
        return rate(asset, currency, RateDefinitionEncoder.instrumentIdNullValue(), 0);
    }

    /** An instance with a leg on each instrument, whose orders are cancelled when it is suspended. */
    public static Consumer<InputRecords> instance(
        final int strategyId, final String name, final String strategyName, final int... instrumentIds)
    {
        return instance(strategyId, name, strategyName, false, instrumentIds);
    }

    /**
     * As above.
     *
     * @param parameters whole numbers such as {@code mark=2}, durations such as {@code wait=5ns}, else texts.
     */
    public static Consumer<InputRecords> instanceWith(
        final int strategyId,
        final String name,
        final String strategyName,
        final int instrumentId,
        final String... parameters)
    {
        return instanceWith(strategyId, name, strategyName, new int[]{instrumentId}, parameters);
    }

    /** As above, with several legs. */
    public static Consumer<InputRecords> instanceWith(
        final int strategyId,
        final String name,
        final String strategyName,
        final int[] instrumentIds,
        final String... parameters)
    {
        return (records) -> encode(
            records.begin(new StrategyDefinitionEncoder()), strategyId, name, strategyName, false, parameters,
            instrumentIds);
    }

    public static Consumer<InputRecords> instance(
        final int strategyId,
        final String name,
        final String strategyName,
        final boolean keepsOrders,
        final int... instrumentIds)
    {
        return (records) -> encode(records.begin(new StrategyDefinitionEncoder()), strategyId, name, strategyName,
            keepsOrders, new String[0], instrumentIds);
    }

    private static void encode(
        final StrategyDefinitionEncoder definition,
        final int strategyId,
        final String name,
        final String strategyName,
        final boolean keepsOrders,
        final String[] parameters,
        final int... instrumentIds)
    {
        definition.strategyId(strategyId).codeHash(0).keepOrders(of(keepsOrders));
        final StrategyDefinitionEncoder.LegsEncoder legs = definition.legsCount(instrumentIds.length);
        for (final int instrumentId : instrumentIds)
        {
            legs.next().instrumentId(instrumentId);
        }
        final StrategyDefinitionEncoder.ParametersEncoder group = definition.parametersCount(parameters.length);
        for (final String parameter : parameters)
        {
            final String[] nameAndValue = parameter.split("=");
            encode(group.next(), nameAndValue[0], nameAndValue[1]);
        }
        definition.name(name).strategyName(strategyName).user("");
    }

    private static void encode(
        final StrategyDefinitionEncoder.ParametersEncoder parameter, final String name, final String value)
    {
        final boolean isNumber = value.matches("-?[0-9]+");
        final boolean isDuration = value.matches("[0-9]+ns");
        parameter.parameterType(
            isNumber ? ParameterType.DECIMAL : isDuration ? ParameterType.DURATION : ParameterType.TEXT);
        parameter.value().exponent((byte)0)
            .mantissa(isNumber || isDuration ? Long.parseLong(value.replace("ns", "")) : 0);
        parameter.name(name).text(isNumber || isDuration ? "" : value);
    }

    public static Consumer<InputRecords> unassign(final int strategyId)
    {
        return (records) -> records.begin(new UnassignStrategyEncoder()).strategyId(strategyId).user("jo");
    }

    /** A suspended instance goes on with what it had kept. */
    public static Consumer<InputRecords> resume(final String name)
    {
        return control(name, false);
    }

    /** A suspended instance begins anew. */
    public static Consumer<InputRecords> resumeAnew(final String name)
    {
        return control(name, true);
    }

    private static Consumer<InputRecords> control(final String name, final boolean anew)
    {
        return (records) -> records.begin(new ControlStrategyEncoder()).running(BooleanType.TRUE).anew(of(anew))
            .strategyName(name).user("jo").reason("");
    }

    /** Weight by decimal text, without a bound of capital. */
    public static Consumer<InputRecords> weight(final int strategyId, final String weight)
    {
        return (records) ->
        {
            final Decimal value = Decimal.parse(weight);
            final AllocateStrategyEncoder allocate = records.begin(new AllocateStrategyEncoder());
            allocate.strategyId(strategyId);
            allocate.weight().mantissa(value.mantissa()).exponent((byte)value.exponent());
            allocate.capital().mantissa(-1).exponent((byte)0);
            allocate.reason("").user("jo");
        };
    }

    /** Capital in whole units of the quote currency; below 0: no bound. */
    public static Consumer<InputRecords> capital(final int strategyId, final long capital)
    {
        return (records) ->
        {
            final AllocateStrategyEncoder allocate = records.begin(new AllocateStrategyEncoder());
            allocate.strategyId(strategyId);
            allocate.weight().mantissa(1).exponent((byte)0);
            allocate.capital().mantissa(capital).exponent((byte)0);
            allocate.reason("").user("jo");
        };
    }

    public static Consumer<InputRecords> limitOrder(
        final int strategyId, final int instrumentId, final Side side, final long lots, final long priceTicks)
    {
        return (records) -> OrderFields.none(records.begin(new OperatorOrderEncoder())).strategyId(strategyId)
            .instrumentId(instrumentId).side(side).ordType(OrdType.LIMIT).timeInForce(TimeInForce.GOOD_TILL_CANCEL)
            .execInst(ExecInst.NONE)
            .priceTicks(priceTicks).orderQtyLots(lots).user("jo");
    }

    public static Consumer<InputRecords> cancelOrder(final String clOrdId)
    {
        return (records) -> OrderFields.none(records.begin(new OperatorCancelEncoder())).clOrdId(clOrdId)
            .instrumentId(OperatorCancelEncoder.instrumentIdNullValue())
            .strategyId(OperatorCancelEncoder.strategyIdNullValue()).user("jo");
    }

    /** Either of the ids may be null, for any. */
    public static Consumer<InputRecords> cancelAll(final int instrumentId, final int strategyId)
    {
        return (records) -> OrderFields.none(records.begin(new OperatorCancelEncoder())).clOrdId("")
            .instrumentId(instrumentId).strategyId(strategyId).user("jo");
    }

    /** Of all instruments and instances at a venue; the side may be null, for both. */
    public static Consumer<InputRecords> cancelAll(final int venueId, final Side side)
    {
        return (records) -> OrderFields.none(records.begin(new OperatorCancelEncoder())).clOrdId("")
            .instrumentId(OperatorCancelEncoder.instrumentIdNullValue())
            .strategyId(OperatorCancelEncoder.strategyIdNullValue()).venueId(venueId).side(side).user("jo");
    }

    /** An order with whatever terms the action says, of nobody's. */
    public static Consumer<InputRecords> order(final Consumer<OperatorOrderEncoder> terms)
    {
        return (records) ->
        {
            final OperatorOrderEncoder order = OrderFields.none(records.begin(new OperatorOrderEncoder())).strategyId(0)
                .instrumentId(0).timeInForce(TimeInForce.GOOD_TILL_CANCEL).execInst(ExecInst.NONE)
                .priceTicks(OperatorOrderEncoder.priceTicksNullValue()).orderQtyLots(10);
            terms.accept(order);
            order.user("jo");
        };
    }

    /** As {@link #cancelAll}. */
    public static Consumer<InputRecords> flatten(final int instrumentId, final int strategyId)
    {
        return (records) -> records.begin(new FlattenEncoder()).instrumentId(instrumentId).strategyId(strategyId)
            .user("jo");
    }

    public static Consumer<InputRecords> transfer(
        final int instrumentId, final int fromStrategyId, final int toStrategyId, final long lots)
    {
        return (records) -> records.begin(new TransferPositionEncoder()).instrumentId(instrumentId)
            .fromStrategyId(fromStrategyId).toStrategyId(toStrategyId).lots(lots).user("jo");
    }

    private static BooleanType of(final boolean value)
    {
        return value ? BooleanType.TRUE : BooleanType.FALSE;
    }
}
