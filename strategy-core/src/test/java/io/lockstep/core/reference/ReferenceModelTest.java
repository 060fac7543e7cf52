package io.lockstep.core.reference;

import org.junit.jupiter.api.Test;

import java.util.TreeMap;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The core against a naive model, over random operations. {@code -Dlockstep.reference.operations=5000000} makes a long run of it, and
 * {@code -Dlockstep.reference.seed=7} begins with another seed.
 */
class ReferenceModelTest
{
    private static final long OPERATIONS = Long.getLong("lockstep.reference.operations", 170_000);
    private static final long FIRST_SEED = Long.getLong("lockstep.reference.seed", 1);
    private static final long OPERATIONS_OF_A_SEED = 10_000;
    private static final long BOUNDED_SEEDS = 3;

    /** What none of the runs may leave out. */
    private static final String[] EXPECTED = {"NEW", "HELD", "TRIGGERED", "CANCEL", "REPLACE", "HALTED", "KILLED",
        "REDUCE_ONLY", "STRATEGY_HALTED", "INSTRUMENT_HALTED", "VENUE_HALTED", "INSTRUMENT_NOT_TRADABLE",
        "INVALID_QUANTITY", "INVALID_PRICE", "INVALID_TERMS", "POST_ONLY", "EXPIRE_TIME", "TRIGGER_MISSING",
        "TRIGGER_WRONG_SIDE", "TRAILING_OFFSET", "ACTIVATION_PRICE", "REDUCE_ONLY_NO_POSITION", "MAX_ORDER_QUANTITY",
        "MAX_ORDER_NOTIONAL", "MAX_POSITION_QUANTITY", "MAX_POSITION_NOTIONAL", "MAX_OPEN_ORDERS", "MAX_ORDER_RATE",
        "PRICE_COLLAR", "MAX_TOTAL_OPEN_ORDERS", "MAX_TOTAL_ORDER_RATE", "MAX_TOTAL_NOTIONAL", "MIN_ORDER_QUANTITY",
        "MIN_ORDER_NOTIONAL", "MAX_LONG_POSITION", "MAX_SHORT_POSITION", "MAX_CANCEL_RATE", "PRICE_COLLAR_TICKS",
        "DUPLICATE_ORDER", "SELF_TRADE", "SHORT_SELLING"};

    @Test
    void shouldDecideAsTheModelDoes()
    {
        final TreeMap<String, Integer> outcomes = new TreeMap<>();
        for (long done = 0, seed = FIRST_SEED; done < OPERATIONS; done += OPERATIONS_OF_A_SEED, seed++)
        {
            final ReferenceTrading trading = new ReferenceTrading(seed);
            for (int i = 0; i < OPERATIONS_OF_A_SEED; i++)
            {
                trading.step();
            }
            trading.outcomes().forEach((outcome, count) -> outcomes.merge(outcome, count, Integer::sum));
        }
        assertThat(outcomes).as("what came of it").containsKeys(EXPECTED);
    }

    /** By our own orders no position comes beyond its limit; whatever is denied is denied with a code. */
    @Test
    void shouldLeaveNoPositionBeyondItsLimit()
    {
        for (long seed = FIRST_SEED; seed < FIRST_SEED + BOUNDED_SEEDS; seed++)
        {
            final ReferenceTrading trading = ReferenceTrading.bounded(seed);
            for (int i = 0; i < OPERATIONS_OF_A_SEED; i++)
            {
                trading.step();
            }
            assertThat(trading.outcomes()).containsKeys("NEW", "HELD", "REPLACE", "MAX_POSITION_QUANTITY");
        }
    }
}
