package io.lockstep.strategies;

import io.lockstep.codecs.Instrument;
import io.lockstep.core.strategy.Parameters;
import org.junit.jupiter.api.Test;

import java.io.IOException;

/** The page about the given strategy says its parameters as the code has them. */
class SignalExecutorPageTest
{
    private static final ParameterTable TABLE = new ParameterTable()
        .add("entry", "a word",
            "How it trades: `market` by market order, `join` by a post-only limit order at the best price " +
                "of its own side, `take` by a limit order at the best price of the other side")
        .add("entryTimeout", "duration",
            "How long a limit order may wait for a fill before it is cancelled; the signal's own " +
                "expiry comes first")
        .add("budget", "a word",
            "What becomes of a signal that the instance's capital does not allow: `refuse` it, or `scale` " +
                "it to what the capital leaves")
        .add("stopBps", "basis points of the entry's price",
            "Loss at which what was filled is left by a stop; 0: no stop")
        .add("targetBps", "basis points of the entry's price",
            "Gain at which it is left by a limit order; 0: no target");

    private static String page()
    {
        final Parameters parameters = new Parameters();
        new SignalExecutor.Factory().create((Instrument)null, parameters);
        return """
            <!-- Made by SignalExecutorPageTest. To make it anew:
                 mvn -B -pl strategies -am test -Dtest=SignalExecutorPageTest \
            -Dsurefire.failIfNoSpecifiedTests=false -Dlockstep.reference=write -->
            # signal-executor

            For whoever has signals from elsewhere: what the strategy that carries them out does, and every parameter. How signals come
            to it is in [Signals](../signals.md).

            - For each signal that the router gives it, it sends one order on the leg whose symbol the signal names, with the side and the
              quantity of the signal. It has no opinion of its own, and keeps the position that comes of it.
            - With a stop and a target the order is the entry of a bracket, with one of them that of an OTO: the exits have the size of
              what the entry has filled, one of them ends the other, and the engine keeps them over a restart. The price of a market order's
              entry is taken to be the best of the other side. Exits are rounded away from the entry to the order grid.
            - While an order of a signal is open, exits included, it answers a signal for that leg with `MODEL_BUSY`.
            - Where there is no bid or no offer, it answers with `NO_REFERENCE_PRICE`, unless it trades by market order alone.
            - Stopped, its open orders are cancelled and it gets no signals. Other parameters take over at once, with the order that is open.

            """
            + TABLE.text(parameters);
    }

    @Test
    void saysTheParametersAsTheCodeHasThem() throws IOException
    {
        ParameterTable.requirePage("signal-executor.md", page());
    }
}
