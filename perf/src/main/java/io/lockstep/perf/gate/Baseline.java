package io.lockstep.perf.gate;

import io.lockstep.cli.argument.UsageException;
import io.lockstep.cli.output.AsideFile;
import io.lockstep.journal.text.Json;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the hot parts cost when it was last agreed: counts by part, and ratios by machine and part. The file has a line for each
 * part, so that a change of it reads well.
 */
record Baseline(Map<String, Counts> countsByPart, Map<String, Map<String, Ratio>> ratiosByMachine)
{
    /** Of one step. */
    record Counts(double bytecodes, double bytes)
    {
    }

    /**
     * @param median of several forks.
     * @param spread greatest by least of them, 1 when there is none.
     */
    record Ratio(double median, double spread)
    {
    }

    static Baseline empty()
    {
        return new Baseline(new LinkedHashMap<>(), new TreeMap<>());
    }

    /**
     * @throws UsageException when it is no such file.
     */
    static Baseline read(final Path file)
    {
        try
        {
            return parse(Json.parse(Files.readString(file)));
        }
        catch (final IOException | IllegalArgumentException | ClassCastException | NullPointerException ex)
        {
            throw new UsageException("--baseline=" + file + ": expected a file that --update has written");
        }
    }

    private static Baseline parse(final Map<String, Object> json)
    {
        final Baseline baseline = empty();
        ((Map<?, ?>)json.get("counts")).forEach((part, pair) -> baseline.countsByPart.put(
            (String)part, new Counts(number(pair, 0), number(pair, 1))));
        ((Map<?, ?>)json.get("ratios")).forEach((machine, parts) ->
        {
            final Map<String, Ratio> ratioByPart = new LinkedHashMap<>();
            ((Map<?, ?>)parts).forEach((part, pair) -> ratioByPart.put(
                (String)part, new Ratio(number(pair, 0), number(pair, 1))));
            baseline.ratiosByMachine.put((String)machine, ratioByPart);
        });
        return baseline;
    }

    private static double number(final Object pair, final int index)
    {
        return ((Number)((List<?>)pair).get(index)).doubleValue();
    }

    void write(final Path file)
    {
        final StringBuilder text = new StringBuilder("{\"counts\":{");
        String separator = "\n";
        for (final Map.Entry<String, Counts> part : countsByPart.entrySet())
        {
            text.append(separator).append(line(
                part.getKey(), rounded(part.getValue().bytecodes()), part.getValue().bytes()));
            separator = ",\n";
        }
        text.append("},\n\"ratios\":{");
        separator = "\n";
        for (final Map.Entry<String, Map<String, Ratio>> machine : ratiosByMachine.entrySet())
        {
            text.append(separator).append('"').append(machine.getKey()).append("\":{");
            String partSeparator = "\n";
            for (final Map.Entry<String, Ratio> part : machine.getValue().entrySet())
            {
                text.append(partSeparator).append("  ").append(line(
                    part.getKey(), rounded(part.getValue().median()), rounded(part.getValue().spread())));
                partSeparator = ",\n";
            }
            text.append('}');
            separator = ",\n";
        }
        AsideFile.write(file, text.append("}}\n").toString());
    }

    private static String line(final String name, final double first, final double second)
    {
        return "\"" + name + "\":[" + first + "," + second + "]";
    }

    private static double rounded(final double value)
    {
        return Math.round(value * 1_000) / 1_000.0;
    }
}
