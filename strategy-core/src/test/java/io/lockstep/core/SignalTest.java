package io.lockstep.core;

import io.lockstep.codecs.Instrument;
import io.lockstep.core.signal.SignalAnswer;
import io.lockstep.core.signal.SignalClients;
import io.lockstep.core.signal.SignalWindow;
import io.lockstep.sbe.LimitType;
import io.lockstep.sbe.Side;
import io.lockstep.sbe.SourceRole;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static io.lockstep.core.SignalSays.signal;
import static org.assertj.core.api.Assertions.assertThat;

/** One answer to each signal, at a mark of 100 where there is one: bid 100, offer 101, one quote unit a tick and lot. */
class SignalTest
{
    private final CoreScenario scenario = new CoreScenario(new SignalTaker.Factory());

    /** Two instruments, the models {@code a} on the first and {@code b} on both, after that no decisions. */
    private CoreScenario models(final String... parametersOfA)
    {
        scenario.define(CoreScenario.LINEAR).snapshot(1, "100x10", "101x10").define(CoreScenario.COARSE)
            .snapshot(1, "100x10", "101x10")
            .give(OperatorSays.instanceWith(1, "a", SignalTaker.NAME, 0, parametersOfA))
            .give(OperatorSays.instance(2, "b", SignalTaker.NAME, 0, 1)).on(0).compared();
        scenario.decisions();
        return scenario;
    }

    private void assertDecisions(final String... expected)
    {
        assertThat(scenario.decisions()).containsExactly(expected);
    }

    @Test
    void shouldGiveASignalToTheModelThatItNames()
    {
        models().give(signal(0).quantity("3").model("b")).give(signal(1).quantity("2").model("a").side(Side.SELL));

        assertDecisions("NEW BUY 3@MARKET SIGNAL", "SIGNAL ops:1:0 NONE by=2 lots=3 #1", "Signal ACCEPTED",
            "NEW SELL 2@MARKET SIGNAL", "SIGNAL ops:1:1 NONE by=1 lots=2 #2", "Signal ACCEPTED");
        assertThat(scenario.core().instances().find(2).signals().taken()).isEqualTo(1);
    }

    @Test
    void shouldTakeAnAmountAtTheMarkRoundedDownToWhatOrdersMayHave()
    {
        models().give(signal(0).quoteAmount("350.5").model("a"))
            .give(signal(1).quoteAmount("2999.99").symbol("ETHUSDT1.TEST"));

        assertThat(scenario.decisions()).contains("SIGNAL ops:1:0 NONE by=1 lots=3 #1",
            "[1] SIGNAL ops:1:1 NONE by=2 lots=20 #2");
    }

    @Test
    void shouldSayWhatItsIdWasAnsweredWithButOnce()
    {
        models().give(signal(5).quantity("1").model("none")).give(signal(5).quantity("1"))
            .give(signal("ops", 2, 0).quantity("1").model("a")).give(signal(6).quantity("1"))
            .give(signal("other", 1, 5).quantity("1").model("a"));

        assertDecisions("SIGNAL ops:1:5 UNKNOWN_MODEL", "Signal REFUSED",
            "SIGNAL ops:1:5 SIGNAL_REPEATED", "Signal REFUSED",
            "NEW BUY 1@MARKET SIGNAL", "SIGNAL ops:2:0 NONE by=1 lots=1 #1", "Signal ACCEPTED",
            "SIGNAL ops:1:6 SIGNAL_TOO_OLD", "Signal REFUSED",
            "NEW BUY 1@MARKET SIGNAL", "SIGNAL other:1:5 NONE by=1 lots=1 #2", "Signal ACCEPTED");
    }

    @ParameterizedTest
    @CsvSource(
    {"0,NONE", "1,SIGNAL_REPEATED", "1023,SIGNAL_REPEATED", "1024,SIGNAL_TOO_OLD"})
    void shouldRememberSoManySignals(final int behind, final String expected)
    {
        final int newest = 5_000;
        models();
        for (int counter = newest - behind; behind > 0 && counter <= newest; counter += behind)
        {
            scenario.give(signal(counter).quantity("1").model("a"));
        }
        scenario.decisions();

        scenario.give(signal(newest - behind).quantity("1").model("a"));

        assertThat(scenario.decisions()).anyMatch((line) -> line.startsWith("SIGNAL ops:1:" + (newest - behind) +
            " " + expected));
        assertThat(SignalWindow.COUNTERS).isEqualTo(1_024);
    }

