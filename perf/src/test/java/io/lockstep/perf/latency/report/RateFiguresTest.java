package io.lockstep.perf.latency.report;

import io.lockstep.journal.text.Json;
import io.lockstep.peers.IntervalLog;
import io.lockstep.peers.Tally;
import io.lockstep.perf.latency.fork.ForkPlan;
import io.lockstep.perf.latency.fork.ForkResult;
import io.lockstep.perf.latency.fork.Quantile;
import io.lockstep.perf.latency.fork.Spread;
import io.lockstep.perf.latency.load.LoadPlan;
import io.lockstep.perf.latency.path.MeasuredPath;
import io.lockstep.perf.latency.path.StageTimes;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** From the files of three forks to figures, JSON and a page. The forks' values are in the ratio 1 : 2 : 10. */
class RateFiguresTest
{
    private static final int RATE = 1_000;
    private static final int[] SCALES = {1, 10, 2};
    private static final int VALUES = 1_000;

    @TempDir
    private Path directory;

    private int lateInTheSecond;
    private int missingInTheThird;
    private int processors = Reliability.PROCESSORS_NEEDED;
    private List<ForkResult> forks;

    @BeforeEach
    void write() throws IOException
    {
        forks = new ArrayList<>();
        for (int i = 0; i < SCALES.length; i++)
        {
            final ForkPlan plan = plan("fork-" + i);
            final List<Map<String, Object>> counts = new ArrayList<>();
            for (final MeasuredPath path : MeasuredPath.values())
            {
                writeLog(plan, path.key(), 100L * SCALES[i] * (path == MeasuredPath.TICK_TO_TRADE ? 3 : 1));
                final boolean isIdle = path == MeasuredPath.HICCUP;
                counts.add(Map.of("path", path.name(), "rate", RATE, "events", isIdle ? 0 : VALUES * 10,
                    "sent", isIdle ? 0 : VALUES, "received", isIdle ? 0 : VALUES - (i == 2 ? missingInTheThird : 0),
                    "late", isIdle || i != 1 ? 0 : lateInTheSecond, "behindMaxNs", 7,
                    "allocatedBytes", path == MeasuredPath.TICK_TO_TRADE ? 500 : 0));
            }
            Files.writeString(plan.result(), Json.text(Map.of("paths", counts, "flatOut",
                Map.of("floor", 300, "unjournaled", 400, "echo", 500, "tickToTrade", 100 * SCALES[i]))));
            forks.add(new ForkResult(plan));
        }
    }

    private ForkPlan plan(final String name) throws IOException
    {
        return new ForkPlan(
            List.of(RATE), 1, 1, 1, 10, 0, LoadPlan.GENERATED, false, directory,
            Files.createDirectories(directory.resolve(name)));
    }

    /** From the unit to a thousand times it, in two intervals. */
    private static void writeLog(final ForkPlan plan, final String key, final long unitNs)
    {
        try (IntervalLog log = new IntervalLog(plan.log(RATE, key)))
        {
            for (int interval = 0; interval < 2; interval++)
            {
                final Histogram histogram = new Histogram(Tally.MAX_NS, 3);
                for (int i = 1 + interval; i <= VALUES; i += 2)
                {
                    histogram.recordValue(unitNs * i);
                }
                log.add(histogram, TimeUnit.SECONDS.toNanos(1));
            }
        }
    }

    private LatencyFigures figures() throws IOException
    {
        final ForkPlan stages = plan("stages");
        StageTimes.STAGES.forEach((stage) -> writeLog(stages, StageTimes.key(stage), 10));
        Files.writeString(stages.result(), Json.text(Map.of("paths", List.of(), "flatOut", Map.of())));
        return new LatencyFigures(Map.of("load", "a < b & c"),
            List.of(new RateFigures(RATE, forks, new ForkResult(stages))), forks, List.of(), processors);
    }

    @Test
    void shouldTakeTheMedianOfTheForksAndShowTheirSpread() throws IOException
    {
        final RateFigures rate = figures().rates().get(0);

        final Spread floor = rate.value(MeasuredPath.FLOOR, Quantile.P50);
        assertThat(floor.median()).isCloseTo(100_000, within(200.0));
        assertThat(floor.min()).isCloseTo(50_000, within(100.0));
        assertThat(floor.max()).isCloseTo(500_000, within(1_000.0));
        assertThat(rate.ratio(Quantile.P50).median()).isCloseTo(3, within(0.01));
        assertThat(rate.ratio(Quantile.P90).max()).isCloseTo(3, within(0.01));
        assertThat(rate.journalCostNs().median()).isZero();
        assertThat(rate.allocatedBytesPerEvent()).isEqualTo(0.05);
        assertThat(rate.total(MeasuredPath.ECHO).getTotalCount()).isEqualTo(3 * VALUES);
        assertThat(rate.isValid()).isTrue();
        assertThat(figures().reliability().sentences()).isEmpty();
    }

    @Test
    void shouldSayWhichSenderFellBehindAndNotBeValid() throws IOException
    {
        lateInTheSecond = VALUES / 10 + 1;
        write();

        final LatencyFigures figures = figures();

        assertThat(figures.reliability().problems()).hasSize(4).allMatch((problem) -> problem.contains("fork=2"));
        assertThat(figures.json()).containsEntry("valid", false).containsEntry("senderBehind", true);
        // One sentence, and the paths in a table that is opened.
        assertThat(figures.reliability().sentences()).singleElement().asString()
            .contains("on 4 of 12 paths the sender fell behind: 1.0 to 1.0 % of a path's events")
            .contains("not in medians, in ratios of medians");
        final String html = LatencyReport.html(figures);
        assertThat(html.split("class=\"bad\"")).hasSize(2);
        assertThat(html.split("<details>")).hasSize(2);
        assertThat(html).contains("<td>tickToTrade</td><td>1,000</td><td>2</td><td>101 of 10,000, 1.0 %</td>");
    }

