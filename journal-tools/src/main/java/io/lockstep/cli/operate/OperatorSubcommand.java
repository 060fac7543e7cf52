package io.lockstep.cli.operate;

import io.lockstep.cli.argument.NodeFinder;
import io.lockstep.cli.argument.UsageException;
import io.lockstep.cli.output.ExitStatus;
import io.lockstep.cli.output.ValuesPrinter;
import io.lockstep.gateways.control.ControlClient.Outcome;
import io.lockstep.gateways.control.OperatorCommand;
import io.lockstep.journal.text.Json;
import io.lockstep.sequencer.journal.NodeDirectory;
import io.lockstep.sequencer.NodeException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;

/**
 * A command to a running node that names instruments, instances or venues. In a node with shards it goes to the shard that knows
 * them, or to all where it is about all.
 */
abstract class OperatorSubcommand implements Callable<Integer>
{
    @Spec
    private CommandSpec spec;

    @ParentCommand
    private ControlCommand control;

    /**
     * The command in the ids of a node.
     *
     * @throws UnknownNameException when the node does not know a name.
     * @throws UsageException       when a value cannot be used.
     */
    abstract OperatorCommand command(NodeNames names);

    /** What was asked for, under the keys of the JSON object. */
    abstract Map<String, Object> asked();

    /** What the node has answered beside the reason, under the keys of the JSON object. */
    Map<String, Object> answered(final Outcome outcome)
    {
        return Map.of();
    }

    /** The answer as a line of text, without the sequence. */
    String text(final Outcome outcome)
    {
        return outcome.reason().name();
    }

    /** Whether it is about all that a node has. */
    boolean isAboutAll()
    {
        return false;
    }

    /** What can be said of the arguments before any node is asked. */
    void check()
    {
    }

    @Override
    public Integer call()
    {
        check();
        final Path directory = control.directory();
        final Map<Integer, NodeDirectory> shards = NodeFinder.shards(directory);
        if (shards.isEmpty())
        {
            try
            {
                return print(send(directory));
            }
            catch (final UnknownNameException ex)
            {
                throw new UsageException(ex.getMessage());
            }
        }
        return isAboutAll() ? sendToAll(shards) : sendToFirst(shards);
    }

    private Outcome send(final Path node)
    {
        return ControlLink.with(node,
            (client) -> client.send(command(new NodeNames(new NodeDirectory(node), client)), ControlLink.TIMEOUT_NS));
    }

    /** To the shard that knows what the command names. */
    private int sendToFirst(final Map<Integer, NodeDirectory> shards)
    {
        String unknown = "";
        for (final NodeDirectory shard : shards.values())
        {
            try
            {
                return print(send(shard.path()));
            }
            catch (final UnknownNameException ex)
            {
                unknown = ex.getMessage();
            }
        }
        throw new UsageException(unknown);
    }

    /** Those that do not know the names are left out; one that does not answer keeps the command from none of the others. */
    private int sendToAll(final Map<Integer, NodeDirectory> shards)
    {
        final Map<Integer, Map<String, Object>> valuesByShard = new TreeMap<>();
        int status = ExitStatus.DONE;
        String unknown = "";
        for (final Map.Entry<Integer, NodeDirectory> shard : shards.entrySet())
        {
            try
            {
                final Outcome outcome = send(shard.getValue().path());
                valuesByShard.put(shard.getKey(), values(outcome));
                status = Math.max(status, status(outcome));
            }
            catch (final UnknownNameException ex)
            {
                unknown = ex.getMessage();
            }
            catch (final NodeException ex)
            {
                valuesByShard.put(shard.getKey(), Map.of("problem", ex.getMessage()));
                status = ExitStatus.CANNOT_RUN;
            }
        }
        if (valuesByShard.isEmpty())
        {
            throw new UsageException(unknown);
        }
        new ValuesPrinter(spec.commandLine().getOut(), control.isJson()).printShards(valuesByShard);
        return status;
    }

    private static int status(final Outcome outcome)
    {
        return outcome.accepted() ? ExitStatus.DONE : ExitStatus.CHECK_FAILED;
    }

    private Map<String, Object> values(final Outcome outcome)
    {
        final Map<String, Object> values = new LinkedHashMap<>();
        values.put("sequence", outcome.sequence());
        values.put("accepted", outcome.accepted());
        values.put("reason", outcome.reason().name());
        values.putAll(asked());
        values.putAll(answered(outcome));
        return values;
    }

    private int print(final Outcome outcome)
    {
        final PrintWriter out = spec.commandLine().getOut();
        out.println(control.isJson()
            ? Json.text(values(outcome))
            : (outcome.accepted() ? "accepted" : "refused") + ": " + text(outcome) + ", sequence " +
                outcome.sequence());
        if (!outcome.accepted())
        {
            spec.commandLine().getErr().println("lockstep: 'journal print --from " + outcome.sequence() + " --to " +
                outcome.sequence() + " " + control.directory() + "' shows what was decided");
        }
        out.flush();
        return status(outcome);
    }
}
