package io.lockstep.cli.operate;

import io.lockstep.cli.argument.NodeFinder;
import io.lockstep.cli.argument.UsageException;
import io.lockstep.cli.output.RiskListing;
import io.lockstep.codecs.text.Escapes;
import io.lockstep.journal.replay.ReplayRun;
import io.lockstep.journal.text.Json;
import io.lockstep.sequencer.counters.CounterNote;
import io.lockstep.sequencer.counters.NodeCounters;
import io.lockstep.sequencer.journal.NodeDirectory;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Prints the limits of a node or of each of its shards, with what of them is used, and what is otherwise than configured.
 */
final class LimitListing
{
    private final PrintWriter out;
    private final boolean json;

    LimitListing(final PrintWriter out, final boolean json)
    {
        this.out = out;
        this.json = json;
    }

    void print(final Path directory)
    {
        final Map<Integer, NodeDirectory> shards = NodeFinder.shards(directory);
        final NodeDirectory node = new NodeDirectory(directory);
        if (shards.isEmpty() && !Files.exists(node.counters()))
        {
            throw new UsageException("--dir=" + directory + ": expected the directory of a node that has run");
        }
        if (json)
        {
            final Map<Integer, Object> limitsByShard = new TreeMap<>();
            shards.forEach((shard, of) -> limitsByShard.put(shard, values(of)));
            out.println(Json.text(shards.isEmpty() ? values(node) : Map.of("shards", limitsByShard)));
        }
        else if (shards.isEmpty())
        {
            print(node);
        }
        else
        {
            shards.forEach((shard, of) ->
            {
                out.println("shard " + shard);
                print(of);
            });
        }
        out.flush();
    }

    private static List<String> differences(final NodeDirectory node)
    {
        return NodeCounters.readNote(node.counters(), CounterNote.CONFIGURATION_DIFFERENCES).lines().toList();
    }

    private static Map<String, Object> values(final NodeDirectory node)
    {
        final Map<String, Object> values = listing(node).values();
        values.put("differences", differences(node));
        return values;
    }

    private static RiskListing listing(final NodeDirectory node)
    {
        return new RiskListing(ReplayRun.fromSnapshot(node));
    }

    private void print(final NodeDirectory node)
    {
        listing(node).print(out);
        differences(node).forEach((difference) -> out.println("at the start: " + Escapes.line(difference)));
    }
}