    @ParameterizedTest
    @CsvSource(
    {"'',1,1", "ops,-1,1", "ops,1,-1", "aaaaaaaabbbbbbbbccccccccddddddddeeeeeeeeffffffffgggggggghhhhhhhhi,1,1"})
    void shouldRefuseAnIdThatIsNone(final String client, final long epoch, final long counter)
    {
        models().give(signal(client, epoch, counter).quantity("1").model("a"));

        assertDecisions("SIGNAL " + (client.length() > 3 ? "" : client) + ":" + epoch + ":" + counter + " SIGNAL_ID",
            "Signal REFUSED");
        assertThat(scenario.core().signalClients().count()).isZero();
    }

    @Test
    void shouldKeepSoManyClientsApart()
    {
        models();
        for (int i = 0; i < SignalClients.CLIENTS_MAX; i++)
        {
            scenario.give(signal("client-" + i, 1, 1).quantity("1").model("none"));
        }
        scenario.decisions();

        scenario.give(signal("one-more", 1, 1).quantity("1")).give(signal("client-7", 1, 1).quantity("1"));

        assertDecisions("SIGNAL one-more:1:1 SIGNAL_CLIENTS limit=256 actual=257", "Signal REFUSED",
            "SIGNAL client-7:1:1 SIGNAL_REPEATED", "Signal REFUSED");
    }

    @Test
    void shouldRefuseWhatMakesNoSense()
    {
        models().at(5).give(signal(0)).give(signal(1).quantity("1").quoteAmount("1"))
            .give(signal(2).quantity("0.5")).give(signal(3).quantity("0")).give(signal(4).quantity("-1"))
            .give(signal(5).quantity("5").symbol("ETHUSDT1")).give(signal(6).quoteAmount("99"))
            .give(signal(7).quantity("1").side(Side.NULL_VAL))
            .give(signal(8).quantity("1").expireTimeNs(CoreScenario.START_NS + 5_000_000))
            .give(signal(9).quantity("1").symbol("BTCUSD"));

        assertThat(scenario.decisions()).filteredOn((line) -> line.contains("SIGNAL")).satisfiesExactly(
            (line) -> assertThat(line).contains("ops:1:0 QUANTITY_AND_QUOTE"),
            (line) -> assertThat(line).contains("ops:1:1 QUANTITY_AND_QUOTE"),
            (line) -> assertThat(line).contains("ops:1:2 INVALID_QUANTITY by="),
            (line) -> assertThat(line).contains("ops:1:3 INVALID_QUANTITY by="),
            (line) -> assertThat(line).contains("ops:1:4 INVALID_QUANTITY by="),
            (line) -> assertThat(line).contains("ops:1:5 INVALID_QUANTITY by=2"),
            (line) -> assertThat(line).contains("ops:1:6 INVALID_QUANTITY by="),
            (line) -> assertThat(line).contains("ops:1:7 INVALID_TERMS"),
            (line) -> assertThat(line).contains("ops:1:8 EXPIRE_TIME limit=1000005000000 actual=1000005000000"),
            (line) -> assertThat(line).contains("ops:1:9 UNKNOWN_SYMBOL"));
        assertThat(scenario.orderCount()).isZero();
    }

    @Test
    void shouldTakeASignalUntilItExpires()
    {
        models().at(4).give(signal(8).quantity("1").model("a").expireTimeNs(CoreScenario.START_NS + 5_000_000));

        assertThat(scenario.decisions()).contains("SIGNAL ops:1:8 NONE by=1 lots=1 #1");
    }

    @Test
    void shouldAskForTheVenueWhereSeveralHaveTheSymbol()
    {
        models().defineAs(new Instrument(2, "BTCUSDT", "ELSEWHERE",
            CoreScenario.LINEAR.contractType(), CoreScenario.LINEAR.tick(), CoreScenario.LINEAR.lot(), 1, 1,
            CoreScenario.LINEAR.multiplier(), "BASE", "USDT", "USDT", 0)).decisions();

        scenario.give(signal(0).quantity("1").model("a"))
            .give(signal(1).quantity("1").symbol("BTCUSDT.TEST").model("a"))
            .give(signal(2).quantity("1").symbol("BTCUSDT.ELSEWHERE").model("a"));

        assertDecisions("SIGNAL ops:1:0 AMBIGUOUS_SYMBOL", "Signal REFUSED",
            "NEW BUY 1@MARKET SIGNAL", "SIGNAL ops:1:1 NONE by=1 lots=1 #1", "Signal ACCEPTED",
            "[2] SIGNAL ops:1:2 UNKNOWN_MODEL", "[2] Signal REFUSED");
    }

