package io.lockstep.perf.latency.peer;

import io.lockstep.cli.argument.UsageException;
import io.lockstep.journal.text.Json;
import io.lockstep.peers.IntervalLog;
import io.lockstep.peers.PeerPlan;
import io.lockstep.peers.PeerResult;
import io.lockstep.peers.Tally;
import io.lockstep.perf.latency.fork.Quantile;
import io.lockstep.perf.latency.fork.Spread;
import io.lockstep.perf.latency.report.PeerReport;
import io.lockstep.perf.latency.report.PeerText;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

/** In which order which JVMs are run, and what is made of the files they leave; the JVMs are played by the test. */
class PeerMeasurementTest
{
    private static final int LOW = 100;
    private static final int HIGH = 1_000;

    @TempDir
    private Path directory;

    private final List<String> runs = new ArrayList<>();
    private final Map<String, Long> unitNsByRun = new HashMap<>();
    private final List<String> progress = new ArrayList<>();
    private PeerMeasurement measurement;
    private int late;
    private int missing;

    @BeforeEach
    void make()
    {
        final PeerPlan plan = new PeerPlan("", List.of(LOW, HIGH), 5, 2, 1, 10, 208, 176, false, directory, directory);
        measurement = new PeerMeasurement(
            EnumSet.of(PeerKind.LOCKSTEP, PeerKind.EXCHANGE_CORE, PeerKind.DISRUPTOR), plan, this::play, progress::add);
    }

    /** Latencies are 1 to 100 units at the high rate and a unit at the low one. */
    private PeerResult play(final PeerKind kind, final PeerPlan plan) throws IOException
    {
        final String run = directory.relativize(plan.out()).toString();
        runs.add(run + " " + plan.variant() + (plan.isRestarted() ? " restarted" : ""));
        Files.createDirectories(plan.out());
        writeLog(plan.log(LOW), unitNsByRun.getOrDefault(run + "@" + LOW, 1_000L), 1);
        writeLog(plan.log(HIGH), unitNsByRun.getOrDefault(run + "@" + HIGH, 1_000L), 100);
        writeLog(plan.hiccupLog(), 50, 1);
        Files.writeString(plan.result(), String.join("\n", counts(LOW, 0, 0), counts(HIGH, late, missing),
            "flatOut=5000", "replayedEvents=" + (plan.isRestarted() ? 3_000 : 0),
            "replayNs=" + (plan.isRestarted() ? 1_500_000 : 0)));
        return PeerResult.read(plan);
    }

    private static String counts(final int rate, final int late, final int missing)
    {
        return String.join("\n", rate + ".events=1000", rate + ".sent=100", rate + ".received=" + (100 - missing),
            rate + ".late=" + late, rate + ".threads=4", rate + ".processorsPercent=175");
    }

    private static void writeLog(final Path file, final long unitNs, final int values)
    {
        try (IntervalLog log = new IntervalLog(file))
        {
            final Histogram histogram = new Histogram(Tally.MAX_NS, 3);
            for (int i = 1; i <= values; i++)
            {
                histogram.recordValue(i * unitNs);
            }
            log.add(histogram, 1_000);
        }
    }

    private void run(final int forks) throws IOException, InterruptedException
    {
        measurement.trial();
        for (int fork = 1; fork <= forks; fork++)
        {
            measurement.fork(fork);
        }
    }

    @Test
    void shouldTryHowAPeerWaitsBestAndThenTakeTurns() throws Exception
    {
        // Better at one rate is not enough.
        unitNsByRun.put("trial/exchange-core-BUSY_SPIN@" + HIGH, 500L);
        unitNsByRun.put("trial/exchange-core-BUSY_SPIN@" + LOW, 3_000L);
        unitNsByRun.put("trial/exchange-core-YIELDING@" + LOW, 900L);

        run(2);

        assertThat(runs).containsExactly("trial/exchange-core-BUSY_SPIN BUSY_SPIN",
            "trial/exchange-core-YIELDING YIELDING", "trial/exchange-core-BLOCKING BLOCKING",
            "fork-1/lockstep busy-spin restarted", "fork-1/exchange-core YIELDING", "fork-1/disruptor busy-spin",
            "fork-2/lockstep busy-spin restarted", "fork-2/exchange-core YIELDING", "fork-2/disruptor busy-spin");
        assertThat(progress).hasSize(runs.size()).contains("fork-2/exchange-core");
    }

