package io.lockstep.core;

import io.lockstep.core.instrument.Slots;
import io.lockstep.sbe.FeedCondition;
import io.lockstep.sbe.FeedReason;
import io.lockstep.sbe.LimitType;
import io.lockstep.sbe.Side;
import io.lockstep.sbe.TradingMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.SplittableRandom;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is kept of the hash from input to input is what a core computes that has kept nothing. The hash is asked for after every
 * input: what is not computed again although it has changed shows before something else computes it again.
 */
class KeptHashTest
{
    private static final int STEPS = 2_500;
    private static final int MACHINES = Slots.UNCACHED_SLOTS + 5;
    private static final int TRADED = 200;
    private static final int MANY_STEPS = 6_000;
    private static final int INPUTS_BETWEEN_HASHES = 701;

    /** A restored core has kept nothing, and refuses to go on when it comes to another hash. */
    private static void assertHash(final TradingCore core, final String when)
    {
        final TradingCore restored = TradingCoreTest.newCore(new DecisionCounter());
        try
        {
            SavedState.of(core).restoreInto(restored, core.lastSequence());
        }
        catch (final IllegalStateException ex)
        {
            throw new AssertionError(when, ex);
        }
        assertThat(restored.stateHash()).as(when).isEqualTo(core.stateHash());
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs =
    {11, 12, 13, 14})
    void shouldBeThatOfACoreThatHasKeptNothing(final long seed)
    {
        final RandomInputs inputs = new RandomInputs(seed);
        for (int step = 0; step < STEPS; step++)
        {
            inputs.step();
        }
        final InputRecords records = inputs.scenario().records();
        final TradingCore core = TradingCoreTest.newCore(new DecisionCounter());
        for (int i = 0; i < records.count(); i++)
        {
            core.onInput(records.buffer(), records.offset(i));
            assertHash(core, "seed=" + seed + " sequence=" + (i + 1));
        }
    }

    /**
     * So many machines are hashed before a hash is due. Inputs for one of them and inputs for all, so that a turn may come in the
     * middle of either; the core that is asked after every input never has as many to hash, but for the latter.
     */
    @Test
    void shouldBeTheSameWithMoreMachinesThanTheCachesHold()
    {
        final InputRecords records = manyMachines();
        final TradingCore asked = TradingCoreTest.newCore(new DecisionCounter());
        final TradingCore settling = TradingCoreTest.newCore(new DecisionCounter());
        for (int i = 0; i < records.count(); i++)
        {
            asked.onInput(records.buffer(), records.offset(i));
            asked.stateHash();
            settling.onInput(records.buffer(), records.offset(i));
            if (i % INPUTS_BETWEEN_HASHES == 0)
            {
                assertThat(settling.stateHash()).as("sequence=%d", i + 1).isEqualTo(asked.stateHash());
            }
        }

        assertThat(settling.instrumentCount()).isEqualTo(MACHINES);
        assertThat(settling.stateHash()).isEqualTo(asked.stateHash());
        assertHash(asked, "asked");
        assertHash(settling, "settling");
    }

    private static InputRecords manyMachines()
    {
        final SplittableRandom random = new SplittableRandom(17);
        final CoreScenario scenario = new CoreScenario().started(50);
        final RandomVenue venue = new RandomVenue(scenario, random);
        for (int id = 0; id < MACHINES; id++)
        {
            scenario.source(1 + id % 2).define(CoreScenario.LINEAR);
            if (id % (MACHINES / TRADED) == 0)
            {
                scenario.assign("restless", "seed=" + id).snapshot(1, "1000x10 999x10", "1001x10 1002x10");
            }
            else
            {
                scenario.trade(1_000);
            }
        }
        for (int step = 0; step < MANY_STEPS; step++)
        {
            scenario.at(step);
            venue.takeOrders();
            if (random.nextInt(3) > 0 || !venue.step(1_000))
            {
                final int id = random.nextInt(MACHINES);
                scenario.on(random.nextBoolean() ? id : id - id % (MACHINES / TRADED)).source(1 + step % 2);
                give(scenario, random, step);
            }
        }
        return scenario.records();
    }

    private static void give(final CoreScenario scenario, final SplittableRandom random, final int step)
    {
        switch (random.nextInt(600))
        {
            case 0 -> scenario.mode(TradingMode.KILLED);
            case 1, 2 -> scenario.stop("restless");
            case 3 -> scenario.limitAll(LimitType.MAX_ORDER_QUANTITY, String.valueOf(1_000 + step));
            case 4 -> scenario.feedOfSource(FeedCondition.STALE, FeedReason.SOURCE_GAP);
            case 5, 6, 7, 8, 9, 10, 11, 12, 13, 14 -> scenario.feedOfSource(FeedCondition.LIVE, FeedReason.NONE)
                .mode(TradingMode.RUNNING).start("restless");
            default -> {
                switch (random.nextInt(4))
                {
                    case 0 -> scenario.trade(1_000 + random.nextInt(2), 1, Side.BUY);
                    case 1 -> scenario.quote(step + 2, 1_000, 1_001);
                    case 2 -> scenario.update(1, 1, 1_000 - random.nextInt(3) + "x" + random.nextInt(5), "");
                    default -> scenario.snapshot(1, "1000x10", "1001x10");
                }
            }
        }
    }
}
