package io.lockstep.sequencer.journal;

import io.lockstep.sequencer.ChildJvm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class NodeDirectoryTest
{
    @TempDir
    private Path path;

    /** Another process that tries for the lock: ends with 0 when it got it, 1 when not. */
    static final class TryLock
    {
        private TryLock()
        {
        }

        public static void main(final String[] args) throws IOException
        {
            System.exit(new NodeDirectory(Path.of(args[0])).tryLock() == null ? 1 : 0);
        }
    }

    private int otherProcess() throws IOException, InterruptedException
    {
        try (ChildJvm child = ChildJvm.start(path.resolve("child.log"), TryLock.class, path.toString()))
        {
            return child.awaitExit();
        }
    }

    @Test
    void shouldGiveItsLockOnceInAProcess() throws IOException
    {
        final NodeDirectory directory = new NodeDirectory(path.resolve("node"));
        final NodeDirectory.Lock lock = directory.tryLock();
        assertThat(lock).isNotNull();
        assertThat(directory.tryLock()).isNull();
        assertThat(new NodeDirectory(path.resolve("node/../node")).tryLock()).isNull();
        lock.close();

        try (NodeDirectory.Lock again = directory.tryLock())
        {
            assertThat(again).isNotNull();
            closeAgain(lock);
            assertThat(directory.tryLock()).as("closing twice gives nothing away").isNull();
        }
    }

    private static void closeAgain(final NodeDirectory.Lock lock)
    {
        lock.close();
    }

    /** That the process itself has tried a second time must not have given the lock away. */
    @Test
    void shouldGiveItsLockToNoOtherProcess() throws IOException, InterruptedException
    {
        final NodeDirectory directory = new NodeDirectory(path);
        try (NodeDirectory.Lock lock = directory.tryLock())
        {
            assertThat(lock).isNotNull();
            assertThat(directory.tryLock()).isNull();

            assertThat(otherProcess()).isEqualTo(1);
        }
        assertThat(otherProcess()).as("when it is free").isZero();
    }

    @Test
    void shouldSayWhereItCannotWrite() throws IOException
    {
        final Path file = Files.createFile(path.resolve("file"));

        assertThatThrownBy(() -> new NodeDirectory(file).tryLock()).isInstanceOf(IOException.class)
            .hasMessageContaining(file.toString());
        assertThatThrownBy(() -> new NodeDirectory(file.resolve("node")).tryLock()).isInstanceOf(IOException.class)
            .hasMessageContaining(file.toString());
    }

    @Test
    void shouldTakeTheNodesDirectoryOrTheJournalWithinIt() throws IOException
    {
        final NodeDirectory directory = new NodeDirectory(path);
        Files.createDirectories(directory.incarnation(7));
        Files.createDirectories(directory.incarnation(12));
        Files.createDirectories(directory.journal().resolve("13.discarded"));

        assertThat(directory.incarnations()).containsExactly(7, 12);
        assertThat(NodeDirectory.of(path).incarnations()).containsExactly(7, 12);
        assertThat(NodeDirectory.of(path.resolve("journal")).incarnations()).containsExactly(7, 12);
        assertThat(NodeDirectory.of(path.resolve("journal")).path()).isEqualTo(path);
        assertThat(NodeDirectory.of(path.resolve("other")).hasJournal()).isFalse();
    }
}
