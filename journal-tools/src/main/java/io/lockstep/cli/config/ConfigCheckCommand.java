package io.lockstep.cli.config;

import io.lockstep.cli.output.ExitStatus;
import io.lockstep.codecs.text.Escapes;
import io.lockstep.journal.text.Json;
import io.lockstep.sequencer.config.ConfigurationProblem;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * All that is wrong with a configuration.
 */
@Command(name = "check", description = {
    "Says everything that is wrong with a configuration at once, with line and column, and which defaults it takes.",
    "Starts nothing and writes nothing. Exit status 0: it can be used, 2: it cannot."}, mixinStandardHelpOptions = true, footer =
    {
        "", "Example: lockstep config check node.yaml"})
final class ConfigCheckCommand implements Callable<Integer>
{
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "YAML.")
    private Path config;

    @Option(names = "--kind", paramLabel = "KIND", description = "node, backtest, driver or gateway. Default: recognised by its sections, and said.")
    private ConfigurationFile.Kind kind;

    @Option(names = "--any-host", description = "Leave out what only the host can tell that it is for: its processors, directories, recordings and the names of hosts.")
    private boolean anyHost;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call()
    {
        final ConfigurationReport report = ConfigurationReport.of(config, kind, !anyHost);
        final PrintWriter out = spec.commandLine().getOut();
        if (json)
        {
            out.println(Json.text(values(report)));
        }
        else
        {
            print(out, report);
        }
        out.flush();
        return report.problems().isEmpty() ? ExitStatus.DONE : ExitStatus.BAD_INPUT;
    }

    private Map<String, Object> values(final ConfigurationReport report)
    {
        final Map<String, Object> values = new LinkedHashMap<>();
        values.put("ok", report.problems().isEmpty());
        values.put("file", config.toString());
        values.put("kind", report.kindName());
        values.put("problems", report.problems().stream().map(ConfigCheckCommand::values).toList());
        values.put("settings", ConfigShowCommand.values(report.settings()));
        return values;
    }

    private static Map<String, Object> values(final ConfigurationProblem problem)
    {
        final Map<String, Object> values = new LinkedHashMap<>();
        values.put("file", problem.file());
        values.put("line", problem.line());
        values.put("column", problem.column());
        values.put("key", problem.key());
        values.put("message", problem.message());
        return values;
    }

    private void print(final PrintWriter out, final ConfigurationReport report)
    {
        report.problems().forEach(out::println);
        if (!report.problems().isEmpty())
        {
            out.printf(Locale.ROOT, "%n%s: %d %s%n", Escapes.line(config.toString()), report.problems().size(),
                report.problems().size() == 1 ? "problem" : "problems");
            return;
        }
        final List<String> defaults = report.settings().stream().filter((setting) -> setting.isDefault())
            .map(ConfigShowCommand::text).toList();
        out.printf(Locale.ROOT, "%s: can be used, read as the configuration of a %s%n", Escapes.line(config.toString()),
            report.kindName());
        if (!defaults.isEmpty())
        {
            out.printf(Locale.ROOT, "%nDefaults taken for what it does not say:%n");
            defaults.forEach((setting) -> out.println("  " + setting));
        }
    }
}
