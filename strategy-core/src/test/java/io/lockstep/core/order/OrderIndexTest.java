package io.lockstep.core.order;

import io.lockstep.codecs.ClOrdIds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

class OrderIndexTest
{
    private static final int CAPACITY = 48;
    private static final int STEPS = 20_000;

    /** Smaller than what it comes to hold, so that it grows. */
    private final OrderIndex index = new OrderIndex(CAPACITY / 16);
    private final Map<Long, Order> reference = new HashMap<>();

    /** Against a map of the JDK; sequences and ordinals from few to many, so that runs form, wrap around and meet. */
    @ParameterizedTest
    @CsvSource(
    {"1, 40, 1", "2, 1000, 1", "3, 1000000000, 3", "4, 3, 40", "5, 128, 2", "6, 1000000000, 46655", "7, 2, 46655"})
    void shouldHoldWhatAMapHolds(final long seed, final int sequences, final int ordinals)
    {
        final Random random = new Random(seed);
        final List<Long> held = new ArrayList<>();
        for (int step = 0; step < STEPS; step++)
        {
            final long key = ClOrdIds.key(1 + random.nextInt(sequences), 1 + random.nextInt(ordinals));
            final boolean isKnown = !held.isEmpty() && random.nextBoolean();
            final long chosen = isKnown ? held.get(random.nextInt(held.size())) : key;
            if (random.nextInt(3) == 0 || !reference.containsKey(chosen) && reference.size() == CAPACITY)
            {
                index.remove(chosen);
                reference.remove(chosen);
            }
            else
            {
                final Order order = new Order();
                assertThat(index.put(chosen, order)).isSameAs(reference.put(chosen, order));
            }
            held.clear();
            held.addAll(reference.keySet());
            assertThat(index.get(key)).isSameAs(reference.get(key));
        }
        reference.forEach((key, order) -> assertThat(index.get(key)).isSameAs(order));
    }

    /** It grows with what is held at once, not with what comes and goes, comes again, or is forgotten twice. */
    @Test
    void shouldBeAsLargeAsWhatIsHeldAtOnceNeeds()
    {
        final int length = index.length();
        for (int sequence = 1; sequence <= STEPS; sequence++)
        {
            index.put(ClOrdIds.key(sequence, 1), new Order());
            index.put(ClOrdIds.key(sequence, 1), new Order());
            index.remove(ClOrdIds.key(sequence - 1, 1));
            assertThat(index.length()).isEqualTo(length);
        }
        for (int sequence = 0; sequence <= STEPS; sequence++)
        {
            index.remove(ClOrdIds.key(sequence, 1));
        }
        for (int held = 1; held <= CAPACITY; held++)
        {
            index.put(ClOrdIds.key(held, 1), new Order());
            assertThat(index.length()).as("held=%d", held).isBetween(2 * held, Math.max(length, 4 * held));
        }
    }

    @Test
    void shouldNotFindWhatIsNoKey()
    {
        index.put(ClOrdIds.key(1, 1), new Order());

        assertThat(index.get(ClOrdIds.key(0, 0))).isNull();
        assertThat(index.get(-1)).isNull();
    }
}
