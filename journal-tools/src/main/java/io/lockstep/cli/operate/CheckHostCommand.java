package io.lockstep.cli.operate;

import io.lockstep.cli.config.ConfigurationFile;
import io.lockstep.cli.host.Host;
import io.lockstep.cli.host.HostCheck;
import io.lockstep.cli.host.HostChecks;
import io.lockstep.cli.host.HostFiles;
import io.lockstep.cli.host.HostFinding;
import io.lockstep.cli.host.HostNeeds;
import io.lockstep.cli.output.ExitStatus;
import io.lockstep.journal.text.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * Which of the settings that production wants this host has.
 */
@Command(name = "check-host", description = {
    "Shows which production settings this host has, what each missing one costs and how it is set. Only reads.",
    "Exit status 0: all there, 1: some missing."
}, mixinStandardHelpOptions = true, footer =
{"", "Example: lockstep check-host --config node.yaml"})
final class CheckHostCommand implements Callable<Integer>
{
    @Spec
    private CommandSpec spec;

    @Option(names = "--config", paramLabel = "FILE", description = "Of the node or the media driver that is to run here: which processors, directories and sizes.")
    private Path config;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Option(names = "--root", hidden = true, defaultValue = "/", description = "Where /proc and /sys are looked for.")
    private Path root;

    @Override
    public Integer call()
    {
        final Host host = new Host(new HostFiles(root), needs(), CheckHostCommand::freeBytes,
            ManagementFactory.getRuntimeMXBean().getInputArguments(), Runtime.version().feature());
        final Map<HostCheck, HostFinding> findings = new LinkedHashMap<>();
        HostChecks.ALL.forEach((check) -> findings.put(check, check.run(host)));
        final long missing = findings.values().stream().filter((finding) -> !finding.ok()).count();
        if (json)
        {
            printJson(findings, missing);
        }
        else
        {
            printText(findings, missing);
        }
        return missing == 0 ? ExitStatus.DONE : ExitStatus.CHECK_FAILED;
    }

    private HostNeeds needs()
    {
        if (config == null)
        {
            return HostNeeds.unconfigured();
        }
        return ConfigurationFile.kind(config) == ConfigurationFile.Kind.DRIVER
            ? HostNeeds.of(ConfigurationFile.driverAnywhere(config))
            : HostNeeds.of(ConfigurationFile.anywhere(config).context());
    }

    /** Of the nearest directory that is there already. */
    private static long freeBytes(final Path path)
    {
        Path existing = path.toAbsolutePath();
        while (!Files.exists(existing))
        {
            existing = existing.getParent();
        }
        try
        {
            return Files.getFileStore(existing).getUsableSpace();
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(existing.toString(), ex);
        }
    }

    private void printJson(final Map<HostCheck, HostFinding> findings, final long missing)
    {
        final List<Map<String, Object>> checks = new ArrayList<>();
        findings.forEach((check, finding) ->
        {
            final Map<String, Object> values = new LinkedHashMap<>();
            values.put("name", check.name());
            values.put("ok", finding.ok());
            values.put("found", finding.found());
            values.put("wanted", check.wanted());
            values.put("cost", check.cost());
            values.put("remedy", check.remedy());
            checks.add(values);
        });
        final Map<String, Object> values = new LinkedHashMap<>();
        values.put("missing", missing);
        values.put("checks", checks);
        spec.commandLine().getOut().println(Json.text(values));
    }

    private void printText(final Map<HostCheck, HostFinding> findings, final long missing)
    {
        final PrintWriter out = spec.commandLine().getOut();
        findings.forEach((check, finding) ->
        {
            out.printf(Locale.ROOT, "%-7s %-22s %s%n", finding.ok() ? "ok" : "MISSING", check.name(), finding.found());
            if (!finding.ok())
            {
                out.printf(Locale.ROOT, "        %-22s %s%n", "wanted", check.wanted());
                out.printf(Locale.ROOT, "        %-22s %s%n", "costs", check.cost());
                out.printf(Locale.ROOT, "        %-22s %s%n", "set by", check.remedy());
            }
        });
        out.printf(Locale.ROOT, "%n%d of %d settings are there.%n", findings.size() - missing, findings.size());
    }
}
