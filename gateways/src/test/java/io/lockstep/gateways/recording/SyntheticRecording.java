package io.lockstep.gateways.recording;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;

/**
 * A {@code binance-ws} recording made from a seed: depth changes, quotes that are right about the book of their id,
 * trades, and one snapshot that lies in the middle of a change which came before it. The same arguments give the same
 * lines.
 */
public final class SyntheticRecording
{
    /** How lines look and ids run. */
    public enum Product
    {
        SPOT, USDM, COINM
    }

    private record Change(long id, boolean isBid, long priceTicks, long quantity)
    {
    }

    private static final long START_TIME_NS = 1_700_000_000_000_000_000L;
    private static final long STEP_NS = 1_000_000L;
    private static final int SNAPSHOT_AT_EVENT = 5;
    private static final long MID_TICKS = 100_000;
    private static final int BAND_TICKS = 60;

    private final Product product;
    private final String symbol;
    private final Random random;
    private final TreeMap<Long, Long> bids = new TreeMap<>(Comparator.reverseOrder());
    private final TreeMap<Long, Long> asks = new TreeMap<>();
    private final List<String> lines = new ArrayList<>();
    private final List<Change> changes = new ArrayList<>();
    private long id = 1_000;
    private long previousEventId;
    private long timeNs = START_TIME_NS;

    private SyntheticRecording(final Product product, final String symbol, final long seed)
    {
        this.product = product;
        this.symbol = symbol;
        this.random = new Random(seed);
    }

    /**
     * @param events depth changes; there are some more quotes and trades.
     */
    public static List<String> lines(final Product product, final String symbol, final long seed, final int events)
    {
        final SyntheticRecording recording = new SyntheticRecording(product, symbol, seed);
        recording.fill();
        for (int i = 0; i < events; i++)
        {
            recording.event(i);
        }
        return recording.lines;
    }

    public static Path write(final Path file, final List<String> lines) throws IOException
    {
        try (OutputStream output = file.toString().endsWith(".gz")
            ? new GZIPOutputStream(Files.newOutputStream(file))
            : Files.newOutputStream(file))
        {
            for (final String line : lines)
            {
                output.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            }
        }
        return file;
    }

    private void fill()
    {
        for (int i = 1; i <= BAND_TICKS; i++)
        {
            bids.put(MID_TICKS - i, 1L + random.nextInt(50));
            asks.put(MID_TICKS + i, 1L + random.nextInt(50));
        }
        previousEventId = id;
    }

    private void event(final int index)
    {
        final TreeMap<Long, Long> bidsBefore = new TreeMap<>(bids);
        final TreeMap<Long, Long> asksBefore = new TreeMap<>(asks);
        changes.clear();
        final int count = 2 + random.nextInt(4);
        for (int i = 0; i < count; i++)
        {
            changes.add(change());
        }
        final boolean isQuoteEarly = random.nextBoolean();
        if (isQuoteEarly)
        {
            quote();
        }
        depth();
        if (!isQuoteEarly || random.nextInt(8) == 0)
        {
            quote();
        }
        if (random.nextInt(3) == 0)
        {
            trade();
        }
        if (index == SNAPSHOT_AT_EVENT)
        {
            snapshot(bidsBefore, asksBefore);
        }
        previousEventId = id;
    }

    private Change change()
    {
        // Ids of futures are shared with other symbols: those in between are not seen.
        id += product == Product.SPOT ? 1 : 1 + random.nextInt(4);
        final boolean isBid = random.nextBoolean();
        final int distance = 1 + (random.nextInt(3) == 0 ? random.nextInt(BAND_TICKS) : random.nextInt(5));
        final long price = isBid ? MID_TICKS - distance : MID_TICKS + distance;
        final long quantity = random.nextInt(3) == 0 ? 0 : 1 + random.nextInt(50);
        final Change change = new Change(id, isBid, price, quantity);
        apply(change, bids, asks);
        return change;
    }

