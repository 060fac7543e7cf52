package io.lockstep.core.host;

import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.core.InputRecords;
import io.lockstep.sbe.NewOrderSingleEncoder;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** More of each thing than a group of a message can have entries. */
class HostSectionsTest
{
    private static final int MANY = 70_000;
    private static final int SECTION_LENGTH_MAX = 1 << 10;

    private static CoreHost host()
    {
        return new CoreHost(List.of(), new UnacknowledgedDecisions(1 << 12));
    }

    private static List<Object> state(final CoreHost host)
    {
        final List<Object> state = new ArrayList<>();
        host.sources()
            .forEach((source) -> state.add(source.id() + "/" + source.session() + "/" + source.lastSequence()));
        host.timers().forEach((timerId, deadlineNs) -> state.add(timerId + "@" + deadlineNs));
        host.outbox().forEachUnacknowledged((venueId, buffer, offset) -> state.add(
            venueId + ":" + RecordDescriptor.sourceSequence(buffer, offset)));
        return state;
    }

    @Test
    void shouldBeBoundedHoweverMuchThereIs()
    {
        final CoreHost host = host();
        final CoreHost restored = host();
        fill(host);
        final int[] longest = {0};

        host.save((message, offset, length) ->
        {
            longest[0] = Math.max(longest[0], length);
            final UnsafeBuffer section = new UnsafeBuffer(new byte[length]);
            section.putBytes(0, message, offset, length);
            restored.restore(section, 0, length);
        });
        restored.completeRestore();

        assertThat(longest[0]).isLessThan(SECTION_LENGTH_MAX);
        assertThat(state(restored)).hasSize(4 * MANY).isEqualTo(state(host));
    }

    private static void fill(final CoreHost host)
    {
        final InputRecords records = new InputRecords();
        records.begin(new NewOrderSingleEncoder());
        records.end();
        for (int i = 1; i <= MANY; i++)
        {
            host.sources().restore(i, i + 1, i + 2);
            host.timers().schedule(i, 1_000 - i);
            RecordDescriptor.sourceSequence(records.buffer(), 0, i);
            host.outbox().add(0, records.buffer(), 0);
            host.outbox().add(3, records.buffer(), 0);
        }
    }
}
