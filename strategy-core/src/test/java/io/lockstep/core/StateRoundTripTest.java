package io.lockstep.core;

import io.lockstep.core.strategy.ScriptedStrategy;
import io.lockstep.sbe.BookLevelsDecoder;
import io.lockstep.sbe.LimitType;
import io.lockstep.sbe.OrdStatus;
import io.lockstep.sbe.OrderSectionDecoder;
import io.lockstep.sbe.OrderTimesDecoder;
import io.lockstep.sbe.StrategyStateDecoder;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import static io.lockstep.core.CoreScenario.buy;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A core that was saved and restored goes on as if nothing had happened: field by field, decision by decision, hash by hash.
 */
class StateRoundTripTest
{
    private static final int STEPS = 6_000;
    private static final int SEEDS = 8;
    private static final int INPUTS_BETWEEN_SAVES = 37;

    private static TradingCore newCore(final DecisionPort port)
    {
        return TradingCoreTest.newCore(port);
    }

    private static SavedState assertSame(final TradingCore core, final TradingCore restored, final String when)
    {
        assertThat(StateComparison.differences(core, restored)).as(when).isEmpty();
        final SavedState again = SavedState.of(restored);
        assertThat(again.sections()).as(when).isEqualTo(SavedState.of(core).sections());
        return again;
    }

    /** Every so many inputs the second core is one that was restored from the second core. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs =
    {1, 2, 3, 4, 5, 6})
    void shouldGoOnAsIfNothingHadHappened(final long seed)
    {
        final RandomInputs inputs = new RandomInputs(seed);
        for (int step = 0; step < STEPS; step++)
        {
            inputs.step();
        }
        final InputRecords records = inputs.scenario().records();
        final DecisionCounter decisions = new DecisionCounter();
        final DecisionCounter restoredDecisions = new DecisionCounter();
        final TradingCore core = newCore(decisions);
        TradingCore restored = newCore(restoredDecisions);
        for (int i = 0; i < records.count(); i++)
        {
            final String when = "seed=" + seed + " sequence=" + (i + 1);
            core.onInput(records.buffer(), records.offset(i));
            restored.onInput(records.buffer(), records.offset(i));
            if (decisions.hash() != restoredDecisions.hash() || core.stateHash() != restored.stateHash())
            {
                throw new AssertionError(when + " " + StateComparison.differences(core, restored));
            }
            if (i % INPUTS_BETWEEN_SAVES == 0)
            {
                final SavedState saved = SavedState.of(restored);
                restored = newCore(restoredDecisions);
                saved.restoreInto(restored, i + 1);
                assertSame(core, restored, when);
            }
        }
        assertThat(decisions.count()).isGreaterThan(STEPS / 10);
        assertThat(decisions.hash()).isEqualTo(restoredDecisions.hash());
        assertThat(core.lastSequence()).isEqualTo(records.count());
    }

    /** That the runs above come upon what they are about. */
    @Test
    void shouldComeUponEveryKindOfState()
    {
        final Set<OrdStatus> statuses = EnumSet.noneOf(OrdStatus.class);
        final Set<String> met = new TreeSet<>();
        long impossibleOrderEvents = 0;
        for (int seed = 1; seed <= SEEDS; seed++)
        {
            final RandomInputs inputs = new RandomInputs(seed);
            final TradingCore core = inputs.scenario().core();
            for (int step = 0; step < STEPS; step++)
            {
                inputs.step();
                SavedState.of(core).sections().forEach((section) -> meet(section, statuses, met));
            }
            assertThat(core.unknownInstruments()).as("seed=%d", seed).isPositive();
            assertThat(core.unknownOrders()).as("seed=%d", seed).isPositive();
            impossibleOrderEvents += core.impossibleOrderEvents();
        }

        assertThat(impossibleOrderEvents).isPositive();
        assertThat(statuses).containsExactlyInAnyOrder(OrdStatus.PENDING_NEW, OrdStatus.NEW,
            OrdStatus.PARTIALLY_FILLED, OrdStatus.PENDING_CANCEL, OrdStatus.PENDING_REPLACE);
        assertThat(met).containsExactlyInAnyOrder("half a snapshot", "a replace under way", "a ClOrdID before",
            "a stopped strategy", "no strategy", "a timer", "order times", "an order of a strategy", "a reconciliation",
            "a node that stops", "statuses of an answer", "ids of executions", "lost orders", "ids taken ahead",
            "an order of an answer", "cancels to be sent again", "closed orders", "several legs", "signals taken",
            "a suspended strategy",
            "an instance to be taken out", "parameters that wait", "a timer that waits", "a position to be closed",
            "a reference price", "a calendar", "an instrument that goes by a calendar");
    }

