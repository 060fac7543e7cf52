package io.lockstep.strategies;

import io.lockstep.core.CoreScenario;
import io.lockstep.core.RandomTrading;
import io.lockstep.core.RandomTradingTest;
import io.lockstep.core.TradingCore;
import io.lockstep.sbe.MachineState;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What must hold of the crossover after every input, over long runs from seeds. A failure names the seed and the step. */
class CrossoverRandomTradingTest
{
    private static final int STEPS = 8_000;
    private static final String[] PARAMETERS = {"fast=2", "slow=5", "stopBps=20", "targetBps=30",
        "entryTimeoutMs=400", "orderNotional=10000"};

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs =
    {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void shouldKeepTheCrossoverWithinOneOrder(final long seed)
    {
        final RandomTrading trading = new RandomTrading(seed,
            new CoreScenario(new MovingAverageCrossover.Factory()), "moving-average-crossover", PARAMETERS);
        int closed = 0;
        for (int step = 0; step < STEPS; step++)
        {
            final MachineState before = trading.scenario().core().slot(0).leg(0).state();
            trading.step();
            RandomTradingTest.checkAccounts(trading, seed, step);
            checkOneOrder(trading, seed, step);
            closed += before == MachineState.IN_TRADE && "WATCH".equals(trading.state()) ? 1 : 0;
        }
        assertThat(closed).as("round trips, seed=%d", seed).isGreaterThan(5);
    }

    private static void checkOneOrder(final RandomTrading trading, final long seed, final int step)
    {
        final TradingCore core = trading.scenario().core();
        final long netLots = Math.abs(core.position(0).netLots());
        // An order of 10,000 at prices of 500 and more is 20 lots at most.
        if (netLots > 20 || core.openOrders(0).count() > 1 ||
            core.slot(0).leg(0).state() == MachineState.WATCH && netLots + core.openOrders(0).count() > 0 ||
            core.slot(0).leg(0).state() != MachineState.valueOf(trading.state()))
        {
            throw new AssertionError("seed=" + seed + " step=" + step + " netLots=" + netLots + " open=" +
                core.openOrders(0).count() + " state=" + core.slot(0).leg(0).state() + "/" + trading.state());
        }
    }
}
