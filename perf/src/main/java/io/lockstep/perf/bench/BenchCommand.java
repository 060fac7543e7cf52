package io.lockstep.perf.bench;

import io.lockstep.cli.argument.UsageException;
import io.lockstep.cli.output.ExitStatus;
import io.lockstep.journal.text.Json;
import io.lockstep.perf.gate.GateOptions;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.NoBenchmarksException;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * Runs the JMH benchmarks, compares two of their results, or judges the hot parts by a baseline.
 */
@Command(name = "bench", description = "Runs the benchmarks of single parts, compares two result files, or holds the parts against a baseline.", mixinStandardHelpOptions = true, footer = {
    "", "Example: lockstep bench CoreBenchmark --out before.json",
    "         lockstep bench --compare before.json after.json",
    "         lockstep bench --gate",
    "A comparison ends with status 1 when something is worse by more than the errors",
    "of both, or allocates more."})
public final class BenchCommand implements Callable<Integer>
{
    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", arity = "0..1", paramLabel = "PATTERN", defaultValue = ".*", description = "A regular expression that names of benchmarks must contain. Default: all.")
    private String pattern;

    @Option(names = "--out", paramLabel = "FILE", description = "Takes the result. Default: bench-TIME.json here.")
    private Path out;

    @Option(names = "--jvms", paramLabel = "N", description = "JVMs for each benchmark. Default: as the benchmark says.")
    private Integer jvms;

    @Option(names = "--iterations", paramLabel = "N", description = "For warm-up and for measurement. Default: as the benchmark says.")
    private Integer iterations;

    @Option(names = "--iteration-ms", paramLabel = "N", description = "Length of one. Default: as the benchmark says.")
    private Integer iterationMs;

    @Option(names = "--compare", arity = "2", paramLabel = "FILE", description = "Compare two result files, before and after, and run nothing.")
    private List<Path> compared;

    @ArgGroup(exclusive = false)
    private GateOptions gate;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() throws RunnerException, IOException
    {
        if (gate != null)
        {
            return gate.run(spec.commandLine().getOut(), spec.commandLine().getErr(), json);
        }
        return compared == null ? run() : compare();
    }

    private int run() throws RunnerException, IOException
    {
        final Path file = out != null
            ? out
            : Path.of("bench-" + LocalDateTime.now().format(DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT))
                + ".json");
        if (file.toAbsolutePath().getParent() == null || !Files.isDirectory(file.toAbsolutePath().getParent()))
        {
            throw new UsageException("--out=" + file + ": expected a file in a directory that exists");
        }
        final BenchResult result = BenchResult.of(runBenchmarks());
        result.write(file);
        print(result, file);
        return ExitStatus.DONE;
    }

    /** What JMH says of its progress is no part of the result. */
    private Collection<RunResult> runBenchmarks() throws RunnerException
    {
        final PrintStream standardOut = System.out;
        System.setOut(System.err);
        try
        {
            return new Runner(options().build()).run();
        }
        catch (final NoBenchmarksException ex)
        {
            throw new UsageException("PATTERN=" + pattern + ": expected part of the name of a benchmark");
        }
        finally
        {
            System.setOut(standardOut);
        }
    }

    private ChainedOptionsBuilder options()
    {
        final ChainedOptionsBuilder options = new OptionsBuilder()
            .include(pattern).addProfiler(GCProfiler.class).shouldFailOnError(true);
        if (jvms != null)
        {
            options.forks(jvms);
        }
        if (iterations != null)
        {
            options.warmupIterations(iterations).measurementIterations(iterations);
        }
        if (iterationMs != null)
        {
            options.warmupTime(TimeValue.milliseconds(iterationMs))
                .measurementTime(TimeValue.milliseconds(iterationMs));
        }
        return options;
    }

    private void print(final BenchResult result, final Path file)
    {
        final PrintWriter writer = spec.commandLine().getOut();
        if (json)
        {
            writer.println(Json.text(Map.of("file", file.toString(), "benchmarks", result.scores().size())));
            return;
        }
        for (final Score score : result.scores())
        {
            writer.printf(Locale.ROOT, "%-52s %12.3f ± %10.3f %-8s %10.3f B/op%n", score.name(), score.value(),
                score.error(),
                score.unit(), score.allocatedBytesPerOp());
        }
        writer.println("Result: " + file);
    }

    private int compare()
    {
        final BenchResult before = BenchResult.read(compared.get(0));
        final BenchResult after = BenchResult.read(compared.get(1));
        final List<Comparison> comparisons = Comparison.of(before, after);
        final boolean isSameMachine = before.machine().get("cpu").equals(after.machine().get("cpu")) &&
            before.machine().get("java").equals(after.machine().get("java"));
        if (!isSameMachine)
        {
            spec.commandLine().getErr().println("lockstep: measured on different machines or JVMs: " +
                before.machine() + " and " + after.machine());
        }
        final PrintWriter writer = spec.commandLine().getOut();
        if (json)
        {
            final Map<String, Object> values = new LinkedHashMap<>();
            values.put("sameMachine", isSameMachine);
            values.put("comparisons", comparisons.stream().map(BenchCommand::values).toList());
            writer.println(Json.text(values));
        }
        else
        {
            comparisons.forEach((comparison) -> print(writer, comparison));
        }
        return comparisons.stream().anyMatch(BenchCommand::isWorse)
            ? ExitStatus.CHECK_FAILED
            : ExitStatus.DONE;
    }

    private static boolean isWorse(final Comparison comparison)
    {
        return comparison.verdict() == Comparison.Verdict.WORSE ||
            comparison.verdict() == Comparison.Verdict.ALLOCATES_MORE;
    }

    private static Map<String, Object> values(final Comparison comparison)
    {
        final Map<String, Object> values = new LinkedHashMap<>();
        values.put("name", comparison.name());
        values.put("verdict", comparison.verdict().name());
        values.put("before", comparison.before() == null ? null : comparison.before().json());
        values.put("after", comparison.after() == null ? null : comparison.after().json());
        return values;
    }

    private static void print(final PrintWriter writer, final Comparison comparison)
    {
        writer.printf(Locale.ROOT, "%-52s %-14s %s -> %s  (x%.3f)%n", comparison.name(),
            comparison.verdict().name().toLowerCase(Locale.ROOT).replace('_', ' '),
            text(comparison.before()), text(comparison.after()), comparison.ratio());
    }

    private static String text(final Score score)
    {
        return score == null
            ? "-"
            : String.format(Locale.ROOT, "%.3f ± %.3f %s, %.1f B", score.value(), score.error(), score.unit(),
                score.allocatedBytesPerOp());
    }
}
