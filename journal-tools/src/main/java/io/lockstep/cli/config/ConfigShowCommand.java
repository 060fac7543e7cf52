package io.lockstep.cli.config;

import io.lockstep.cli.output.ExitStatus;
import io.lockstep.codecs.text.Escapes;
import io.lockstep.journal.text.Json;
import io.lockstep.sequencer.config.ConfigurationException;
import io.lockstep.sequencer.config.Setting;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * What each key of a configuration comes to, and where the value comes from.
 */
@Command(name = "show", description = {
    "Prints what each key of a configuration comes to and where the value comes from: the line of the file, or the default.",
    "Starts nothing and writes nothing."}, mixinStandardHelpOptions = true, footer =
    {
        "", "Example: lockstep config show --effective node.yaml"})
final class ConfigShowCommand implements Callable<Integer>
{
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "YAML.")
    private Path config;

    @Option(names = "--effective", description = "With the defaults of what the file does not say; this is what it does without, too.")
    private boolean effective;

    @Option(names = "--kind", paramLabel = "KIND", description = "node, backtest, driver or gateway. Default: recognised by its sections.")
    private ConfigurationFile.Kind kind;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call()
    {
        final ConfigurationReport report = ConfigurationReport.of(config, kind, false);
        if (!report.problems().isEmpty())
        {
            throw new ConfigurationException(report.problems());
        }
        final PrintWriter out = spec.commandLine().getOut();
        if (json)
        {
            final Map<String, Object> values = new LinkedHashMap<>();
            values.put("file", config.toString());
            values.put("kind", report.kindName());
            values.put("settings", values(report.settings()));
            out.println(Json.text(values));
        }
        else
        {
            report.settings().forEach((setting) -> out.println(text(setting)));
        }
        out.flush();
        return ExitStatus.DONE;
    }

    static List<Map<String, Object>> values(final List<Setting> settings)
    {
        final List<Map<String, Object>> list = new ArrayList<>();
        for (final Setting setting : settings)
        {
            final Map<String, Object> values = new LinkedHashMap<>();
            values.put("key", setting.key());
            values.put("value", setting.value());
            values.put("default", setting.isDefault());
            values.put("line", setting.isDefault() ? null : setting.place().line());
            values.put("column", setting.isDefault() ? null : setting.place().column());
            list.add(values);
        }
        return list;
    }

    static String text(final Setting setting)
    {
        return String.format(Locale.ROOT, "%-40s %-32s %s", Escapes.line(setting.key()),
            setting.value() == null ? "none" : Escapes.line(setting.value()),
            setting.isDefault() ? "default" : "line " + setting.place().line()).stripTrailing();
    }
}
