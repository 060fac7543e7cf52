package io.lockstep.core;

import io.lockstep.codecs.Decimal;
import io.lockstep.codecs.Nulls;
import io.lockstep.core.risk.LimitOrigins.Origin;
import io.lockstep.sbe.LimitType;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Whose limit holds: the configuration's, which the node says, or an operator's. */
class LimitOriginsTest
{
    private static final int NODE = 0;
    private static final int OPERATOR = 800;
    private static final LimitType TYPE = LimitType.MAX_OPEN_ORDERS;

    private final CoreScenario scenario = new CoreScenario().started(0).define(CoreScenario.LINEAR)
        .define(CoreScenario.LINEAR).on(0);

    private String inForce(final int instrumentId)
    {
        final long mantissa = scenario.core().limits().mantissaInForce(instrumentId, TYPE);
        return mantissa == Nulls.NULL_LONG
            ? "none"
            : new Decimal(mantissa, scenario.core().limits().exponentInForce(instrumentId, TYPE)).toString();
    }

    private void assertInForce(final String first, final String second)
    {
        assertThat(inForce(0) + " " + inForce(1)).isEqualTo(first + " " + second);
        for (int id = 0; id < 2; id++)
        {
            final boolean isSet = scenario.core().slot(id).risk().limits().isSet(TYPE);
            assertThat(isSet).as("what the gate checks").isEqualTo(!inForce(id).equals("none"));
        }
    }

    private String reason()
    {
        return scenario.decisions().stream().reduce((one, other) -> other).orElse("");
    }

    @Test
    void shouldKeepAnOperatorsLimitUntilTheConfiguredValueIsAnother()
    {
        scenario.source(NODE).limitAll(TYPE, "4").source(OPERATOR).limitAll(TYPE, "2");
        assertInForce("2", "2");

        scenario.source(NODE).limitAll(TYPE, "4.00");
        assertThat(reason()).contains("NO_CHANGE");
        assertInForce("2", "2");

        scenario.source(NODE).limitAll(TYPE, "5");
        assertInForce("5", "5");
        assertThat(scenario.core().limitOrigins(Nulls.NULL_INSTRUMENT_ID).isSet(Origin.OPERATOR, TYPE)).isFalse();
    }

    @Test
    void shouldReturnToWhatIsConfiguredWhenAnOperatorTakesHisBack()
    {
        scenario.source(NODE).limitAll(TYPE, "4").limit(TYPE, "3").source(OPERATOR).limitAll(TYPE, "9");
        assertInForce("9", "9");
        scenario.unsetAll(TYPE);
        assertInForce("3", "4");
        assertThat(reason()).contains("UnsetLimit ACCEPTED");
        scenario.unsetAll(TYPE);
        assertThat(reason()).contains("UnsetLimit NO_CHANGE");
        assertInForce("3", "4");
    }

    @Test
    void shouldTakeAConfigurationThatAnOperatorAppliesAsTheNodesOwnWord()
    {
        scenario.source(NODE).limitAll(TYPE, "4").source(OPERATOR).limitAll(TYPE, "2");

        scenario.configured(true).limitAll(TYPE, "5");
        assertInForce("5", "5");
        scenario.source(NODE).limitAll(TYPE, "5");
        assertThat(reason()).as("the start that follows").contains("NO_CHANGE");

        scenario.source(OPERATOR).configured(false).unsetAll(TYPE);
        assertThat(reason()).as("nothing is his").contains("NO_CHANGE");
        scenario.configured(true).unsetAll(TYPE);
        assertInForce("none", "none");
    }

    @Test
    void shouldBeWithoutALimitWhenNothingIsConfigured()
    {
        scenario.source(OPERATOR).limit(TYPE, "7");
        assertInForce("7", "none");
        scenario.unset(TYPE);
        assertInForce("none", "none");
    }

    @Test
    void shouldPutTheNewestOfAnOperatorFirst()
    {
        scenario.source(OPERATOR).limitAll(TYPE, "9").limit(TYPE, "1");
        assertInForce("1", "9");
        scenario.limitAll(TYPE, "8");
        assertInForce("8", "8");
        scenario.unset(TYPE);
        assertThat(reason()).contains("NO_CHANGE");
    }

