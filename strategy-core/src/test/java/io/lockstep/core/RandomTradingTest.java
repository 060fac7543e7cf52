package io.lockstep.core;

import io.lockstep.core.order.Order;
import io.lockstep.core.position.Position;
import io.lockstep.sbe.LimitType;
import io.lockstep.sbe.MachineState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.math.BigDecimal;

import static org.assertj.core.api.Assertions.assertThat;

/** What must hold after every input, over long runs from seeds. A failure names the seed and the step, which repeat it. */
class RandomTradingTest
{
    private static final int STEPS = 8_000;
    private static final String[] CROSSOVER = {"fast=2", "slow=5", "confirmations=1", "stopBps=20", "targetBps=30",
        "entryTimeoutMs=400", "orderNotional=10000"};

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs =
    {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void shouldKeepTheCrossoverWithinOneOrder(final long seed)
    {
        final RandomTrading trading = new RandomTrading(seed, CoreScenario.CROSSOVER, CROSSOVER);
        int closed = 0;
        for (int step = 0; step < STEPS; step++)
        {
            final MachineState before = trading.scenario().core().state(0);
            trading.step();
            checkAccounts(trading, seed, step);
            checkOneOrder(trading, seed, step);
            closed += before == MachineState.IN_TRADE && "WATCH".equals(trading.state()) ? 1 : 0;
        }
        assertThat(closed).as("round trips, seed=%d", seed).isGreaterThan(5);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs =
    {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void shouldKeepAccountsWhateverAStrategyDoes(final long seed)
    {
        final RandomTrading trading = new RandomTrading(seed, "restless", "seed=" + seed);
        for (int step = 0; step < STEPS; step++)
        {
            trading.step();
            checkAccounts(trading, seed, step);
            assertThat(Math.abs(trading.venue().netLots())).as("seed=%d step=%d", seed, step).isLessThanOrEqualTo(60);
        }
        assertThat(trading.scenario().orderCount()).as("orders, seed=%d", seed).isGreaterThan(100);
    }

    /** What counts in the total of all instruments follows from what is saved, so a change that does not count it shows. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs =
    {1, 2, 3, 4, 5})
    void shouldCountTheTotalAsARestoredCoreDoes(final long seed)
    {
        final RandomTrading trading = new RandomTrading(seed, "restless", "seed=" + seed);
        final TradingCore core = trading.scenario().core();
        trading.scenario().limitAll(LimitType.MAX_TOTAL_NOTIONAL, "20000");
        for (int step = 0; step < STEPS / 8; step++)
        {
            trading.step();
            final TradingCore restored = TradingCoreTest.newCore(new DecisionCounter());
            SavedState.of(core).restoreInto(restored, core.lastSequence());
            assertThat(StateComparison.differences(core, restored)).as("seed=%d step=%d", seed, step).isEmpty();
        }
    }

    private static void checkAccounts(final RandomTrading trading, final long seed, final int step)
    {
        final TradingCore core = trading.scenario().core();
        final Position position = core.position(0);
        if (position.netLots() != trading.venue().netLots() ||
            !new BigDecimal(position.cash().toBigInteger()).equals(trading.venue().cash()) ||
            !new BigDecimal(position.fees().toBigInteger()).equals(trading.venue().fees()) ||
            core.openOrders(0).count() != trading.venue().openCount() || core.impossibleOrderEvents() != 0)
        {
            throw new AssertionError("seed=" + seed + " step=" + step + " netLots=" + position.netLots() + "/" +
                trading.venue().netLots() + " cash=" + position.cash() + "/" + trading.venue().cash() + " fees=" +
                position.fees() + "/" + trading.venue().fees() + " open=" + core.openOrders(0).count() + "/" +
                trading.venue().openCount() + " impossible=" + core.impossibleOrderEvents());
        }
        for (Order order = core.openOrders(0).first(); order != null; order = order.next())
        {
            assertThat(order.instrumentId()).isZero();
            assertThat(order.state().isTerminal()).isFalse();
        }
    }

    private static void checkOneOrder(final RandomTrading trading, final long seed, final int step)
    {
        final TradingCore core = trading.scenario().core();
        final long netLots = Math.abs(core.position(0).netLots());
        // An order of 10,000 at prices of 500 and more is 20 lots at most.
        if (netLots > 20 || core.openOrders(0).count() > 1 ||
            core.state(0) == MachineState.WATCH && netLots + core.openOrders(0).count() > 0 ||
            core.state(0) != MachineState.valueOf(trading.state()))
        {
            throw new AssertionError("seed=" + seed + " step=" + step + " netLots=" + netLots + " open=" +
                core.openOrders(0).count() + " state=" + core.state(0) + "/" + trading.state());
        }
    }

    /** That the runs reach what they are about. */
    @Test
    void shouldReachEveryKindOfDecision()
    {
        final DecisionCounter counter = new DecisionCounter();
        final RandomTrading trading = new RandomTrading(11, "restless", "seed=11");
        for (int step = 0; step < STEPS; step++)
        {
            trading.step();
        }
        trading.scenario().records().replay(TradingCoreTest.newCore(counter));

        assertThat(counter.templateIds()).containsExactlyInAnyOrder(20, 21, 22, 23, 24, 19, 55, 56, 57);
    }
}
