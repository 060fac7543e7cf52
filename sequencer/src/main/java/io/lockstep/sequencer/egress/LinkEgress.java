package io.lockstep.sequencer.egress;

import io.lockstep.codecs.ClOrdIds;
import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.Nulls;
import io.lockstep.codecs.RecordBatch;
import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.codecs.RecordRing;
import io.lockstep.codecs.transport.MessageSender;
import io.lockstep.core.TradingCore;
import io.lockstep.core.host.SourceTable;
import io.lockstep.core.host.UnacknowledgedDecisions;
import io.lockstep.core.host.VenueView;
import io.lockstep.core.signal.SignalAnswer;
import io.lockstep.sbe.AcknowledgementEncoder;
import io.lockstep.sbe.ChallengeEncoder;
import io.lockstep.sbe.CommandOutcomeEncoder;
import io.lockstep.sbe.CommandReason;
import io.lockstep.sbe.HeartbeatEncoder;
import io.lockstep.sbe.HelloDecoder;
import io.lockstep.sbe.InstrumentDefinitionDecoder;
import io.lockstep.sbe.LinkRefusal;
import io.lockstep.sbe.LinkRefusedEncoder;
import io.lockstep.sbe.MessageHeaderEncoder;
import io.lockstep.sbe.OrderMassStatusRequestEncoder;
import io.lockstep.sbe.RecordKind;
import io.lockstep.sbe.ResumeEncoder;
import io.lockstep.sbe.SetLimitDecoder;
import io.lockstep.sbe.SignalDecoder;
import io.lockstep.sbe.UnsetLimitDecoder;
import io.lockstep.sequencer.ingress.InputSink;
import io.lockstep.sequencer.ingress.LinkSender;
import io.lockstep.sequencer.ingress.ProcessName;
import org.agrona.DirectBuffer;

import java.util.Arrays;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

/**
 * Sends decisions and link messages on one stream that all gateways read; a decision says in its header which source it is for.
 * <p>
 * No decision is sent before the order gateway of its venue has said Hello and {@link GatewayReadiness} is done with it; then sending
 * starts behind what it has. Venues do not wait for each other.
 */
public final class LinkEgress implements Egress, LinkSender
{
    private static final long HEARTBEAT_INTERVAL_NS = 100_000_000L;
    private static final byte[] NO_BYTES = {};

    private final UnacknowledgedDecisions decisions;
    private final VenueView venues;
    private final ReadinessOptions options;
    private final LinkMessages messages;
    private final HelloAnswers answers;
    private final MarketDataRequests snapshots;
    private final RecordBatch outcomes = new RecordBatch();
    private final int incarnation;
    private final TradingCore core;
    private final MessageSender sender;
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final ResumeEncoder resume = new ResumeEncoder();
    private final AcknowledgementEncoder acknowledgement = new AcknowledgementEncoder();
    private final LinkRefusedEncoder linkRefused = new LinkRefusedEncoder();
    private final HeartbeatEncoder heartbeat = new HeartbeatEncoder();
    private final CommandOutcomeEncoder commandOutcome = new CommandOutcomeEncoder();
    private final ChallengeEncoder challenge = new ChallengeEncoder();
    private final OrderMassStatusRequestEncoder massStatusRequest = new OrderMassStatusRequestEncoder();

    private GatewayReadiness[] readiness = new GatewayReadiness[0];
    private int outcomesSent;
    private long lastHeartbeatNs;

    /**
     * @param decisions that the core's host fills and empties, in replay and live.
     * @param core      whose instruments gateways are told of.
     * @param venues    of the core.
     */
    public LinkEgress(
        final int incarnation,
        final ReadinessOptions options,
        final UnacknowledgedDecisions decisions,
        final TradingCore core,
        final VenueView venues,
        final MessageSender sender)
    {
        this.incarnation = incarnation;
        this.core = core;
        this.sender = sender;
        this.venues = venues;
        this.options = options;
        this.decisions = decisions;
        messages = new LinkMessages(sender);
        snapshots = new MarketDataRequests(messages);
        answers = new HelloAnswers(new Defined(), messages, incarnation, new Receivers());
        readiness(VenueView.FIRST_VENUE);
    }

    /** The core's. */
    private final class Defined implements HelloAnswers.Definitions
    {
        @Override
        public int count()
        {
            return core.instrumentCount();
        }

        @Override
        public Instrument instrument(final int id)
        {
            return core.instrument(id);
        }
    }