    @Test
    void shouldPassByModelsThatDoNotRunOrHaveNoWeight()
    {
        models().stop("a");
        scenario.decisions();

        scenario.give(signal(0).quantity("1")).give(signal(1).quantity("1").model("a"))
            .give(OperatorSays.weight(2, "0")).give(signal(2).quantity("1")).give(signal(3).quantity("1").model("b"))
            .start("a").give(signal(4).quantity("1"));

        assertThat(scenario.decisions()).filteredOn((line) -> line.startsWith("SIGNAL")).containsExactly(
            "SIGNAL ops:1:0 NONE by=2 lots=1 #1", "SIGNAL ops:1:1 MODEL_PAUSED by=1", "SIGNAL ops:1:2 NO_MODEL",
            "SIGNAL ops:1:3 NONE by=2 lots=1 #2", "SIGNAL ops:1:4 NONE by=1 lots=1 #3");
    }

    /** One that is to be taken out, while it holds something, opens nothing. */
    @Test
    void shouldGiveNothingToAModelThatIsToBeTakenOut()
    {
        models().give(signal(0).quantity("4").model("a")).fill(1, 4, 101).give(OperatorSays.unassign(1)).decisions();

        scenario.give(signal(1).quantity("1").model("a")).give(signal(2).quantity("1"));

        assertThat(scenario.decisions()).contains("SIGNAL ops:1:1 MODEL_PAUSED by=1",
            "SIGNAL ops:1:2 NONE by=2 lots=1 #2");
    }

    @Test
    void shouldChooseNoStrategyThatTakesNoSignals()
    {
        final CoreScenario live = CoreScenario.live();

        live.give(signal(0).quantity("1")).give(signal(1).quantity("1").model("scripted@BTCUSDT.TEST"));

        assertThat(live.decisions()).containsExactly("SIGNAL ops:1:0 NO_MODEL", "Signal REFUSED",
            "SIGNAL ops:1:1 UNKNOWN_MODEL", "Signal REFUSED");
    }

    @Test
    void shouldRefuseWhatIsBeyondTheBudget()
    {
        models().give(OperatorSays.capital(1, 1_000)).decisions();

        scenario.give(signal(0).quantity("11").model("a")).give(signal(1).quantity("10").model("a"))
            .give(signal(2).quantity("1").model("a"));

        assertThat(scenario.decisions()).filteredOn((line) -> line.startsWith("SIGNAL")).containsExactly(
            "SIGNAL ops:1:0 BUDGET by=1 limit=100000000000 actual=110000000000",
            "SIGNAL ops:1:1 NONE by=1 lots=10 #1",
            "SIGNAL ops:1:2 BUDGET by=1 limit=100000000000 actual=110000000000");
    }

    @Test
    void shouldGiveAModelThatScalesWhatTheBudgetLeaves()
    {
        models("scales=1").give(OperatorSays.capital(1, 1_000)).decisions();

        scenario.give(signal(0).quantity("7").model("a")).give(signal(1).quantity("1000000").model("a"))
            .give(signal(2).quantity("1").model("a"));

        assertThat(scenario.decisions()).filteredOn((line) -> line.startsWith("SIGNAL")).containsExactly(
            "SIGNAL ops:1:0 NONE by=1 lots=7 #1", "SIGNAL ops:1:1 NONE by=1 lots=3 #2",
            "SIGNAL ops:1:2 BUDGET by=1 limit=100000000000 actual=110000000000");
    }

    /** What but closes is never short of money; what turns the position counts with what it leaves behind. */
    @Test
    void shouldAlwaysLetAPositionBeClosed()
    {
        models("scales=1").give(OperatorSays.capital(1, 1_000)).give(signal(0).quantity("10").model("a"))
            .fill(1, 10, 101).snapshot(9, "200x100", "201x100").decisions();

        scenario.give(signal(1).quantity("1").model("a"))
            .give(signal(2).quantity("100").model("a").side(Side.SELL));

        assertThat(scenario.decisions()).filteredOn((line) -> line.startsWith("SIGNAL")).satisfiesExactly(
            (line) -> assertThat(line).startsWith("SIGNAL ops:1:1 BUDGET by=1"),
            (line) -> assertThat(line).isEqualTo("SIGNAL ops:1:2 NONE by=1 lots=15 #2"));
    }

    @Test
    void shouldSayWhyTheModelDidNotTakeIt()
    {
        models("answer=1").give(signal(0).quantity("1").model("a"));

        assertDecisions("SIGNAL ops:1:0 MODEL_BUSY by=1 lots=1", "Signal REFUSED");
        assertThat(scenario.core().instances().find(1).signals().refused()).isEqualTo(1);
    }

