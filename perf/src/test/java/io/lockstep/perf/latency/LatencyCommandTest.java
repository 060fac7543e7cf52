package io.lockstep.perf.latency;

import io.lockstep.cli.output.ExitStatus;
import io.lockstep.gateways.recording.SyntheticRecording;
import io.lockstep.gateways.recording.SyntheticRecording.Product;
import io.lockstep.journal.text.Json;
import io.lockstep.perf.PerfRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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

        assertThat(run.status()).as(run.err()).isIn(ExitStatus.DONE, ExitStatus.CHECK_FAILED);
        final Map<String, Object> json = Json.parse(run.out());
        assertThat(json).containsEntry("rehearse", "50us");
        assertThat(json).containsKeys("floor", "unjournaled", "echo", "tickToTrade", "hiccup", "ratioP50", "ratioP90",
            "rate", "sent", "received", "senderBehind", "valid", "allocatedBytesPerEvent", "stages", "machine",
            "journalDirectory", "orderEvery", "forks").containsEntry("rate", 2000)
            .containsEntry("valid", run.status() == ExitStatus.DONE);
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
    void shouldMeasureWithARecordingThatGoesRound() throws Exception
    {
        final Path data = Files.createDirectory(directory.resolve("data"));
        SyntheticRecording.write(
            data.resolve("spot.gz"), SyntheticRecording.lines(Product.SPOT, "BTCUSDT", 1, 400));
        SyntheticRecording.write(
            data.resolve("usdm.gz"), SyntheticRecording.lines(Product.USDM, "ETHUSDT", 1, 100));
        final Path out = directory.resolve("out");

        final PerfRun run = PerfRun.of("latency", "--data", data.toString(), "--symbol", "BTCUSDT", "--events", "500",
            "--forks", "1", "--seconds", "1", "--rate", "2000", "--warm-up", "0", "--flat-out", "1", "--json",
            "--rehearse", "0",
            "--journal-dir", directory.toString(), "--out", out.toString());

        assertThat(run.status()).as(run.err()).isIn(ExitStatus.DONE, ExitStatus.CHECK_FAILED);
        assertThat(run.err()).contains("instrument BTCUSDT.BINANCE_SPOT, derived from the recording: ");
        final Map<String, Object> json = Json.parse(run.out());
        assertThat(json).containsEntry("load", "recorded, the first 500 market events round and round")
            .containsEntry("rehearse", "0")
            .containsEntry("data", List.of(data + "/spot.gz", data + "/usdm.gz"))
            .containsEntry("instruments", List.of("BTCUSDT.BINANCE_SPOT")).containsEntry("rounds", Map.of("2000", 4.0))
            .containsKeys("mix", "levelsPerUpdate", "ordersARound").containsEntry("events", 2000);
        // In every path and in every round, also behind one that went as fast as it could.
        final int orders = (int)json.get("ordersARound");
        assertThat((int)json.get("sent")).isBetween(3 * orders, 4 * orders);
        for (final String key : List.of("floor", "unjournaled", "echo", "tickToTrade"))
        {
            assertThat((Map<?, ?>)json.get(key)).extracting("count").isEqualTo(json.get("sent"));
        }
        assertThat(json).containsEntry("received", json.get("sent"));
        assertThat((Map<?, ?>)json.get("flatOutEventsPerSecond"))
            .allSatisfy((path, rate) -> assertThat((int)rate).isGreaterThan(500));
        assertThat(Files.readString(out.resolve("report.html"))).contains("round and round", "bestBidOffers");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value =
    {
        "--data none.gz                          | none.gz: file=none.gz: expected an existing file",
        "--data -                                | --data=-: expected files, since every fork reads them",
        "--data pom.xml                          | : expected a recording, binance-ws",
        "--data x.gz --events 0                  | --events=0: expected a whole number from 1 to 1000000",
        "--data x.gz --events many               | --events",
        "--data x.gz --peers lockstep            | --peers=lockstep: expected no --data beside it",
        "--rehearse often                        | --rehearse=often: expected a duration such as 50us, up to 1s",
        "--rehearse 2s                           | --rehearse=2s: expected a duration such as 50us, up to 1s",
        "--symbol BTCUSDT                        | --symbol=BTCUSDT: expected --data beside it, a recording",
        "--events 7                              | --events=7: expected --data beside it, a recording"})
    void shouldRefuseWhatCannotBe(final String options, final String message)
    {
        final List<String> arguments = new ArrayList<>(List.of("latency"));
        arguments.addAll(List.of(options.split(" ")));

        final PerfRun run = PerfRun.of(arguments.toArray(String[]::new));

        assertThat(run.status()).as(run.err()).isEqualTo(ExitStatus.BAD_INPUT);
        assertThat(run.err()).contains(message);
    }

    @Test
    void shouldRefuseARecordingThatLacksWhatWasAskedFor() throws Exception
    {
        final Path file = SyntheticRecording.write(
            directory.resolve("x.gz"), SyntheticRecording.lines(Product.SPOT, "BTCUSDT", 1, 50));
        final Path empty = Files.createDirectory(directory.resolve("empty"));

        assertThat(PerfRun.of("latency", "--data", file.toString(), "--symbol", "BTCUSDT,ETHUSDT"))
            .satisfies((run) -> assertThat(run.status()).isEqualTo(ExitStatus.BAD_INPUT))
            .satisfies((run) -> assertThat(run.err())
                .contains("--symbol=ETHUSDT: expected a symbol or a name of the recording's BTCUSDT.BINANCE_SPOT"));
        assertThat(PerfRun.of("latency", "--data", empty.toString()))
            .satisfies((run) -> assertThat(run.status()).isEqualTo(ExitStatus.BAD_INPUT))
            .satisfies((run) -> assertThat(run.err()).contains("files=0: expected recordings in the directory"));
        assertThat(PerfRun.of("latency", "--data", file.toString(), "--events", "3"))
            .satisfies((run) -> assertThat(run.status()).isEqualTo(ExitStatus.BAD_INPUT))
            .satisfies((run) -> assertThat(run.err()).contains("book updates that can make an order=0 in 3"));
    }

    @Test
    void shouldRefuseWhatCannotBeMeasured()
    {
        assertThat(PerfRun.of("latency", "--rate", "0"))
            .satisfies((run) -> assertThat(run.status()).isEqualTo(ExitStatus.BAD_INPUT))
            .satisfies((run) -> assertThat(run.err()).contains("--rate=0: expected"));
        assertThat(PerfRun.of("latency", "--peers", "kafka"))
            .satisfies((run) -> assertThat(run.status()).isEqualTo(ExitStatus.BAD_INPUT))
            .satisfies((run) -> assertThat(run.err()).contains("--peers=kafka: expected"));
        assertThat(PerfRun.of("latency", "--peers", "disruptor"))
            .satisfies((run) -> assertThat(run.status()).isEqualTo(ExitStatus.BAD_INPUT))
            .satisfies((run) -> assertThat(run.err()).contains("expected to be called through ./lockstep"));
        assertThat(PerfRun.of("latency", "--journal-dir", directory.resolve("none").toString()))
            .satisfies((run) -> assertThat(run.status()).isEqualTo(ExitStatus.BAD_INPUT));
    }

    @Test
    void shouldNotWriteIntoADirectoryThatHoldsSomething() throws Exception
    {
        Files.writeString(directory.resolve("mine.txt"), "mine");

        assertThat(PerfRun.of("latency", "--out", directory.toString()).status())
            .isEqualTo(ExitStatus.CANNOT_RUN);
    }

    @Test
    void shouldExplainItself()
    {
        final PerfRun run = PerfRun.of("latency", "--help");

        assertThat(run.status()).isEqualTo(ExitStatus.DONE);
        assertThat(run.out()).startsWith("Usage: lockstep latency").contains("Example");
    }
}
