package io.lockstep.gateways.simulated;

import io.lockstep.codecs.ClOrdIds;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

/** Against a map and a list, over long seeded runs. */
class RequestMemoryTest
{
    private static final int CAPACITY = 50;
    private static final int UNFINISHED_MAX = 40;
    private static final int TEMPLATE = 20;

    private final UnsafeBuffer body = new UnsafeBuffer(new byte[VenueRequest.BODY_LENGTH_MAX]);

    @ParameterizedTest
    @ValueSource(longs =
    {1, 2, 3, 4, 5})
    void remembersWhatANaiveOneRemembers(final long seed)
    {
        final Random random = new Random(seed);
        final RequestMemory memory = new RequestMemory(CAPACITY);
        final Map<Integer, VenueRequest> known = new HashMap<>();
        final List<Integer> unfinished = new ArrayList<>();
        final List<Integer> finished = new ArrayList<>();
        for (int step = 0; step < 50_000; step++)
        {
            final int id = random.nextInt(500);
            ClOrdIds.encode(body, 0, 0, 1, id, 0);
            assertThat(memory.find(body, 0)).as("seed=%d step=%d id=%d", seed, step, id).isSameAs(known.get(id));
            if (!known.containsKey(id) && unfinished.size() < UNFINISHED_MAX)
            {
                if (known.size() == CAPACITY)
                {
                    known.remove(finished.remove(0));
                }
                known.put(id, memory.add(TEMPLATE, body, 0, VenueRequest.BODY_LENGTH_MAX));
                unfinished.add(id);
            }
            else if (!unfinished.isEmpty())
            {
                final Integer ended = unfinished.remove(random.nextInt(unfinished.size()));
                memory.finish(known.get(ended));
                finished.add(ended);
            }
        }
    }
}
