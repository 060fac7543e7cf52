package io.lockstep.cli.node;

import io.lockstep.cli.EarlyStart;
import io.lockstep.cli.argument.LogOption;
import io.lockstep.cli.config.ConfigurationFile;
import io.lockstep.cli.output.ExitStatus;
import io.lockstep.cli.output.NoticePrinter;
import io.lockstep.cli.output.ValuesPrinter;
import io.lockstep.sequencer.config.NodeContext;
import io.lockstep.sequencer.node.Node;
import io.lockstep.sequencer.node.ShardedNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;

/**
 * Recovery and nothing else.
 */
@Command(name = "recover", description = {
    "Recovers a node's journal without running the node: replays it, completes what a crash cut off, ends it cleanly and",
    "takes a snapshot. Nothing is sent. An upgrade to a build of another logic version starts from such an end, so this is",
    "run with the build that wrote the journal."}, mixinStandardHelpOptions = true, footer =
    {"", "Example: lockstep recover --config node.yaml"})
final class RecoverCommand implements Callable<Integer>
{
    @Spec
    private CommandSpec spec;

    @Option(names = "--config", required = true, paramLabel = "FILE", description = "The node's own.")
    private Path config;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Mixin
    private LogOption log;

    @Override
    public Integer call() throws InterruptedException
    {
        final NodeContext context = ConfigurationFile.anywhere(config).context();
        EarlyStart.await();
        final PrintWriter err = spec.commandLine().getErr();
        final ValuesPrinter printer = new ValuesPrinter(spec.commandLine().getOut(), json);
        if (context.shards().isEmpty())
        {
            printer.print(values(new Node(context, new NoticePrinter(err, log.of(context.log()))).recover()));
        }
        else
        {
            final Map<Integer, Map<String, Object>> valuesByShard = new TreeMap<>();
            new ShardedNode(
                context, (shard) -> new NoticePrinter(err, log.of(shard.log())), false).recover()
                .forEach((shard, result) -> valuesByShard.put(shard, values(result)));
            printer.printShards(valuesByShard);
        }
        return ExitStatus.DONE;
    }

    private static Map<String, Object> values(final Node.Result result)
    {
        final Map<String, Object> values = new LinkedHashMap<>();
        values.put("recoveredInputs", result.recoveredInputs());
        values.put("snapshotSequence", result.snapshotSequence());
        values.put("lastSequence", result.lastSequence());
        values.put("cleanEnd", result.cleanEnd());
        return values;
    }
}
