package io.lockstep.verification.journal;

import io.lockstep.cli.CommandRun;
import io.lockstep.cli.TestData;
import io.lockstep.gateways.recording.SyntheticRecording.Product;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

/** Random bytes in the place of each of a node's files, and directories that may not be used: each is named, none is a crash. */
class GarbageTest
{
    private static final List<Integer> LENGTHS = List.of(0, 1, 100, 5_000, 200_000, 1_000_000);

    @TempDir
    private static Path directory;
    private static Path source;
    private static int copies;

    private final Random random = new Random(11);
    private Path node;
    private Path config;

    @BeforeAll
    static void makeJournal()
    {
        source = directory.resolve("source");
        CommandRun.of("backtest", "--config", TestData.backtestConfig(directory), "--out", source, "--data",
            TestData.recording(directory, "x.gz", Product.USDM, 1, 1_000)).exits(0);
    }

    @BeforeEach
    void copy() throws IOException
    {
        node = directory.resolve("node-" + ++copies);
        try (Stream<Path> files = Files.walk(source))
        {
            for (final Path file : files.toList())
            {
                Files.copy(file, node.resolve(source.relativize(file).toString()));
            }
        }
        config = TestData.write(directory.resolve("node-" + copies + ".yaml"),
            "node: {directory: \"" + node + "\", time: recorded}\n");
    }

    private byte[] garbage(final int length)
    {
        final byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private CommandRun recover()
    {
        return CommandRun.of("recover", "--config", config, "--json");
    }

    private static void assertNamed(final CommandRun run, final int exitStatus, final String text)
    {
        assertThat(run.exits(exitStatus).err()).contains(text).doesNotContain("unexpected error")
            .doesNotContain("\tat ");
        assertThat(run.out()).doesNotContain("\tat ");
    }

    @Test
    void segment() throws IOException
    {
        for (final int length : LENGTHS)
        {
            DamagedFile.of(node).replace(garbage(length));
            assertNamed(recover(), 1, "journal");
            assertNamed(CommandRun.of("run", "--config", config), 1, "journal");
            assertNamed(CommandRun.of("replay", "--journal", node), 1, "journal damaged");
            assertNamed(CommandRun.of("journal", "info", node), 1, "journal damaged");
            assertNamed(CommandRun.of("journal", "print", node), 1, "journal damaged");
            assertNamed(CommandRun.of("journal", "state", node), 1, "journal damaged");
            assertNamed(CommandRun.of("journal", "cut", node), 1, "nothing before it can be kept");
            assertThat(CommandRun.of("journal", "verify", node, "--json").exits(1).json().get("problem").asText())
                .contains(".cq4");
        }
    }

    @Test
    void snapshot() throws IOException
    {
        Files.createDirectories(node.resolve("snapshots"));
        final Path file = node.resolve("snapshots").resolve(String.format("%020d.snapshot", 1_000_000_000));
        for (final int length : LENGTHS)
        {
            Files.write(file, garbage(length));
            final CommandRun run = recover();
            assertNamed(run, 0, "snapshot not used, the one before it is taken: snapshot=" + file);
            assertThat(run.json().get("cleanEnd").asBoolean()).isTrue();
            assertNamed(CommandRun.of("replay", "--verify", "--from", "snapshot", "--journal", node), 0,
                "snapshot=" + file);
        }
    }

    @Test
    void lockCountersErrorsAndWhatIsNoPartOfANode() throws IOException
    {
        for (final String name : List.of("node.lock", "counters.dat", "errors.dat", "config.yaml", "tail-cut", "x"))
        {
            Files.write(node.resolve(name), garbage(5_000));
        }
        Files.write(Files.createDirectories(node.resolve("journal/other")).resolve("x"), garbage(100));
        assertThat(recover().exits(0).json().get("cleanEnd").asBoolean()).isTrue();
        CommandRun.of("journal", "verify", node).exits(0);
        CommandRun.of("replay", "--verify", "--journal", node).exits(0);
    }

    @Test
    void countersOfADeadNode() throws IOException
    {
        for (final int length : LENGTHS)
        {
            Files.write(node.resolve("counters.dat"), garbage(length));
            final CommandRun run = CommandRun.of("stat", "--dir", node);
            assertNamed(run, 2, "counters.dat");
        }
    }

    @Test
    void configuration() throws IOException
    {
        for (final int length : LENGTHS)
        {
            if (length > 0)
            {
                Files.write(config, garbage(length));
                assertNamed(recover(), 2, config.getFileName().toString());
                assertNamed(CommandRun.of("run", "--config", config), 2, config.getFileName().toString());
            }
        }
        assertNamed(CommandRun.of("run", "--config", directory), 2, directory.toString());
    }

    @Test
    void directoriesThatMayNotBeUsed()
    {
        for (final String name : List.of("", "journal", "journal/000001"))
        {
            final Path closed = node.resolve(name);
            assertThat(closed.toFile().setReadable(false)).isTrue();
            assertThat(closed.toFile().setWritable(false)).isTrue();
            assertThat(closed.toFile().setExecutable(false)).isTrue();
            try
            {
                assumeFalse(Files.isReadable(closed), "this user may do everything");
                assertNamed(recover(), 3, closed.getFileName().toString());
                assertNamed(CommandRun.of("run", "--config", config), 3, closed.getFileName().toString());
            }
            finally
            {
                assertThat(closed.toFile().setExecutable(true)).isTrue();
                assertThat(closed.toFile().setReadable(true)).isTrue();
                assertThat(closed.toFile().setWritable(true)).isTrue();
            }
        }
    }
}
