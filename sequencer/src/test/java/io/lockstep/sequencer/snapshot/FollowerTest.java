package io.lockstep.sequencer.snapshot;

import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.core.host.CoreHost;
import io.lockstep.sbe.SnapshotRequestEncoder;
import io.lockstep.sequencer.Allocation;
import io.lockstep.sequencer.OfflineNode;
import io.lockstep.sequencer.SnapshotProbe;
import io.lockstep.sequencer.WireRecords;
import io.lockstep.sequencer.config.SnapshotContext;
import io.lockstep.sequencer.journal.DocumentSource;
import io.lockstep.sequencer.journal.JournalCopy;
import io.lockstep.sequencer.journal.JournalPosition;
import io.lockstep.sequencer.journal.JournalStore;
import io.lockstep.sequencer.journal.NodeDirectory;
import io.lockstep.sequencer.journal.QueueStore;
import io.lockstep.sequencer.journal.SegmentId;
import io.lockstep.sequencer.replay.SkippedInputs;
import org.agrona.LangUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** When a follower writes a snapshot, and what makes it stop. */
class FollowerTest
{
    private static final long NEVER = Long.MAX_VALUE;

    @TempDir
    private Path directory;
    private Path node;
    private OfflineNode offline;
    private final WireRecords feed = new WireRecords(7, 70);

    @BeforeEach
    void newNode()
    {
        node = directory.resolve("node");
        offline = new OfflineNode(node, "timerMs: 0");
    }

    private SnapshotProbe follow(final long everyInputs, final long intervalNs, final int keep)
    {
        return new SnapshotProbe(node, new SnapshotContext(true, everyInputs, intervalNs, keep));
    }

    private void assertEqualsReplay(final long sequence)
    {
        final CoreHost host = SnapshotProbe.host();
        Snapshot.read(new SnapshotDirectory(new NodeDirectory(node).snapshots()).file(sequence)).restore(host);
        assertThat(SnapshotProbe.state(host)).isEqualTo(SnapshotProbe.state(SnapshotProbe.replay(node, sequence)));
    }

    @Test
    void shouldGoOnWithWhatIsAppendedBehindIt()
    {
        try (SnapshotProbe probe = follow(5, NEVER, 10))
        {
            assertThat(probe.readAll().sequences()).as("no journal yet").isEmpty();
            offline.run(false, OfflineNode.trades(feed, 2));
            assertThat(probe.readAll().sequences()).hasSize(1);
            offline.run(false, OfflineNode.trades(feed, 9));
            assertThat(probe.readAll().sequences()).hasSizeGreaterThanOrEqualTo(3);

            for (int i = 1; i < probe.sequences().size(); i++)
            {
                assertThat(probe.sequences().get(i) - probe.sequences().get(i - 1)).isGreaterThanOrEqualTo(5);
            }
            probe.sequences().forEach(this::assertEqualsReplay);
        }
    }

    /** So that the journal can be made as safe first: a snapshot that it does not lead up to is of no use. */
    @Test
    void shouldSayWhereASnapshotIsDueBeforeThereIsOne()
    {
        offline.run(false, OfflineNode.trades(feed, 9));
        try (SnapshotProbe probe = follow(4, NEVER, 100))
        {
            probe.readAll();
            assertThat(probe.due()).extracting(JournalPosition::lastSequence).isNotEmpty()
                .isEqualTo(probe.sequences());
            probe.due().forEach(new NodeDirectory(node)::sync);
        }
    }

    @Test
    void shouldWriteOneWhenAsked()
    {
        final UnsafeBuffer request = feed.input(feed.begin(new SnapshotRequestEncoder()).user("operator"));
        offline.run(false, request);
        final long sequence = SnapshotProbe.replay(node, NEVER).core().lastSequence();
        offline.run(false, OfflineNode.trades(feed, 3));
        try (SnapshotProbe probe = follow(NEVER, NEVER, 10))
        {
            assertThat(probe.readAll().sequences()).containsExactly(sequence);
            assertEqualsReplay(sequence);
        }
    }

