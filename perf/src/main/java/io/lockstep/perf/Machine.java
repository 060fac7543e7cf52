package io.lockstep.perf;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Where and when something was measured: without it a figure means nothing.
 */
public final class Machine
{
    private Machine()
    {
    }

    /** For a result file. */
    public static Map<String, Object> describe()
    {
        final Map<String, Object> values = new LinkedHashMap<>();
        values.put("date", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        values.put("commit", System.getProperty("lockstep.commit", "unknown"));
        values.put("processors", Runtime.getRuntime().availableProcessors());
        values.put("cpu", cpu());
        values.put("os", System.getProperty("os.name") + " " + System.getProperty("os.version") + " " +
            System.getProperty("os.arch"));
        values.put("java", System.getProperty("java.vm.name") + " " + Runtime.version());
        values.put("loadAverage", ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
        return values;
    }

    private static String cpu()
    {
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo")))
        {
            return lines.filter((line) -> line.startsWith("model name")).findFirst()
                .map((line) -> line.substring(line.indexOf(':') + 1).strip()).orElse("unknown");
        }
        catch (final IOException ex)
        {
            return "unknown";
        }
    }
}
