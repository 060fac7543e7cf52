package io.lockstep.sequencer.egress;

import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.Nulls;
import io.lockstep.codecs.RecordBatch;
import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.codecs.RecordRing;
import io.lockstep.codecs.transport.MessageSender;
import io.lockstep.core.TradingCore;
import io.lockstep.core.host.SourceTable;
import io.lockstep.core.host.UnacknowledgedDecisions;
import io.lockstep.sbe.AcknowledgementEncoder;
import io.lockstep.sbe.CommandOutcomeEncoder;
import io.lockstep.sbe.CommandReason;
import io.lockstep.sbe.HeartbeatEncoder;
import io.lockstep.sbe.HelloDecoder;
import io.lockstep.sbe.InstrumentDefinitionEncoder;
import io.lockstep.sbe.LinkRefusedEncoder;
import io.lockstep.sbe.MessageHeaderEncoder;
import io.lockstep.sbe.OrderMassStatusRequestEncoder;
import io.lockstep.sbe.RecordKind;
import io.lockstep.sbe.ResumeEncoder;
import io.lockstep.sbe.SetLimitDecoder;
import io.lockstep.sbe.UnsetLimitDecoder;
import io.lockstep.sequencer.ingress.InputSink;
import io.lockstep.sequencer.ingress.LinkSender;
import org.agrona.DirectBuffer;

/**
 * Sends decisions and link messages on one stream that all gateways read.
 * <p>
 * Nothing is sent before the order gateway has said Hello and {@link Reconciliation} is done with it; then sending starts behind
 * what it has.
 */
public final class LinkEgress implements Egress, LinkSender
{
    private static final long HEARTBEAT_INTERVAL_NS = 100_000_000L;

    private final RecordRing ring;
    private final RecordBatch link = new RecordBatch();
    private final RecordBatch outcomes = new RecordBatch();
    private final Reconciliation reconciliation;
    private final int incarnation;
    private final TradingCore core;
    private final MessageSender sender;
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final ResumeEncoder resume = new ResumeEncoder();
    private final AcknowledgementEncoder acknowledgement = new AcknowledgementEncoder();
    private final LinkRefusedEncoder linkRefused = new LinkRefusedEncoder();
    private final HeartbeatEncoder heartbeat = new HeartbeatEncoder();
    private final CommandOutcomeEncoder commandOutcome = new CommandOutcomeEncoder();
    private final InstrumentDefinitionEncoder definition = new InstrumentDefinitionEncoder();
    private final OrderMassStatusRequestEncoder massStatusRequest = new OrderMassStatusRequestEncoder();

    private int outcomesSent;
    private long lastHeartbeatNs;

    /**
     * @param decisions that the core's host fills and empties, in replay and live.
     * @param core      whose instruments gateways are told of.
     */
    public LinkEgress(
        final int incarnation,
        final ReconciliationOptions options,
        final UnacknowledgedDecisions decisions,
        final TradingCore core,
        final MessageSender sender)
    {
        this.incarnation = incarnation;
        this.core = core;
        this.sender = sender;
        ring = decisions.ring();
        reconciliation = new Reconciliation(ring, options, incarnation, core::lastExecId);
    }

    @Override
    public void onReceiverReady(final HelloDecoder hello)
    {
        reconciliation.onHello(hello);
    }

    @Override
    public void onReceiverSilent()
    {
        reconciliation.onSilent();
    }

    @Override
    public void onReceiverHeard()
    {
        reconciliation.onHeard();
    }

    @Override
    public void addOwnInputs(final InputSink sink, final long wallTimeNs)
    {
        reconciliation.addOwnInputs(sink, wallTimeNs);
    }

    @Override
    public void onApplied(final DirectBuffer buffer, final int offset, final CommandReason reason)
    {
        reconciliation.onApplied(buffer, offset);
        final int sourceId = RecordDescriptor.sourceId(buffer, offset);
        if (reason != CommandReason.NULL_VAL && sourceId != SourceTable.NODE)
        {
            commandOutcome.wrapAndApplyHeader(outcomes.buffer(), outcomes.nextMessageOffset(), header)
                .sourceId(sourceId)
                .sourceSession(RecordDescriptor.sourceSession(buffer, offset))
                .sourceSequence(RecordDescriptor.sourceSequence(buffer, offset))
                .sequence(RecordDescriptor.sequence(buffer, offset))
                .reason(reason);
            putLimit(RecordDescriptor.templateId(buffer, offset));
            outcomes.addEncoded(RecordKind.LINK, commandOutcome.encodedLength());
        }
    }

    private void putLimit(final int templateId)
    {
        final boolean isLimit = templateId == SetLimitDecoder.TEMPLATE_ID
            || templateId == UnsetLimitDecoder.TEMPLATE_ID;
        commandOutcome
            .previousMantissa(isLimit ? core.previousLimitMantissa() : Nulls.NULL_LONG)
            .previousExponent((byte)(isLimit ? core.previousLimitExponent() : 0))
            .mantissa(isLimit ? core.currentLimitMantissa() : Nulls.NULL_LONG)
            .exponent((byte)(isLimit ? core.currentLimitExponent() : 0));
    }

