package io.lockstep.strategies;

import io.lockstep.codecs.Instrument;
import io.lockstep.core.strategy.Parameters;
import org.junit.jupiter.api.Test;

import java.io.IOException;

/**
 * The page about the given strategy says its parameters as the code has them; with {@code -Dlockstep.reference=write} the test
 * writes it.
 */
class MovingAverageCrossoverPageTest
{
    private static final ParameterTable TABLE = new ParameterTable()
        .add("fast", "prices", "Length of the fast average; less than `slow`")
        .add("slow", "prices", "Length of the slow average")
        .add("source", "0 or 1", "What the averages are of: 0 trades and closes of bars, 1 mid prices")
        .add("shorts", "0 or 1", "1 to sell short too, 0 for the long side only")
        .add("confirmations", "prices", "How many more prices a crossing must hold for before the entry")
        .add("stopBps", "basis points of the entry price", "Loss at which the position is left by market order")
        .add("targetBps", "basis points of the entry price", "Gain at which the position is left by limit order")
        .add("entryTimeoutMs", "milliseconds", "How long the entry order may wait for a fill")
        .add("orderNotional", "quote currency", "Value of an entry, rounded down to what an order may have");

    private static String page()
    {
        final Parameters parameters = new Parameters();
        new MovingAverageCrossover.Factory().create((Instrument)null, parameters);
        return """
            <!-- Made by MovingAverageCrossoverPageTest. To make it anew:
                 mvn -B -pl strategies -am test -Dtest=MovingAverageCrossoverPageTest \
            -Dsurefire.failIfNoSpecifiedTests=false -Dlockstep.reference=write -->
            # moving-average-crossover

            For whoever runs the strategy that comes with Lockstep: what it does and every parameter. It is an example to try the
            engine with, and no advice to trade so.

            - **WATCH** waits until the fast average crosses the slow one. The first crossing can come when the slow average has all
              its prices.
            - **CLOSE_WATCH** wants the crossing to hold for `confirmations` more prices and enters at the next: by a post-only limit
              order at the best price of its side or, where only bars or trades are there, by market order. An entry that is not
              filled within `entryTimeoutMs`, or when the averages cross back, is cancelled.
            - **IN_TRADE** keeps a limit order at the target, and leaves by market order at the stop or on a crossing against the
              position. A rest that the venue finds too small to take is kept, and leaves with the next trade.

            """
            + TABLE.text(parameters);
    }

    @Test
    void saysTheParametersAsTheCodeHasThem() throws IOException
    {
        ParameterTable.requirePage("moving-average-crossover.md", page());
    }
}