    @Test
    void shouldUnsetWhatIsConfiguredNoMoreAndLeaveTheOperators()
    {
        scenario.source(NODE).limitAll(TYPE, "4").limit(TYPE, "3").source(OPERATOR).limit(TYPE, "2");
        scenario.source(NODE).unset(TYPE).unsetAll(TYPE);
        assertInForce("2", "none");
        scenario.source(OPERATOR).unset(TYPE);
        assertInForce("none", "none");
    }

    @Test
    void shouldBindAnInstrumentThatIsDefinedLaterByWhatHoldsForAll()
    {
        scenario.source(NODE).limitAll(TYPE, "4").source(OPERATOR).limitAll(TYPE, "2").unsetAll(TYPE);
        scenario.source(NODE).define(CoreScenario.LINEAR);
        assertThat(inForce(2)).isEqualTo("4");
        scenario.unsetAll(TYPE).define(CoreScenario.LINEAR);
        assertThat(inForce(3)).isEqualTo("none");
        assertThat(scenario.core().slot(3).risk().limits().isSet(TYPE)).isFalse();
    }

    @Test
    void shouldReturnAShareToItsConfiguredOne()
    {
        scenario.allocate(LimitType.MAX_TOTAL_OPEN_ORDERS, "3", "10");
        scenario.source(OPERATOR).limitAll(LimitType.MAX_TOTAL_OPEN_ORDERS, "7");
        scenario.allocate(LimitType.MAX_TOTAL_OPEN_ORDERS, "3", "10");
        assertThat(reason()).contains("NO_CHANGE");
        assertThat(scenario.core().currentLimitMantissa()).isEqualTo(7);
        scenario.unsetAll(LimitType.MAX_TOTAL_OPEN_ORDERS);
        assertThat(scenario.core().previousLimitMantissa()).isEqualTo(7);
        assertThat(scenario.core().currentLimitMantissa()).isEqualTo(3);
        scenario.source(NODE).unsetAll(LimitType.MAX_TOTAL_OPEN_ORDERS);
        assertThat(scenario.core().currentLimitMantissa()).isEqualTo(Nulls.NULL_LONG);
    }

    /** What an operator has set must not be lost in a state that is compared by its hash. */
    @Test
    void shouldShowInTheHash()
    {
        scenario.source(NODE).limitAll(TYPE, "4").source(OPERATOR).limitAll(TYPE, "4");
        final long hash = scenario.core().stateHash();
        scenario.core().limitOrigins(Nulls.NULL_INSTRUMENT_ID).unset(Origin.OPERATOR, TYPE);
        assertThat(scenario.core().stateHash()).isNotEqualTo(hash);
    }

    @Test
    void shouldChangeNothingWhenTheSameStrategyIsConfiguredAgain()
    {
        scenario.source(NODE).assign(CoreScenario.CROSSING, "fast=2", "slow=5").source(OPERATOR)
            .stop(CoreScenario.CROSSING).decisions();

        scenario.source(NODE).assign(CoreScenario.CROSSING, "slow=5.0", "fast=2");
        assertThat(reason()).contains("NO_CHANGE");
        assertThat(scenario.core().slot(0).leg(0).instance().isRunning()).as("an operator has stopped it").isFalse();

        scenario.assign(CoreScenario.CROSSING, "slow=6", "fast=2");
        assertThat(reason()).contains("ACCEPTED");
        assertThat(scenario.core().slot(0).leg(0).instance().isRunning()).as("whatever its parameters").isFalse();
    }

    /** An assignment takes the place of what trades the instrument alone. */
    @Test
    void shouldReplaceTheStrategyOfAnInstrument()
    {
        scenario.source(NODE).assign(CoreScenario.CROSSING, "fast=2", "slow=5");
        scenario.source(OPERATOR).assign(CoreScenario.SCRIPTED);
        assertThat(reason()).contains("ACCEPTED");
        assertThat(scenario.core().instances().find(1).isPresent()).isFalse();
        assertThat(scenario.core().instances().find(2).definition().strategyName()).isEqualTo(CoreScenario.SCRIPTED);
        scenario.source(NODE).withdraw();
        assertThat(scenario.core().instances().find(2).isPresent()).isFalse();
        assertThat(scenario.core().slot(0).legCount()).as("nobody's").isEqualTo(1);
    }
}
