package io.lockstep.core;

import io.lockstep.codecs.Nulls;
import io.lockstep.sbe.BooleanType;
import io.lockstep.sbe.LimitScope;
import io.lockstep.sbe.LimitType;
import io.lockstep.sbe.SetLimitEncoder;
import io.lockstep.sbe.UnsetLimitEncoder;
import org.junit.jupiter.api.Test;

import java.util.function.Consumer;

import static io.lockstep.core.CoreScenario.buy;
import static io.lockstep.core.CoreScenario.sell;
import static org.assertj.core.api.Assertions.assertThat;

/** Limits of a strategy's instance, beside those of the instrument. */
class InstanceLimitsTest
{
    private static final int STRATEGY = 1;

    private final CoreScenario scenario = CoreScenario.live();

    private static Consumer<InputRecords> limit(
        final int instrumentId, final int strategyId, final LimitType type, final long value, final boolean configured)
    {
        return (records) ->
        {
            final SetLimitEncoder limit = records.begin(new SetLimitEncoder()).instrumentId(instrumentId)
                .limitType(type)
                .scope(LimitScope.NULL_VAL).scopedId(SetLimitEncoder.scopedIdNullValue())
                .configured(configured ? BooleanType.TRUE : BooleanType.FALSE).strategyId(strategyId);
            limit.value().mantissa(value).exponent((byte)0);
            limit.user("");
        };
    }

    private static Consumer<InputRecords> unlimit(final LimitType type, final boolean configured)
    {
        return (records) -> records.begin(new UnsetLimitEncoder()).instrumentId(0).limitType(type)
            .scope(LimitScope.NULL_VAL).scopedId(UnsetLimitEncoder.scopedIdNullValue())
            .configured(configured ? BooleanType.TRUE : BooleanType.FALSE).strategyId(STRATEGY).user("");
    }

    private CoreScenario limited(final LimitType type, final long value)
    {
        return scenario.source(3).give(limit(0, STRATEGY, type, value, false)).source(0);
    }

    private void assertDecisions(final String... expected)
    {
        assertThat(scenario.decisions()).containsExactly(expected);
    }

    @Test
    void shouldBindTheInstanceBesideTheInstrument()
    {
        limited(LimitType.MAX_POSITION_QUANTITY, 10).limit(LimitType.MAX_POSITION_QUANTITY, "20").act(buy(11, 100))
            .act(buy(10, 100)).act(sell(21, 101)).act(sell(10, 101));

        assertDecisions("SetLimit ACCEPTED", "SetLimit ACCEPTED", "REFUSED MAX_POSITION_QUANTITY limit=10 actual=11",
            "NEW BUY 10@100 SIGNAL", "REFUSED MAX_POSITION_QUANTITY limit=20 actual=21", "NEW SELL 10@101 SIGNAL");
    }

    @Test
    void shouldLetThePositionOfTheInstanceBeLeft()
    {
        scenario.act(buy(10, 100)).fill(1, 10, 100).decisions();

        limited(LimitType.MAX_POSITION_QUANTITY, 0).act(sell(11, 101)).act(sell(10, 101));

        assertDecisions("SetLimit ACCEPTED", "REFUSED MAX_POSITION_QUANTITY limit=0 actual=1",
            "NEW SELL 10@101 SIGNAL");
    }

    @Test
    void shouldCountTheRateOfTheInstance()
    {
        limited(LimitType.MAX_ORDERS_PER_SECOND, 1).at(0).act(buy(1, 100)).act(buy(2, 100)).at(1_000).act(buy(3, 100));

        assertDecisions("SetLimit ACCEPTED", "NEW BUY 1@100 SIGNAL", "REFUSED MAX_ORDER_RATE limit=1 actual=2",
            "NEW BUY 3@100 SIGNAL");
    }

