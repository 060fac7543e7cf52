package io.lockstep.sequencer.loop;

import io.lockstep.codecs.RecordBatch;
import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.core.TradingCore;
import io.lockstep.core.host.CoreHost;
import io.lockstep.core.host.InputStamper;
import io.lockstep.core.host.VenueView;
import io.lockstep.sbe.AlertType;
import io.lockstep.sbe.BooleanType;
import io.lockstep.sbe.FeedCondition;
import io.lockstep.sbe.FeedReason;
import io.lockstep.sbe.MessageHeaderEncoder;
import io.lockstep.sbe.RecordKind;
import io.lockstep.sbe.SegmentStartedEncoder;
import io.lockstep.sbe.TradingMode;
import io.lockstep.sequencer.config.SequencedTime;
import io.lockstep.sequencer.egress.Egress;
import io.lockstep.sequencer.ingress.Ingress;
import io.lockstep.sequencer.ingress.InputSink;
import io.lockstep.sequencer.journal.Journal;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.sbe.MessageEncoderFlyweight;

/**
 * The one thread's one method: {@link #doWork} walks the {@link Stage}s over a batch of inputs. The batch is as large as what
 * has arrived since the last turn, one input when little is going on, so batching comes with load and delays nothing.
 * <p>
 * A timer due at T goes before an input stamped T. Sequenced time never decreases.
 */
public final class Sequencer implements InputSink
{
    /** Most messages of one batch. */
    public static final int BATCH_MAX = 256;

    private final CoreHost host;
    private final Ingress ingress;
    private final Journal journal;
    private final Egress egress;
    private final EpochNanoClock clock;
    private final SequencedTime sequencedTime;
    private final SequencerMonitor monitor;
    private final int shard;
    private final int incarnation;

    private final InputStamper stamper;
    private final RecordBatch inputs;
    /** Of what is too large for one document. */
    private final RecordBatch inputsPart = new RecordBatch();
    private final RecordBatch decisionsPart = new RecordBatch();
    private final int batchLengthMax;
    private final RecordBatch segmentStart = new RecordBatch();
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final SegmentStartedEncoder segmentStarted = new SegmentStartedEncoder();

    private long journaledSequence;
    private long wallTimeNs;
    private long chain;
    private long records;
    private Stage stage = Stage.INGRESS;
    private long dispatchedSequence;

    /**
     * @param host  where replay has left it.
     * @param chain of the newest record in the journal, whose last input is the host's.
     */
    public Sequencer(
        final CoreHost host,
        final Ingress ingress,
        final Journal journal,
        final Egress egress,
        final EpochNanoClock clock,
        final SequencedTime sequencedTime,
        final SequencerMonitor monitor,
        final int shard,
        final int incarnation,
        final long chain)
    {
        this.host = host;
        this.ingress = ingress;
        this.journal = journal;
        this.batchLengthMax = journal.batchLengthMax();
        this.egress = egress;
        this.clock = clock;
        this.sequencedTime = sequencedTime;
        this.monitor = monitor;
        this.shard = shard;
        this.incarnation = incarnation;
        this.chain = chain;
        this.journaledSequence = host.core().lastSequence();
        this.stamper = new InputStamper(host, shard, incarnation);
        this.inputs = stamper.inputs();
    }

    /**
     * One duty cycle.
     *
     * @return how much there was to do, 0 for nothing.
     */
    public int doWork()
    {
        enter(Stage.INGRESS);
        beginOwnInputs();
        egress.addOwnInputs(this, wallTimeNs);
        int work = ingress.poll(this, BATCH_MAX, wallTimeNs);
        work += inputs.recordCount();
        walk(wallTimeNs);
        work += egress.doWork(wallTimeNs);
        ingress.onJournaled(work == 0);
        return work;
    }

    /** Reads the clock, for the own inputs of a start: they are stamped as all others are. */
    public void readClock()
    {
        wallTimeNs = clock.nanoTime();
        stamper.wallTimeNs(wallTimeNs);
    }

    /** To be called before own inputs are added outside of a turn: reads the clock, and due timers come first. */
    public void beginOwnInputs()
    {
        readClock();
        if (sequencedTime == SequencedTime.WALL)
        {
            // A clock that has stepped back does not: inputs are stamped with the time there was.
            sequenceDueTimers(Math.max(stamper.timeNs(), wallTimeNs));
        }
    }

    /**
     * Returns how far the clock, when it was read last, is behind sequenced time, which stands still until the clock has passed it;
     * 0 where it is not, or where time is not the clock's.
     */
    public long clockBehindNs()
    {
        return sequencedTime == SequencedTime.WALL && wallTimeNs > 0 ? Math.max(0, stamper.timeNs() - wallTimeNs) : 0;
    }

    /** Takes the node's own inputs through all stages, before anything is polled. */
    public void sequenceOwnInputs()
    {
        walk(clock.nanoTime());
    }

