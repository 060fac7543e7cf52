package io.lockstep.cli.output;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was refused, by reason, with the command that shows each of them.
 *
 * @param refused  by the engine's own checks: orders and replaces.
 * @param orders   by the venue: new orders.
 * @param requests by the venue: cancels and replaces.
 */
public record RefusalListing(Map<String, Long> refused, Map<String, Long> orders, Map<String, Long> requests)
{
    private static final String PLAIN_PATH = "[A-Za-z0-9_./+@%:=,-]+";

    /** Of a node's counters. */
    public static RefusalListing of(final Map<String, Long> counters)
    {
        return new RefusalListing(
            among(counters, "refusals."), among(counters, "venueRefusals."), among(counters, "requestRefusals."));
    }

    /** Whether a counter is one of a reason. */
    public static boolean isOne(final String counter)
    {
        return counter.contains("efusals.");
    }

    private static Map<String, Long> among(final Map<String, Long> counters, final String prefix)
    {
        final Map<String, Long> countByReason = new TreeMap<>();
        counters.forEach((name, count) ->
        {
            if (name.startsWith(prefix) && count > 0)
            {
                countByReason.put(name.substring(prefix.length()), count);
            }
        });
        return countByReason;
    }

    /** Under the keys that every command's JSON has them. */
    public void putInto(final Map<String, Object> values)
    {
        values.put("refusals", refused);
        values.put("venueRefusals", orders);
        values.put("requestRefusals", requests);
    }

    /**
     * A line for each reason; none where nothing was refused.
     *
     * @param journal to be looked into, or null without one.
     */
    public List<String> lines(final Path journal)
    {
        final List<String> lines = new ArrayList<>();
        add(lines, "refused by the engine's own checks", refused, journal, "OrderRefused", "message.reason = ");
        add(lines, "orders refused by the venue", orders, journal, "ExecutionReport",
            "message.execType = REJECTED and message.ordRejReason = ");
        add(lines, "cancels and replaces refused by the venue", requests, journal, "OrderCancelReject",
            "message.reason = ");
        return lines;
    }

    private static void add(
        final List<String> lines,
        final String what,
        final Map<String, Long> countByReason,
        final Path journal,
        final String template,
        final String condition)
    {
        if (!countByReason.isEmpty())
        {
            lines.add(what + ":");
            countByReason.forEach((reason, count) -> lines.add("  " + reason + " " + count + (journal == null
                ? ""
                : ": ./lockstep journal print --template " + template + " --where \"" + condition + reason + "\" " +
                    quoted(journal))));
        }
    }

    /** As a shell takes it. */
    public static String quoted(final Path path)
    {
        final String text = path.toString();
        return text.matches(PLAIN_PATH) ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
