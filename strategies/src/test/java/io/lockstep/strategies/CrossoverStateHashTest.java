package io.lockstep.strategies;

import io.lockstep.core.CoreScenario;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The crossover's state hash sees every parameter and every price of either average. */
class CrossoverStateHashTest
{
    private static CoreScenario live()
    {
        return CoreScenario.live(CoreScenario.LINEAR, new MovingAverageCrossover.Factory());
    }

    private static long hash(final String parameter, final long... trades)
    {
        final CoreScenario scenario = live().assign("moving-average-crossover", parameter).trades(trades);
        return scenario.core().stateHash();
    }

    private static long[] trades()
    {
        final long[] trades = new long[40];
        for (int i = 0; i < trades.length; i++)
        {
            trades[i] = 100 + i % 3;
        }
        return trades;
    }

    /** Trades fill the averages: an average of more prices is another state once it holds them. */
    @ParameterizedTest
    @CsvSource(
    {"fast=3, fast=4", "slow=30, slow=31", "source=0, source=1", "confirmations=3, confirmations=4",
        "stopBps=3, stopBps=4", "targetBps=3, targetBps=4", "entryTimeoutMs=3, entryTimeoutMs=4",
        "orderNotional=3, orderNotional=4", "shorts=0, shorts=1"})
    void shouldSeeEveryParameter(final String one, final String other)
    {
        assertThat(hash(one, trades())).isEqualTo(hash(one, trades())).isNotEqualTo(hash(other, trades()));
    }

    @ParameterizedTest
    @CsvSource(
    {"fast=10", "fast=1"})
    void shouldSeeThePricesOfEitherAverage(final String parameter)
    {
        assertThat(hash(parameter, 97, 98, 100)).isNotEqualTo(hash(parameter, 98, 97, 100));
    }
}