    private void walk(final long startNs)
    {
        if (inputs.isEmpty())
        {
            return;
        }
        if (inputs.length() <= batchLengthMax)
        {
            walk(inputs, startNs);
        }
        else
        {
            walkInParts(startNs);
        }
        inputs.clear();
    }

    /** What does not fit in one document is several batches, one after the other. */
    private void walkInParts(final long startNs)
    {
        for (int offset = 0; offset < inputs.length();)
        {
            offset = inputsPart.fill(inputs, offset, batchLengthMax);
            walk(inputsPart, startNs);
        }
    }

    private void walk(final RecordBatch batch, final long startNs)
    {
        enter(Stage.JOURNAL_INPUT);
        commit(batch);
        final long departedBefore = host.departed();
        final long snapshotsWantedBefore = host.snapshotsWanted();
        enter(Stage.DISPATCH);
        dispatch(batch);
        if (host.snapshotsWanted() != snapshotsWantedBefore)
        {
            egress.onSnapshotsWanted(host.decisions());
        }
        enter(Stage.JOURNAL_DECISION);
        commitDecisions();
        journal.sync();
        enter(Stage.EGRESS);
        egress.flush();
        if (host.departed() != departedBefore)
        {
            // By the wall clock, which was read anyway; where it steps back meanwhile, nothing is known.
            monitor.onTickToTrade(Math.max(0, clock.nanoTime() - startNs));
        }
        monitor.onBatch(batch.recordCount(), host, dispatchedSequence, stamper.timeNs());
    }

    private void enter(final Stage next)
    {
        stage = next;
        monitor.onStage(next);
    }

    private void dispatch(final RecordBatch batch)
    {
        int known = 0;
        for (int offset = 0; offset < batch.length();)
        {
            stage = Stage.DISPATCH;
            if (known-- == 0)
            {
                host.lookAhead(batch.buffer(), offset, batch.length());
                known = TradingCore.LOOK_AHEAD - 1;
            }
            dispatchedSequence = RecordDescriptor.sequence(batch.buffer(), offset);
            stage = Stage.DECIDE;
            host.apply(batch.buffer(), offset);
            egress.onApplied(batch.buffer(), offset, host.commandReason());
            offset += RecordDescriptor.recordLength(batch.buffer(), offset);
        }
    }

    /** Journals what the host has decided; also what a crash has cut off, before anything else happens. */
    public void commitDecisions()
    {
        final RecordBatch decisions = host.decisions();
        if (decisions.length() <= batchLengthMax)
        {
            commit(decisions);
        }
        else
        {
            for (int offset = 0; offset < decisions.length();)
            {
                offset = decisionsPart.fill(decisions, offset, batchLengthMax);
                commit(decisionsPart);
            }
        }
        decisions.clear();
    }

    private void commit(final RecordBatch batch)
    {
        if (batch.isEmpty())
        {
            return;
        }
        if (journal.isSegmentDue(batch.length(), wallTimeNs))
        {
            startSegment();
        }
        appendSealed(batch);
        journaledSequence = Math.max(
            journaledSequence, RecordDescriptor.sequence(batch.buffer(), batch.lastOffset()));
    }

    /** The journal goes on elsewhere; the first record there says how far it had come. */
    private void startSegment()
    {
        segmentStarted.wrapAndApplyHeader(segmentStart.buffer(), segmentStart.nextMessageOffset(), header)
            .incarnation(incarnation)
            .segment(journal.startSegment())
            .predecessorLastSequence(journaledSequence)
            .predecessorChain(chain)
            .predecessorRecords(records);
        segmentStart.addEncoded(RecordKind.SEGMENT, segmentStarted.encodedLength());
        stampOwn(segmentStart, journaledSequence);
        appendSealed(segmentStart);
        segmentStart.clear();
    }

    private void appendSealed(final RecordBatch batch)
    {
        for (int offset = 0; offset < batch.length();)
        {
            chain = RecordDescriptor.sealChain(batch.buffer(), offset, chain);
            offset += RecordDescriptor.recordLength(batch.buffer(), offset);
        }
        journal.append(batch);
        records += batch.recordCount();
    }

    /**
     * Appends records that are neither input nor decision: run metadata and clean end. They are as safe as all that leaves, for a
     * snapshot may be taken behind them.
     */
    public void append(final RecordBatch batch)
    {
        stampOwn(batch, stamper.sequence());
        commit(batch);
        journal.sync();
    }

    private void stampOwn(final RecordBatch batch, final long recordSequence)
    {
        for (int offset = 0; offset < batch.length();)
        {
            RecordDescriptor.shard(batch.buffer(), offset, shard);
            RecordDescriptor.incarnation(batch.buffer(), offset, incarnation);
            RecordDescriptor.sequence(batch.buffer(), offset, recordSequence);
            RecordDescriptor.sequencerTimeNs(batch.buffer(), offset, stamper.timeNs());
            RecordDescriptor.wallTimeNs(batch.buffer(), offset, clock.nanoTime());
            RecordDescriptor.sealChecksum(batch.buffer(), offset);
            offset += RecordDescriptor.recordLength(batch.buffer(), offset);
        }
    }