    @Test
    void shouldWriteOneWhenItsIntervalHasPassedAndInputsHaveCome()
    {
        try (SnapshotProbe probe = follow(NEVER, 1_000, 10))
        {
            assertThat(probe.pass(5_000).readAll().sequences()).as("nothing has come").isEmpty();
            probe.pass(-5_000);
            offline.run(false, OfflineNode.trades(feed, 2));
            assertThat(probe.pass(999).readAll().sequences()).isEmpty();
            offline.run(false, OfflineNode.trades(feed, 2));
            assertThat(probe.pass(1).readAll().sequences()).hasSize(1);
        }
    }

    /** The loop's journal says when there is something new, so that a follower that has caught up leaves the disk alone. */
    @Test
    void shouldNeitherListNorAllocateWhileNothingChanges()
    {
        offline.run(false, OfflineNode.trades(feed, 20));
        final AtomicLong listings = new AtomicLong();
        final AtomicLong published = new AtomicLong(1);
        final NodeDirectory files = new NodeDirectory(node);
        final SnapshotDirectory snapshots = new SnapshotDirectory(files.snapshots());
        final ListingStore store = new ListingStore(files, listings);
        final Follower follower = new Follower(store, snapshots,
            new SnapshotWriter(snapshots, "test", "the configuration"), new SnapshotContext(true, NEVER, NEVER, 1),
            SnapshotProbe::host, new SkippedInputs(), () -> 0, published::get, new Follower.Listener()
            {
                @Override
                public void onSnapshot(final Path file, final long sequence, final long durationNs)
                {
                    throw new AssertionError("none is due");
                }

                @Override
                public void onOldestPosition(final JournalPosition position)
                {
                    throw new AssertionError("no snapshot was written");
                }

                @Override
                public void onFailure(final Throwable failure)
                {
                    LangUtil.rethrowUnchecked(failure);
                }

                @Override
                public void onNotice(final String notice)
                {
                    throw new AssertionError(notice);
                }
            });
        follower.onStart();
        while (follower.doWork() > 0)
        {
            // As much as there is.
        }
        listings.set(0);
        assertThat(Allocation.leastBytes(10, () -> turn(follower, 1_000))).as("nothing published").isZero();
        assertThat(Allocation.leastBytes(10, () ->
        {
            for (int i = 0; i < 1_000; i++)
            {
                // Documents go on in the segment that is known.
                published.incrementAndGet();
                turn(follower, 1);
            }
        })).as("published, the same segment").isZero();
        assertThat(listings.get()).isZero();

        offline.run(false, OfflineNode.trades(feed, 3));
        published.incrementAndGet();
        assertThat(follower.doWork()).as("another incarnation, which only a list shows").isZero();
        store.generation = 2;
        published.incrementAndGet();
        assertThat(follower.doWork()).isPositive();
        assertThat(listings.get()).isPositive();
        follower.onClose();
    }

    private static void turn(final Follower follower, final int times)
    {
        for (int i = 0; i < times; i++)
        {
            follower.doWork();
        }
    }

    /** Counts how often the directory is listed. */
    private static final class ListingStore implements JournalStore
    {
        private final QueueStore store;
        private final AtomicLong listings;
        private long generation = 1;

        ListingStore(final NodeDirectory directory, final AtomicLong listings)
        {
            store = new QueueStore(directory);
            this.listings = listings;
        }

        @Override
        public List<SegmentId> segments()
        {
            listings.incrementAndGet();
            return store.segments();
        }

        @Override
        public long generation()
        {
            return generation;
        }

        @Override
        public DocumentSource open(final SegmentId segment)
        {
            return store.open(segment);
        }

        @Override
        public String name()
        {
            return store.name();
        }
    }

    @Test
    void shouldWriteTheLastAtTheCleanEndOnly()
    {
        offline.run(true, OfflineNode.trades(feed, 2));
        offline.run(false, OfflineNode.trades(feed, 2));
        try (SnapshotProbe probe = follow(NEVER, NEVER, 10))
        {
            probe.follower().finish();
            probe.readAll();
            assertThat(probe.follower().isFinished()).as("the newest incarnation has not ended").isFalse();
            assertThat(probe.sequences()).isEmpty();

            offline.run(true, OfflineNode.trades(feed, 2));
            probe.readAll();

            assertThat(probe.follower().isFinished()).isTrue();
            final long last = SnapshotProbe.replay(node, NEVER).core().lastSequence();
            assertThat(probe.sequences()).containsExactly(last);
            assertThat(Snapshot.read(new SnapshotDirectory(new NodeDirectory(node).snapshots()).file(last)).position()
                .cleanEnd()).isTrue();
        }
    }

