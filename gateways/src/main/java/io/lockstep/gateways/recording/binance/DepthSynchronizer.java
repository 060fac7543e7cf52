package io.lockstep.gateways.recording.binance;

import io.lockstep.codecs.Nulls;
import io.lockstep.gateways.recording.message.MarketEncoder;
import io.lockstep.gateways.recording.message.MessageQueue;
import io.lockstep.gateways.recording.scan.BinanceProduct;
import io.lockstep.sbe.FeedCondition;
import io.lockstep.sbe.FeedReason;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Applies Binance's rules of continuity to the depth changes of one instrument and says the result in each change's
 * {@code previousUpdateId}, so that a book needs one rule: a change applies when that is the book's own id.
 * <p>
 * Without a snapshot, changes are held. A snapshot of id S releases them: those it covers first, unplaced (null), for
 * the book to discard; then the snapshot; then the others, each chained to the one before. A change that does not
 * follow is a gap: a FeedStatus goes out, and it and all after it are held until the next snapshot. The rules, with U
 * and u the first and last id of a change and pu the last id of the change before it:
 * <table>
 * <caption>Rules of continuity</caption>
 * <tr><th></th><th>covered by S</th><th>first after S</th><th>then, the book being at id</th></tr>
 * <tr><td>spot</td><td>u &lt;= S</td><td>U &lt;= S + 1 &lt;= u</td>
 * <td>u &lt;= id is old, U &lt;= id + 1 follows</td></tr>
 * <tr><td>futures</td><td>u &lt; S</td><td>pu &lt;= S &lt;= u</td><td>u &lt;= id is old, pu == id follows</td></tr>
 * </table>
 * The documentation states the first change after a futures snapshot as U &lt;= S &lt;= u. Ids of one symbol are not
 * contiguous there, so S can also lie between pu and U, where nothing happened to this symbol: that follows just as
 * well.
 * <p>
 * What is held is bounded in bytes; beyond it the oldest is released unplaced. A snapshot older than a synchronised
 * book is passed on and changes nothing: the book discards it by the same comparison. For one thread; allocates only to
 * grow.
 */
final class DepthSynchronizer
{
    /** Which numbering the venue's product uses. */
    enum Rule
    {
        SPOT, FUTURES;

        static Rule of(final BinanceProduct product)
        {
            return switch (product)
            {
                case SPOT -> SPOT;
                case USDM, COINM -> FUTURES;
            };
        }
    }

    private enum State
    {
        /** No snapshot yet, or a gap since the last. */
        HOLDING,
        /** A snapshot, and no change after it yet. */
        AT_SNAPSHOT,
        /** In step with the changes. */
        CHAINED
    }

    static final int HELD_BYTES_MAX = 64 << 20;

    private final Rule rule;
    private final int instrumentId;
    private final int heldBytesMax;
    private final MarketEncoder encoder;
    private final MessageQueue output;
    private MessageQueue held = new MessageQueue();
    private MessageQueue spare = new MessageQueue();
    private State state = State.HOLDING;
    private long bookId = Nulls.NULL_UPDATE_ID;
    private boolean isSnapshotEffective;
    private long heldOverflowCount;

    /**
     * @param encoder for FeedStatus messages; its buffer's content is lost by a call that releases any.
     * @param output  takes what is released.
     */
    DepthSynchronizer(
        final Rule rule,
        final int instrumentId,
        final int heldBytesMax,
        final MarketEncoder encoder,
        final MessageQueue output)
    {
        this.rule = rule;
        this.instrumentId = instrumentId;
        this.heldBytesMax = heldBytesMax;
        this.encoder = encoder;
        this.output = output;
    }

    /** Whether a change would go out as the next one of the book. */
    boolean follows(final long firstUpdateId, final long lastUpdateId, final long previousUpdateId)
    {
        return state != State.HOLDING && !isOld(lastUpdateId) && follows(firstUpdateId, previousUpdateId);
    }

    /** Changes released unplaced because too much was held. */
    long heldOverflowCount()
    {
        return heldOverflowCount;
    }

