package io.lockstep.sequencer.log;

import io.lockstep.sequencer.config.LogContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What is said comes into the file as lines, in order, and what does not is said too. */
class ProcessLogTest
{
    @TempDir
    private Path directory;
    private final StringWriter err = new StringWriter();

    private ProcessLog open(final LogContext context)
    {
        return ProcessLog.open(context.in(directory.resolve("100% log")), "node", new PrintWriter(err));
    }

    private List<String> lines() throws IOException
    {
        return Files.readAllLines(directory.resolve("100% log/node.0.log"));
    }

    @Test
    void shouldWriteTimeLevelAreaSequenceAndMessage() throws IOException
    {
        try (ProcessLog log = open(LogContext.DEFAULT))
        {
            log.info("node", "starts");
            log.say(LogLevel.ERROR, "alert", 42, "CLOCK_JUMP");
        }
        assertThat(lines()).hasSize(2);
        assertThat(lines().get(0)).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{9}Z INFO  node - starts");
        assertThat(lines().get(1)).endsWith("Z ERROR alert 42 CLOCK_JUMP");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void shouldGoOnInTheSameFileAndPrintWhereItIsAsked() throws IOException
    {
        try (ProcessLog log = open(LogContext.DEFAULT))
        {
            log.info("node", "first");
        }
        try (ProcessLog log = open(LogContext.DEFAULT.withStderr(true)))
        {
            log.warn("node", "second");
        }
        assertThat(lines()).hasSize(2);
        assertThat(err.toString()).endsWith("Z WARN  node - second" + System.lineSeparator()).doesNotContain("first");
    }

    @Test
    void shouldKeepSoManyFilesOfThatSize() throws IOException
    {
        // An area of its own for each, so that none is held back.
        try (ProcessLog log = open(new LogContext(null, 1_000, 3, false)))
        {
            for (int i = 0; i < 200; i++)
            {
                log.info("area" + i, "line " + i);
            }
        }
        try (Stream<Path> files = Files.list(directory.resolve("100% log")))
        {
            assertThat(files.map((file) -> file.getFileName().toString()))
                .containsExactlyInAnyOrder("node.0.log", "node.1.log", "node.2.log");
        }
        assertThat(lines().get(lines().size() - 1)).endsWith("line 199");
        assertThat(Files.size(directory.resolve("100% log/node.1.log"))).isLessThan(1_100);
    }

    @Test
    void shouldCountWhatOneAreaSaysTooOften()
    {
        final List<String> written = new ArrayList<>();
        final LineFlood flood = new LineFlood(2, (line) -> written.add(line.message()));
        final Instant second = Instant.ofEpochSecond(1_700_000_000);
        for (int i = 0; i < 5; i++)
        {
            flood.onLine(new LogLine(second.plusMillis(i), LogLevel.WARN, "market", i, "stale " + i));
        }
        flood.onLine(new LogLine(second.plusMillis(5), LogLevel.ERROR, "market", 5, "of another level"));
        flood.onTime(second.plusMillis(6));
        assertThat(written).containsExactly("stale 0", "stale 1", "of another level");
        flood.onTime(second.plusSeconds(1));
        flood.onLine(new LogLine(second.plusSeconds(1), LogLevel.WARN, "market", 6, "stale 6"));
        flood.end();
        assertThat(written).containsExactly("stale 0", "stale 1", "of another level",
            "more of the same in one second, not written: lines=3", "stale 6");
    }

    @Test
    void shouldSayHowAProcessEnded() throws Exception
    {
        try (ProcessLog log = open(LogContext.DEFAULT))
        {
            assertThat(log.untilEnd("driver", () -> 7)).isEqualTo(7);
            assertThatThrownBy(() -> log.untilEnd("driver", () ->
            {
                throw new IllegalStateException("two\nlines");
            })).isInstanceOf(IllegalStateException.class);
        }
        assertThat(lines().get(0)).endsWith("INFO  driver - ended");
        assertThat(lines().get(1)).contains("ERROR driver - ends, for it cannot go on: two").doesNotEndWith("lines\n");
        assertThat(lines()).hasSize(2);
    }

    @Test
    void shouldNameADirectoryThatCannotBeWritten() throws IOException
    {
        Files.writeString(directory.resolve("file"), "");
        assertThatThrownBy(() -> ProcessLog.open(
            LogContext.DEFAULT.in(directory.resolve("file")), "node", new PrintWriter(err)))
            .isInstanceOf(UncheckedIOException.class)
            .hasMessageContaining("log.directory=" + directory.resolve("file"));
    }
}