    @Test
    void shouldGoOnFromTheNewestSnapshotItFinds()
    {
        offline.run(false, OfflineNode.trades(feed, 9));
        final List<Long> first = SnapshotProbe.writeSnapshots(node, 4);
        offline.run(false, OfflineNode.trades(feed, 9));
        try (SnapshotProbe probe = follow(4, NEVER, 100))
        {
            assertThat(probe.readAll().sequences()).isNotEmpty().doesNotContainAnyElementsOf(first);
            probe.sequences().forEach(this::assertEqualsReplay);
        }
    }

    @Test
    void shouldKeepTheNewestAndSayWhatTheOldestOfThemNeeds()
    {
        offline.run(false, OfflineNode.trades(feed, 20));
        try (SnapshotProbe probe = follow(4, NEVER, 2))
        {
            final List<Long> written = probe.readAll().sequences();
            assertThat(SnapshotProbe.names(new NodeDirectory(node).snapshots())).hasSize(2);
            assertThat(probe.oldest().get(probe.oldest().size() - 1).lastSequence())
                .isEqualTo(written.get(written.size() - 2));
        }
        offline.run(false, OfflineNode.trades(feed, 2));
        try (SnapshotProbe probe = follow(4, NEVER, 3))
        {
            probe.readAll();
            assertThat(probe.oldest()).as("those of the run before count").isNotEmpty();
        }
    }

    @Test
    void shouldNotCountOnASnapshotThatIsDamaged() throws IOException
    {
        offline.run(false, OfflineNode.trades(feed, 9));
        SnapshotProbe.writeSnapshots(node, 4);
        final SnapshotDirectory snapshots = new SnapshotDirectory(new NodeDirectory(node).snapshots());
        final List<Path> before = snapshots.newestFirst();
        Files.write(before.get(before.size() - 1), new byte[100]);
        offline.run(false, OfflineNode.trades(feed, 5));
        try (SnapshotProbe probe = follow(4, NEVER, 100))
        {
            assertThat(probe.readAll().sequences()).isNotEmpty();
            assertThat(probe.oldest()).isEmpty();
            assertThat(probe.notices()).singleElement().asString()
                .startsWith("snapshot damaged, the journal before it is kept: snapshot=");
        }
    }

    @Test
    void shouldFailOnADecisionThatIsNotItsOwn()
    {
        offline.run(false, OfflineNode.trades(feed, 9));
        final JournalCopy copy = JournalCopy.read(node);
        final UnsafeBuffer record = copy.records().get(copy.indexOf(20, JournalCopy::isDecision));
        record.putByte(record.capacity() - 9, (byte)7);
        final long sequence = RecordDescriptor.sequence(record, 0);
        node = directory.resolve("other");
        copy.reseal().write(node);
        try (SnapshotProbe probe = follow(1, NEVER, 100))
        {
            assertThatThrownBy(probe::readAll).isInstanceOf(FollowerException.class)
                .hasMessage("the follower decides otherwise than the node: sequence=" + sequence + " ordinal=1");
            assertThat(probe.sequences()).isNotEmpty().allMatch((written) -> written < sequence);
        }
    }

    @Test
    void shouldFailOnACleanEndThatLacksDecisions()
    {
        offline.run(true, OfflineNode.trades(feed, 9));
        final JournalCopy copy = JournalCopy.read(node);
        final long last = RecordDescriptor.sequence(
            copy.records().get(copy.lastIndexOf(JournalCopy::isDecision)), 0);
        copy.drop((record) -> JournalCopy.isDecision(record) && RecordDescriptor.sequence(record, 0) == last).reseal();
        copy.drop((record) -> JournalCopy.isInput(record) && RecordDescriptor.sequence(record, 0) > last).reseal();
        node = directory.resolve("other");
        copy.write(node);
        try (SnapshotProbe probe = follow(NEVER, NEVER, 100))
        {
            probe.follower().finish();
            assertThatThrownBy(probe::readAll).isInstanceOf(FollowerException.class);
            assertThat(probe.sequences()).isEmpty();
        }
    }
}
