package io.lockstep.research.book;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.BufferedReader;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;

/**
 * A rebuild of one symbol's book as Binance documents it, with nothing of the engine in it: decimals in sorted maps,
 * JSON by a general parser. Compares itself with the command's CSV, row by row, as it goes.
 */
final class NaiveBook
{
    private record Event(long localTime, JsonNode data)
    {
    }

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final TreeMap<BigDecimal, BigDecimal> bids = new TreeMap<>(Comparator.reverseOrder());
    private final TreeMap<BigDecimal, BigDecimal> asks = new TreeMap<>();
    private final Deque<Event> buffered = new ArrayDeque<>();
    private final BufferedReader csv;
    private final int levels;
    private final long timeUnitNs;
    private boolean isSynchronised;
    private boolean isFirstAfterSnapshot;
    private long lastId;
    private long rows;
    private long differences;
    private String firstDifference = "";

    /**
     * @param csv of the command, at its header.
     */
    NaiveBook(final BufferedReader csv, final int levels, final long timeUnitNs) throws IOException
    {
        this.csv = csv;
        this.levels = levels;
        this.timeUnitNs = timeUnitNs;
        csv.readLine();
    }

    long rows()
    {
        return rows;
    }

    /** Rows of the CSV that differ, are missing or are left over. */
    long differences()
    {
        return differences;
    }

    String firstDifference()
    {
        return firstDifference;
    }

    void line(final String line) throws IOException
    {
        if (!line.contains("\"depthUpdate\"") && !line.contains("\"lastUpdateId\""))
        {
            return;
        }
        final int space = line.indexOf(' ');
        final JsonNode json = MAPPER.readTree(line.substring(space + 1));
        final long localTime = Long.parseLong(line.substring(0, space)) * timeUnitNs;
        if (json.has("lastUpdateId"))
        {
            snapshot(localTime, json);
        }
        else
        {
            change(new Event(localTime, json.has("data") ? json.get("data") : json));
        }
    }

    void end() throws IOException
    {
        while (csv.readLine() != null)
        {
            differences++;
        }
    }

    private void snapshot(final long localTime, final JsonNode json) throws IOException
    {
        bids.clear();
        asks.clear();
        set(bids, json.get("bids"));
        set(asks, json.get("asks"));
        lastId = json.get("lastUpdateId").longValue();
        isSynchronised = true;
        isFirstAfterSnapshot = true;
        row(localTime);
        while (!buffered.isEmpty() && isSynchronised)
        {
            change(buffered.poll());
        }
    }

    private void change(final Event event) throws IOException
    {
        if (!isSynchronised)
        {
            buffered.add(event);
            return;
        }
        final JsonNode data = event.data;
        final long first = data.get("U").longValue();
        final long last = data.get("u").longValue();
        final boolean isFutures = data.has("pu");
        if (isFirstAfterSnapshot && (isFutures ? last < lastId : last <= lastId))
        {
            return;
        }
        final boolean follows = isFutures
            ? isFirstAfterSnapshot ? first <= lastId && last >= lastId : data.get("pu").longValue() == lastId
            : isFirstAfterSnapshot ? first <= lastId + 1 && last >= lastId + 1 : first == lastId + 1;
        if (!follows)
        {
            isSynchronised = false;
            buffered.addFirst(event);
            return;
        }
        isFirstAfterSnapshot = false;
        lastId = last;
        set(bids, data.get("b"));
        set(asks, data.get("a"));
        row(event.localTime);
    }

    private static void set(final TreeMap<BigDecimal, BigDecimal> side, final JsonNode levels)
    {
        for (final JsonNode level : levels)
        {
            final BigDecimal price = new BigDecimal(level.get(0).textValue());
            final BigDecimal quantity = new BigDecimal(level.get(1).textValue());
            if (quantity.signum() == 0)
            {
                side.remove(price);
            }
            else
            {
                side.put(price, quantity);
            }
        }
    }

    private void row(final long localTime) throws IOException
    {
        final String line = csv.readLine();
        if (line == null || !isEqual(line.split(",", -1), localTime))
        {
            differences++;
            if (firstDifference.isEmpty())
            {
                firstDifference = "row=" + rows + " expected id=" + lastId + " bids=" + first(bids) + " asks=" +
                    first(asks) + " actual=" + line;
            }
        }
        rows++;
    }

    private static String first(final TreeMap<BigDecimal, BigDecimal> side)
    {
        return side.isEmpty() ? "none" : side.firstEntry().toString();
    }

    private boolean isEqual(final String[] columns, final long localTime)
    {
        boolean isEqual = columns.length == 4 + 4 * levels && Long.parseLong(columns[0]) == rows &&
            Long.parseLong(columns[1]) == localTime && Long.parseLong(columns[3]) == lastId;
        final Iterator<Map.Entry<BigDecimal, BigDecimal>> bid = bids.entrySet().iterator();
        final Iterator<Map.Entry<BigDecimal, BigDecimal>> ask = asks.entrySet().iterator();
        for (int i = 0; isEqual && i < levels; i++)
        {
            isEqual = isEqual(columns, 4 + 4 * i, bid) && isEqual(columns, 6 + 4 * i, ask);
        }
        return isEqual;
    }

    private static boolean isEqual(
        final String[] columns, final int at, final Iterator<Map.Entry<BigDecimal, BigDecimal>> side)
    {
        if (!side.hasNext())
        {
            return columns[at].isEmpty() && columns[at + 1].isEmpty();
        }
        final Map.Entry<BigDecimal, BigDecimal> level = side.next();
        return !columns[at].isEmpty() && new BigDecimal(columns[at]).compareTo(level.getKey()) == 0 &&
            new BigDecimal(columns[at + 1]).compareTo(level.getValue()) == 0;
    }
}