    @Test
    void shouldReturnToTheConfiguredLimitAndToNone()
    {
        scenario.giveAsNode(limit(0, STRATEGY, LimitType.MAX_ORDER_QUANTITY, 5, true));
        limited(LimitType.MAX_ORDER_QUANTITY, 7).act(buy(7, 100)).source(3).give(unlimit(
            LimitType.MAX_ORDER_QUANTITY, false)).source(0).act(buy(6, 100))
            .giveAsNode(limit(0, STRATEGY, LimitType.MAX_ORDER_QUANTITY, 5, true))
            .giveAsNode(unlimit(LimitType.MAX_ORDER_QUANTITY, true)).act(buy(6, 100))
            .giveAsNode(unlimit(LimitType.MAX_ORDER_QUANTITY, true));

        assertDecisions("SetLimit ACCEPTED", "SetLimit ACCEPTED", "NEW BUY 7@100 SIGNAL", "UnsetLimit ACCEPTED",
            "REFUSED MAX_ORDER_QUANTITY limit=5 actual=6", "SetLimit NO_CHANGE", "UnsetLimit ACCEPTED",
            "NEW BUY 6@100 SIGNAL", "UnsetLimit NO_CHANGE");
    }

    private void assertChange(final long previous, final long current)
    {
        assertThat(scenario.core().previousLimitMantissa()).isEqualTo(previous);
        assertThat(scenario.core().currentLimitMantissa()).isEqualTo(current);
    }

    /** For whoever gave the command. */
    @Test
    void shouldTellTheHostWhatWasAndWhatIs()
    {
        scenario.limit(LimitType.MAX_ORDER_QUANTITY, "3");
        limited(LimitType.MAX_ORDER_QUANTITY, 7);
        assertChange(Nulls.NULL_LONG, 7);
        scenario.giveAsNode(limit(0, STRATEGY, LimitType.MAX_ORDER_QUANTITY, 5, true));
        assertChange(7, 5);
        limited(LimitType.MAX_ORDER_QUANTITY, 8);
        assertChange(5, 8);
        scenario.source(3).give(unlimit(LimitType.MAX_ORDER_QUANTITY, false));
        assertChange(8, 5);
        scenario.give(limit(0, 9, LimitType.MAX_ORDER_QUANTITY, 4, false));
        assertChange(Nulls.NULL_LONG, Nulls.NULL_LONG);
        scenario.limit(LimitType.MAX_ORDER_QUANTITY, "2");
        assertChange(3, 2);
    }

    @Test
    void shouldRefuseWhatIsNoLimitOfAnInstance()
    {
        scenario.giveAsNode(limit(0, 9, LimitType.MAX_ORDER_QUANTITY, 5, true))
            .giveAsNode(limit(7, STRATEGY, LimitType.MAX_ORDER_QUANTITY, 5, true))
            .giveAsNode(limit(0, STRATEGY, LimitType.PRICE_COLLAR_BPS, 5, true))
            .giveAsNode(limit(0, STRATEGY, LimitType.MAX_TOTAL_NOTIONAL, 5, true))
            .giveAsNode(limit(0, STRATEGY, LimitType.MAX_ORDER_QUANTITY, -5, true))
            .giveAsNode(limit(Nulls.NULL_INSTRUMENT_ID, STRATEGY, LimitType.MAX_ORDER_QUANTITY, 5, true));

        assertDecisions("SetLimit UNKNOWN_STRATEGY", "[7] SetLimit UNKNOWN_INSTRUMENT", "SetLimit INVALID_VALUE",
            "SetLimit INVALID_VALUE", "SetLimit INVALID_VALUE", "SetLimit UNKNOWN_INSTRUMENT");
    }

    /** Behind each input the core is compared with one that was restored from it. */
    @Test
    void shouldBeSavedAndRestored()
    {
        final CoreScenario compared = CoreScenario.reckoned();
        compared.giveAsNode(limit(0, STRATEGY, LimitType.MAX_ORDERS_PER_SECOND, 5_000, true))
            .giveAsNode(limit(0, STRATEGY, LimitType.MAX_POSITION_NOTIONAL, 5, true)).act(buy(1, 100))
            .giveAsNode(limit(0, STRATEGY, LimitType.MAX_POSITION_NOTIONAL, 5_000, true)).act(buy(1, 100))
            .act(sell(1, 101));

        assertThat(compared.decisions()).containsExactly("SetLimit ACCEPTED", "SetLimit ACCEPTED",
            "REFUSED MAX_POSITION_NOTIONAL limit=5 actual=100", "SetLimit ACCEPTED", "NEW BUY 1@100 SIGNAL",
            "NEW SELL 1@101 SIGNAL");
    }
}
