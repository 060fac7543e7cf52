package io.lockstep.sequencer.snapshot;

import io.lockstep.sequencer.OfflineNode;
import io.lockstep.sequencer.SnapshotProbe;
import io.lockstep.sequencer.WireRecords;
import io.lockstep.sequencer.journal.JournalPosition;
import io.lockstep.sequencer.journal.NodeDirectory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Which snapshot is taken, and what is said of those that are not. */
class RestoredTest
{
    @TempDir
    private Path node;
    private SnapshotDirectory snapshots;
    private List<Path> newestFirst;
    private final List<String> notices = new ArrayList<>();

    @BeforeEach
    void writeThreeSnapshots()
    {
        new OfflineNode(node, "timerMs: 2").run(false, OfflineNode.trades(new WireRecords(7, 70), 12));
        assertThat(SnapshotProbe.writeSnapshots(node, 6)).hasSizeGreaterThanOrEqualTo(3);
        snapshots = new SnapshotDirectory(new NodeDirectory(node).snapshots());
        snapshots.prune(3);
        newestFirst = snapshots.newestFirst();
    }

    private Restored newest(final long toSequence)
    {
        return Restored.newest(snapshots, toSequence, SnapshotProbe::host, notices::add);
    }

    private static void damage(final Path file) throws IOException
    {
        final byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
    }

    @Test
    void shouldTakeTheNewest()
    {
        assertThat(newestFirst).hasSize(3);
        assertThat(newest(Long.MAX_VALUE).snapshot().file()).isEqualTo(newestFirst.get(0));
        assertThat(newest(Long.MAX_VALUE).sequence()).isEqualTo(SnapshotDirectory.sequence(newestFirst.get(0)));
        assertThat(notices).isEmpty();
    }

    @Test
    void shouldTakeNoneBeyondTheSequence()
    {
        final long middle = SnapshotDirectory.sequence(newestFirst.get(1));

        assertThat(newest(middle).sequence()).isEqualTo(middle);
        assertThat(newest(middle - 1).sequence()).isEqualTo(SnapshotDirectory.sequence(newestFirst.get(2)));
        assertThat(newest(1).position()).isEqualTo(JournalPosition.START);
        assertThat(notices).isEmpty();
    }

    @Test
    void shouldFallBackToTheOneBeforeAndThenToTheStartAndSaySo() throws IOException
    {
        damage(newestFirst.get(0));
        assertThat(newest(Long.MAX_VALUE).snapshot().file()).isEqualTo(newestFirst.get(1));
        assertThat(notices).singleElement().asString()
            .startsWith("snapshot not used, the one before it is taken: snapshot=" + newestFirst.get(0) + " offset=");

        Files.write(newestFirst.get(1), new byte[0]);
        damage(newestFirst.get(2));
        notices.clear();
        final Restored start = newest(Long.MAX_VALUE);
        assertThat(start.snapshot()).isNull();
        assertThat(start.position()).isEqualTo(JournalPosition.START);
        assertThat(start.sequence()).isZero();
        assertThat(notices).hasSize(3);
    }

    @Test
    void shouldIgnoreWhatIsNoSnapshotByName() throws IOException
    {
        final Path half = Files.write(snapshots.path().resolve("00000000000000009999.snapshot.writing"), new byte[9]);
        Files.write(snapshots.path().resolve("99999999999999999999.snapshot"), new byte[9]);
        Files.write(snapshots.path().resolve("notes.txt"), new byte[9]);

        assertThat(snapshots.newestFirst()).isEqualTo(newestFirst);
        snapshots.prune(3);

        assertThat(half).doesNotExist();
        assertThat(snapshots.newestFirst()).isEqualTo(newestFirst);
        assertThat(snapshots.path().resolve("notes.txt")).exists();
    }

    @Test
    void shouldKeepTheNewestByCount()
    {
        snapshots.prune(2);
        assertThat(snapshots.newestFirst()).isEqualTo(newestFirst.subList(0, 2));

        snapshots.prune(1);
        assertThat(SnapshotProbe.names(snapshots.path())).containsExactly(newestFirst.get(0).getFileName().toString());
    }

    @Test
    void shouldFindNothingWhereThereIsNoDirectory()
    {
        final SnapshotDirectory none = new SnapshotDirectory(node.resolve("none"));
        none.prune(1);

        assertThat(none.newestFirst()).isEmpty();
    }
}
