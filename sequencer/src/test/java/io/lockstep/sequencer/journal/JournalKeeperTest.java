package io.lockstep.sequencer.journal;

import io.lockstep.codecs.RecordBatch;
import io.lockstep.sbe.RecordKind;
import io.lockstep.sequencer.config.Durability;
import io.lockstep.sequencer.config.JournalContext;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/** What the keeper has ready before the loop comes to it. */
class JournalKeeperTest
{
    private static final int SEGMENT_SIZE = 8 << 20;
    private static final int RESERVE_AHEAD = 3 << 20;
    private static final int TOUCH_AHEAD = 1 << 20;
    private static final int MESSAGE_LENGTH = 20_000;

    @TempDir
    private Path path;

    private final RecordBatch batch = new RecordBatch();
    private long freeBytes = Long.MAX_VALUE;

    private JournalKeeper keeper(final int touchAhead, final Durability durability, final boolean isPopulated)
    {
        final JournalContext context = new JournalContext(SEGMENT_SIZE, 0, RESERVE_AHEAD, touchAhead, 0, durability,
            1_000_000_000, JournalContext.RETAIN_ALL);
        return new JournalKeeper(new NodeDirectory(path), 1, context, new PosixReserver(),
            new PageToucher(isPopulated), () -> freeBytes);
    }

    private static void settle(final JournalKeeper keeper)
    {
        while (keeper.doWork() > 0)
        {
            // A step at a time.
        }
    }

    /** As long as there is room. */
    private void append(final JournalSegment segment, final long end)
    {
        batch.clear();
        batch.addMessage(RecordKind.INPUT, new UnsafeBuffer(new byte[MESSAGE_LENGTH]), 0, MESSAGE_LENGTH);
        while (segment.positionAcquire() + batch.length() < end)
        {
            segment.append(batch);
        }
    }

    /** Bytes of the mappings of the segment's file that need no page fault. */
    private static long mappedBytes(final JournalSegment segment) throws IOException
    {
        return sum(segment, "Rss");
    }