    /** Of a path's events a third of a percent is late: that is in p99.9 and the maximum, and not in what is below. */
    @Test
    void shouldMarkWhatLateEventsAreIn() throws IOException
    {
        lateInTheSecond = VALUES / 10 + 1;
        write();

        final Reliability reliability = figures().reliability();
        final double lateShare = figures().rates().get(0).lateShare(MeasuredPath.ECHO);

        assertThat(lateShare).isCloseTo(0.0034, within(0.0001));
        assertThat(Stream.of(Quantile.values()).filter((quantile) -> reliability.isReliable(quantile, lateShare)))
            .containsExactly(Quantile.P50, Quantile.P90, Quantile.P99);
        assertThat(reliability.isReliable(Quantile.MAX, 0)).isTrue();
        assertThat(reliability.isReliable(Quantile.P90, 0.06)).isFalse();
        assertThat(LatencyReport.html(figures()).split("class=\"tail\"")).hasSize(1 + 4 * 2);
    }

    @Test
    void shouldSayWhenLateEventsAreInTheMedians() throws IOException
    {
        lateInTheSecond = VALUES * 10;
        write();

        final LatencyFigures figures = figures();

        assertThat(figures.reliability().sentences()).singleElement().asString().contains("measure again");
        assertThat(LatencyReport.html(figures)).contains("p50 <b>3.00</b> * (");
    }

    @Test
    void shouldSayThatTailsAreTheMachinesWhereProcessorsAreFew() throws IOException
    {
        processors = 2;

        final LatencyFigures figures = figures();

        assertThat(figures.json()).containsEntry("valid", true);
        assertThat(figures.reliability().sentences()).singleElement().asString().contains("has 2 processors");
        final String html = LatencyReport.html(figures);
        assertThat(html).doesNotContain("class=\"bad\"").doesNotContain("<details>").contains("has 2 processors");
        assertThat(html.split("class=\"tail\"")).hasSize(1 + 4 * 3);
    }

    @Test
    void shouldNotBeValidWhenAnOrderIsMissing() throws IOException
    {
        missingInTheThird = 1;
        write();

        assertThat(figures().reliability().problems()).hasSize(4)
            .allMatch((problem) -> problem.contains("fork=3") && problem.contains("received=999: expected 1000"));
    }

    @Test
    void shouldPutTheFirstRateOnTopOfTheJson() throws IOException
    {
        final Map<String, Object> json = Json.parse(Json.text(figures().json()));

        for (final MeasuredPath path : MeasuredPath.values())
        {
            assertThat((Map<?, ?>)json.get(path.key()))
                .extracting("p50Ns", "p90Ns", "p99Ns", "p999Ns", "maxNs", "count")
                .doesNotContainNull();
        }
        assertThat(json).containsEntry("rate", RATE)
            .containsEntry("sent", 3 * VALUES).containsEntry("received", 3 * VALUES).containsEntry("valid", true)
            .containsEntry("senderBehind", false);
        assertThat((double)json.get("ratioP50")).isCloseTo(3, within(0.01));
        assertThat((List<?>)json.get("rates")).hasSize(1);
        assertThat((Map<?, ?>)json.get("flatOutEventsPerSecond")).extracting("tickToTrade").isEqualTo(200);
    }

    @Test
    void shouldMakeOnePageThatNeedsNothingElse() throws IOException
    {
        final String html = LatencyReport.html(figures());

        assertThat(html).startsWith("<!DOCTYPE html>").endsWith("</html>\n").contains("a &lt; b &amp; c")
            .contains("journalDecision").doesNotContain("http").doesNotContain("<script").doesNotContain("<link");
        assertThat(html.split("<polyline")).hasSize(1 + MeasuredPath.values().length);
        assertThat(html).doesNotContain("NaN").doesNotContain("Infinity");
    }

    /** A line of a thousand values ends at three nines, and higher latencies are drawn higher. */
    @Test
    void shouldDrawNoMoreNinesThanThereAreValues()
    {
        final Histogram histogram = new Histogram(Tally.MAX_NS, 3);
        for (int i = 1; i <= VALUES; i++)
        {
            histogram.recordValue(100L * i);
        }

        final String svg = PercentilePlot.svg(Map.of(MeasuredPath.FLOOR, histogram));

        final String points = svg.substring(svg.indexOf("points=\"") + 8, svg.indexOf("\"/>", svg.indexOf("points")));
        final String[] pairs = points.strip().split(" ");
        final double[] first = pair(pairs[0]);
        final double[] last = pair(pairs[pairs.length - 1]);
        assertThat(first[0]).isEqualTo(70);
        assertThat(last[0]).isCloseTo(70 + 700 * 3 / 5.0, within(0.1));
        assertThat(last[1]).isLessThan(first[1]);
    }

    private static double[] pair(final String text)
    {
        final String[] numbers = text.split(",");
        return new double[]{Double.parseDouble(numbers[0]), Double.parseDouble(numbers[1])};
    }
}
