package io.lockstep.research.book;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Damages a recording in ways that a check has to notice. */
final class BookTampering
{
    private static final Pattern QUOTE = Pattern
        .compile("bookTicker.*\"u\":(\\d+),.*\"b\":\"([0-9.]+)\",\"B\":\"([0-9.]+)\"");
    private static final Pattern CHANGE = Pattern.compile("depthUpdate.*\"u\":(\\d+),");

    private BookTampering()
    {
    }

    /**
     * Changes the best bid's quantity in a change that sets it and whose id a quote bears.
     *
     * @return false when no change does.
     */
    static boolean changeABestQuantity(final List<String> lines)
    {
        final Map<String, String> bestBidById = new TreeMap<>();
        for (final String line : lines)
        {
            final Matcher quote = QUOTE.matcher(line);
            if (quote.find())
            {
                bestBidById.put(quote.group(1), "[\"" + quote.group(2) + "\",\"" + quote.group(3) + "\"]");
            }
        }
        boolean isSnapshotSeen = false;
        for (int i = 0; i < lines.size(); i++)
        {
            isSnapshotSeen |= lines.get(i).contains("lastUpdateId");
            final Matcher change = CHANGE.matcher(lines.get(i));
            final String bestBid = isSnapshotSeen && change.find() ? bestBidById.get(change.group(1)) : null;
            if (bestBid != null && lines.get(i).contains(bestBid))
            {
                lines.set(i, lines.get(i).replace(bestBid, bestBid.replace(",\"", ",\"9")));
                return true;
            }
        }
        return false;
    }
}
