package io.lockstep.verification.crash;

import io.lockstep.sequencer.journal.NodeDirectory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

/** The names in a node's directory tell what it was doing. */
class NodeFilesTest
{
    @TempDir
    private Path path;
    private NodeDirectory directory;
    private NodeFiles files;

    @BeforeEach
    void look() throws IOException
    {
        directory = new NodeDirectory(path);
        files = new NodeFiles(directory);
        make("snapshots/00000000000000000007.snapshot");
        make("snapshots/00000000000000000008.snapshot.writing");
        make("journal/000001-000002.new/file");
        files.look();
    }

    private void make(final String name) throws IOException
    {
        Files.createDirectories(path.resolve(name).getParent());
        Files.createFile(path.resolve(name));
    }

    @Test
    void whatWasThereBeforeDoesNotCount()
    {
        assertThat(files.hasNewSnapshot()).isFalse();
        assertThat(files.hasUnfinishedSnapshot()).isFalse();
        assertThat(files.hasNewSegment()).isFalse();
        assertThat(files.hasUnfinishedSegment()).isFalse();
        assertThat(files.newestSnapshotSequence()).isEqualTo(7);
        assertThat(new NodeFiles(new NodeDirectory(path.resolve("none"))).newestSnapshotSequence()).isZero();
    }

    @Test
    void seesASnapshotBegunAndFinished() throws IOException
    {
        make("snapshots/00000000000000000009.snapshot.writing");
        assertThat(files.hasNewSnapshot()).isTrue();
        assertThat(files.hasUnfinishedSnapshot()).isTrue();
        Files.move(path.resolve("snapshots/00000000000000000009.snapshot.writing"),
            path.resolve("snapshots/00000000000000000009.snapshot"));
        assertThat(files.hasNewSnapshot()).isTrue();
        assertThat(files.hasUnfinishedSnapshot()).isFalse();
        assertThat(files.newestSnapshotSequence()).isEqualTo(9);
    }

    @Test
    void seesAFurtherSegmentInTheMaking() throws IOException
    {
        // The first of an incarnation belongs to its start.
        make("journal/000002.new/file");
        make("journal/000002-000001.removed/file");
        assertThat(files.hasNewSegment()).isFalse();
        assertThat(files.hasUnfinishedSegment()).isFalse();
        make("journal/000002-000002.new/file");
        assertThat(files.hasNewSegment()).isTrue();
        assertThat(files.hasUnfinishedSegment()).isTrue();
    }
}
