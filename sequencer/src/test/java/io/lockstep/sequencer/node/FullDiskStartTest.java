package io.lockstep.sequencer.node;

import io.lockstep.sequencer.ChildJvm;
import io.lockstep.sequencer.NodeException;
import io.lockstep.sequencer.NodeText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/** A start on a file system that fills while it makes its files, whichever of them is the one that does not fit. */
class FullDiskStartTest
{
    private static final String MOUNT = "mount -t tmpfs -o size=$1k tmpfs \"$2\" && shift 2 && exec \"$@\"";

    @TempDir
    private Path path;

    private static void assumeNamespaces() throws InterruptedException
    {
        try
        {
            assumeThat(new ProcessBuilder("unshare", "-m", "true").start().waitFor())
                .as("this user may make mount namespaces").isZero();
        }
        catch (final IOException ex)
        {
            assumeThat(ex).as("unshare is there").isNull();
        }
    }

    private void assertRefused(final String configuration, final Path full, final int sizeKib)
        throws IOException, InterruptedException
    {
        assumeNamespaces();
        final Path file = Files.writeString(path.resolve("node.yaml"), configuration);
        final Path stop = Files.createFile(path.resolve("stop"));
        try (ChildJvm child = ChildJvm.start(path.resolve("log"), Map.of(),
            List.of("unshare", "-m", "sh", "-c", MOUNT, "sh", Integer.toString(sizeKib), full.toString()),
            ProcessClockTest.FileNode.class, file.toString(), stop.toString()))
        {
            assertThat(child.awaitExit()).as(child.lastWords()).isEqualTo(NodeException.CANNOT_RUN);
            assertThat(child.lastWords()).containsPattern("no space|insufficient usable storage")
                .doesNotContain("unsafe memory access operation in compiled");
        }
    }

    /** Counters, error log, the journal's first segment, its queue's table. */
    @ParameterizedTest
    @ValueSource(ints =
    {8, 64, 600, 1_100, 1_500})
    void shouldSayThatTheNodesDirectoryIsFull(final int sizeKib) throws IOException, InterruptedException
    {
        final Path disk = Files.createDirectory(path.resolve("disk"));
        assertRefused(NodeText.of(disk.resolve("node"), "", "embedded: true", "timerMs: 0"), disk, sizeKib);
    }

    /** The driver's own file, and the terms of the first stream. */
    @ParameterizedTest
    @ValueSource(ints =
    {8, 5_000, 14_000, 30_000, 45_000})
    void shouldSayThatTheDriversDirectoryIsFull(final int sizeKib) throws IOException, InterruptedException
    {
        final Path disk = Files.createDirectory(path.resolve("disk"));
        assertRefused(NodeText.of(path.resolve("node"), "", "embedded: true, directory: \"" +
            disk.resolve("aeron") + "\"", "timerMs: 0"), disk, sizeKib);
    }

    @Test
    void shouldStartWhereThereIsRoom() throws IOException, InterruptedException
    {
        assumeNamespaces();
        final Path disk = Files.createDirectory(path.resolve("disk"));
        final Path file = Files.writeString(path.resolve("node.yaml"), NodeText.of(disk.resolve("node"), "",
            "embedded: true, directory: \"" + disk.resolve("aeron") + "\"", "timerMs: 0"));
        try (ChildJvm child = ChildJvm.start(path.resolve("log"), Map.of(),
            List.of("unshare", "-m", "sh", "-c", MOUNT, "sh", "150000", disk.toString()),
            ProcessClockTest.FileNode.class, file.toString(), Files.createFile(path.resolve("stop")).toString()))
        {
            assertThat(child.awaitExit()).as(child.lastWords()).isZero();
        }
    }
}
