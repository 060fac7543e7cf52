package io.lockstep.sequencer.node;

import io.lockstep.sequencer.ChildJvm;
import io.lockstep.sequencer.NodeException;
import io.lockstep.sequencer.NodeText;
import io.lockstep.sequencer.TestDriver;
import org.agrona.IoUtil;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A running node whose directory is taken from under it. */
class LostDirectoryTest
{
    @TempDir
    private Path path;
    private Path node;
    private String configuration;

    @BeforeEach
    void configure()
    {
        node = path.resolve("node");
        configuration = NodeText.of(node, ", onStop: keep, stopTimeout: 0", "embedded: true", "timerMs: 0");
    }

    private static void assertEnds(final NodeRun run, final String problem)
    {
        assertThatThrownBy(run::result).isInstanceOfSatisfying(NodeException.class,
            (ex) -> assertThat(ex.exitStatus()).isEqualTo(NodeException.CANNOT_RUN)).hasMessageContaining(problem);
    }

    @Test
    void shouldEndWhenItsDirectoryIsRemoved()
    {
        try (NodeRun run = new NodeRun(configuration).awaitReady())
        {
            IoUtil.delete(node.toFile(), false);

            assertEnds(run, node + " was removed while it was in use");
        }
    }

    @Test
    void shouldEndWhenItsJournalIsReplaced() throws IOException
    {
        try (NodeRun run = new NodeRun(configuration).awaitReady())
        {
            Files.move(node.resolve("journal"), node.resolve("elsewhere"));
            Files.createDirectory(node.resolve("journal"));

            assertEnds(run, node.resolve("journal") + " was replaced by another directory while it was in use");
        }
    }

    /** The lock beside the directory holds, whatever becomes of the directory. */
    @Test
    void shouldNotStartBesideALiveNodeWhoseDirectoryWasRemoved() throws IOException, InterruptedException
    {
        final Path file = Files.writeString(path.resolve("node.yaml"), configuration);
        try (ChildJvm child = ChildJvm.start(path.resolve("node.log"),
            ProcessClockTest.FileNode.class, file.toString(), path.resolve("stop").toString()))
        {
            TestDriver.await(() -> child.lastWords().contains("ready"));
            child.signal("STOP");
            IoUtil.delete(node.toFile(), false);
            try (NodeRun second = new NodeRun(configuration))
            {
                assertEnds(second, "node.directory=" + node + ": in use by another live process");
            }
            child.signal("CONT");
            assertThat(child.awaitExit()).as(child.lastWords()).isEqualTo(NodeException.CANNOT_RUN);
            assertThat(child.lastWords()).contains("while it was in use");
        }
    }
}
