package io.lockstep.perf.latency.path;

import io.aeron.ExclusivePublication;
import io.aeron.Subscription;
import io.lockstep.codecs.RecordBatch;
import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.core.TradingCore;
import io.lockstep.core.host.SourceTable;
import io.lockstep.core.host.UnacknowledgedDecisions;
import io.lockstep.core.host.VenueView;
import io.lockstep.perf.latency.load.Workload;
import io.lockstep.sbe.BooleanType;
import io.lockstep.sbe.DecisionAcknowledgementDecoder;
import io.lockstep.sbe.FeedCondition;
import io.lockstep.sbe.FeedReason;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sequencer.aeron.AeronReceiver;
import io.lockstep.sequencer.aeron.AeronSender;
import io.lockstep.sequencer.egress.LinkEgress;
import io.lockstep.sequencer.egress.ReadinessOptions;
import io.lockstep.sequencer.ingress.IngressMonitor;
import io.lockstep.sequencer.ingress.InputSink;
import io.lockstep.sequencer.ingress.LinkIngress;
import io.lockstep.sequencer.ingress.MessageProblem;
import io.lockstep.sequencer.journal.Journal;
import io.lockstep.sequencer.node.OrderPathRehearsal;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.BusySpinIdleStrategy;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.OffsetEpochNanoClock;

import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * The node's pipe with an empty core: its links, its journal and its phases, documents like its own, numbered, stamped and summed,
 * and what it does while there is nothing to do. In the core's place a prepared order is taken for each input that asks for one.
 * Once linked it allocates nothing; what no input of a measurement can bring is a fault.
 */
public final class PipeLoop implements PathLoop, InputSink, IngressMonitor
{
    private static final int POLL_LIMIT = 256;
    private static final int INCARNATION = 1;

    private final LinkIngress ingress;
    private final LinkEgress egress;
    private final UnacknowledgedDecisions unacknowledged = new UnacknowledgedDecisions();
    private final SourceTable sources = new SourceTable();
    private final Journal journal;
    private final PreparedOrder prepared;
    private final int orderMultiple;
    private final EpochNanoClock clock = new OffsetEpochNanoClock();
    private final IdleStrategy idle = BusySpinIdleStrategy.INSTANCE;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final DecisionAcknowledgementDecoder acknowledgement = new DecisionAcknowledgementDecoder();
    private final OrderPathRehearsal rehearsal;
    private final RecordBatch inputs = new RecordBatch();
    private final RecordBatch decisions = new RecordBatch();
    private long wallTimeNs;
    private long timeNs;
    private long sequence;
    private long chain;

    public PipeLoop(
        final Subscription subscription,
        final ExclusivePublication publication,
        final Journal journal,
        final PreparedOrder prepared,
        final int orderMultiple,
        final long rehearseNs)
    {
        this.journal = journal;
        rehearsal = rehearseNs == 0 ? null : new OrderPathRehearsal(clock, rehearseNs, PipeLoop::fail);
        this.prepared = prepared;
        this.orderMultiple = orderMultiple;
        final TradingCore withoutInstruments = new TradingCore((seq, ordinal, buffer, offset, length) ->
        {
        }, List.of());
        egress = new LinkEgress(INCARNATION, ReadinessOptions.NONE, unacknowledged, withoutInstruments,
            VenueView.of(withoutInstruments),
            new AeronSender(publication));
        ingress = new LinkIngress(List.of(new AeronReceiver(subscription)), sources, egress, this, 0);
    }

    private static void fail(final Throwable error)
    {
        throw new IllegalStateException(error);
    }

    @Override
    public void run(final BooleanSupplier isWanted)
    {
        while (isWanted.getAsBoolean())
        {
            idle.idle(doWork());
        }
    }

    private int doWork()
    {
        wallTimeNs = clock.nanoTime();
        egress.addOwnInputs(this, wallTimeNs);
        int work = ingress.poll(this, POLL_LIMIT, wallTimeNs);
        work += inputs.recordCount();
        if (!inputs.isEmpty())
        {
            walk();
            inputs.clear();
        }
        work += egress.doWork(wallTimeNs);
        ingress.onJournaled(work == 0);
        if (work == 0 && rehearsal != null)
        {
            rehearsal.onIdle(wallTimeNs);
        }
        return work;
    }

