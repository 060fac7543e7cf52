package io.lockstep.cli.output;

import io.lockstep.journal.text.Json;
import io.lockstep.journal.text.ValueText;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Prints named values as one JSON object or as lines, of one node or of each shard of one.
 */
public final class ValuesPrinter
{
    private final PrintWriter out;
    private final boolean json;

    public ValuesPrinter(final PrintWriter out, final boolean json)
    {
        this.out = out;
        this.json = json;
    }

    public void print(final Map<String, ?> values)
    {
        if (json)
        {
            out.println(Json.text(values));
        }
        else
        {
            printLines(values);
        }
        out.flush();
    }

    public void printShards(final Map<Integer, ? extends Map<String, ?>> valuesByShard)
    {
        if (json)
        {
            final Map<String, Object> shards = new LinkedHashMap<>();
            valuesByShard.forEach((shard, values) -> shards.put(shard.toString(), values));
            out.println(Json.text(Map.of("shards", shards)));
        }
        else
        {
            valuesByShard.forEach((shard, values) ->
            {
                out.println("shard " + shard);
                printLines(values);
            });
        }
        out.flush();
    }

    private void printLines(final Map<String, ?> values)
    {
        final int width = values.keySet().stream().mapToInt(String::length).max().orElse(0);
        values.forEach((key, value) -> out.println(key + " ".repeat(width - key.length() + 1) + ValueText.of(value)));
    }
}
