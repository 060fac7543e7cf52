package io.lockstep.strategies;

import io.lockstep.codecs.Instrument;
import io.lockstep.core.CoreScenario;
import io.lockstep.core.OperatorSays;
import io.lockstep.core.SignalSays;
import io.lockstep.core.TradingCore;
import io.lockstep.sbe.LimitType;
import io.lockstep.sbe.Side;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

import static io.lockstep.core.SignalSays.signal;
import static org.assertj.core.api.Assertions.assertThat;

/** The strategy end to end, on a book of 10 at 100 to 10 at 101. */
class SignalExecutorTest
{
    private static final String NAME = "signal-executor";

    private final CoreScenario scenario = new CoreScenario(new SignalExecutor.Factory());
    private long counter;

    private CoreScenario given(final Instrument instrument, final String... parameters)
    {
        scenario.define(instrument).snapshot(1, "100x10", "101x10")
            .give(OperatorSays.instanceWith(1, "executor", NAME, 0, parameters));
        assertThat(scenario.decisions()).endsWith("StrategyDefinition ACCEPTED");
        return scenario;
    }

    private CoreScenario given(final String... parameters)
    {
        return given(CoreScenario.LINEAR, parameters);
    }

    private SignalSays next(final Side side, final String quantity)
    {
        return signal(counter++).side(side).quantity(quantity);
    }

    private void assertDecisions(final String... expected)
    {
        assertThat(scenario.decisions()).containsExactly(expected);
    }