    /** Decisions are sent behind the Resume: before it they would be lost. */
    private final class Receivers implements HelloAnswers.Receivers
    {
        /** Of the venue whose order gateway the source is; nobody acknowledges decisions to other sources. */
        @Override
        public long acknowledged(final HelloDecoder hello)
        {
            final int venueId = venues.venueOfSource(hello.sourceId());
            return venueId == VenueView.NO_VENUE ? 0 : decisions.ring(venueId).firstSequence() - 1;
        }

        @Override
        public void onAnswered(final HelloDecoder hello)
        {
            final int venueId = venues.venueOfSource(hello.sourceId());
            if (venueId != VenueView.NO_VENUE)
            {
                readiness(venueId).onHello(hello);
            }
        }
    }

    @Override
    public void answer(final HelloDecoder hello, final long lastSourceSequence)
    {
        answers.add(hello, lastSourceSequence);
    }

    private GatewayReadiness readiness(final int venueId)
    {
        for (int id = readiness.length; id <= venueId; id++)
        {
            readiness = Arrays.copyOf(readiness, id + 1);
            readiness[id] = new GatewayReadiness(id, decisions, options, incarnation, venues);
        }
        return readiness[venueId];
    }

    @Override
    public void onReceiverSilent(final int sourceId)
    {
        final int venueId = venues.venueOfSource(sourceId);
        if (venueId != VenueView.NO_VENUE)
        {
            readiness(venueId).onSilent();
        }
    }

    @Override
    public void onReceiverHeard(final int sourceId)
    {
        final int venueId = venues.venueOfSource(sourceId);
        if (venueId != VenueView.NO_VENUE)
        {
            readiness(venueId).onHeard();
        }
    }

    @Override
    public void addOwnInputs(final InputSink sink, final long wallTimeNs)
    {
        for (final GatewayReadiness venue : readiness)
        {
            venue.addOwnInputs(sink, wallTimeNs);
        }
    }