    @Test
    void shouldTakeTheMedianOfTheForks() throws Exception
    {
        unitNsByRun.putAll(Map.of(
            "fork-1/lockstep@1000", 1_000L, "fork-2/lockstep@1000", 9_000L, "fork-3/lockstep@1000", 2_000L));

        run(3);

        final PeerFigures lockstep = measurement.figures().get(0);
        final Spread p90 = lockstep.value(HIGH, Quantile.P90);
        assertThat(p90.median()).isCloseTo(180_000, within(200.0));
        assertThat(p90.min()).isCloseTo(90_000, within(100.0));
        assertThat(p90.max()).isCloseTo(810_000, within(1_000.0));
        assertThat(lockstep.flatOut().median()).isEqualTo(5_000);
        assertThat(lockstep.replayRate().median()).isEqualTo(2_000_000);
        assertThat(lockstep.threads(HIGH).median()).isEqualTo(4);
        assertThat(lockstep.processors(HIGH).median()).isEqualTo(1.75);
        assertThat(lockstep.isValid(HIGH)).isTrue();
        assertThat(measurement.figures().get(2).replayRate().median()).isZero();
    }

    @Test
    void shouldMarkWhatIsNotValidAndOnlyThat() throws Exception
    {
        late = 11;
        run(1);

        final PeerFigures peer = measurement.figures().get(1);

        assertThat(peer.problems(HIGH)).singleElement().asString()
            .isEqualTo("the sender fell behind: fork=1 late=1.1% of 1000 events");
        assertThat(peer.isValid(LOW)).isTrue();

        late = 10;
        missing = 1;
        measurement.fork(2);
        assertThat(measurement.figures().get(1).problems(HIGH)).element(1).asString()
            .isEqualTo("answers are missing: fork=2 received=99: expected 100 and at least 1");
    }

    @Test
    void shouldBeInEveryOutput() throws Exception
    {
        missing = 1;
        run(1);
        final List<PeerFigures> peers = measurement.figures();

        final Map<String, Object> json = Json.parse(Json.text(peers.get(1).json(List.of(LOW, HIGH))));
        final StringBuilder html = new StringBuilder();
        PeerReport.append(html, peers, List.of(LOW, HIGH));
        final StringWriter text = new StringWriter();
        PeerText.print(new PrintWriter(text, true), peers, List.of(LOW, HIGH));

        assertThat(json).containsEntry("peer", "exchange-core").containsEntry("journal", false)
            .containsEntry("waits", "BUSY_SPIN");
        assertThat((List<?>)json.get("rates")).extracting("rate", "valid").hasToString("[(100, true), (1000, false)]");
        for (final String output : List.of(html.toString(), text.toString()))
        {
            assertThat(output).contains("lockstep", "exchange-core", "disruptor", "4 on 1.8", "2,000,000", "no journal",
                "received=99: expected 100").containsIgnoringCase("not valid").doesNotContain("NaN");
            peers.forEach((peer) -> assertThat(output).contains(peer.kind().does(), peer.kind().doesNot()));
        }
    }

    @Test
    void shouldKnowItsNames()
    {
        assertThat(PeerKind.of(List.of("all"))).containsExactly(PeerKind.values());
        assertThat(PeerKind.of(List.of("disruptor"))).containsExactly(PeerKind.LOCKSTEP, PeerKind.DISRUPTOR);
        assertThatThrownBy(() -> PeerKind.of(List.of("kafka"))).isInstanceOf(UsageException.class)
            .hasMessageContaining("--peers=kafka: expected").hasMessageContaining("exchange-core-journal");
    }
}
