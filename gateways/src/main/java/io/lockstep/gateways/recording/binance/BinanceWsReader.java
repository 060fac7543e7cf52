package io.lockstep.gateways.recording.binance;

import io.lockstep.codecs.Nulls;
import io.lockstep.gateways.feed.MarketSource;
import io.lockstep.gateways.recording.finding.BadInputException;
import io.lockstep.gateways.recording.finding.BadInputPolicy;
import io.lockstep.gateways.recording.finding.MalformedLine;
import io.lockstep.gateways.recording.message.MarketEncoder;
import io.lockstep.gateways.recording.message.MarketEncoder.TickLevels;
import io.lockstep.gateways.recording.message.MessageQueue;
import io.lockstep.gateways.recording.message.ReadCounters;
import io.lockstep.sbe.FeedCondition;
import io.lockstep.sbe.FeedReason;
import io.lockstep.sbe.Side;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;

import java.util.List;

/**
 * Reads {@code binance-ws} files that have instruments in common, each convertible line as exactly one market event.
 * <p>
 * Files are given in order of their first timestamp. One begins when every earlier file with an instrument in common
 * has ended, and an instrument's state carries over; lines of files that are open at once are merged by their time.
 * Changes go through the instrument's {@link DepthSynchronizer}, which may hold them and release several at once.
 * <p>
 * {@link #timeNs()} is the latest line time so far: a line whose clock went back is emitted at that time, keeps its own
 * as gateway time, and is counted. Under {@link BadInputPolicy#REPORT} a line that cannot be used makes its instrument
 * stale, or every instrument of the file when it does not say which; a later change that follows on, which proves that
 * no change was lost, makes it live again. Once its buffers are grown it allocates nothing for lines that can be used.
 */
final class BinanceWsReader implements MarketSource
{
    private final BinanceWsFile[] files;
    private final BadInputPolicy policy;
    private final ReadCounters counters;
    private final MarketEncoder encoder;
    private final MessageQueue output;
    private final TickLevels bids = new TickLevels();
    private final TickLevels asks = new TickLevels();

    private BinanceWsFile current;
    private boolean isStarted;
    private boolean isDirect;
    private long lineTimeNs;

    private DirectBuffer messageBuffer;
    private int messageOffset;
    private int messageLength;
    private boolean isEventEnd;
    private long timeNs;
    private long gatewayTimeNs;
    private long venueTimeNs;

    /**
     * @param encoder the one that the synchronizers of the files' feeds have.
     * @param output  likewise.
     */
    BinanceWsReader(
        final List<BinanceWsFile> files,
        final BadInputPolicy policy,
        final ReadCounters counters,
        final MarketEncoder encoder,
        final MessageQueue output)
    {
        this.files = files.toArray(new BinanceWsFile[0]);
        this.policy = policy;
        this.counters = counters;
        this.encoder = encoder;
        this.output = output;
    }

    @Override
    public boolean next()
    {
        isDirect = false;
        while (!pollOutput())
        {
            if (!readLine())
            {
                return pollOutput();
            }
            if (isDirect)
            {
                return true;
            }
        }
        return true;
    }

    @Override
    public long timeNs()
    {
        return timeNs;
    }

    @Override
    public long gatewayTimeNs()
    {
        return gatewayTimeNs;
    }

    @Override
    public long venueTimeNs()
    {
        return venueTimeNs;
    }

    @Override
    public boolean isEventEnd()
    {
        return isEventEnd;
    }

    @Override
    public DirectBuffer buffer()
    {
        return messageBuffer;
    }

    @Override
    public int offset()
    {
        return messageOffset;
    }

    @Override
    public int length()
    {
        return messageLength;
    }

    @Override
    public void close()
    {
        CloseHelper.closeAll(files);
    }

    private boolean pollOutput()
    {
        if (!output.poll())
        {
            return false;
        }
        messageBuffer = output.buffer();
        messageOffset = output.messageOffset();
        messageLength = output.messageLength();
        isEventEnd = output.isEventEnd();
        gatewayTimeNs = output.gatewayTimeNs();
        venueTimeNs = output.venueTimeNs();
        return true;
    }

    /** The message in the encoder goes out next, behind what the same line has put out already. */
    private void emit(final int length, final long eventVenueTimeNs)
    {
        if (!output.isEmpty())
        {
            enqueue(length, true, eventVenueTimeNs);
            return;
        }
        isDirect = true;
        messageBuffer = encoder.buffer();
        messageOffset = 0;
        messageLength = length;
        isEventEnd = true;
        gatewayTimeNs = lineTimeNs;
        venueTimeNs = eventVenueTimeNs;
    }

    private void enqueue(final int length, final boolean eventEnd, final long eventVenueTimeNs)
    {
        output.add(encoder.buffer(), 0, length, eventEnd, lineTimeNs, eventVenueTimeNs, 0, 0, 0);
    }

    private boolean readLine()
    {
        if (current == null)
        {
            if (isStarted)
            {
                return false;
            }
            isStarted = true;
            openReadyFiles();
        }
        else
        {
            current.advance();
        }
        endFinishedFiles();
        current = earliestFile();
        if (current == null)
        {
            return !output.isEmpty();
        }
        observeTime(current);
        processLine(current);
        return true;
    }

