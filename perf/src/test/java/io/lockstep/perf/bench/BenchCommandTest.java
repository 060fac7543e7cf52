package io.lockstep.perf.bench;

import io.lockstep.cli.output.ExitStatus;
import io.lockstep.journal.text.Json;
import io.lockstep.perf.PerfRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

class BenchCommandTest
{
    @TempDir
    private Path directory;

    private static Score time(final String name, final double value, final double error, final double bytes)
    {
        return new Score(name, value, error, "ns/op", true, bytes);
    }

    private Path file(final String name, final Score... newScores) throws IOException
    {
        final Path file = directory.resolve(name);
        final Map<String, Object> machine = new LinkedHashMap<>(Map.of("cpu", "a", "java", "17", "commit", name));
        new BenchResult(machine, List.of(newScores)).write(file);
        return file;
    }

    private PerfRun compare(final Score before, final Score after) throws IOException
    {
        return PerfRun.of("bench", "--json", "--compare", file("before", before).toString(),
            file("after", after).toString());
    }

    private static void assertVerdict(final PerfRun run, final Comparison.Verdict verdict, final int status)
    {
        assertThat(run.status()).as(run.err()).isEqualTo(status);
        assertThat((List<?>)Json.parse(run.out()).get("comparisons")).singleElement().extracting("verdict")
            .isEqualTo(verdict.name());
    }

    @Test
    void shouldCallADifferenceWithinTheErrorsNoise() throws IOException
    {
        assertVerdict(compare(time("a", 100, 5, 0), time("a", 109, 5, 0)), Comparison.Verdict.NOISE,
            ExitStatus.DONE);
        assertVerdict(compare(time("a", 100, Double.NaN, 0), time("a", 900, 1, 0)), Comparison.Verdict.NOISE,
            ExitStatus.DONE);
    }

    @Test
    void shouldCallADifferenceOutsideTheErrorsOfBothBetterOrWorse() throws IOException
    {
        assertVerdict(compare(time("a", 100, 5, 0), time("a", 111, 5, 0)), Comparison.Verdict.WORSE,
            ExitStatus.CHECK_FAILED);
        assertVerdict(compare(time("a", 111, 5, 0), time("a", 100, 5, 0)), Comparison.Verdict.BETTER,
            ExitStatus.DONE);
        assertVerdict(compare(new Score("a", 100, 1, "ops/s", false, 0), new Score("a", 50, 1, "ops/s", false, 0)),
            Comparison.Verdict.WORSE, ExitStatus.CHECK_FAILED);
    }

    @Test
    void shouldNotTakeAllocationForNoise() throws IOException
    {
        assertVerdict(compare(time("a", 100, 50, 0), time("a", 100, 50, 16)), Comparison.Verdict.ALLOCATES_MORE,
            ExitStatus.CHECK_FAILED);
        assertVerdict(compare(time("a", 100, 50, 0), time("a", 100, 50, 0.001)), Comparison.Verdict.NOISE,
            ExitStatus.DONE);
    }

    @Test
    void shouldSayWhatIsNotInBoth() throws IOException
    {
        final PerfRun run = compare(time("a", 1, 0, 0), time("b", 1, 0, 0));

        assertThat((List<?>)Json.parse(run.out()).get("comparisons")).extracting("name", "verdict")
            .containsExactly(tuple("a", "NOT_COMPARABLE"),
                tuple("b", "NOT_COMPARABLE"));
        assertVerdict(compare(time("a", 1, 0, 0), new Score("a", 1, 0, "us/op", true, 0)),
            Comparison.Verdict.NOT_COMPARABLE, ExitStatus.DONE);
    }

    @Test
    void shouldRefuseWhatIsNoResult() throws IOException
    {
        final Path other = Files.writeString(directory.resolve("other.json"), "{\"a\":1}");
        final Path broken = Files.writeString(directory.resolve("broken.json"), "{");

        for (final Path path : List.of(other, broken, directory.resolve("none.json")))
        {
            final PerfRun run = PerfRun.of("bench", "--compare", path.toString(), path.toString());
            assertThat(run.status()).isEqualTo(ExitStatus.BAD_INPUT);
            assertThat(run.err()).contains(path.toString()).contains("expected");
        }
    }

    @Test
    void shouldWriteWhatAndWhereAndWhenItRan()
    {
        final Path out = directory.resolve("result.json");

        final PerfRun run = PerfRun.of("bench", "RecordBenchmark", "--jvms", "1", "--iterations", "2",
            "--iteration-ms", "20", "--json", "--out", out.toString());

        assertThat(run.status()).as(run.err()).isEqualTo(ExitStatus.DONE);
        assertThat(Json.parse(run.out())).containsEntry("file", out.toString());
        final BenchResult result = BenchResult.read(out);
        assertThat(result.machine()).containsKeys("date", "commit", "processors", "cpu", "java", "loadAverage");
        assertThat(result.scores()).extracting(Score::name).containsExactly("RecordBenchmark.seal[messageLength=40]",
            "RecordBenchmark.seal[messageLength=120]", "RecordBenchmark.seal[messageLength=200]",
            "RecordBenchmark.seal[messageLength=1000]");
        assertThat(result.scores()).allMatch((score) -> score.value() > 0 && score.isLowerBetter() &&
            score.allocatedBytesPerOp() < 1);
    }

    @Test
    void shouldRefuseAPatternOfNothing()
    {
        final PerfRun run = PerfRun.of("bench", "NoSuchBenchmark", "--out", directory.resolve("x.json").toString());

        assertThat(run.status()).isEqualTo(ExitStatus.BAD_INPUT);
        assertThat(run.err()).contains("PATTERN=NoSuchBenchmark");
    }
}
