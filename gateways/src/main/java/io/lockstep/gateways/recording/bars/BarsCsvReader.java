package io.lockstep.gateways.recording.bars;

import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.Nulls;
import io.lockstep.gateways.feed.MarketSource;
import io.lockstep.gateways.recording.finding.BadInputException;
import io.lockstep.gateways.recording.finding.BadInputPolicy;
import io.lockstep.gateways.recording.finding.Finding;
import io.lockstep.gateways.recording.finding.Findings;
import io.lockstep.gateways.recording.finding.MalformedLine;
import io.lockstep.gateways.recording.message.InstrumentFeed;
import io.lockstep.gateways.recording.message.MarketEncoder;
import io.lockstep.gateways.recording.message.ReadCounters;
import io.lockstep.gateways.recording.scan.BarInterval;
import io.lockstep.gateways.recording.scan.RecordedFile;
import io.lockstep.gateways.recording.scan.SymbolStatistics;
import io.lockstep.sbe.FeedCondition;
import io.lockstep.sbe.FeedReason;
import org.agrona.DirectBuffer;

import java.util.List;

/**
 * Reads the {@code bars-csv} files of one instrument in the order of their times, each line as a Bar at the time it is over
 * (see {@link BarInterval}). That time is local time and venue time alike. One line is read ahead, because when a bar is over
 * may depend on when the next one opens.
 * <p>
 * A bar with a price of 0, a bar that cannot be, and a second bar of one time are left out ({@link Finding} says more). {@link
 * #timeNs()} is the latest time so far; a bar that is over earlier is emitted at that time and counted.
 */
public final class BarsCsvReader implements MarketSource
{
    private final BarRows rows;
    private final InstrumentFeed feed;
    private final BadInputPolicy policy;
    private final ReadCounters counters;
    private final Findings findings;
    private final MarketEncoder encoder = new MarketEncoder();
    /** The line that was read last. */
    private PricedBar candidate = new PricedBar();
    /** The newest bar that is none of those left out; it is held back until it is known when it is over. */
    private PricedBar accepted = new PricedBar();
    private PricedBar emitted = new PricedBar();
    private boolean isAnyAccepted;
    private boolean isHeld;
    private boolean isBarPending;
    private MalformedLine pendingFailure;
    private boolean isEventEnd;
    private int length;
    private long timeNs;
    private long closeTimeNs;

    private BarsCsvReader(
        final BarRows rows,
        final InstrumentFeed feed,
        final BadInputPolicy policy,
        final ReadCounters counters,
        final Findings findings)
    {
        this.rows = rows;
        this.feed = feed;
        this.policy = policy;
        this.counters = counters;
        this.findings = findings;
    }

    /**
     * Of the files of one instrument.
     *
     * @param instrument with its id.
     * @param findings   null for those who know them already.
     */
    public static MarketSource of(
        final List<RecordedFile> files,
        final Instrument instrument,
        final BadInputPolicy policy,
        final ReadCounters counters,
        final Findings findings)
    {
        return new BarsCsvReader(rows(files), new InstrumentFeed(instrument), policy, counters, findings);
    }

    /** Files that are in order, one after the other, are read as they are; others are sorted. */
    private static BarRows rows(final List<RecordedFile> files)
    {
        boolean isInOrder = files.get(0).descents() == 0;
        for (int i = 1; i < files.size(); i++)
        {
            isInOrder &= files.get(i).descents() == 0 &&
                files.get(i).firstTimestampNs() > files.get(i - 1).lastTimestampNs();
        }
        return isInOrder ? new BarRows(files) : new SortedBarRows(files);
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
                if (pendingFailure != null)
                {
                    final MalformedLine failure = pendingFailure;
                    pendingFailure = null;
                    throw failure;
                }
                if (!rows.next())
                {
                    return isHeld && emitHeld(BarInterval.NO_NEXT);
                }
                if (readBar())
                {
                    return true;
                }
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
        rows.close();
    }

    /** Returns whether a message goes out. */
    private boolean readBar()
    {
        rows.parse();
        final SymbolStatistics symbol = rows.file().symbols().get(0);
        feed.numbers(symbol.prices(), symbol.quantities());
        candidate.read(rows, feed);
        final Finding problem = candidate.problem(isHeld ? accepted : isAnyAccepted ? emitted : null);
        if (problem != null)
        {
            leaveOut(problem);
            return false;
        }
        final boolean isEmitting = isHeld && emitHeld(candidate.openTimeNs());
        final PricedBar free = accepted;
        accepted = candidate;
        candidate = free;
        isAnyAccepted = true;
        isHeld = true;
        return isEmitting;
    }

    private void leaveOut(final Finding problem)
    {
        if (findings != null)
        {
            rows.file().leaveOutLine();
            findings.add(problem, rows.file().name(), rows.lineNumber(),
                PricedBar.describe(rows.line()) + ": left out");
        }
    }

    private boolean emitHeld(final long nextOpenNs)
    {
        closeTimeNs = accepted.endNs(nextOpenNs);
        if (closeTimeNs < timeNs)
        {
            counters.countClockBackwards();
        }
        timeNs = Math.max(timeNs, closeTimeNs);
        final PricedBar free = emitted;
        emitted = accepted;
        accepted = free;
        isHeld = false;
        isBarPending = feed.isStale();
        if (isBarPending)
        {
            feed.isStale(false);
            encodeStatus(FeedCondition.LIVE, FeedReason.NONE);
        }
        else
        {
            encodeBar();
        }
        return true;
    }

    private void encodeBar()
    {
        isEventEnd = true;
        length = emitted.encode(encoder, feed.instrumentId());
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
            case REFUSE -> throw new BadInputException(rows.file().name(), rows.lineNumber(), cause.getMessage());
            case REPORT -> {
                if (isHeld)
                {
                    // The bar before it goes out first, and this comes again.
                    pendingFailure = cause;
                    yield emitHeld(BarInterval.NO_NEXT);
                }
                counters.countBadLine();
                final boolean isNews = !feed.isStale();
                feed.isStale(true);
                encodeStatus(FeedCondition.STALE, cause.reason());
                yield isNews;
            }
        };
    }
}
