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
    private final Map<Id, Order> reference = new HashMap<>();

    private record Id(long key, int incarnation)
    {
        Order order()
        {
            final Order order = new Order();
            order.key = key;
            order.incarnation = incarnation;
            return order;
        }
    }

    /** Against a map of the JDK; sequences and ordinals from few to many, so that runs form, wrap around and meet. */
    @ParameterizedTest
    @CsvSource(
    {"1, 40, 1", "2, 1000, 1", "3, 1000000000, 3", "4, 3, 40", "5, 128, 2", "6, 1000000000, 46655", "7, 2, 46655"})
    void shouldHoldWhatAMapHolds(final long seed, final int sequences, final int ordinals)
    {
        final Random random = new Random(seed);
        for (int step = 0; step < STEPS; step++)
        {
            final Id drawn = new Id(ClOrdIds.key(1 + random.nextInt(sequences), 1 + random.nextInt(ordinals)),
                1 + random.nextInt(2));
            final List<Id> held = new ArrayList<>(reference.keySet());
            final Id chosen = held.isEmpty() || random.nextBoolean() ? drawn : held.get(random.nextInt(held.size()));
            if (reference.containsKey(chosen))
            {
                index.remove(chosen.key, reference.remove(chosen));
            }
            else if (reference.size() < CAPACITY)
            {
                reference.put(chosen, chosen.order());
                index.add(chosen.key, reference.get(chosen));
            }
            else
            {
                index.remove(chosen.key, chosen.order());
            }
            assertThat(index.get(drawn.key, drawn.incarnation)).isSameAs(reference.get(drawn));
        }
        reference.forEach((id, order) -> assertThat(index.get(id.key, id.incarnation)).isSameAs(order));
    }

    /** It grows with what is held at once, not with what comes and goes, comes again, or is forgotten twice. */
    @Test
    void shouldBeAsLargeAsWhatIsHeldAtOnceNeeds()
    {
        final int length = index.length();
        Order before = new Order();
        for (int sequence = 1; sequence <= STEPS; sequence++)
        {
            final Order order = new Id(ClOrdIds.key(sequence, 1), 1).order();
            index.add(order.key, order);
            index.remove(before.key, before);
            index.remove(before.key, before);
            assertThat(index.length()).isEqualTo(length);
            before = order;
        }
        index.remove(before.key, before);
        for (int held = 1; held <= CAPACITY; held++)
        {
            index.add(ClOrdIds.key(held, 1), new Order());
            assertThat(index.length()).as("held=%d", held).isBetween(2 * held, Math.max(length, 4 * held));
        }
    }

    @Test
    void shouldNotFindWhatIsNoKey()
    {
        final Order order = new Id(ClOrdIds.key(1, 1), 1).order();
        index.add(order.key, order);

        assertThat(index.get(ClOrdIds.key(0, 0), 1)).isNull();
        assertThat(index.get(-1, 1)).isNull();
        assertThat(index.get(order.key, 2)).isNull();
    }

    /** As a replace does that has the number of the order's own ClOrdID in an incarnation that the journal has lost. */
    @Test
    void shouldHoldOneOrderTwiceUnderOneKey()
    {
        final Order order = new Id(ClOrdIds.key(9, 1), 4).order();
        index.add(order.key, order);
        order.pendingKey = order.key;
        order.pendingIncarnation = 5;
        index.add(order.pendingKey, order);
        assertThat(index.get(order.key, 5)).isSameAs(order);

        index.remove(order.key, order);
        assertThat(index.get(order.key, 5)).isSameAs(order);
        index.remove(order.key, order);
        assertThat(index.get(order.key, 5)).isNull();
    }
}
