package io.lockstep.cli.operate;

import io.lockstep.cli.argument.NodeFinder;
import io.lockstep.cli.argument.UsageException;
import io.lockstep.cli.config.ConfigurationCheck;
import io.lockstep.cli.config.ConfigurationFile;
import io.lockstep.cli.output.ExitStatus;
import io.lockstep.codecs.text.Escapes;
import io.lockstep.journal.text.Json;
import io.lockstep.sequencer.config.NodeContext;
import io.lockstep.sequencer.journal.NodeDirectory;
import io.lockstep.sequencer.NodeException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;

/**
 * Brings a running node to a configuration.
 */
@Command(name = "apply", description = {
    "Brings a running node to a configuration: prints the differences, then sends an input for each, which the node journals.",
    "Instruments, limits and strategies' instances are applied while it runs. Venues, sources, new code and the settings of the",
    "process are taken up by a start alone: where one of these differs it is named, nothing is sent, and the status is 1.",
    "Exit status: 0 the node has the configuration, 1 a difference is left (always with --dry-run where there is one),",
    "2 the file is wrong, 3 the node did not answer."}, mixinStandardHelpOptions = true, footer =
    {
        "", "Example: lockstep control --dir node apply node.yaml --dry-run"})
final class ApplyCommand implements Callable<Integer>
{
    private static final int NO_SHARD = -1;

    @Spec
    private CommandSpec spec;

    @ParentCommand
    private ControlCommand control;

    @Parameters(paramLabel = "FILE", description = "The node's configuration, YAML.")
    private Path config;

    @Option(names = "--dry-run", description = "Print the differences and send nothing.")
    private boolean dryRun;

    @Override
    public Integer call()
    {
        final Path directory = control.directory();
        final ConfigurationFile.NodeFile file = ConfigurationFile.anywhere(config);
        ConfigurationCheck.runAhead(file.root(), file.context());
        file.root().problems().throwAny();
        final Map<Integer, ConfigurationApplication> byShard = applications(directory, file);
        final boolean canBeApplied = byShard.values().stream().allMatch(ConfigurationApplication::canBeApplied);
        if (!control.isJson())
        {
            byShard.forEach(this::printDifferences);
        }
        NodeException failure = null;
        if (canBeApplied && !dryRun)
        {
            failure = apply(byShard);
        }
        report(byShard, canBeApplied);
        if (failure != null)
        {
            throw failure;
        }
        return byShard.values().stream().anyMatch((one) -> one.isDifferent() && (dryRun || !one.isApplied()))
            ? ExitStatus.CHECK_FAILED
            : ExitStatus.DONE;
    }

    private Map<Integer, ConfigurationApplication> applications(
        final Path directory, final ConfigurationFile.NodeFile file)
    {
        final Map<Integer, ConfigurationApplication> byShard = new TreeMap<>();
        final Map<Integer, NodeDirectory> shards = NodeFinder.shards(directory);
        if (shards.isEmpty())
        {
            final int shard = NodeFinder.context(directory).shard();
            byShard.put(NO_SHARD, new ConfigurationApplication(directory, file, context(file, shard)));
        }
        shards.forEach((shard, node) -> byShard.put(
            shard, new ConfigurationApplication(node.path(), file, context(file, shard))));
        return byShard;
    }

    private NodeContext context(final ConfigurationFile.NodeFile file, final int shard)
    {
        final List<NodeContext> shards = file.context().shardContexts();
        return shards.isEmpty()
            ? file.context()
            : shards.stream().filter((own) -> own.shard() == shard).findFirst().orElseThrow(
                () -> new UsageException(config + ": shards: expected shard " + shard + " among them, which runs"));
    }

    private void printDifferences(final int shard, final ConfigurationApplication application)
    {
        final PrintWriter out = spec.commandLine().getOut();
        if (shard != NO_SHARD)
        {
            out.println("shard " + shard);
        }
        application.needs().forEach((need) -> out.println("needs a restart: " + Escapes.line(need.toString())));
        application.changes().forEach((applied) -> out.println(
            (applied.change().needsStart() ? "needs a restart: " : "differs: ") + applied.change()));
        if (!application.isDifferent())
        {
            out.println("no difference");
        }
        out.flush();
    }

    /** The first that fails ends it; returns why. */
    private static NodeException apply(final Map<Integer, ConfigurationApplication> byShard)
    {
        for (final ConfigurationApplication application : byShard.values())
        {
            try
            {
                application.apply();
            }
            catch (final NodeException ex)
            {
                return ex;
            }
            if (!application.isApplied())
            {
                return null;
            }
        }
        return null;
    }

    private void report(final Map<Integer, ConfigurationApplication> byShard, final boolean canBeApplied)
    {
        final PrintWriter out = spec.commandLine().getOut();
        if (control.isJson())
        {
            final ConfigurationApplication only = byShard.get(NO_SHARD);
            final Map<String, Object> shards = new LinkedHashMap<>();
            byShard.forEach((shard, application) -> shards.put(String.valueOf(shard), values(application)));
            out.println(Json.text(only == null ? Map.of("shards", shards) : values(only)));
        }
        else if (!canBeApplied)
        {
            out.println("nothing was sent: start the node again with " + config + ", which takes up all of it");
        }
        else if (!dryRun)
        {
            byShard.values().forEach((application) -> application.changes().forEach(out::println));
        }
        out.flush();
    }

    private Map<String, Object> values(final ConfigurationApplication application)
    {
        final Map<String, Object> values = new LinkedHashMap<>();
        values.put("dryRun", dryRun);
        values.put("applied", !application.isDifferent() || !dryRun && application.isApplied());
        values.put("differences", application.changes().stream().map(AppliedChange::values).toList());
        values.put("needsRestart", application.needs().stream().map(ApplyCommand::values).toList());
        return values;
    }

    private static Map<String, Object> values(final RestartNeeds.Need need)
    {
        final Map<String, Object> values = new LinkedHashMap<>();
        values.put("key", need.key());
        values.put("running", need.running());
        values.put("configured", need.configured());
        return values;
    }
}