    /**
     * A change arrived, encoded as a BookUpdate without its previousUpdateId.
     *
     * @return true when it is to go out as it is, previousUpdateId now set; false when it was held, and what is to go
     *         out, if anything, is in the output.
     */
    boolean onChange(
        final MutableDirectBuffer message,
        final int length,
        final long gatewayTimeNs,
        final long venueTimeNs,
        final long firstUpdateId,
        final long lastUpdateId,
        final long previousUpdateId)
    {
        if (state != State.HOLDING)
        {
            if (isOld(lastUpdateId))
            {
                MarketEncoder.previousUpdateId(message, 0, Nulls.NULL_UPDATE_ID);
                return true;
            }
            if (follows(firstUpdateId, previousUpdateId))
            {
                MarketEncoder.previousUpdateId(message, 0, bookId);
                advance(lastUpdateId);
                return true;
            }
        }
        MarketEncoder.previousUpdateId(message, 0, Nulls.NULL_UPDATE_ID);
        held.add(message, 0, length, true, gatewayTimeNs, venueTimeNs, firstUpdateId, lastUpdateId, previousUpdateId);
        if (state != State.HOLDING)
        {
            gap(firstUpdateId, previousUpdateId, gatewayTimeNs);
        }
        while (held.byteCount() > heldBytesMax && held.poll())
        {
            heldOverflowCount++;
            output.addCurrentOf(held);
        }
        return false;
    }

    /**
     * A snapshot arrived: releases what goes out before it. The snapshot's own messages follow, then {@link
     * #endSnapshot}.
     *
     * @return false for a snapshot older than the book, which changes nothing.
     */
    boolean beginSnapshot(final long snapshotId)
    {
        isSnapshotEffective = state == State.HOLDING || snapshotId >= bookId;
        if (!isSnapshotEffective)
        {
            return false;
        }
        state = State.AT_SNAPSHOT;
        bookId = snapshotId;
        spare.clear();
        while (held.poll())
        {
            (isOld(held.lastUpdateId()) ? output : spare).addCurrentOf(held);
        }
        final MessageQueue emptied = held;
        held = spare;
        spare = emptied;
        return true;
    }

    /** The snapshot's messages went out: releases the changes after it. */
    void endSnapshot()
    {
        if (!isSnapshotEffective)
        {
            return;
        }
        spare.clear();
        while (held.poll())
        {
            if (state == State.HOLDING)
            {
                spare.addCurrentOf(held);
            }
            else
            {
                releaseAfterSnapshot();
            }
        }
        final MessageQueue emptied = held;
        held = spare;
        spare = emptied;
    }

    /** No more data: releases what is still held, unplaced, after a FeedStatus that says why. */
    void end(final long timeNs)
    {
        if (held.isEmpty())
        {
            return;
        }
        status(FeedReason.NO_SNAPSHOT, Nulls.NULL_LONG, Nulls.NULL_LONG, timeNs);
        while (held.poll())
        {
            output.addCurrentOf(held);
        }
    }

    private void releaseAfterSnapshot()
    {
        if (isOld(held.lastUpdateId()))
        {
            output.addCurrentOf(held);
        }
        else if (follows(held.firstUpdateId(), held.previousUpdateId()))
        {
            MarketEncoder.previousUpdateId(held.buffer(), held.messageOffset(), bookId);
            output.addCurrentOf(held);
            advance(held.lastUpdateId());
        }
        else
        {
            spare.addCurrentOf(held);
            gap(held.firstUpdateId(), held.previousUpdateId(), held.gatewayTimeNs());
        }
    }

    private boolean isOld(final long lastUpdateId)
    {
        return rule == Rule.FUTURES && state == State.AT_SNAPSHOT ? lastUpdateId < bookId : lastUpdateId <= bookId;
    }

    /** For a change that is not old. */
    private boolean follows(final long firstUpdateId, final long previousUpdateId)
    {
        return switch (rule)
        {
            case SPOT -> firstUpdateId <= bookId + 1;
            case FUTURES -> state == State.AT_SNAPSHOT
                ? Math.min(previousUpdateId, firstUpdateId) <= bookId
                : previousUpdateId == bookId;
        };
    }

    private void advance(final long lastUpdateId)
    {
        state = State.CHAINED;
        bookId = lastUpdateId;
    }

    private void gap(final long firstUpdateId, final long previousUpdateId, final long gatewayTimeNs)
    {
        state = State.HOLDING;
        final boolean isSpot = rule == Rule.SPOT;
        status(FeedReason.SEQUENCE_GAP, isSpot ? bookId + 1 : bookId, isSpot ? firstUpdateId : previousUpdateId,
            gatewayTimeNs);
    }

    private void status(final FeedReason reason, final long expected, final long actual, final long gatewayTimeNs)
    {
        final int length = encoder.feedStatus(instrumentId, FeedCondition.STALE, reason, expected, actual);
        final DirectBuffer message = encoder.buffer();
        output.add(message, 0, length, false, gatewayTimeNs, 0, 0, 0, 0);
    }
}