    private static long sum(final JournalSegment segment, final String key) throws IOException
    {
        long kilobytes = 0;
        boolean isQueue = false;
        for (final String line : Files.readAllLines(Path.of("/proc/self/smaps")))
        {
            if (line.matches("[0-9a-f]+-[0-9a-f]+ .*"))
            {
                isQueue = line.endsWith(segment.queue().file().toString());
            }
            else if (isQueue && line.startsWith(key + ":"))
            {
                kilobytes += Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        return kilobytes << 10;
    }

    private static List<String> mappings(final JournalSegment segment) throws IOException
    {
        final List<String> mappings = new ArrayList<>(Files.readAllLines(Path.of("/proc/self/maps")));
        mappings.removeIf((line) -> !line.endsWith(segment.queue().file().toString()));
        return mappings;
    }

    /** By the system, and without it; the control is the same with nothing to be touched. */
    @ParameterizedTest
    @ValueSource(booleans =
    {true, false})
    void shouldTouchPagesAheadOfTheWriter(final boolean isPopulated) throws IOException
    {
        assumeThat(Path.of("/proc/self/smaps")).exists();
        final JournalKeeper keeper = keeper(TOUCH_AHEAD, Durability.MAPPED, isPopulated);
        final JournalSegment segment = keeper.current();
        assertThat(mappedBytes(segment)).isGreaterThanOrEqualTo(TOUCH_AHEAD / 2);
        for (long end = 1 << 20; end <= SEGMENT_SIZE; end += 1 << 20)
        {
            append(segment, end);
            settle(keeper);
            assertThat(segment.touchedLength() - segment.positionAcquire()).as("end=%d", end)
                .isGreaterThanOrEqualTo(Math.min(TOUCH_AHEAD / 2, SEGMENT_SIZE - segment.positionAcquire() - 4096));
            assertThat(mappedBytes(segment)).as("end=%d", end)
                .isGreaterThanOrEqualTo(segment.touchedLength() - QueueJournal.FIRST_LENGTH);
        }
        keeper.close();
    }

    @Test
    void shouldTouchNothingWhenItIsNotToOrWhenEachSyncWouldUndoIt() throws IOException
    {
        assumeThat(Path.of("/proc/self/smaps")).exists();
        final JournalKeeper off = keeper(0, Durability.MAPPED, true);
        assertThat(mappedBytes(off.current())).isLessThan(TOUCH_AHEAD / 2);
        off.close();
        Retention.delete(new NodeDirectory(path).incarnation(1));
        final JournalKeeper synced = keeper(TOUCH_AHEAD, Durability.SYNC_INTERVAL, true);
        assertThat(mappedBytes(synced.current())).isLessThan(TOUCH_AHEAD / 2);
        synced.close();
    }

    /** Beyond it there may be no space, and writing to a page there would be a SIGBUS. */
    @ParameterizedTest
    @ValueSource(booleans =
    {true, false})
    void shouldTouchNothingBeyondWhatIsReserved(final boolean isPopulated) throws IOException
    {
        assumeThat(Path.of("/proc/self/smaps")).exists();
        final JournalKeeper keeper = keeper(SEGMENT_SIZE, Durability.MAPPED, isPopulated);
        settle(keeper);
        final JournalSegment segment = keeper.current();
        assertThat(segment.touchedLength()).isBetween(
            segment.reservedLengthAcquire() - (1 << 20), segment.reservedLengthAcquire());
        assertThat(mappedBytes(segment)).isLessThanOrEqualTo(segment.reservedLengthAcquire())
            .isLessThan(SEGMENT_SIZE / 2);
        keeper.close();
    }

    @Test
    void shouldMapASegmentOnceAndAsAWhole() throws IOException
    {
        assumeThat(Path.of("/proc/self/maps")).exists();
        final JournalKeeper keeper = keeper(TOUCH_AHEAD, Durability.MAPPED, true);
        final JournalSegment segment = keeper.current();
        final List<String> before = mappings(segment);
        assertThat(before).hasSize(1);
        append(segment, SEGMENT_SIZE);
        assertThat(mappings(segment)).isEqualTo(before);
        keeper.close();
        awaitUnmapped(segment);
    }

    @Test
    void shouldHaveTheNextSegmentMadeReservedMappedAndTouched() throws IOException
    {
        assumeThat(Path.of("/proc/self/smaps")).exists();
        final JournalKeeper keeper = keeper(TOUCH_AHEAD, Durability.MAPPED, true);
        final JournalSegment first = keeper.current();
        settle(keeper);
        assertThat(keeper.isNextReady()).isFalse();
        keeper.wantNext();
        settle(keeper);
        assertThat(keeper.isNextReady()).isTrue();

        final JournalSegment second = keeper.moveToNext();
        assertThat(second.reservedLengthAcquire()).isGreaterThanOrEqualTo(RESERVE_AHEAD / 2);
        assertThat(mappedBytes(second)).isGreaterThanOrEqualTo(TOUCH_AHEAD / 2);
        assertThat(mappings(first)).as("is closed by the keeper and not by the loop").hasSize(1);
        settle(keeper);
        awaitUnmapped(first);
        keeper.close();
    }

    /** Chronicle unmaps what was closed on a thread of its own. */
    private static void awaitUnmapped(final JournalSegment segment) throws IOException
    {
        final long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!mappings(segment).isEmpty())
        {
            assertThat(System.nanoTime() - deadlineNs).as("is still mapped: " + mappings(segment)).isNegative();
            Thread.onSpinWait();
        }
    }

    /** Addresses cost nothing: a segment larger than memory is mapped like any other. */
    @Test
    void shouldMapASegmentLargerThanMemory() throws IOException
    {
        final JournalContext context = new JournalContext(1L << 40, 0, RESERVE_AHEAD, TOUCH_AHEAD, 0,
            Durability.MAPPED, 1_000_000_000, JournalContext.RETAIN_ALL);
        final JournalKeeper keeper = new JournalKeeper(
            new NodeDirectory(path), 1, context, new PosixReserver(), new PageToucher(true),
            () -> freeBytes);
        append(keeper.current(), 1 << 20);
        assertThat(Files.size(keeper.current().queue().file())).isGreaterThan(1L << 40);
        keeper.close();
    }

    /** A file system that does not answer is not full, and is asked again. */
    @Test
    void shouldTellADiskThatIsFullFromOneThatDoesNotAnswer() throws InterruptedException
    {
        final JournalContext context = new JournalContext(SEGMENT_SIZE, 0, RESERVE_AHEAD, TOUCH_AHEAD, 1 << 20,
            Durability.MAPPED, 1_000_000_000, JournalContext.RETAIN_ALL);
        final JournalKeeper keeper = new JournalKeeper(new NodeDirectory(path), 1, context, new PosixReserver(),
            new PageToucher(true), () -> freeBytes);

        assertThat(look(keeper, FreeSpace.UNKNOWN_BYTES)).isEqualTo("unknown");
        assertThat(look(keeper, 0)).isEqualTo("nearly full");
        assertThat(look(keeper, FreeSpace.UNKNOWN_BYTES)).isEqualTo("unknown");
        assertThat(look(keeper, 1 << 20)).isEqualTo("room");
        keeper.close();
    }

    private String look(final JournalKeeper keeper, final long bytes) throws InterruptedException
    {
        freeBytes = bytes;
        while (keeper.freeSpaceBytes() != bytes)
        {
            keeper.doWork();
            Thread.sleep(1);
        }
        if (keeper.isFreeSpaceUnknown())
        {
            return keeper.isDiskNearlyFull() ? "both" : "unknown";
        }
        return keeper.isDiskNearlyFull() ? "nearly full" : "room";
    }

    /** As the virtual machine says it: 0 bytes, which a file that is not there has too. */
    @Test
    void shouldNotTakeAnErrorForNoSpace()
    {
        assertThat(FreeSpace.of(path.toFile()).usableBytes()).isPositive();
        assertThat(FreeSpace.of(path.resolve("not there").toFile()).usableBytes())
            .isEqualTo(FreeSpace.UNKNOWN_BYTES);
    }
}