    @Test
    void shouldSayWhyACheckHasRefusedTheOrder()
    {
        models().limit(LimitType.MAX_ORDER_QUANTITY, "5").decisions();

        scenario.give(signal(0).quantity("6").model("a")).give(signal(1).quantity("5").model("a"));

        assertDecisions("REFUSED MAX_ORDER_QUANTITY limit=5 actual=6",
            "SIGNAL ops:1:0 MAX_ORDER_QUANTITY by=1 lots=6 limit=5 actual=6", "Signal REFUSED",
            "NEW BUY 5@MARKET SIGNAL", "SIGNAL ops:1:1 NONE by=1 lots=5 #1", "Signal ACCEPTED");
    }

    @Test
    void shouldTakeASignalForWhichTheModelAsksForNothingYet()
    {
        models("answer=3").limit(LimitType.MAX_ORDER_QUANTITY, "5").give(signal(0).quantity("6").model("b"))
            .decisions();

        scenario.give(signal(1).quantity("1").model("a"));

        assertDecisions("SIGNAL ops:1:1 NONE by=1 lots=1", "Signal ACCEPTED");
    }

    @Test
    void shouldNameTheOrderOfAnotherLeg()
    {
        scenario.define(CoreScenario.LINEAR).define(CoreScenario.LINEAR).snapshot(1, "100x10", "101x10")
            .on(0).snapshot(1, "100x10", "101x10")
            .give(OperatorSays.instanceWith(1, "pair", SignalTaker.NAME, new int[]
            {0, 1}, "answer=4")).decisions();

        scenario.give(signal(0).quantity("2"));

        assertDecisions("[1] NEW BUY 2@MARKET SIGNAL", "SIGNAL ops:1:0 NONE by=1 lots=2 #1", "Signal ACCEPTED");
    }

    @Test
    void shouldSuspendAModelThatThrowsAndAnswerAllTheSame()
    {
        models("answer=2").give(signal(0).quantity("1").model("a")).give(signal(1).quantity("1").model("a"));

        assertThat(scenario.decisions()).satisfiesExactly(
            (line) -> assertThat(line).contains("SUSPENDED", "SIGNAL"),
            (line) -> assertThat(line).isEqualTo("SIGNAL ops:1:0 MODEL_PAUSED by=1 lots=1"),
            (line) -> assertThat(line).isEqualTo("Signal REFUSED"),
            (line) -> assertThat(line).isEqualTo("SIGNAL ops:1:1 MODEL_PAUSED by=1"),
            (line) -> assertThat(line).isEqualTo("Signal REFUSED"));
    }

    @ParameterizedTest
    @CsvSource(
    {"0.0000001", "1000000.000001", "-1"})
    void shouldRefuseAWeightThatCannotBeCounted(final String weight)
    {
        models().give(OperatorSays.weight(1, weight)).give(OperatorSays.weight(1, "1000000"))
            .give(OperatorSays.weight(1, "0.000001"));

        assertDecisions("AllocateStrategy INVALID_VALUE", "AllocateStrategy ACCEPTED", "AllocateStrategy ACCEPTED");
    }

    @Test
    void shouldTakeSignalsOfOperatorsAndTheControlPlaneAlone()
    {
        models().giveAsNode(NodeSays.sources(5, 5, SourceRole.CONTROL_PLANE))
            .giveAsNode(NodeSays.sources(6, 6, SourceRole.OPERATOR))
            .giveAsNode(NodeSays.sources(7, 7, SourceRole.FEED)).decisions();

        scenario.source(5).give(signal(0).quantity("1").model("none")).source(6)
            .give(signal(1).quantity("1").model("none")).source(7).give(signal(2).quantity("1").model("none"));

        assertThat(scenario.decisions()).satisfiesExactly(
            (line) -> assertThat(line).startsWith("SIGNAL ops:1:0"), (line) -> assertThat(line).contains("Signal"),
            (line) -> assertThat(line).startsWith("SIGNAL ops:1:1"), (line) -> assertThat(line).contains("Signal"),
            (line) -> assertThat(line).startsWith("INPUT REFUSED"));
    }

    /** The ClOrdID in the decision is the order's. */
    @Test
    void shouldNameItsOrder()
    {
        models().give(signal(0).quantity("1").model("a"));

        assertThat(scenario.core().newestSignal().hasOrder()).isTrue();
        final SignalAnswer answer = scenario.core().newestSignal();
        assertThat(scenario.order(1).clOrdId())
            .isEqualTo(CoreScenario.clOrdId(answer.incarnation(), answer.sequence(), answer.ordinal()));
    }
}
