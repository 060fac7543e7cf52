package io.lockstep.cli.status;

import io.lockstep.cli.argument.DirectoryArgument;
import io.lockstep.cli.argument.NodeFinder;
import io.lockstep.cli.argument.UsageException;
import io.lockstep.cli.output.ExitStatus;
import io.lockstep.cli.output.RefusalListing;
import io.lockstep.cli.output.ValuesPrinter;
import io.lockstep.cli.output.TradingPicture;
import io.lockstep.codecs.text.Escapes;
import io.lockstep.journal.text.Json;
import io.lockstep.sequencer.counters.CounterNote;
import io.lockstep.sequencer.counters.CounterType;
import io.lockstep.sequencer.counters.InstanceLines;
import io.lockstep.sequencer.counters.NodeCounters;
import io.lockstep.sequencer.counters.VenueLines;
import io.lockstep.sequencer.journal.NodeDirectory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;

/**
 * Counters of a node, read from its files.
 */
@Command(name = "stat", description = "Prints the counters and distinct errors of a node, without disturbing it.", mixinStandardHelpOptions = true, footer = {
    "", "Example: lockstep stat --dir /var/lib/lockstep/node-1"})
final class StatCommand implements Callable<Integer>
{
    @Spec
    private CommandSpec spec;

    @Mixin
    private DirectoryArgument argument;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call()
    {
        final Path directory = argument.orDefault();
        final Map<Integer, NodeDirectory> shards = NodeFinder.shards(directory);
        final NodeDirectory node = new NodeDirectory(directory);
        if (shards.isEmpty() && !Files.exists(node.counters()))
        {
            throw new UsageException("--dir=" + directory + ": expected the directory of a node that has run");
        }
        if (shards.isEmpty())
        {
            print(node);
        }
        else if (json)
        {
            final Map<Integer, Map<String, Object>> countersByShard = new TreeMap<>();
            shards.forEach((shard, of) -> countersByShard.put(shard, values(of, counters(of))));
            new ValuesPrinter(spec.commandLine().getOut(), true).printShards(countersByShard);
        }
        else
        {
            shards.forEach((shard, of) ->
            {
                spec.commandLine().getOut().println("shard " + shard);
                print(of);
            });
        }
        return ExitStatus.DONE;
    }

    private Map<String, Long> counters(final NodeDirectory node)
    {
        final Map<String, Long> counters = read(node);
        final long pid = counters.getOrDefault(CounterType.PROCESS_ID.label(), 0L);
        if (ProcessHandle.of(pid).isEmpty())
        {
            spec.commandLine().getErr().println("lockstep: " + node.path() + ": the node is not running (pid " + pid +
                " is gone); these are its last counters");
        }
        return counters;
    }

    private static Map<String, Object> values(final NodeDirectory node, final Map<String, Long> counters)
    {
        final Map<String, Object> values = new LinkedHashMap<>(counters);
        picture(node).putInto(values);
        return values;
    }

    /** As the node has written it beside its counters, once a second. */
    private static TradingPicture picture(final NodeDirectory node)
    {
        return new TradingPicture(
            InstanceLines.parse(NodeCounters.readNote(node.counters(), CounterNote.STRATEGIES)),
            VenueLines.parse(NodeCounters.readNote(node.counters(), CounterNote.VENUES)));
    }

    private void print(final NodeDirectory node)
    {
        final PrintWriter out = spec.commandLine().getOut();
        final Map<String, Long> counters = counters(node);
        if (json)
        {
            out.println(Json.text(values(node, counters)));
            return;
        }
        final RefusalListing refusals = RefusalListing.of(counters);
        counters.forEach((name, value) ->
        {
            if (value != 0 || !RefusalListing.isOne(name))
            {
                out.printf(Locale.ROOT, "%-26s %d%n", name, value);
            }
        });
        refusals.lines(node.path()).forEach(out::println);
        final String stale = NodeCounters.readNote(node.counters(), CounterNote.STALE_EXPOSED);
        if (!stale.isEmpty())
        {
            out.println();
            out.println("Stale markets under a position or open orders: " + Escapes.line(stale));
        }
        final String differences = NodeCounters.readNote(node.counters(), CounterNote.CONFIGURATION_DIFFERENCES);
        if (!differences.isEmpty())
        {
            out.println();
            out.println("At its start otherwise than configured:");
            differences.lines().forEach((line) -> out.println("  " + Escapes.line(line)));
        }
        picture(node).print(out);
        final ByteArrayOutputStream errors = new ByteArrayOutputStream();
        if (NodeCounters.printErrors(node.errors(), new PrintStream(errors, true, StandardCharsets.UTF_8)) > 0)
        {
            out.println();
            out.println("Distinct errors:");
            out.print(errors.toString(StandardCharsets.UTF_8));
        }
    }

    private static Map<String, Long> read(final NodeDirectory node)
    {
        try
        {
            return NodeCounters.read(node.counters());
        }
        catch (final IllegalArgumentException ex)
        {
            throw new UsageException(ex.getMessage());
        }
    }
}
