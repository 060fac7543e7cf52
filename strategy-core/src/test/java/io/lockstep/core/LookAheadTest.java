package io.lockstep.core;

import io.lockstep.core.instrument.LookAhead;
import io.lockstep.codecs.RecordDescriptor;
import org.junit.jupiter.api.Test;

import java.util.SplittableRandom;

import static org.assertj.core.api.Assertions.assertThat;

/** Looking ahead changes nothing, whatever comes. */
class LookAheadTest
{
    private static final int SYMBOLS = LookAhead.SLOTS_MIN + 5;
    private static final int STEPS = 5_000;
    /** Also far beyond what there is room for. */
    private static final int[] UNKNOWN_IDS = {SYMBOLS, SYMBOLS + 3, 1 << 20, Integer.MAX_VALUE, -1, Integer.MIN_VALUE};

    /** More symbols than it needs to be worth its time, market data of all kinds, and ids that nobody has defined. */
    private static InputRecords records()
    {
        final SplittableRandom random = new SplittableRandom(3);
        final CoreScenario scenario = new CoreScenario().started(50);
        for (int id = 0; id < SYMBOLS; id++)
        {
            scenario.define(CoreScenario.LINEAR).assign(CoreScenario.CROSSING, "fast=2", "slow=3",
                "orderNotional=1000");
            if (id % 3 > 0)
            {
                scenario.snapshot(1, "100x10 99x10", "101x10 102x10");
            }
        }
        for (int step = 0; step < STEPS; step++)
        {
            scenario.at(step)
                .on(step % 50 == 0 ? UNKNOWN_IDS[step / 50 % UNKNOWN_IDS.length] : random.nextInt(SYMBOLS));
            switch (random.nextInt(4))
            {
                case 0 -> scenario.trade(100 + random.nextInt(2));
                case 1 -> scenario.quote(step + 2, 100, 101);
                case 2 -> scenario.update(1, 1, 100 - random.nextInt(3) + "x" + random.nextInt(5), "");
                default -> scenario.snapshot(1, "100x10", "101x10");
            }
        }
        return scenario.records();
    }

    @Test
    void shouldChangeNothing()
    {
        final InputRecords records = records();
        final int last = records.offset(records.count() - 1);
        final int end = last + RecordDescriptor.recordLength(records.buffer(), last);
        final DecisionCounter decisions = new DecisionCounter();
        final DecisionCounter aheadDecisions = new DecisionCounter();
        final TradingCore core = TradingCoreTest.newCore(decisions);
        final TradingCore ahead = TradingCoreTest.newCore(aheadDecisions);
        for (int i = 0; i < records.count(); i++)
        {
            final int offset = records.offset(i);
            ahead.lookAhead(records.buffer(), offset, i % 2 == 0 ? end : offset);
            core.onInput(records.buffer(), offset);
            ahead.onInput(records.buffer(), offset);
            if (core.isStateHashDue())
            {
                assertThat(ahead.stateHash()).as("sequence=%d", i + 1).isEqualTo(core.stateHash());
            }
        }

        assertThat(core.instrumentCount()).isEqualTo(SYMBOLS);
        assertThat(aheadDecisions.hash()).isEqualTo(decisions.hash());
        assertThat(StateComparison.differences(core, ahead)).isEmpty();
    }
}