    @Override
    public void onApplied(final DirectBuffer buffer, final int offset, final CommandReason reason)
    {
        for (final GatewayReadiness venue : readiness)
        {
            venue.onApplied(buffer, offset);
        }
        if (RecordDescriptor.templateId(buffer, offset) == InstrumentDefinitionDecoder.TEMPLATE_ID)
        {
            answers.onDefined(buffer.getInt(offset + RecordDescriptor.BODY_OFFSET +
                InstrumentDefinitionDecoder.instrumentIdEncodingOffset(), LITTLE_ENDIAN));
        }
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
            putSignal(RecordDescriptor.templateId(buffer, offset), RecordDescriptor.shard(buffer, offset));
            outcomes.addEncoded(RecordKind.LINK, commandOutcome.encodedLength());
        }
    }

    @Override
    public void onSnapshotsWanted(final RecordBatch ofDecisions)
    {
        snapshots.add(ofDecisions);
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

    private void putSignal(final int templateId, final int shard)
    {
        final boolean isSignal = templateId == SignalDecoder.TEMPLATE_ID;
        final SignalAnswer answer = core.newestSignal();
        commandOutcome
            .riskReasonCode(isSignal
                ? answer.refusal().reason().value()
                : CommandOutcomeEncoder.riskReasonCodeNullValue())
            .strategyId(isSignal ? answer.strategyId() : CommandOutcomeEncoder.strategyIdNullValue())
            .instrumentId(isSignal ? answer.instrumentId() : CommandOutcomeEncoder.instrumentIdNullValue())
            .orderQtyLots(isSignal ? answer.quantityLots() : CommandOutcomeEncoder.orderQtyLotsNullValue());
        final int idOffset = commandOutcome.offset() + CommandOutcomeEncoder.clOrdIdEncodingOffset();
        if (isSignal && answer.hasOrder())
        {
            ClOrdIds.encode(
                outcomes.buffer(), idOffset, shard, answer.incarnation(), answer.sequence(), answer.ordinal());
        }
        else
        {
            outcomes.buffer().setMemory(idOffset, ClOrdIds.LENGTH, (byte)' ');
        }
    }

    @Override
    public void flush()
    {
        for (int venueId = 0; venueId < readiness.length; venueId++)
        {
            if (isTaking(readiness[venueId]) && !flush(decisions.ring(venueId)))
            {
                return;
            }
        }
    }

    /** A gateway whose Hello waits for its answer goes on behind the Resume, from where the Hello says. */
    private boolean isTaking(final GatewayReadiness venue)
    {
        return venue.isReady() && !answers.isWaiting(venue.sourceId());
    }

    /** Returns false when the link takes no more for now. */
    private boolean flush(final RecordRing ring)
    {
        while (ring.hasUnsent())
        {
            final int offset = ring.unsentOffset();
            final int length = RecordDescriptor.recordLength(ring.buffer(), offset);
            if (sender.offer(ring.buffer(), offset, length) < 0)
            {
                return false;
            }
            ring.advance();
        }
        return true;
    }

    @Override
    public int doWork(final long wallTimeNs)
    {
        flush();
        sendOutcomes();
        if (!answers.isIdle())
        {
            answers.send();
        }
        if (!snapshots.isIdle())
        {
            snapshots.send(wallTimeNs);
        }
        for (final GatewayReadiness venue : readiness)
        {
            if (venue.isInquiryDue())
            {
                venue.beginInquiry();
                askHowOrdersStand(venue, wallTimeNs);
            }
            else if (venue.isAskDue(wallTimeNs))
            {
                askHowOrdersStand(venue, wallTimeNs);
            }
        }
        final long sinceHeartbeatNs = wallTimeNs - lastHeartbeatNs;
        // Also when the clock has stepped back.
        if (sinceHeartbeatNs >= HEARTBEAT_INTERVAL_NS || sinceHeartbeatNs < 0)
        {
            lastHeartbeatNs = wallTimeNs;
            messages.begin(heartbeat)
                .sourceId(SourceTable.NODE)
                .sourceSession(incarnation)
                .lastSequence(decisions.ring(VenueView.FIRST_VENUE).unsentSequence() - 1);
            messages.send(heartbeat);
        }
        return 0;
    }

    private void askHowOrdersStand(final GatewayReadiness venue, final long wallTimeNs)
    {
        messages.begin(massStatusRequest)
            .sourceId(venue.sourceId())
            .sourceSession(venue.sourceSession())
            .incarnation(incarnation)
            .lastExecId(venue.lastExecId())
            .massStatusReqId(venue.requestId());
        if (messages.send(massStatusRequest) > 0)
        {
            venue.onAsked(wallTimeNs);
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
        messages.begin(resume)
            .sourceId(sourceId)
            .sourceSession(sourceSession)
            .incarnation(incarnation)
            .lastSourceSequence(lastSourceSequence)
            .decisionsAcknowledged(Nulls.NULL_LONG)
            .definitions(0);
        messages.send(resume, sourceId, sourceSession);
    }

    @Override
    public void refuse(
        final int sourceId,
        final int sourceSession,
        final int holderSession,
        final long holderHeard,
        final ProcessName holderProcess)
    {
        messages.begin(linkRefused)
            .sourceId(sourceId)
            .sourceSession(sourceSession)
            .holderSession(holderSession)
            .holderHeard(holderHeard)
            .reason(LinkRefusal.SOURCE_HELD)
            .putHolderProcess(holderProcess.bytes(), 0, holderProcess.length());
        messages.send(linkRefused, sourceId, sourceSession);
    }

    @Override
    public void refuse(final int sourceId, final int sourceSession, final LinkRefusal reason)
    {
        messages.begin(linkRefused)
            .sourceId(sourceId)
            .sourceSession(sourceSession)
            .holderSession(0)
            .holderHeard(0)
            .reason(reason)
            .putHolderProcess(NO_BYTES, 0, 0);
        messages.send(linkRefused, sourceId, sourceSession);
    }

    @Override
    public void challenge(final int sourceId, final int sourceSession, final byte[] nonce)
    {
        messages.begin(challenge)
            .sourceId(sourceId)
            .sourceSession(sourceSession)
            .putNonce(nonce, 0, nonce.length);
        messages.send(challenge, sourceId, sourceSession);
    }

    @Override
    public boolean acknowledge(final int sourceId, final int sourceSession, final long sourceSequence)
    {
        messages.begin(acknowledgement)
            .sourceId(sourceId)
            .sourceSession(sourceSession)
            .sourceSequence(sourceSequence);
        return messages.send(acknowledgement, sourceId, sourceSession) > 0;
    }

    /** Whether decisions are being sent to every venue's order gateway. */
    public boolean isReceiverReady()
    {
        for (int venueId = 0; venueId < venues.count(); venueId++)
        {
            if (!readiness(venueId).isReady())
            {
                return false;
            }
        }
        return true;
    }

    /** Whether decisions are being sent to the order gateway of the venue. */
    public boolean isReceiverReady(final int venueId)
    {
        return readiness(venueId).isReady();
    }

    /** Whether there is any order gateway that is not silent, though it may not have said yet how its orders stand. */
    public boolean isReceiverThere()
    {
        for (final GatewayReadiness venue : readiness)
        {
            if (venue.isThere())
            {
                return true;
            }
        }
        return false;
    }

    /** Decisions that no gateway has acknowledged. */
    public long unacknowledged()
    {
        return decisions.count();
    }
}