    private void walk()
    {
        append(inputs);
        for (int offset = 0; offset < inputs.length();)
        {
            decide(inputs.buffer(), offset);
            offset += RecordDescriptor.recordLength(inputs.buffer(), offset);
        }
        if (!decisions.isEmpty())
        {
            append(decisions);
            decisions.clear();
        }
        egress.flush();
    }

    private void append(final RecordBatch batch)
    {
        if (journal.isSegmentDue(batch.length(), wallTimeNs))
        {
            journal.startSegment();
        }
        for (int offset = 0; offset < batch.length();)
        {
            chain = RecordDescriptor.sealChain(batch.buffer(), offset, chain);
            offset += RecordDescriptor.recordLength(batch.buffer(), offset);
        }
        journal.append(batch);
    }

    private void decide(final DirectBuffer buffer, final int offset)
    {
        sources.onInput(buffer, offset);
        final int message = offset + RecordDescriptor.HEADER_LENGTH;
        if (RecordDescriptor.templateId(buffer, offset) == DecisionAcknowledgementDecoder.TEMPLATE_ID)
        {
            acknowledgement.wrapAndApplyHeader(buffer, message, header);
            unacknowledged.release(VenueView.FIRST_VENUE, acknowledgement.egressSequence());
            return;
        }
        final long updateId = Workload.updateId(buffer, message);
        if (updateId > 0 && Workload.makesOrder(updateId, orderMultiple))
        {
            prepared.next(RecordDescriptor.gatewayTimeNs(buffer, offset));
            final int order = decisions.addRecord(prepared.buffer(), 0, prepared.length());
            stamp(decisions.buffer(), order, RecordDescriptor.sequence(buffer, offset), 1);
            unacknowledged.add(VenueView.FIRST_VENUE, decisions.buffer(), order);
        }
    }

    @Override
    public void onInput(final DirectBuffer buffer, final int offset, final int length)
    {
        timeNs = Math.max(timeNs, RecordDescriptor.gatewayTimeNs(buffer, offset));
        final int input = inputs.addRecord(buffer, offset, length);
        RecordDescriptor.wallTimeNs(inputs.buffer(), input, wallTimeNs);
        stamp(inputs.buffer(), input, ++sequence, 0);
    }

    private void stamp(
        final MutableDirectBuffer buffer, final int offset, final long recordSequence, final int ordinal)
    {
        RecordDescriptor.shard(buffer, offset, 0);
        RecordDescriptor.incarnation(buffer, offset, INCARNATION);
        RecordDescriptor.sequence(buffer, offset, recordSequence);
        RecordDescriptor.ordinal(buffer, offset, ordinal);
        RecordDescriptor.sequencerTimeNs(buffer, offset, timeNs);
        RecordDescriptor.sealChecksum(buffer, offset);
    }

    @Override
    public int messageLengthMax()
    {
        return journal.batchLengthMax();
    }

    @Override
    public void onTime(final long newTimeNs)
    {
        // There are no timers.
    }

    @Override
    public void onSourceStatus(
        final int sourceId,
        final int sourceSession,
        final FeedReason reason,
        final long expected,
        final long actual)
    {
        throw new IllegalStateException("source status: sourceId=" + sourceId + " reason=" + reason);
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
        throw new IllegalStateException("silence: sourceId=" + sourceId + " condition=" + condition);
    }

    @Override
    public void onVenueStatus(final int sourceId, final BooleanType connected, final long silentNs)
    {
        throw new IllegalStateException("venue status: connected=" + connected);
    }

    @Override
    public void onRequestExpired(final int venueId, final DirectBuffer request, final int offset, final long ageNs)
    {
        throw new IllegalStateException("request expired: ageNs=" + ageNs);
    }

    @Override
    public void onGatewayAhead(final int venueId, final long gatewayEgressSequence, final long journalEgressSequence)
    {
        throw new IllegalStateException("gateway ahead: gateway=" + gatewayEgressSequence + " journal=" +
            journalEgressSequence);
    }

    @Override
    public void onRejected(
        final MessageProblem problem, final DirectBuffer buffer, final int offset, final int length,
        final int sessionId)
    {
        throw new IllegalStateException("message refused: " + problem);
    }

    @Override
    public void onRepeat(final int sourceId, final long repeatedSequence)
    {
        // What was sent before the other end was linked may come twice, as it may for a node.
    }

    @Override
    public void onGap(final int sourceId, final long expected, final long actual)
    {
        throw new IllegalStateException("source gap: sourceId=" + sourceId + " expected=" + expected + " actual=" +
            actual);
    }
}