    @Override
    public void onInput(final DirectBuffer buffer, final int offset, final int length)
    {
        final long gatewayTimeNs = RecordDescriptor.gatewayTimeNs(buffer, offset);
        if (sequencedTime == SequencedTime.RECORDED)
        {
            sequenceDueTimers(Math.max(stamper.timeNs(), gatewayTimeNs));
        }
        stage = Stage.SEQUENCE;
        final long atNs = sequencedTime == SequencedTime.RECORDED && gatewayTimeNs != 0 ? gatewayTimeNs : nowNs();
        held(stamper.add(buffer, offset, length, atNs));
    }

    @Override
    public int messageLengthMax()
    {
        return batchLengthMax;
    }

    @Override
    public void onTime(final long newTimeNs)
    {
        sequenceDueTimers(newTimeNs);
    }

    /**
     * Adds an input of the node's own, encoded at {@link RecordBatch#nextMessageOffset()} of {@link #inputs()}.
     */
    public void onOwnInput(final MessageEncoderFlyweight message)
    {
        stage = Stage.SEQUENCE;
        held(stamper.addEncoded(message, nowNs()));
    }

    /**
     * Adds an input of the node's own that was encoded elsewhere.
     *
     * @param offset of its messageHeader.
     */
    public void onOwnInput(final DirectBuffer message, final int offset, final int length)
    {
        stage = Stage.SEQUENCE;
        held(stamper.addMessage(message, offset, length, nowNs()));
    }

    /** The batch that own inputs are encoded into. */
    public RecordBatch inputs()
    {
        return inputs;
    }

    @Override
    public void onSourceStatus(
        final int sourceId,
        final int sourceSession,
        final FeedReason reason,
        final long expected,
        final long actual)
    {
        stage = Stage.SEQUENCE;
        held(stamper.addGap(sourceId, sourceSession, reason, expected, actual, nowNs()));
    }

    @Override
    public void onSilence(
        final int sourceId,
        final int sourceSession,
        final long sourceSequence,
        final FeedCondition condition,
        final long timeoutNs,
        final long silentNs)
    {
        stage = Stage.SEQUENCE;
        held(stamper.addSilence(sourceId, sourceSession, sourceSequence, condition, timeoutNs, silentNs, nowNs()));
    }

    @Override
    public void onVenueStatus(final int sourceId, final BooleanType connected, final long silentNs)
    {
        final int venueId = host.venues().venueOfSource(sourceId);
        if (venueId != VenueView.NO_VENUE)
        {
            stage = Stage.SEQUENCE;
            held(stamper.addVenueStatus(venueId, connected, silentNs, nowNs()));
        }
    }

    @Override
    public void onRequestExpired(final int venueId, final DirectBuffer request, final int offset, final long ageNs)
    {
        stage = Stage.SEQUENCE;
        held(stamper.addRequestExpired(venueId, request, offset, ageNs, nowNs()));
    }

    @Override
    public void onGatewayAhead(
        final int venueId, final long gatewayEgressSequence, final long journalEgressSequence)
    {
        stage = Stage.SEQUENCE;
        held(stamper.addGatewayAhead(venueId, gatewayEgressSequence, journalEgressSequence, nowNs()));
    }

    /** Adds what the node's own watch has seen, and the mode it puts the node in, NULL_VAL for none. */
    public void onAlert(
        final AlertType type,
        final TradingMode mode,
        final boolean cancelOrders,
        final long value,
        final long threshold)
    {
        stage = Stage.SEQUENCE;
        held(stamper.addAlert(type, mode, cancelOrders, value, threshold, nowNs()));
    }

    private void sequenceDueTimers(final long untilNs)
    {
        if (host.timers().nextDeadlineNs() > untilNs)
        {
            return;
        }
        stage = Stage.SEQUENCE;
        if (sequencedTime == SequencedTime.WALL)
        {
            held(stamper.addDueTimersAt(untilNs, wallTimeNs));
        }
        else
        {
            stamper.addDueTimers(untilNs);
        }
    }

    /** Time of an input that brings none of its own. */
    private long nowNs()
    {
        return sequencedTime == SequencedTime.WALL ? wallTimeNs : stamper.timeNs();
    }

    private void held(final long heldBackNs)
    {
        if (heldBackNs > 0)
        {
            monitor.onTimeBackwards(heldBackNs);
        }
    }

    /** Where the loop is, or was when it failed. */
    public Stage stage()
    {
        return stage;
    }

    /** Sequence of the input that was dispatched last. */
    public long dispatchedSequence()
    {
        return dispatchedSequence;
    }

    /** Sequence of the newest input. */
    public long sequence()
    {
        return stamper.sequence();
    }

    public long chain()
    {
        return chain;
    }

    /** Records this sequencer has journaled. */
    public long records()
    {
        return records;
    }
}
