package io.lockstep.codecs;

import com.sun.management.ThreadMXBean;
import io.lockstep.sbe.RecordKind;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.lang.management.ManagementFactory;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RecordRingTest
{
    private static final int CAPACITY = 4096;
    private static final int LENGTH_MAX = CAPACITY / 4;
    private static final int OPERATIONS = 300_000;

    private final ExpandableArrayBuffer source = new ExpandableArrayBuffer(CAPACITY);

    /** What a record of the reference is: where it belongs and what is in it. */
    private record Held(long sequence, byte[] bytes)
    {
    }

    @ParameterizedTest
    @ValueSource(longs =
    {1, 2, 3, 4, 5, 6})
    void shouldDoWhatANaiveDequeDoes(final long seed)
    {
        final SplittableRandom random = new SplittableRandom(seed);
        final long first = random.nextLong(0, 1L << 40);
        final RecordRing ring = new RecordRing(CAPACITY, first);
        final Deque<Held> held = new ArrayDeque<>();
        long next = first;
        long cursor = first;
        int refused = 0;
        for (int i = 0; i < OPERATIONS; i++)
        {
            final int operation = random.nextInt(100);
            if (operation < 50)
            {
                final byte[] record = record(random);
                final int offset = ring.append(new UnsafeBuffer(record), 0, record.length);
                if (offset >= 0)
                {
                    held.add(new Held(next++, record));
                    assertThat(bytes(ring, offset, record.length)).isEqualTo(record);
                }
                else
                {
                    refused++;
                    assertThat(lengthOf(held) + record.length).as("refused while there was room: seed=%d", seed)
                        .isGreaterThan(CAPACITY - 2 * LENGTH_MAX);
                }
            }
            else if (operation < 80)
            {
                if (ring.hasUnsent())
                {
                    ring.advance();
                    cursor++;
                }
            }
            else if (operation < 95)
            {
                final long upTo = held.isEmpty() ? next - 1 : held.peek().sequence + random.nextInt(-2, 6);
                ring.release(upTo);
                while (!held.isEmpty() && held.peek().sequence <= upTo)
                {
                    held.remove();
                }
            }
            else
            {
                cursor = random.nextLong(next - 50, next + 3);
                ring.seek(cursor);
            }
            final long firstHeld = held.isEmpty() ? next : held.peek().sequence;
            cursor = Math.min(Math.max(cursor, firstHeld), next);
            check(ring, held, firstHeld, cursor, next);
        }
        assertThat(refused).isPositive();
    }

    private void check(
        final RecordRing ring, final Deque<Held> held, final long first, final long cursor, final long next)
    {
        assertThat(ring.firstSequence()).isEqualTo(first);
        assertThat(ring.nextSequence()).isEqualTo(next);
        assertThat(ring.unsentSequence()).isEqualTo(cursor);
        assertThat(ring.isEmpty()).isEqualTo(held.isEmpty());
        assertThat(ring.hasUnsent()).isEqualTo(cursor < next);
        if (cursor < next)
        {
            final Held expected = held.stream().filter((candidate) -> candidate.sequence == cursor).findFirst()
                .orElseThrow();
            assertThat(bytes(ring, ring.unsentOffset(), expected.bytes.length)).isEqualTo(expected.bytes);
        }
    }

    @Test
    void shouldHoldAsManyOfTheShortestRecordsAsFit()
    {
        final int capacity = 1 << 20;
        final int shortest = RecordDescriptor.BODY_OFFSET;
        final RecordRing ring = new RecordRing(capacity, 7);
        ring.append(source, 0, shortest);
        ring.release(7);
        long appended = 8;
        long acknowledged = 7;
        for (int round = 0; round < 3; round++)
        {
            for (source.putLong(0, appended); ring.append(source, 0, shortest) >= 0; source.putLong(0, appended))
            {
                appended++;
            }
            assertThat(appended - 1 - acknowledged).isEqualTo(capacity / shortest);

            ring.seek(0);
            for (long sequence = acknowledged + 1; sequence < appended; sequence++)
            {
                assertThat(ring.unsentSequence()).isEqualTo(sequence);
                assertThat(ring.buffer().getLong(ring.unsentOffset())).isEqualTo(sequence);
                ring.advance();
            }
            assertThat(ring.hasUnsent()).isFalse();
            acknowledged += 1_000 * round;
            ring.release(acknowledged);
        }
    }

    @Test
    void shouldAllocateNothingHoweverMuchIsHeld()
    {
        final RecordRing ring = new RecordRing(1 << 20, 1);
        final int length = RecordDescriptor.BODY_OFFSET;
        final ThreadMXBean threads = (ThreadMXBean)ManagementFactory.getThreadMXBean();
        final long thread = Thread.currentThread().getId();
        final long before = threads.getThreadAllocatedBytes(thread);
        while (ring.append(source, 0, length) >= 0)
        {
            ring.advance();
        }
        final long allocated = threads.getThreadAllocatedBytes(thread) - before;

        assertThat(ring.nextSequence()).isGreaterThan(10_000);
        assertThat(allocated).isLessThan(ring.nextSequence());
    }

    @Test
    void shouldRefuseWhenFullAndTakeAgainWhenReleased()
    {
        final RecordRing ring = new RecordRing(CAPACITY, 1);
        for (int i = 0; i < 4; i++)
        {
            assertThat(ring.append(source, 0, LENGTH_MAX)).isEqualTo(i * LENGTH_MAX);
        }

        assertThat(ring.append(source, 0, 96)).isNegative();
        assertThat(ring.nextSequence()).isEqualTo(5);

        ring.release(1);
        assertThat(ring.append(source, 0, LENGTH_MAX)).isZero();
        assertThat(ring.append(source, 0, 96)).isNegative();
    }

    @ParameterizedTest
    @ValueSource(longs =
    {4, 5, 1_000, Long.MAX_VALUE})
    void shouldTakeAReleaseBeyondTheEndAsOneOfAll(final long sequence)
    {
        final RecordRing ring = new RecordRing(CAPACITY, 1);
        for (int i = 0; i < 3; i++)
        {
            ring.append(source, 0, 96);
        }

        ring.release(sequence);

        assertThat(ring.isEmpty()).isTrue();
        assertThat(ring.firstSequence()).isEqualTo(4);
        assertThat(ring.hasUnsent()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs =
    {0, -1, Long.MIN_VALUE})
    void shouldIgnoreAReleaseOfWhatWasReleased(final long sequence)
    {
        final RecordRing ring = new RecordRing(CAPACITY, 1);
        ring.append(source, 0, 96);

        ring.release(sequence);

        assertThat(ring.firstSequence()).isEqualTo(1);
        assertThat(ring.hasUnsent()).isTrue();
    }

    @Test
    void shouldCountAnewAfterAReset()
    {
        final RecordRing ring = new RecordRing(CAPACITY, 1);
        ring.append(source, 0, 96);

        ring.reset(50);

        assertThat(ring.isEmpty()).isTrue();
        assertThat(ring.append(source, 0, 96)).isZero();
        assertThat(ring.firstSequence()).isEqualTo(50);
        assertThat(ring.nextSequence()).isEqualTo(51);
    }

    @Test
    void shouldRefuseARecordThatCouldBlockTheRing()
    {
        final RecordRing ring = new RecordRing(CAPACITY, 1);

        assertThatThrownBy(() -> ring.append(source, 0, LENGTH_MAX + 8)).isInstanceOf(IllegalArgumentException.class)
            .hasMessage("record too long for the ring: length=1032 max=1024");
        assertThatThrownBy(() -> ring.append(source, 0, 88)).isInstanceOf(IllegalArgumentException.class)
            .hasMessage("too short for a record: length=88 min=96");
        assertThatThrownBy(() -> new RecordRing(1000, 1)).isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("capacity=1000");
    }

    private byte[] record(final SplittableRandom random)
    {
        final int messageLength = random.nextInt(8, LENGTH_MAX - RecordDescriptor.HEADER_LENGTH);
        final int length = RecordDescriptor.begin(source, 0, RecordKind.INPUT, messageLength);
        for (int i = RecordDescriptor.HEADER_LENGTH; i < length; i += Long.BYTES)
        {
            source.putLong(i, random.nextLong());
        }
        final byte[] bytes = new byte[length];
        source.getBytes(0, bytes);
        return bytes;
    }

    private static byte[] bytes(final RecordRing ring, final int offset, final int length)
    {
        final byte[] bytes = new byte[length];
        ring.buffer().getBytes(offset, bytes);
        return bytes;
    }

    private static int lengthOf(final Deque<Held> held)
    {
        return held.stream().mapToInt((record) -> record.bytes.length).sum();
    }
}
