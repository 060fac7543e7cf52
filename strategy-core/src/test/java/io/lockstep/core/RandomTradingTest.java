package io.lockstep.core;

import io.lockstep.core.order.Order;
import io.lockstep.core.position.PositionView;
import io.lockstep.sbe.LimitType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.math.BigDecimal;

import static org.assertj.core.api.Assertions.assertThat;

/** What must hold after every input, over long runs from seeds. A failure names the seed and the step, which repeat it. */
public class RandomTradingTest
{
    private static final int STEPS = 8_000;

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

    /** That core and venue agree about the one instrument. */
    public static void checkAccounts(final RandomTrading trading, final long seed, final int step)
    {
        final TradingCore core = trading.scenario().core();
        final PositionView position = core.position(0);
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
        for (Order order = core.openOrders(0).first(); order != null; order = core.openOrders(0).next(order))
        {
            assertThat(order.instrumentId()).isZero();
            assertThat(order.state().isTerminal()).isFalse();
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

        assertThat(counter.templateIds()).containsExactlyInAnyOrder(20, 21, 22, 23, 24, 18, 19, 55, 56, 57, 164);
    }
}
