package io.lockstep.perf.latency;

import io.lockstep.perf.PerfRun;
import io.lockstep.tools.Json;
import io.lockstep.tools.LockstepCommand;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** The command as a whole, short. Whether the machine was quiet enough is not the test's business. */
class LatencyCommandTest
{
    /** Four slices at each rate, with their lead-ins. */
    private static final int PEER_EVENTS = 4 * (540 + 270);

    @TempDir
    private Path directory;

    @Test
    void shouldMeasureEveryPathAndWriteItDown() throws Exception
    {
        final Path out = directory.resolve("out");

        final PerfRun run = PerfRun.of("latency", "--forks", "1", "--seconds", "1", "--rate", "2000,1000", "--warm-up",
            "0", "--flat-out", "0", "--peers", "lockstep", "--json", "--journal-dir", directory.toString(), "--out",
            out.toString());

        assertThat(run.status()).as(run.err()).isIn(LockstepCommand.DONE, LockstepCommand.CHECK_FAILED);
        final Map<String, Object> json = Json.parse(run.out());
        assertThat(json).containsKeys("floor", "unjournaled", "echo", "tickToTrade", "hiccup", "ratioP50", "ratioP90",
            "rate", "sent", "received", "senderBehind", "valid", "allocatedBytesPerEvent", "stages", "machine",
            "journalDirectory", "orderEvery", "forks").containsEntry("rate", 2000)
            .containsEntry("valid", run.status() == LockstepCommand.DONE);
        assertThat((List<?>)json.get("rates")).hasSize(2).extracting("rate").containsExactly(2000, 1000);
        for (final String key : List.of("floor", "unjournaled", "echo", "tickToTrade"))
        {
            assertThat((Map<?, ?>)json.get(key)).extracting("count").isEqualTo(200);
        }
        // Every order that was to be made was made, came back and was filled; at both rates.
        assertThat(json).containsEntry("sent", 200).containsEntry("received", 200).containsEntry("events", 2000);
        // Measured as a peer it starts once more, on all that came in.
        assertThat((List<?>)json.get("peers")).singleElement().satisfies((peer) -> assertThat((Map<?, ?>)peer)
            .extracting("peer", "journal", "replayedEvents", "flatOutEventsPerSecond")
            .containsExactly("lockstep", true, PEER_EVENTS, Map.of("median", 0, "min", 0, "max", 0)));
        assertThat(Files.readString(out.resolve("report.html"))).contains("<svg").contains("<h2>Peers</h2>");
        assertThat(out.resolve("1000-tickToTrade.hgrm")).isNotEmptyFile();
        assertThat(out.resolve("fork-1/2000-floor.hlog")).isNotEmptyFile();
        try (var left = Files.list(directory))
        {
            assertThat(left.map(Path::getFileName).map(Path::toString)).containsExactly("out");
        }
    }

    @Test
    void shouldRefuseWhatCannotBeMeasured()
    {
        assertThat(PerfRun.of("latency", "--rate", "0"))
            .satisfies((run) -> assertThat(run.status()).isEqualTo(LockstepCommand.BAD_INPUT))
            .satisfies((run) -> assertThat(run.err()).contains("--rate=0: expected"));
        assertThat(PerfRun.of("latency", "--peers", "kafka"))
            .satisfies((run) -> assertThat(run.status()).isEqualTo(LockstepCommand.BAD_INPUT))
            .satisfies((run) -> assertThat(run.err()).contains("--peers=kafka: expected"));
        assertThat(PerfRun.of("latency", "--peers", "disruptor"))
            .satisfies((run) -> assertThat(run.status()).isEqualTo(LockstepCommand.BAD_INPUT))
            .satisfies((run) -> assertThat(run.err()).contains("expected to be called through ./lockstep"));
        assertThat(PerfRun.of("latency", "--journal-dir", directory.resolve("none").toString()))
            .satisfies((run) -> assertThat(run.status()).isEqualTo(LockstepCommand.BAD_INPUT));
    }

    @Test
    void shouldNotWriteIntoADirectoryThatHoldsSomething() throws Exception
    {
        Files.writeString(directory.resolve("mine.txt"), "mine");

        assertThat(PerfRun.of("latency", "--out", directory.toString()).status())
            .isEqualTo(LockstepCommand.CANNOT_RUN);
    }

    @Test
    void shouldExplainItself()
    {
        final PerfRun run = PerfRun.of("latency", "--help");

        assertThat(run.status()).isEqualTo(LockstepCommand.DONE);
        assertThat(run.out()).startsWith("Usage: lockstep latency").contains("Example");
    }
}
