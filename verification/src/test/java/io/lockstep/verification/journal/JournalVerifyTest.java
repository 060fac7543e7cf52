package io.lockstep.verification.journal;

import io.lockstep.cli.CommandRun;
import io.lockstep.cli.output.ExitStatus;
import io.lockstep.sequencer.snapshot.SnapshotDirectory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** What lies beside a journal and knows more than it. */
class JournalVerifyTest
{
    private static final String BARS = """
        timestamp,open,high,low,close,volume
        1700000000,10.5,11.0,10.0,10.5,100
        1700000060,10.5,11.5,10.5,11.0,100
        """;

    @TempDir
    private Path work;

    private Path node;
    private long lastSequence;

    @BeforeEach
    void makeJournal() throws IOException
    {
        node = work.resolve("node");
        final Path config = Files.writeString(work.resolve("c.yaml"), "strategies: []\n");
        final Path bars = Files.writeString(work.resolve("ABCUSDT_1m.csv"), BARS);
        CommandRun.of("backtest", "--config", config, "--data", bars, "--out", node).exits(ExitStatus.DONE);
        lastSequence = CommandRun.of("journal", "info", "--json", node).json().get("lastSequence").asLong();
    }

    private String problem()
    {
        return CommandRun.of("journal", "verify", "--json", node).exits(ExitStatus.CHECK_FAILED).json()
            .get("problem").asText();
    }

    private void snapshot(final long sequence) throws IOException
    {
        Files.createDirectories(node.resolve("snapshots"));
        Files.createFile(node.resolve("snapshots").resolve(SnapshotDirectory.name(sequence)));
    }

    @Test
    void shouldFailWhenASnapshotIsLater() throws IOException
    {
        snapshot(lastSequence);
        CommandRun.of("journal", "verify", node).exits(ExitStatus.DONE);

        snapshot(lastSequence + 1);

        assertThat(problem()).startsWith("the journal ends at sequence=" + lastSequence +
            ", and a snapshot is later: ").contains(SnapshotDirectory.name(lastSequence + 1));
    }

    @ParameterizedTest
    @CsvSource(
    {"000001-000003, segment=000001-000002",
        "000002-000002, first of its incarnation"})
    void shouldFailWhenSegmentsAreMissingBetween(final String segment, final String missing) throws IOException
    {
        Files.createDirectory(node.resolve("journal").resolve(segment));

        assertThat(problem()).contains(missing);
    }

    @Test
    void shouldTakeADirectoryInEverySpelling()
    {
        for (final List<?> spelling : List.of(List.of(node), List.of("--dir", node), List.of("--journal", node),
            List.of(node, "--dir", node)))
        {
            for (final List<String> command : List.of(List.of("journal", "verify"), List.of("journal", "info"),
                List.of("journal", "print"), List.of("journal", "state"), List.of("journal", "cut"),
                List.of("replay", "--verify")))
            {
                CommandRun.of(command, spelling).exits(ExitStatus.DONE);
            }
        }
        assertThat(CommandRun.of("replay").exits(ExitStatus.BAD_INPUT).err())
            .isEqualTo("lockstep: DIR: expected a node's directory\n");
        assertThat(CommandRun.of("replay", node, "--dir", work).exits(ExitStatus.BAD_INPUT).err())
            .contains("expected one directory");
    }
}
