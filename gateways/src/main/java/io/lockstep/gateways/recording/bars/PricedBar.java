package io.lockstep.gateways.recording.bars;

import io.lockstep.gateways.recording.finding.Finding;
import io.lockstep.gateways.recording.finding.MalformedLine;
import io.lockstep.gateways.recording.message.InstrumentFeed;
import io.lockstep.gateways.recording.message.MarketEncoder;
import io.lockstep.gateways.recording.scan.BarInterval;

/** One bar in ticks and lots, and how long it is. Reused. */
final class PricedBar
{
    private final long[] ticks = new long[BarsLine.VOLUME];
    private long openTimeNs;
    private int offsetSeconds;
    private long volumeLots;
    private BarInterval interval;

    /**
     * @throws MalformedLine for a line that is no bar, or whose numbers are none of the instrument's.
     */
    void read(final BarRows rows, final InstrumentFeed feed)
    {
        final BarsLine line = rows.line();
        for (int i = BarsLine.OPEN; i <= BarsLine.CLOSE; i++)
        {
            ticks[i] = feed.ticks(line.bytes(), line.start(i), line.end(i), BarsLine.name(i), -1);
        }
        volumeLots = feed.lots(line.bytes(), line.start(BarsLine.VOLUME), line.end(BarsLine.VOLUME),
            BarsLine.name(BarsLine.VOLUME), -1);
        openTimeNs = line.openTimeNs();
        offsetSeconds = line.offsetSeconds();
        interval = rows.file().barInterval();
    }

    long openTimeNs()
    {
        return openTimeNs;
    }

    /** @param nextOpenNs when the next bar opens, or {@link BarInterval#NO_NEXT}. */
    long endNs(final long nextOpenNs)
    {
        return interval.endNs(openTimeNs, offsetSeconds, nextOpenNs);
    }

    int encode(final MarketEncoder encoder, final int instrumentId)
    {
        return encoder.bar(instrumentId, openTimeNs, ticks[BarsLine.OPEN], ticks[BarsLine.HIGH], ticks[BarsLine.LOW],
            ticks[BarsLine.CLOSE], volumeLots);
    }

    /**
     * Why the bar is left out, or null.
     *
     * @param before the bar before it, or null.
     */
    Finding problem(final PricedBar before)
    {
        for (final long price : ticks)
        {
            if (price == 0)
            {
                return Finding.ZERO_PRICE;
            }
        }
        if (ticks[BarsLine.LOW] > Math.min(ticks[BarsLine.OPEN], ticks[BarsLine.CLOSE]) ||
            ticks[BarsLine.HIGH] < Math.max(ticks[BarsLine.OPEN], ticks[BarsLine.CLOSE]))
        {
            return Finding.INSANE;
        }
        if (before == null || before.openTimeNs != openTimeNs)
        {
            return null;
        }
        return isEqualTo(before) ? Finding.DUPLICATE : Finding.CONFLICT;
    }

    private boolean isEqualTo(final PricedBar other)
    {
        boolean isEqual = volumeLots == other.volumeLots;
        for (int i = 0; i < ticks.length; i++)
        {
            isEqual &= ticks[i] == other.ticks[i];
        }
        return isEqual;
    }

    /** Of the line that it was read from, for messages. */
    static String describe(final BarsLine line)
    {
        final StringBuilder text = new StringBuilder();
        for (int i = BarsLine.OPEN; i <= BarsLine.VOLUME; i++)
        {
            text.append(i == BarsLine.OPEN ? "" : " ").append(line.describe(i));
        }
        return text.toString();
    }
}