    private static void meet(final UnsafeBuffer section, final Set<OrdStatus> statuses, final Set<String> met)
    {
        final SectionFacts facts = new SectionFacts(section);
        statuses.addAll(facts.statuses());
        met.addAll(facts.names());
    }

    @Test
    void shouldRestoreACoreThatHasSeenNothing()
    {
        final TradingCore restored = newCore(new DecisionCounter());
        SavedState.of(newCore(new DecisionCounter())).restoreInto(restored, 0);

        assertSame(newCore(new DecisionCounter()), restored, "nothing");
    }

    /** More levels, order times and strategy's values than one section holds, levels that were dropped, a full pool. */
    @Test
    void shouldCutWhatIsLarge()
    {
        final CoreScenario scenario = new CoreScenario().define(CoreScenario.LINEAR)
            .assign(CoreScenario.CROSSING, "fast=4000", "slow=9000");
        for (int price = 1; price < 100; price++)
        {
            scenario.trade(price);
        }
        scenario.limit(LimitType.MAX_ORDERS_PER_SECOND, "9000");
        scenario.define(CoreScenario.LINEAR);
        final StringBuilder bids = new StringBuilder("1x1");
        final StringBuilder asks = new StringBuilder("100001x1");
        for (int i = 2; i <= TradingCore.BOOK_LEVELS_MAX + 5; i++)
        {
            bids.append(' ').append(i).append("x").append(i);
            asks.append(' ').append(100_000 + i).append("x").append(i);
        }
        scenario.snapshot(5, bids.toString(), asks.toString());
        scenario.define(CoreScenario.LINEAR).assign(CoreScenario.SCRIPTED).snapshot(5, "100x10", "101x10");
        scenario.limit(LimitType.MAX_ORDERS_PER_SECOND, "5000");
        for (int i = 0; i < 3_000; i++)
        {
            scenario.act(buy(1, 100));
        }

        final SavedState saved = SavedState.of(scenario.core());
        final TradingCore restored = new TradingCore(new DecisionCounter(),
            List.of(new CrossingStrategy.Factory(), new ScriptedStrategy.Factory(CoreScenario.SCRIPTED)));
        saved.restoreInto(restored, scenario.core().lastSequence());

        assertThat(StateComparison.differences(scenario.core(), restored))
            .allMatch((difference) -> difference.contains("actions") || difference.contains("heard"));
        assertThat(restored.market(1).book().droppedLevels()).isEqualTo(10);
        assertThat(restored.openOrders(2).count()).isEqualTo(3_000);
        assertThat(count(saved, BookLevelsDecoder.TEMPLATE_ID)).isEqualTo(4 + 4 + 2);
        assertThat(count(saved, OrderTimesDecoder.TEMPLATE_ID)).isEqualTo(3 + 2);
        assertThat(count(saved, StrategyStateDecoder.TEMPLATE_ID)).isEqualTo(2 + 1);
        assertThat(count(saved, OrderSectionDecoder.TEMPLATE_ID)).isEqualTo(3_000);
    }

    private static long count(final SavedState saved, final int templateId)
    {
        long count = 0;
        for (int i = 0; i < saved.sections().size(); i++)
        {
            count += saved.templateId(i) == templateId ? 1 : 0;
        }
        return count;
    }
}
