package io.lockstep.perf.work;

import io.lockstep.codecs.Nulls;
import io.lockstep.core.TradingCore;
import io.lockstep.gateways.generator.SplitMix64;
import io.lockstep.sbe.BookUpdateEncoder;
import io.lockstep.sbe.DecisionAcknowledgementEncoder;
import io.lockstep.sbe.SnapshotRequestEncoder;
import io.lockstep.sbe.TimerFiredEncoder;

/**
 * Messages of five kinds in random order: market data of instruments that are not defined, timers that nobody waits for,
 * acknowledgements and requests for a snapshot.
 */
final class DispatchTape
{
    private static final int LENGTH = 1_024;

    private DispatchTape()
    {
    }

    static InputTape make()
    {
        final SplitMix64 random = new SplitMix64(2);
        final SampleMarket market = new SampleMarket(1);
        final InputTape tape = new InputTape();
        for (int i = 0; i < LENGTH; i++)
        {
            add(tape, random, market);
        }
        return tape;
    }

    private static void add(final InputTape tape, final SplitMix64 random, final SampleMarket market)
    {
        switch (random.below(8))
        {
            case 0 -> {
                tape.begin(new DecisionAcknowledgementEncoder()).egressSequence(1);
                tape.end(SampleMarket.VENUE_SOURCE);
            }
            case 1 -> {
                tape.begin(new SnapshotRequestEncoder()).user("");
                tape.end(0);
            }
            case 2 -> {
                tape.begin(new TimerFiredEncoder()).timerId((long)random.below(SampleMarket.INSTRUMENTS) << 8 | 9)
                    .deadlineNs(1);
                tape.end(0);
            }
            case 3, 4 -> market.trade(tape, TradingCore.INSTRUMENTS_MAX);
            default -> {
                final BookUpdateEncoder update = tape.begin(new BookUpdateEncoder())
                    .instrumentId(TradingCore.INSTRUMENTS_MAX + random.below(SampleMarket.INSTRUMENTS))
                    .updateId(1).previousUpdateId(0).feedDelayNs(Nulls.NULL_TIME_NS);
                update.bidsCount(0);
                update.asksCount(0);
                tape.end(SampleMarket.FEED_SOURCE);
            }
        }
    }
}