    /**
     * Opens each file that no earlier file keeps waiting. Opening may find a file empty, so this is followed by ending.
     */
    private void openReadyFiles()
    {
        for (int i = 0; i < files.length; i++)
        {
            if (!files[i].isOpen() && !isWaiting(i))
            {
                files[i].open();
            }
        }
    }

    private boolean isWaiting(final int index)
    {
        for (int i = 0; i < index; i++)
        {
            if (!files[i].isAtEnd() && files[i].file().sharesInstrument(files[index].file()))
            {
                return true;
            }
        }
        return false;
    }

    private void endFinishedFiles()
    {
        boolean isSearching = true;
        while (isSearching)
        {
            isSearching = false;
            for (final BinanceWsFile file : files)
            {
                if (file.isOpen() && file.isAtEnd() && !file.isEnded())
                {
                    file.end();
                    endInstruments(file);
                    openReadyFiles();
                    isSearching = true;
                }
            }
        }
    }

    private void endInstruments(final BinanceWsFile ended)
    {
        for (final BinanceFeed feed : ended.feeds())
        {
            if (feed != null && isLastFileOf(feed))
            {
                feed.synchronizer().end(ended.timeNs());
            }
        }
    }

    private boolean isLastFileOf(final BinanceFeed feed)
    {
        for (final BinanceWsFile file : files)
        {
            if (!file.isEnded() && file.has(feed))
            {
                return false;
            }
        }
        return true;
    }

    private BinanceWsFile earliestFile()
    {
        BinanceWsFile earliest = null;
        for (final BinanceWsFile file : files)
        {
            if (file.isOpen() && !file.isAtEnd() && (earliest == null || file.timeNs() < earliest.timeNs()))
            {
                earliest = file;
            }
        }
        return earliest;
    }

    private void observeTime(final BinanceWsFile file)
    {
        lineTimeNs = file.timeNs();
        if (lineTimeNs < timeNs)
        {
            counters.countClockBackwards();
        }
        else
        {
            timeNs = lineTimeNs;
        }
    }

    private void processLine(final BinanceWsFile file)
    {
        BinanceFeed feed = null;
        try
        {
            if (file.failure() != null)
            {
                throw file.failure();
            }
            if (file.line().kind() != BinanceLine.Kind.UNKNOWN)
            {
                feed = file.feed();
                if (feed == null)
                {
                    counters.countBadLine();
                }
                else
                {
                    convert(file.line(), feed);
                }
            }
        }
        catch (final MalformedLine ex)
        {
            onMalformedLine(file, feed, ex);
        }
    }

    private void onMalformedLine(final BinanceWsFile file, final BinanceFeed feed, final MalformedLine cause)
    {
        switch (policy)
        {
            case REFUSE -> throw new BadInputException(file.file().name(), file.lineNumber(), cause.getMessage());
            case REPORT -> {
                counters.countBadLine();
                if (feed != null)
                {
                    markStale(feed, cause.reason());
                }
                else
                {
                    for (final BinanceFeed each : file.feeds())
                    {
                        markStale(each, cause.reason());
                    }
                }
            }
        }
    }

    private void markStale(final BinanceFeed feed, final FeedReason reason)
    {
        if (feed != null && !feed.isStale())
        {
            feed.isStale(true);
            status(feed, FeedCondition.STALE, reason);
        }
    }

    private void heal(final BinanceFeed feed)
    {
        if (feed.isStale())
        {
            feed.isStale(false);
            status(feed, FeedCondition.LIVE, FeedReason.NONE);
        }
    }

    private void status(final BinanceFeed feed, final FeedCondition condition, final FeedReason reason)
    {
        enqueue(encoder.feedStatus(feed.instrumentId(), condition, reason, Nulls.NULL_LONG, Nulls.NULL_LONG), false, 0);
    }

    private void convert(final BinanceLine line, final BinanceFeed feed)
    {
        switch (line.kind())
        {
            case DEPTH -> convertChange(line, feed);
            case SNAPSHOT -> convertSnapshot(line, feed);
            case QUOTE -> convertQuote(line, feed);
            case TRADE -> convertTrade(line, feed);
            case UNKNOWN -> throw new IllegalStateException("a line of unknown kind is not converted");
        }
    }

