package io.lockstep.perf.gate;

import io.lockstep.cli.argument.UsageException;
import io.lockstep.cli.output.ExitStatus;
import io.lockstep.journal.text.Json;
import picocli.CommandLine.Option;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The options of the gate, and what it prints.
 */
public final class GateOptions
{
    @Option(names = "--gate", required = true, description = "Judge every hot part by the baseline: bytecodes executed and bytes allocated in a step. Ends with status 1 when there is more of either.")
    private boolean gate;

    @Option(names = "--times", description = "With --gate: judge time as well, as the ratio to a kernel beside it, where the baseline has this processor.")
    private boolean times;

    @Option(names = "--forks", paramLabel = "N", defaultValue = "3", description = "JVMs for each part with --times. Default: ${DEFAULT-VALUE}.")
    private int forks;

    @Option(names = "--baseline", paramLabel = "FILE", defaultValue = "${sys:lockstep.baseline}", description = "Default: perf/baseline.json of the source tree.")
    private Path baseline;

    @Option(names = "--update", description = "Write the baseline instead of judging by it; with --times also this processor's ratios.")
    private boolean update;

    @Option(names = "--plant", paramLabel = "PART=PERCENT", defaultValue = "", hidden = true, description = "Do so many of a hundred steps of a part twice, to see the gate close.")
    private String plant;

    /**
     * @return exit status.
     * @throws UsageException for options that do not go together.
     */
    public int run(final PrintWriter out, final PrintWriter err, final boolean json)
    {
        requireUsable();
        final Baseline agreed = update && !Files.exists(baseline) ? Baseline.empty() : Baseline.read(baseline);
        final Gate measured;
        try
        {
            measured = new Gate(times ? forks : 0, plant, (part) -> err.println("lockstep: gate: " + part));
        }
        catch (final IllegalArgumentException ex)
        {
            throw new UsageException(ex.getMessage());
        }
        if (update)
        {
            measured.update(agreed).write(baseline);
            out.println(json ? Json.text(Map.of("file", baseline.toString())) : "Baseline: " + baseline);
            return ExitStatus.DONE;
        }
        if (times && !agreed.ratiosByMachine().containsKey(Gate.machine()))
        {
            err.println("lockstep: times are not judged: the baseline has none of '" + Gate.machine() + "'");
        }
        return print(measured.judge(agreed), out, json);
    }

    private void requireUsable()
    {
        if (baseline == null || baseline.toString().isEmpty())
        {
            throw new UsageException("--baseline: expected a file");
        }
        if (forks < 1)
        {
            throw new UsageException("--forks=" + forks + ": expected 1 or more");
        }
        if (update && !plant.isEmpty())
        {
            throw new UsageException("--plant=" + plant + ": expected no --update");
        }
    }

    private static int print(final List<PartVerdict> verdicts, final PrintWriter out, final boolean json)
    {
        final boolean passed = verdicts.stream().allMatch(PartVerdict::passes);
        if (json)
        {
            final Map<String, Object> values = new LinkedHashMap<>();
            values.put("passed", passed);
            values.put("parts", verdicts.stream().map(PartVerdict::json).toList());
            out.println(Json.text(values));
        }
        else
        {
            out.printf(Locale.ROOT, "%-18s %12s %12s %8s %8s %8s%n", "part", "bytecodes", "at most", "bytes", "ratio",
                "at most");
            verdicts.forEach((verdict) -> out.printf(Locale.ROOT, "%-18s %12s %12s %8s %8s %8s  %s%n", verdict.part(),
                text("%.1f", verdict.bytecodes()), text("%.1f", verdict.bytecodesMax()),
                text("%.1f", verdict.bytes()), text("%.3f", verdict.ratio()), text("%.3f", verdict.ratioMax()),
                verdict.problem()));
        }
        return passed ? ExitStatus.DONE : ExitStatus.CHECK_FAILED;
    }

    private static String text(final String format, final double value)
    {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, format, value);
    }
}
