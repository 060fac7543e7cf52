package io.lockstep.perf.bench;

import io.lockstep.cli.argument.UsageException;
import io.lockstep.cli.output.AsideFile;
import io.lockstep.journal.text.Json;
import io.lockstep.perf.Machine;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A run of the benchmarks: where, when, of which commit, and the scores.
 */
record BenchResult(Map<String, Object> machine, List<Score> scores)
{
    private static final String ALLOCATION = "gc.alloc.rate.norm";

    static BenchResult of(final Collection<RunResult> results)
    {
        return new BenchResult(Machine.describe(), results.stream().map(BenchResult::score).toList());
    }

    private static Score score(final RunResult result)
    {
        final Result<?> primary = result.getPrimaryResult();
        final double allocation = result.getSecondaryResults().keySet().stream()
            .filter((key) -> key.endsWith(ALLOCATION))
            .mapToDouble((key) -> result.getSecondaryResults().get(key).getScore()).findFirst().orElse(Double.NaN);
        final String parameters = result.getParams().getParamsKeys().stream()
            .map((key) -> key + "=" + result.getParams().getParam(key)).collect(Collectors.joining(","));
        final String benchmark = result.getParams().getBenchmark();
        final String name = benchmark.substring(benchmark.lastIndexOf('.', benchmark.lastIndexOf('.') - 1) + 1);
        return new Score(name + (parameters.isEmpty() ? "" : "[" + parameters + "]"), primary.getScore(),
            primary.getScoreError(), primary.getScoreUnit(), result.getParams().getMode() != Mode.Throughput,
            allocation);
    }

    void write(final Path file)
    {
        final Map<String, Object> json = new LinkedHashMap<>(machine);
        json.put("results", scores.stream().map(Score::json).toList());
        AsideFile.write(file, Json.text(json) + "\n");
    }

    /**
     * @throws UsageException when it is no such file.
     */
    static BenchResult read(final Path file)
    {
        try
        {
            final Map<String, Object> json = Json.parse(Files.readString(file));
            if (!(json.remove("results") instanceof List<?> results))
            {
                throw new UsageException(file + ": results: expected a result file of 'lockstep bench'");
            }
            return new BenchResult(json, results.stream().map((result) -> Score.parse((Map<?, ?>)result)).toList());
        }
        catch (final IllegalArgumentException ex)
        {
            throw new UsageException(file + ": expected a result file of 'lockstep bench': " + ex.getMessage());
        }
        catch (final NoSuchFileException ex)
        {
            throw new UsageException(file + ": expected a file that exists");
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }
}
