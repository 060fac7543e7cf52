package io.lockstep.gateways.recording;

import io.lockstep.codecs.Nulls;
import io.lockstep.gateways.MarketSource;
import io.lockstep.sbe.FeedCondition;
import io.lockstep.sbe.FeedReason;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;

import java.util.List;

/**
 * Reads the {@code bars-csv} files of one instrument one after another, each line as a Bar at the time it closes: its
 * time in the file, which is when it opened, and one interval. That time is local time and venue time alike.
 * <p>
 * {@link #timeNs()} is the latest closing time so far; a bar that closes earlier is emitted at that time and counted.
 */
final class BarsCsvReader implements MarketSource
{
    private final List<RecordedFile> files;
    private final InstrumentFeed feed;
    private final BadInputPolicy policy;
    private final ReadCounters counters;
    private final MarketEncoder encoder = new MarketEncoder();
    private final BarsLine line = new BarsLine();
    private int fileIndex = -1;
    private LineReader reader;
    private boolean isBarPending;
    private boolean isEventEnd;
    private int length;
    private long timeNs;
    private long closeTimeNs;

    BarsCsvReader(
        final List<RecordedFile> files,
        final InstrumentFeed feed,
        final BadInputPolicy policy,
        final ReadCounters counters)
    {
        this.files = files;
        this.feed = feed;
        this.policy = policy;
        this.counters = counters;
    }

    @Override
    public boolean next()
    {
        if (isBarPending)
        {
            isBarPending = false;
            encodeBar();
            return true;
        }
        while (true)
        {
            try
            {
                if (!nextLine())
                {
                    return false;
                }
                readBar();
                return true;
            }
            catch (final MalformedLine ex)
            {
                if (onMalformedLine(ex))
                {
                    return true;
                }
            }
        }
    }

    @Override
    public long timeNs()
    {
        return timeNs;
    }

    @Override
    public long gatewayTimeNs()
    {
        return closeTimeNs;
    }

    @Override
    public long venueTimeNs()
    {
        return closeTimeNs;
    }

    @Override
    public boolean isEventEnd()
    {
        return isEventEnd;
    }

    @Override
    public DirectBuffer buffer()
    {
        return encoder.buffer();
    }

    @Override
    public int offset()
    {
        return 0;
    }

    @Override
    public int length()
    {
        return length;
    }

    @Override
    public void close()
    {
        CloseHelper.close(reader);
    }

    private boolean nextLine()
    {
        while (null == reader || !reader.next())
        {
            CloseHelper.close(reader);
            reader = null;
            if (fileIndex + 1 >= files.size())
            {
                return false;
            }
            fileIndex++;
            reader = new LineReader(files.get(fileIndex).path());
            Bars.readHeader(reader, line, files.get(fileIndex).name());
        }
        return true;
    }

    private void readBar()
    {
        line.parse(reader.buffer(), reader.start(), reader.end());
        // Everything that can be wrong with the line is found before anything goes out for it.
        encodeBar();
        closeTimeNs = line.openTimeNs() + files.get(fileIndex).barIntervalNs();
        if (closeTimeNs < timeNs)
        {
            counters.countClockBackwards();
        }
        timeNs = Math.max(timeNs, closeTimeNs);
        if (feed.isStale())
        {
            feed.isStale(false);
            isBarPending = true;
            encodeStatus(FeedCondition.LIVE, FeedReason.NONE);
        }
    }

    private void encodeBar()
    {
        isEventEnd = true;
        length = encoder.bar(
            feed.instrumentId(),
            line.openTimeNs(),
            ticks(BarsLine.OPEN),
            ticks(BarsLine.HIGH),
            ticks(BarsLine.LOW),
            ticks(BarsLine.CLOSE),
            feed.lots(line.bytes(BarsLine.VOLUME), line.start(BarsLine.VOLUME), line.end(BarsLine.VOLUME), "volume",
                -1));
    }

    private long ticks(final int number)
    {
        return feed.ticks(line.bytes(number), line.start(number), line.end(number), BarsLine.name(number), -1);
    }

    private void encodeStatus(final FeedCondition condition, final FeedReason reason)
    {
        isEventEnd = false;
        length = encoder.feedStatus(feed.instrumentId(), condition, reason, Nulls.NULL_LONG, Nulls.NULL_LONG);
    }

    /** Whether a message goes out for it. */
    private boolean onMalformedLine(final MalformedLine cause)
    {
        return switch (policy)
        {
            case REFUSE -> throw new BadInputException(
                files.get(fileIndex).name(), reader.lineNumber(), cause.getMessage());
            case REPORT -> {
                counters.countBadLine();
                final boolean isNews = !feed.isStale();
                feed.isStale(true);
                encodeStatus(FeedCondition.STALE, cause.reason());
                yield isNews;
            }
        };
    }
}
