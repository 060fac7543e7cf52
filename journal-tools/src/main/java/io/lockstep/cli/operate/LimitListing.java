package io.lockstep.cli.operate;

import io.lockstep.cli.argument.NodeFinder;
import io.lockstep.cli.argument.UsageException;
import io.lockstep.codecs.text.Escapes;
import io.lockstep.journal.text.Json;
import io.lockstep.sequencer.counters.CounterNote;
import io.lockstep.sequencer.counters.LimitLines;
import io.lockstep.sequencer.counters.NodeCounters;
import io.lockstep.sequencer.journal.NodeDirectory;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Prints the limits of a node or of each of its shards as the node itself has written them beside its counters, and what is
 * otherwise than configured.
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

    private static List<LimitLines.Line> lines(final NodeDirectory node)
    {
        return LimitLines.parse(NodeCounters.readNote(node.counters(), CounterNote.LIMITS));
    }

    private static List<String> differences(final NodeDirectory node)
    {
        return NodeCounters.readNote(node.counters(), CounterNote.CONFIGURATION_DIFFERENCES).lines().toList();
    }

    private static Map<String, Object> values(final NodeDirectory node)
    {
        final List<Object> limits = new ArrayList<>();
        for (final LimitLines.Line line : lines(node))
        {
            final Map<String, Object> limit = new LinkedHashMap<>();
            limit.put("name", line.name());
            limit.put("instrument", line.instrument());
            limit.put("strategy", line.strategy().isEmpty() ? null : line.strategy());
            limit.put("value", line.value());
            limit.put("text", line.text());
            limit.put("setBy", line.setBy());
            limit.put("sequence", line.sequence());
            limit.put("configured", line.configured().isEmpty() ? null : line.configured());
            limits.add(limit);
        }
        final Map<String, Object> values = new LinkedHashMap<>();
        values.put("limits", limits);
        values.put("differences", differences(node));
        return values;
    }

    private void print(final NodeDirectory node)
    {
        for (final LimitLines.Line line : lines(node))
        {
            out.printf(Locale.ROOT, "%-28s %-24s %-24s %s, sequence %d%s%n", line.name(),
                Escapes.line((line.strategy().isEmpty() ? "" : line.strategy() + " on ") + line.instrument()),
                Escapes.line(line.text()), line.setBy(), line.sequence(),
                line.setBy().equals("operator")
                    ? ", configured " + (line.configured().isEmpty() ? "none" : line.configured())
                    : "");
        }
        differences(node).forEach((difference) -> out.println("at the start: " + Escapes.line(difference)));
    }
}