    @Test
    void shouldTradeAtTheMarketAndKeepWhatComesOfIt()
    {
        given().give(next(Side.BUY, "5")).fill(1, 5, 101).give(next(Side.SELL, "2")).fill(2, 2, 100);

        assertDecisions("NEW BUY 5@MARKET SIGNAL", "SIGNAL ops:1:0 NONE by=1 lots=5 #1", "Signal ACCEPTED",
            "NEW SELL 2@MARKET SIGNAL", "SIGNAL ops:1:1 NONE by=1 lots=2 #2", "Signal ACCEPTED");
        assertThat(scenario.core().position(0).netLots()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource(
    {"join,BUY,100 POST_ONLY", "join,SELL,101 POST_ONLY", "take,BUY,101", "take,SELL,100"})
    void shouldTradeAtTheTouch(final String entry, final Side side, final String price)
    {
        given("entry=" + entry).give(next(side, "5"));

        assertDecisions("NEW " + side + " 5@" + price + " SIGNAL", "TIMER 0 at 5000ms",
            "SIGNAL ops:1:0 NONE by=1 lots=5 #1", "Signal ACCEPTED");
    }

    /** Orders in steps of 5 ticks: to join never better than the own side, to take never worse than the other. */
    @ParameterizedTest
    @CsvSource(
    {"join,BUY,100 POST_ONLY", "join,SELL,105 POST_ONLY", "take,BUY,105", "take,SELL,100"})
    void shouldKeepToTheOrderGrid(final String entry, final Side side, final String price)
    {
        given(CoreScenario.COARSE, "entry=" + entry).snapshot(2, "102x10", "103x10").decisions();

        scenario.give(next(side, "10").symbol("ETHUSDT"));

        assertThat(scenario.decisions()).contains("NEW " + side + " 10@" + price + " SIGNAL");
    }

    @Test
    void shouldWaitSoLongForAFillAndNoLonger()
    {
        given("entry=join", "entryTimeout=2000000ns").give(next(Side.BUY, "5")).accept(1).fill(1, 2, 100).at(2)
            .timer(0).cancel(1).give(next(Side.BUY, "1"));

        assertDecisions("NEW BUY 5@100 POST_ONLY SIGNAL", "TIMER 0 at 2ms", "SIGNAL ops:1:0 NONE by=1 lots=5 #1",
            "Signal ACCEPTED", "CANCEL #1 TIMEOUT", "NEW BUY 1@100 POST_ONLY SIGNAL", "TIMER 0 at 4ms",
            "SIGNAL ops:1:1 NONE by=1 lots=1 #2", "Signal ACCEPTED");
        assertThat(scenario.core().position(0).netLots()).isEqualTo(2);
    }

    @Test
    void shouldLetASignalsOwnExpiryComeFirst()
    {
        given("entry=join").give(next(Side.BUY, "5").expireTimeNs(CoreScenario.START_NS + 3_000_000));

        assertThat(scenario.decisions()).contains("TIMER 0 at 3ms");
    }

    @Test
    void shouldBeBusyWhileItsOrderIsOpen()
    {
        given("entry=join").give(next(Side.BUY, "5")).accept(1).give(next(Side.BUY, "5")).fill(1, 5, 100)
            .give(next(Side.SELL, "5"));

        assertThat(scenario.decisions()).filteredOn((line) -> line.startsWith("SIGNAL")).containsExactly(
            "SIGNAL ops:1:0 NONE by=1 lots=5 #1", "SIGNAL ops:1:1 MODEL_BUSY by=1 lots=5",
            "SIGNAL ops:1:2 NONE by=1 lots=5 #2");
    }

    /** What the venue or a check refuses leaves it ready for the next. */
    @Test
    void shouldBeReadyBehindARefusal()
    {
        given().limit(LimitType.MAX_ORDER_QUANTITY, "5").give(next(Side.BUY, "6")).give(next(Side.BUY, "5")).reject(1)
            .give(next(Side.BUY, "4"));

        assertThat(scenario.decisions()).filteredOn((line) -> line.startsWith("SIGNAL")).containsExactly(
            "SIGNAL ops:1:0 MAX_ORDER_QUANTITY by=1 lots=6 limit=5 actual=6",
            "SIGNAL ops:1:1 NONE by=1 lots=5 #1", "SIGNAL ops:1:2 NONE by=1 lots=4 #2");
    }

    @ParameterizedTest
    @ValueSource(strings =
    {"join", "take"})
    void shouldSayThatThereIsNoTouch(final String entry)
    {
        scenario.define(CoreScenario.LINEAR).trade(100)
            .give(OperatorSays.instanceWith(1, "executor", NAME, 0, "entry=" + entry)).decisions();

        scenario.give(next(Side.BUY, "1"));

        assertDecisions("SIGNAL ops:1:0 NO_REFERENCE_PRICE by=1 lots=1", "Signal REFUSED");
    }

    @Test
    void shouldScaleOnlyWhereThatIsWanted()
    {
        given("budget=scale").give(OperatorSays.instanceWith(2, "strict", NAME, 0, "budget=refuse"))
            .give(OperatorSays.capital(1, 300)).give(OperatorSays.capital(2, 300)).decisions();

        scenario.give(next(Side.BUY, "5").model("executor")).give(next(Side.BUY, "5").model("strict"));

        assertThat(scenario.decisions()).contains("SIGNAL ops:1:0 NONE by=1 lots=3 #1",
            "SIGNAL ops:1:1 BUDGET by=2 limit=30000000000 actual=50000000000");
    }

    /** Each leg has an order of its own. */
    @Test
    void shouldTradeEveryLegByItself()
    {
        scenario.define(CoreScenario.LINEAR).snapshot(1, "100x10", "101x10").define(CoreScenario.LINEAR)
            .snapshot(1, "100x10", "101x10").on(0)
            .give(OperatorSays.instanceWith(1, "both", NAME, new int[]
            {0, 1}, "entry=join")).decisions();

        scenario.give(next(Side.BUY, "1")).give(next(Side.BUY, "2").symbol("BTCUSDT1")).give(next(Side.BUY, "3"));

        assertThat(scenario.decisions()).contains("NEW BUY 1@100 POST_ONLY SIGNAL",
            "[1] NEW BUY 2@100 POST_ONLY SIGNAL", "SIGNAL ops:1:2 MODEL_BUSY by=1 lots=3");
    }

    /** Other parameters take over with the order that is open. */
    @Test
    void shouldGoOnWithItsOrderUnderOtherParameters()
    {
        given("entry=join").give(next(Side.BUY, "5")).accept(1)
            .give(OperatorSays.instanceWith(1, "executor", NAME, 0, "entry=take")).decisions();

        scenario.give(next(Side.BUY, "5")).fill(1, 5, 100).give(next(Side.BUY, "5"));

        assertThat(scenario.decisions()).contains("SIGNAL ops:1:1 MODEL_BUSY by=1 lots=5", "NEW BUY 5@101 SIGNAL");
    }

    /** A stop at a loss of 5 and a target at a gain of 10; busy until the position is left again. */
    @Test
    void shouldLeaveAgainAtTheStopOrTheTarget()
    {
        given("entry=take", "stopBps=500", "targetBps=1000").give(next(Side.BUY, "10"));
        assertDecisions("LIST 1 BRACKET 10 of 3", "NEW BUY 10@101 SIGNAL",
            "HELD #2 SELL STOP 10 trigger=96 on BID_ASK STOP", "HELD #3 SELL LIMIT 10@111 TARGET",
            "TIMER 0 at 5000ms", "SIGNAL ops:1:0 NONE by=1 lots=10 #1", "Signal ACCEPTED");

        scenario.accept(1).fill(1, 10, 101).accept(3).give(next(Side.BUY, "1"));
        assertDecisions("TIMER 0 off", "NEW SELL 10@111 TARGET", "SIGNAL ops:1:1 MODEL_BUSY by=1 lots=1",
            "Signal REFUSED");

        scenario.fill(3, 10, 111).give(next(Side.SELL, "10"));
        assertThat(scenario.decisions()).contains("LIST 1 ended entry=10 exits=10", "LIST 2 BRACKET 10 of 3",
            "NEW SELL 10@100 SIGNAL", "HELD #5 BUY STOP 10 trigger=105 on BID_ASK STOP",
            "HELD #6 BUY LIMIT 10@90 TARGET", "SIGNAL ops:1:2 NONE by=1 lots=10 #4");
        assertThat(scenario.core().position(0).netLots()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
    {"stopBps=500, HELD #2 SELL STOP 10 trigger=96 on BID_ASK STOP",
        "targetBps=1000, HELD #2 SELL LIMIT 10@111 TARGET"})
    void shouldHaveAStopOrATargetAlone(final String parameter, final String exit)
    {
        given(parameter).give(next(Side.BUY, "10"));

        assertThat(scenario.decisions()).contains("LIST 1 OTO 10 of 2", "NEW BUY 10@MARKET SIGNAL", exit,
            "SIGNAL ops:1:0 NONE by=1 lots=10 #1");
    }

    /** On an order grid of 5 ticks both are further away rather than nearer. */
    @Test
    void shouldRoundStopAndTargetAwayFromTheEntry()
    {
        given(CoreScenario.COARSE, "stopBps=100", "targetBps=100").snapshot(2, "1000x10", "1003x10").decisions();

        scenario.give(next(Side.BUY, "10").symbol("ETHUSDT"));

        assertThat(scenario.decisions()).contains("HELD #2 SELL STOP 10 trigger=995 on BID_ASK STOP",
            "HELD #3 SELL LIMIT 10@1015 TARGET");
    }

    /** What was filled of an entry that is given up stays between its stop and its target. */
    @Test
    void shouldKeepStopAndTargetForAPartOfItsEntry()
    {
        given("entry=join", "stopBps=500", "targetBps=1000").give(next(Side.BUY, "10")).accept(1).fill(1, 4, 100)
            .at(5_000).timer(0).cancel(1).accept(3).give(next(Side.BUY, "1"));

        assertThat(scenario.decisions()).contains("CANCEL #1 TIMEOUT", "NEW SELL 4@110 TARGET",
            "SIGNAL ops:1:1 MODEL_BUSY by=1 lots=1");
        scenario.snapshot(9, "95x100", "96x100").cancel(3).fill(2, 4, 95).give(next(Side.BUY, "1"));
        assertThat(scenario.core().position(0).netLots()).isZero();
        assertThat(scenario.decisions()).anyMatch((line) -> line.startsWith("SIGNAL ops:1:2 NONE"));
    }

    @Test
    void shouldSayThatThereIsNoPriceForAStop()
    {
        scenario.define(CoreScenario.LINEAR).trade(100)
            .give(OperatorSays.instanceWith(1, "executor", NAME, 0, "stopBps=5")).decisions();

        scenario.give(next(Side.BUY, "1"));

        assertDecisions("SIGNAL ops:1:0 NO_REFERENCE_PRICE by=1 lots=1", "Signal REFUSED");
    }

    /** Restored while its order waits, it knows the order again. */
    @Test
    void shouldKnowItsOrderBehindARestart()
    {
        given("entry=join").give(next(Side.BUY, "5")).accept(1);
        final TradingCore restored = new TradingCore((sequence, ordinal, buffer, offset, length) ->
        {
        }, List.of(new SignalExecutor.Factory()));

        scenario.core().save((buffer, offset, length) -> restored.restore(buffer, offset, length));
        restored.completeRestore(scenario.core().lastSequence());

        assertThat(restored.stateHash()).isEqualTo(scenario.core().stateHash());
        assertThat(restored.instances().find(1).strategyHash())
            .isEqualTo(scenario.core().instances().find(1).strategyHash())
            .isNotEqualTo(hash("entry=join"));
    }

    @ParameterizedTest
    @CsvSource(
    {"entry=join, entry=take", "entry=market, entry=join", "entryTimeout=1000000ns, entryTimeout=1000001ns",
        "budget=scale, budget=refuse", "stopBps=1, stopBps=2", "targetBps=1, targetBps=2"})
    void shouldHashEveryParameter(final String one, final String other)
    {
        assertThat(hash(one)).isEqualTo(hash(one)).isNotEqualTo(hash(other));
    }

    private static long hash(final String parameter)
    {
        final CoreScenario scenario = new CoreScenario(new SignalExecutor.Factory()).define(CoreScenario.LINEAR)
            .give(OperatorSays.instanceWith(1, "executor", NAME, 0, parameter));
        return scenario.core().instances().find(1).strategyHash();
    }

    @ParameterizedTest
    @ValueSource(strings =
    {"entry=limit", "entryTimeout=5", "entryTimeout=0ns", "budget=some", "stop=5", "stopBps=10000", "targetBps=-1"})
    void shouldRefuseAParameterThatIsNone(final String parameter)
    {
        scenario.define(CoreScenario.LINEAR)
            .give(OperatorSays.instanceWith(1, "executor", NAME, 0, parameter));

        assertThat(scenario.decisions()).endsWith("StrategyDefinition INVALID_VALUE");
    }
}