    private void convertChange(final BinanceLine line, final BinanceFeed feed)
    {
        final long firstUpdateId = line.integer(BinanceField.FIRST_UPDATE_ID);
        final long lastUpdateId = line.integer(BinanceField.LAST_UPDATE_ID);
        if (lastUpdateId < firstUpdateId)
        {
            throw line.wrong(BinanceField.LAST_UPDATE_ID, "at least U=" + firstUpdateId);
        }
        final long previousUpdateId = feed.isSpot() ? 0 : line.integer(BinanceField.PREVIOUS_UPDATE_ID);
        final long eventVenueTimeNs = line.venueTimeNs();
        convertLevels(line, feed);
        requireOneGroup("b", bids);
        requireOneGroup("a", asks);
        final DepthSynchronizer synchronizer = feed.synchronizer();
        if (feed.isStale() && synchronizer.follows(firstUpdateId, lastUpdateId, previousUpdateId))
        {
            heal(feed);
        }
        final int length = encoder.bookUpdate(feed.instrumentId(), lastUpdateId, Nulls.NULL_UPDATE_ID, bids, asks);
        final long overflowsBefore = synchronizer.heldOverflowCount();
        if (synchronizer.onChange(
            encoder.buffer(), length, lineTimeNs, eventVenueTimeNs, firstUpdateId, lastUpdateId, previousUpdateId))
        {
            emit(length, eventVenueTimeNs);
        }
        counters.countHeldOverflows(synchronizer.heldOverflowCount() - overflowsBefore);
    }

    private void convertSnapshot(final BinanceLine line, final BinanceFeed feed)
    {
        final long snapshotId = line.integer(BinanceField.SNAPSHOT_UPDATE_ID);
        final long eventVenueTimeNs = line.venueTimeNs();
        convertLevels(line, feed);
        final DepthSynchronizer synchronizer = feed.synchronizer();
        final boolean isEffective = synchronizer.beginSnapshot(snapshotId);
        final int chunkCount = MarketEncoder.chunkCount(bids, asks);
        for (int i = 0; i < chunkCount; i++)
        {
            final int length = encoder.bookSnapshot(feed.instrumentId(), snapshotId, i, bids, asks);
            enqueue(length, i == chunkCount - 1, eventVenueTimeNs);
        }
        feed.isStale(feed.isStale() && !isEffective);
        synchronizer.endSnapshot();
    }

    private void convertLevels(final BinanceLine line, final BinanceFeed feed)
    {
        convertLevels(line, line.bids(), bids, feed, "bids");
        convertLevels(line, line.asks(), asks, feed, "asks");
    }

    private static void convertLevels(
        final BinanceLine line,
        final LevelRanges levels,
        final TickLevels target,
        final BinanceFeed feed,
        final String side)
    {
        final byte[] bytes = line.bytes();
        target.clear();
        for (int i = 0; i < levels.count(); i++)
        {
            final long ticks = feed.ticks(bytes, levels.priceStart(i), levels.priceEnd(i), side, i);
            final long lots = feed.lots(bytes, levels.quantityStart(i), levels.quantityEnd(i), side, i);
            // A price of 0 is none; the scan has counted it.
            if (ticks > 0)
            {
                target.add(ticks, lots);
            }
        }
    }

    private static void requireOneGroup(final String side, final TickLevels levels)
    {
        if (levels.count() > MarketEncoder.LEVELS_MAX)
        {
            throw new MalformedLine(side + ".length=" + levels.count() + ": expected at most " +
                MarketEncoder.LEVELS_MAX + " levels in a change");
        }
    }

    private void convertQuote(final BinanceLine line, final BinanceFeed feed)
    {
        final long updateId = line.integer(BinanceField.LAST_UPDATE_ID);
        final long bidTicks = ticks(line, feed, BinanceField.BID);
        final long bidLots = lots(line, feed, BinanceField.BID_QUANTITY);
        final long askTicks = ticks(line, feed, BinanceField.ASK);
        final long askLots = lots(line, feed, BinanceField.ASK_QUANTITY);
        final long eventVenueTimeNs = line.venueTimeNs();
        healWithoutDepth(feed);
        emit(encoder.bestBidOffer(feed.instrumentId(), updateId, bidTicks, bidLots, askTicks, askLots),
            eventVenueTimeNs);
    }

    private void convertTrade(final BinanceLine line, final BinanceFeed feed)
    {
        // An aggregate trade has its id in the field that quotes have their offer in.
        final long tradeId = line.integer(line.has(BinanceField.TRADE_ID) ? BinanceField.TRADE_ID : BinanceField.ASK);
        final long ticks = ticks(line, feed, BinanceField.PRICE);
        final long lots = lots(line, feed, BinanceField.QUANTITY);
        final Side aggressorSide = line.bool(BinanceField.IS_BUYER_MAKER) ? Side.SELL : Side.BUY;
        final long eventVenueTimeNs = line.venueTimeNs();
        if (line.isNoTrade() || ticks == 0)
        {
            // The scan has counted it.
            return;
        }
        healWithoutDepth(feed);
        emit(encoder.trade(feed.instrumentId(), tradeId, ticks, lots, aggressorSide), eventVenueTimeNs);
    }

    private void healWithoutDepth(final BinanceFeed feed)
    {
        if (!feed.hasDepth())
        {
            heal(feed);
        }
    }

    private static long ticks(final BinanceLine line, final BinanceFeed feed, final BinanceField field)
    {
        line.requireDecimal(field);
        return feed.ticks(line.bytes(), line.start(field), line.end(field), field.key(), -1);
    }

    private static long lots(final BinanceLine line, final BinanceFeed feed, final BinanceField field)
    {
        line.requireDecimal(field);
        return feed.lots(line.bytes(), line.start(field), line.end(field), field.key(), -1);
    }
}
