package io.lockstep.core.host;

import io.lockstep.codecs.RecordBatch;
import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.sbe.AlertType;
import io.lockstep.sbe.BooleanType;
import io.lockstep.sbe.FeedCondition;
import io.lockstep.sbe.FeedReason;
import io.lockstep.sbe.RecordKind;
import io.lockstep.sbe.TradingMode;
import org.agrona.DirectBuffer;
import org.agrona.sbe.MessageEncoderFlyweight;

/**
 * Gives each input its sequence and its time, in the order in which they are added, and makes inputs of what the host itself has to say
 * and of timers that are due. Sequenced time never decreases: an input that is given an earlier time gets that of the input before it.
 * Times are whatever the caller says, for this class reads no clock. Each method that adds returns how far the given time was behind, 0
 * for not at all.
 * <p>
 * The inputs stay in {@link #inputs()}, sealed but for their chain, until the caller clears them. Allocates for the largest batch there
 * has been.
 */
public final class InputStamper
{
    private final RecordBatch inputs = new RecordBatch();
    private final OwnInputs own = new OwnInputs(inputs);
    private final TimerQueue timers;
    private final int shard;

    private int epoch;
    private long sequence;
    private long timeNs;
    private long wallTimeNs;

    /**
     * @param host  whose newest input the first one follows, and whose timers they are.
     * @param epoch that ClOrdIDs of what is decided carry.
     */
    public InputStamper(final CoreHost host, final int shard, final int epoch)
    {
        this.shard = shard;
        this.epoch = epoch;
        timers = host.timers();
        sequence = host.core().lastSequence();
        timeNs = host.lastTimeNs();
    }

    /** Sets the incarnation of the inputs that follow. */
    public void epoch(final int newEpoch)
    {
        epoch = newEpoch;
    }

    /** The wall clock as the caller has read it, for the headers of the inputs that follow; it decides nothing. */
    public void wallTimeNs(final long newWallTimeNs)
    {
        wallTimeNs = newWallTimeNs;
    }

    /** Adds a whole record of a source. */
    public long add(final DirectBuffer buffer, final int offset, final int length, final long atNs)
    {
        return stamp(inputs.addRecord(buffer, offset, length), atNs);
    }

    /** Adds an input of the node's own, encoded at {@link RecordBatch#nextMessageOffset()} of {@link #inputs()}. */
    public long addEncoded(final MessageEncoderFlyweight message, final long atNs)
    {
        return stamp(inputs.addEncoded(RecordKind.INPUT, message.encodedLength()), atNs);
    }

    /** Adds an input of the node's own from its SBE message, messageHeader first. */
    public long addMessage(final DirectBuffer message, final int offset, final int length, final long atNs)
    {
        return stamp(inputs.addMessage(RecordKind.INPUT, message, offset, length), atNs);
    }

    /** Makes inputs of all timers that are due by then, each at its deadline. */
    public void addDueTimers(final long untilNs)
    {
        while (timers.nextDeadlineNs() <= untilNs)
        {
            final long deadlineNs = timers.nextDeadlineNs();
            stamp(own.timerFired(timers.poll(), deadlineNs), Math.max(timeNs, deadlineNs));
        }
    }

    /** Makes inputs of timers, all of them stamped with one time, by which they are due. */
    public long addDueTimersAt(final long untilNs, final long atNs)
    {
        long heldBackNs = 0;
        while (timers.nextDeadlineNs() <= untilNs)
        {
            final long deadlineNs = timers.nextDeadlineNs();
            heldBackNs = Math.max(heldBackNs, stamp(own.timerFired(timers.poll(), deadlineNs), atNs));
        }
        return heldBackNs;
    }

    /** Makes an input of a gap: some of a source's messages are missing and will not come. */
    public long addGap(
        final int sourceId,
        final int sourceSession,
        final FeedReason reason,
        final long expected,
        final long actual,
        final long atNs)
    {
        final int record = own.feedStatus(FeedCondition.STALE, reason, expected, actual);
        return stamp(own.source(record, sourceId, sourceSession, actual - 1), atNs);
    }

    /** Makes an input of it that a source is silent, or heard again with nothing missing. */
    public long addSilence(
        final int sourceId,
        final int sourceSession,
        final long sourceSequence,
        final FeedCondition condition,
        final long timeoutNs,
        final long silentNs,
        final long atNs)
    {
        final int record = own.feedStatus(condition, FeedReason.SILENT, timeoutNs, silentNs);
        return stamp(own.source(record, sourceId, sourceSession, sourceSequence), atNs);
    }

    /** Makes an input of it that the order gateway of a venue is silent, or heard again. */
    public long addVenueStatus(final int venueId, final BooleanType connected, final long silentNs, final long atNs)
    {
        return stamp(own.venueStatus(venueId, connected, silentNs), atNs);
    }

    /** A request of a venue waits too long to be sent. */
    public long addRequestExpired(
        final int venueId, final DirectBuffer request, final int offset, final long ageNs, final long atNs)
    {
        return stamp(own.requestExpired(venueId, request, offset, ageNs), atNs);
    }

    /** The order gateway of a venue has decisions that the journal lost. */
    public long addGatewayAhead(
        final int venueId, final long gatewayEgressSequence, final long journalEgressSequence, final long atNs)
    {
        return stamp(own.gatewayAhead(venueId, gatewayEgressSequence, journalEgressSequence), atNs);
    }

    /** The node's own watch has seen something; the mode is NULL_VAL where it changes none. */
    public long addAlert(
        final AlertType type,
        final TradingMode mode,
        final boolean cancelOrders,
        final long value,
        final long threshold,
        final long atNs)
    {
        return stamp(own.alert(type, mode, cancelOrders, value, threshold), atNs);
    }

    private long stamp(final int record, final long atNs)
    {
        final long heldBackNs = Math.max(0, timeNs - atNs);
        timeNs = Math.max(timeNs, atNs);
        RecordDescriptor.shard(inputs.buffer(), record, shard);
        RecordDescriptor.incarnation(inputs.buffer(), record, epoch);
        RecordDescriptor.sequence(inputs.buffer(), record, ++sequence);
        RecordDescriptor.ordinal(inputs.buffer(), record, 0);
        RecordDescriptor.sequencerTimeNs(inputs.buffer(), record, timeNs);
        RecordDescriptor.wallTimeNs(inputs.buffer(), record, wallTimeNs);
        RecordDescriptor.sealChecksum(inputs.buffer(), record);
        return heldBackNs;
    }

    /** What was added since the caller cleared them, and where own inputs are encoded. */
    public RecordBatch inputs()
    {
        return inputs;
    }

    /** Sequenced time of the newest input. */
    public long sequence()
    {
        return sequence;
    }

    /** Sequenced time of the newest input. */
    public long timeNs()
    {
        return timeNs;
    }
}
