package io.lockstep.core;

import io.lockstep.core.command.SourceRoles;
import io.lockstep.sbe.DecisionAcknowledgementEncoder;
import io.lockstep.sbe.ExecutionReportDecoder;
import io.lockstep.sbe.FeedCondition;
import io.lockstep.sbe.FeedReason;
import io.lockstep.sbe.OperatorOrderDecoder;
import io.lockstep.sbe.SetTradingModeDecoder;
import io.lockstep.sbe.Side;
import io.lockstep.sbe.SourceRole;
import io.lockstep.sbe.StrategyDefinitionDecoder;
import io.lockstep.sbe.TimerFiredEncoder;
import io.lockstep.sbe.TradeDecoder;
import io.lockstep.sbe.TradingMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.lockstep.core.CoreScenario.SCRIPTED;
import static io.lockstep.core.CoreScenario.buy;
import static io.lockstep.core.NodeSays.sources;
import static io.lockstep.core.OperatorSays.instance;
import static io.lockstep.core.OperatorSays.limitOrder;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A source sends what its role allows; all else is refused by a decision and changes nothing. Behind every input the core is
 * compared with one that was restored from it.
 */
class SourceRolesTest
{
    private static final int FEED = 1;
    private static final int GATEWAY = 11;
    private static final int OPERATOR = 400;
    private static final int CONTROL_PLANE = 500;
    private static final int UNDEFINED = 77;

    private final CoreScenario scenario = CoreScenario.reckoned()
        .giveAsNode(NodeSays.venueDefinition(0, GATEWAY, 100, "TEST")).giveAsNode(sources(FEED, FEED, SourceRole.FEED))
        .giveAsNode(sources(GATEWAY, GATEWAY, SourceRole.ORDER_GATEWAY))
        .giveAsNode(sources(OPERATOR, OPERATOR + 9, SourceRole.OPERATOR))
        .giveAsNode(sources(CONTROL_PLANE, CONTROL_PLANE, SourceRole.CONTROL_PLANE));
    private final TradingCore core = scenario.core();

    SourceRolesTest()
    {
        assertThat(scenario.decisions()).containsExactly("VenueDefinition ACCEPTED", "SourceDefinition ACCEPTED",
            "SourceDefinition ACCEPTED", "SourceDefinition ACCEPTED", "SourceDefinition ACCEPTED");
    }

    private void assertRefused(final int sourceId, final SourceRole role, final int templateId)
    {
        assertThat(scenario.decisions())
            .containsExactly("INPUT REFUSED " + templateId + " of " + sourceId + " " + role);
    }

    @ParameterizedTest
    @CsvSource(
    {"11,ORDER_GATEWAY", "400,OPERATOR", "500,CONTROL_PLANE", "77,NULL_VAL"})
    void shouldTakeMarketDataOfFeedsAlone(final int sourceId, final SourceRole role)
    {
        final long refused = core.refusedInputs();

        scenario.source(sourceId).trade(120);

        assertRefused(sourceId, role, TradeDecoder.TEMPLATE_ID);
        assertThat(core.refusedInputs()).isEqualTo(refused + 1);
        assertThat(core.market(0).lastTradeTicks()).isNotEqualTo(120);
    }

    /** The node's own word, in the name of the source that it is about. */
    @ParameterizedTest
    @ValueSource(ints =
    {FEED, GATEWAY, OPERATOR, CONTROL_PLANE})
    void shouldTakeThatMessagesOfASourceAreMissing(final int sourceId)
    {
        final long refused = core.refusedInputs();

        scenario.source(sourceId).feedOfSource(FeedCondition.STALE, FeedReason.SOURCE_GAP);

        assertThat(core.refusedInputs()).isEqualTo(refused);
    }