    private static void apply(final Change change, final TreeMap<Long, Long> bids, final TreeMap<Long, Long> asks)
    {
        final TreeMap<Long, Long> side = change.isBid ? bids : asks;
        if (change.quantity == 0)
        {
            side.remove(change.priceTicks);
        }
        else
        {
            side.put(change.priceTicks, change.quantity);
        }
    }

    private void depth()
    {
        final TreeMap<Long, Long> changedBids = new TreeMap<>();
        final TreeMap<Long, Long> changedAsks = new TreeMap<>();
        for (final Change change : changes)
        {
            (change.isBid ? changedBids : changedAsks).put(change.priceTicks, change.quantity);
        }
        final String ids = "\"U\":" + changes.get(0).id + ",\"u\":" + id + switch (product)
        {
            case SPOT -> "";
            case USDM, COINM -> ",\"pu\":" + previousEventId;
        };
        frame(product == Product.SPOT ? "depth@100ms" : "depth@0ms", "\"e\":\"depthUpdate\"," + venueTimes() + names() +
            ids + ",\"b\":" + levels(changedBids) + ",\"a\":" + levels(changedAsks));
    }

    private void quote()
    {
        final String best = "\"b\":\"" + price(bids.firstKey()) + "\",\"B\":\"" + quantity(bids.firstEntry().getValue())
            +
            "\",\"a\":\"" + price(asks.firstKey()) + "\",\"A\":\"" + quantity(asks.firstEntry().getValue()) + "\"";
        frame("bookTicker", product == Product.SPOT
            ? "\"u\":" + id + ",\"s\":\"" + symbol + "\"," + best
            : "\"e\":\"bookTicker\",\"u\":" + id + "," + names() + venueTimes() + best);
    }

    private void trade()
    {
        frame("trade", "\"e\":\"trade\"," + venueTimes() + "\"s\":\"" + symbol + "\",\"t\":" + (id + 7) + ",\"p\":\"" +
            price(asks.firstKey()) + "\",\"q\":\"" + quantity(3) + "\"," + (product == Product.SPOT
                ? "\"m\":false,\"M\":true"
                : "\"X\":\"MARKET\",\"m\":true"));
    }

    /** As of the change before the last of the current event, so that the event has to be applied after it. */
    private void snapshot(final TreeMap<Long, Long> bidsBefore, final TreeMap<Long, Long> asksBefore)
    {
        final int last = changes.size() - 2;
        for (int i = 0; i <= last; i++)
        {
            apply(changes.get(i), bidsBefore, asksBefore);
        }
        line("{\"lastUpdateId\":" + changes.get(last).id + (product == Product.SPOT ? "" : ",\"E\":" + timeNs / STEP_NS)
            +
            ",\"bids\":" + levels(bidsBefore) + ",\"asks\":" + levels(asksBefore) + "}");
    }

    private String names()
    {
        return "\"s\":\"" + symbol + "\"," + (product == Product.COINM
            ? "\"ps\":\"" + symbol.substring(0, symbol.indexOf('_')) + "\","
            : "");
    }

    private String venueTimes()
    {
        final long milliseconds = timeNs / STEP_NS;
        return "\"E\":" + milliseconds + "," + (product == Product.SPOT ? "" : "\"T\":" + (milliseconds - 1) + ",");
    }

    private static String levels(final TreeMap<Long, Long> side)
    {
        final List<String> levels = new ArrayList<>();
        side.forEach((price, quantity) -> levels.add("[\"" + price(price) + "\",\"" + quantity(quantity) + "\"]"));
        return "[" + String.join(",", levels) + "]";
    }

    private static String price(final long ticks)
    {
        return ticks / 10 + "." + ticks % 10 + "0";
    }

    private static String quantity(final long lots)
    {
        return String.format(Locale.ROOT, "%d.%03d00000", lots / 1_000, lots % 1_000);
    }

    private void frame(final String stream, final String data)
    {
        line("{\"stream\":\"" + symbol.toLowerCase(Locale.ROOT) + "@" + stream + "\",\"data\":{" + data + "}}");
    }

    private void line(final String json)
    {
        timeNs += STEP_NS * (1 + random.nextInt(20));
        lines.add(timeNs + " " + json);
    }
}