    @Override
    public void flush()
    {
        while (reconciliation.isReady() && ring.hasUnsent())
        {
            final int offset = ring.unsentOffset();
            final int length = RecordDescriptor.recordLength(ring.buffer(), offset);
            if (sender.offer(ring.buffer(), offset, length) < 0)
            {
                return;
            }
            ring.advance();
        }
    }

    @Override
    public int doWork(final long wallTimeNs)
    {
        flush();
        sendOutcomes();
        if (reconciliation.isAskDue(wallTimeNs))
        {
            askHowOrdersStand(wallTimeNs);
        }
        final long sinceHeartbeatNs = wallTimeNs - lastHeartbeatNs;
        // Also when the clock has stepped back.
        if (sinceHeartbeatNs >= HEARTBEAT_INTERVAL_NS || sinceHeartbeatNs < 0)
        {
            lastHeartbeatNs = wallTimeNs;
            heartbeat.wrapAndApplyHeader(link.buffer(), link.nextMessageOffset(), header)
                .sourceId(SourceTable.NODE)
                .sourceSession(incarnation)
                .lastSequence(ring.unsentSequence() - 1);
            sendLink(heartbeat.encodedLength());
        }
        return 0;
    }

    private void askHowOrdersStand(final long wallTimeNs)
    {
        massStatusRequest.wrapAndApplyHeader(link.buffer(), link.nextMessageOffset(), header)
            .sourceId(reconciliation.sourceId())
            .sourceSession(reconciliation.sourceSession())
            .incarnation(incarnation)
            .lastExecId(reconciliation.lastExecId())
            .massStatusReqId(reconciliation.requestId());
        if (sendLink(massStatusRequest.encodedLength()))
        {
            reconciliation.onAsked(wallTimeNs);
        }
    }

    private void sendOutcomes()
    {
        while (outcomesSent < outcomes.length())
        {
            final int length = RecordDescriptor.recordLength(outcomes.buffer(), outcomesSent);
            final long result = sender.offer(outcomes.buffer(), outcomesSent, length);
            if (result == MessageSender.BACK_PRESSURED || result == MessageSender.ADMIN_ACTION)
            {
                return;
            }
            outcomesSent += length;
        }
        outcomes.clear();
        outcomesSent = 0;
    }

    @Override
    public void resume(final int sourceId, final int sourceSession, final long lastSourceSequence)
    {
        for (int id = 0; id < core.instrumentCount(); id++)
        {
            final Instrument instrument = core.instrument(id);
            instrument.encode(
                definition.wrapAndApplyHeader(link.buffer(), link.nextMessageOffset(), header));
            if (!sendLink(definition.encodedLength()))
            {
                // A gateway that resumes must know every instrument; without an answer it says Hello again.
                return;
            }
        }
        resume.wrapAndApplyHeader(link.buffer(), link.nextMessageOffset(), header)
            .sourceId(sourceId)
            .sourceSession(sourceSession)
            .incarnation(incarnation)
            .lastSourceSequence(lastSourceSequence)
            .decisionsAcknowledged(ring.firstSequence() - 1);
        sendLink(resume.encodedLength());
    }

    @Override
    public void refuse(
        final int sourceId,
        final int sourceSession,
        final int holderSession,
        final long holderHeard,
        final String holderProcess)
    {
        linkRefused.wrapAndApplyHeader(link.buffer(), link.nextMessageOffset(), header)
            .sourceId(sourceId)
            .sourceSession(sourceSession)
            .holderSession(holderSession)
            .holderHeard(holderHeard)
            .holderProcess(holderProcess);
        sendLink(linkRefused.encodedLength());
    }

    @Override
    public boolean acknowledge(final int sourceId, final int sourceSession, final long sourceSequence)
    {
        acknowledgement.wrapAndApplyHeader(link.buffer(), link.nextMessageOffset(), header)
            .sourceId(sourceId)
            .sourceSession(sourceSession)
            .sourceSequence(sourceSequence);
        return sendLink(acknowledgement.encodedLength());
    }

    private boolean sendLink(final int encodedLength)
    {
        final int offset = link.addEncoded(RecordKind.LINK, encodedLength);
        final boolean sent = sender.offer(link.buffer(), offset, link.length()) >= 0;
        link.clear();
        return sent;
    }

    /** Whether decisions are being sent. */
    public boolean isReceiverReady()
    {
        return reconciliation.isReady();
    }

    /** Whether there is an order gateway that is not silent, though it may not have said yet how its orders stand. */
    public boolean isReceiverThere()
    {
        return reconciliation.isThere();
    }

    /** Decisions that the gateway has not acknowledged. */
    public long unacknowledged()
    {
        return ring.nextSequence() - ring.firstSequence();
    }
}