    @ParameterizedTest
    @CsvSource(
    {"1,FEED", "400,OPERATOR", "500,CONTROL_PLANE", "77,NULL_VAL"})
    void shouldTakeExecutionsOfOrderGatewaysAlone(final int sourceId, final SourceRole role)
    {
        scenario.act(buy(1, 100)).decisions();

        scenario.source(sourceId).fill(1, 1, 100);

        assertRefused(sourceId, role, ExecutionReportDecoder.TEMPLATE_ID);
        assertThat(core.position(0).netLots()).isZero();
        scenario.source(sourceId).acknowledged(1);
        assertRefused(sourceId, role, DecisionAcknowledgementEncoder.TEMPLATE_ID);
        assertThat(core.venue(0).acknowledged()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
    {"1,FEED", "11,ORDER_GATEWAY", "500,CONTROL_PLANE", "77,NULL_VAL"})
    void shouldTakeOrdersAndModesOfOperatorsAlone(final int sourceId, final SourceRole role)
    {
        scenario.source(sourceId).give(limitOrder(0, 0, Side.BUY, 1, 100));
        assertRefused(sourceId, role, OperatorOrderDecoder.TEMPLATE_ID);

        scenario.mode(TradingMode.KILLED);
        assertRefused(sourceId, role, SetTradingModeDecoder.TEMPLATE_ID);
        assertThat(core.mode()).isEqualTo(TradingMode.RUNNING);
        assertThat(core.openOrderCount()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
    {"1,FEED", "11,ORDER_GATEWAY", "77,NULL_VAL"})
    void shouldTakeStrategiesOfOperatorsAndTheControlPlane(final int sourceId, final SourceRole role)
    {
        scenario.source(sourceId).give(instance(2, "two", SCRIPTED, 0));
        assertRefused(sourceId, role, StrategyDefinitionDecoder.TEMPLATE_ID);

        scenario.source(CONTROL_PLANE).give(instance(2, "two", SCRIPTED, 0)).source(OPERATOR + 9)
            .give(instance(3, "three", SCRIPTED, 0));
        assertThat(scenario.decisions()).containsExactly("StrategyDefinition ACCEPTED", "StrategyDefinition ACCEPTED");
    }

    /** The node's own are refused by their template, whoever sends them. */
    @ParameterizedTest
    @CsvSource(
    {"1,FEED", "11,ORDER_GATEWAY", "400,OPERATOR", "500,CONTROL_PLANE"})
    void shouldTakeWhatTheNodeSaysOfTheNodeAlone(final int sourceId, final SourceRole role)
    {
        scenario.source(sourceId).give(NodeSays.started(true));

        assertThat(scenario.decisions()).singleElement().asString()
            .startsWith("INPUT REFUSED ").endsWith(" of " + sourceId + " " + role);
        assertThat(core.isReconciling()).isFalse();
        scenario.give((records) -> records.begin(new TimerFiredEncoder()).timerId(1).deadlineNs(1));
        assertRefused(sourceId, role, TimerFiredEncoder.TEMPLATE_ID);
        scenario.give(sources(UNDEFINED, UNDEFINED, SourceRole.OPERATOR)).source(UNDEFINED).mode(TradingMode.KILLED);
        assertThat(core.mode()).isEqualTo(TradingMode.RUNNING);
    }

    @Test
    void shouldTakeWhatItsRoleAllows()
    {
        scenario.source(FEED).act(buy(1, 100)).source(GATEWAY).accept(1).fill(1, 1, 100).source(OPERATOR)
            .give(limitOrder(0, 0, Side.BUY, 2, 99)).source(0).mode(TradingMode.HALTED);

        assertThat(scenario.decisions()).containsExactly("NEW BUY 1@100 SIGNAL", "NEW BUY 2@99 OPERATOR",
            "OperatorOrder ACCEPTED", "SetTradingMode ACCEPTED");
        assertThat(core.position(0).netLots()).isEqualTo(1);
        assertThat(core.refusedInputs()).isZero();
    }

    /** Ids that no definition can name are those of undefined sources. */
    @ParameterizedTest
    @ValueSource(ints =
    {-1, Integer.MIN_VALUE, 1_024, Integer.MAX_VALUE})
    void shouldRefuseASourceThatCannotBe(final int sourceId)
    {
        scenario.source(sourceId).trade(120);

        assertRefused(sourceId, SourceRole.NULL_VAL, TradeDecoder.TEMPLATE_ID);
        assertThat(core.roles().isUndefined(sourceId)).isTrue();
    }

    @Test
    void shouldAllowNoRoleATemplateThatThereIsNot()
    {
        assertThat(SourceRoles.mayThatRole(SourceRole.OPERATOR, -1)).isFalse();
        assertThat(SourceRoles.mayThatRole(SourceRole.OPERATOR, 1 << 16)).isFalse();
    }

    @Test
    void shouldRefuseADefinitionThatCannotBe()
    {
        scenario.giveAsNode(sources(0, 0, SourceRole.OPERATOR)).giveAsNode(sources(5, 4, SourceRole.FEED))
            .giveAsNode(sources(5, 5, SourceRole.NODE)).giveAsNode(sources(5, 5, SourceRole.NULL_VAL))
            .giveAsNode(sources(5, 1 << 20, SourceRole.FEED)).giveAsNode(sources(FEED, FEED, SourceRole.FEED))
            .giveAsNode(sources(FEED, FEED, SourceRole.ORDER_GATEWAY));

        assertThat(scenario.decisions()).containsExactly("SourceDefinition INVALID_VALUE",
            "SourceDefinition INVALID_VALUE", "SourceDefinition INVALID_VALUE", "SourceDefinition INVALID_VALUE",
            "SourceDefinition INVALID_VALUE", "SourceDefinition NO_CHANGE", "SourceDefinition ACCEPTED");
        assertThat(core.roles().role(FEED)).isEqualTo(SourceRole.ORDER_GATEWAY);
    }
}
