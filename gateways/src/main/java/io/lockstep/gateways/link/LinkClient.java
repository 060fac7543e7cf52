package io.lockstep.gateways.link;

import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.codecs.RecordRing;
import io.lockstep.codecs.text.Escapes;
import io.lockstep.codecs.transport.MessageHandler;
import io.lockstep.codecs.transport.MessageReceiver;
import io.lockstep.codecs.transport.MessageSender;
import io.lockstep.sbe.AcknowledgementDecoder;
import io.lockstep.sbe.BooleanType;
import io.lockstep.sbe.ChallengeDecoder;
import io.lockstep.sbe.CommandOutcomeDecoder;
import io.lockstep.sbe.DecisionWithdrawnDecoder;
import io.lockstep.sbe.HeartbeatEncoder;
import io.lockstep.sbe.HelloEncoder;
import io.lockstep.sbe.InstrumentDefinitionDecoder;
import io.lockstep.sbe.LinkRefusal;
import io.lockstep.sbe.LinkRefusedDecoder;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.MessageHeaderEncoder;
import io.lockstep.sbe.OrderMassStatusRequestDecoder;
import io.lockstep.sbe.RecordKind;
import io.lockstep.sbe.ResumeDecoder;
import io.lockstep.sbe.SnapshotWantedDecoder;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.sbe.MessageEncoderFlyweight;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;

/**
 * A gateway's end of its link to the node: numbers what it sends, keeps it until the node has it in its journal, and
 * after any break goes on exactly where the node's journal stops.
 * <p>
 * Single-threaded: one thread calls {@link #poll} and {@link #offer}. No allocation once linked, but for
 * instruments that the node defines meanwhile. What the listener throws,
 * {@link #poll} throws. Both throw {@link LinkEndedException} when there is no way to the node any more; {@link #poll} throws
 * {@link SourceHeldException} when another gateway that lives has the source id, and {@link SourceRefusedException} when the node
 * asks for a proof that the source cannot give.
 */
public final class LinkClient
{
    private static final long HELLO_INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long HEARTBEAT_INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final int POLL_LIMIT = 64;
    private static final int SCRATCH_LENGTH = 1 << 16;
    private static final long NO_DECISIONS = 0;
    /** What the holder of the source id sent before its death may be under way for so long. */
    private static final long HOLDER_WATCH_NS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long REFUSAL_FORGOTTEN_NS = TimeUnit.SECONDS.toNanos(2);
    private static final int PROOFS_MAX = 3;

    private final MessageSender sender;
    private final MessageReceiver receiver;
    private final MessageHandler handler = this::onMessage;
    private final LinkListener listener;
    private final int sourceId;
    private final int session;
    private final boolean receivesDecisions;
    private final boolean wantsDefinitions;
    private final RecordRing ring;
    private final UnsafeBuffer scratch = new UnsafeBuffer(ByteBuffer.allocateDirect(SCRATCH_LENGTH));
    private final MessageHeaderEncoder headerEncoder = new MessageHeaderEncoder();
    private final HelloEncoder hello = new HelloEncoder();
    private final HeartbeatEncoder heartbeat = new HeartbeatEncoder();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final ResumeDecoder resume = new ResumeDecoder();
    private final LinkRefusedDecoder refusal = new LinkRefusedDecoder();
    private final AcknowledgementDecoder acknowledgement = new AcknowledgementDecoder();
    private final CommandOutcomeDecoder outcome = new CommandOutcomeDecoder();
    private final OrderMassStatusRequestDecoder massStatusRequest = new OrderMassStatusRequestDecoder();
    private final InstrumentDefinitionDecoder definition = new InstrumentDefinitionDecoder();
    private final ChallengeDecoder challenge = new ChallengeDecoder();
    private final SnapshotWantedDecoder snapshotWanted = new SnapshotWantedDecoder();
    private final LinkInstruments instruments = new LinkInstruments();
    private final SessionProof proof;

    private int nodeSessionId;
    private boolean linked;
    private boolean helloSaid;
    private long lastHelloNs;
    private long nowNs;
    private long lastSentNs;
    private long decisionsReceived = NO_DECISIONS;
    private long decisionsSaid = NO_DECISIONS;
    private int decisionIncarnation;
    private long decisionSequence;
    private int decisionOrdinal;
    private int statusIncarnation;
    private int statusReqId;
    private long acknowledged;
    private long decisionsAcknowledged = NO_DECISIONS;
    private long nodeHeardNs;
    private final String process;
    private final boolean operator;
    private boolean refused;
    private int proofsRefused;
    private boolean watchesHolder;
    private long refusedSinceNs;
    private long refusedNs;
    private long holderHeard;

    public LinkClient(
        final MessageSender sender,
        final MessageReceiver receiver,
        final LinkListener listener,
        final LinkOptions options)
    {
        this.process = LinkProcess.text();
        this.operator = options.isOperator();
        this.sender = sender;
        this.receiver = receiver;
        this.listener = listener;
        this.sourceId = options.sourceId();
        this.session = options.session();
        this.receivesDecisions = options.receivesDecisions();
        this.wantsDefinitions = options.wantsDefinitions();
        this.proof = new SessionProof(options.key());
        this.ring = new RecordRing(options.ringCapacity(), 1);
    }

    /**
     * As {@link LinkOptions#gateway} has it.
     *
     * @param ringCapacity bytes kept for the node, a power of two; when it is full, {@link #offer} refuses.
     */
    public LinkClient(
        final MessageSender sender,
        final MessageReceiver receiver,
        final LinkListener listener,
        final int sourceId,
        final int session,
        final boolean receivesDecisions,
        final int ringCapacity)
    {
        this(sender, receiver, listener,
            LinkOptions.gateway(sourceId, session, receivesDecisions, ringCapacity));
    }

    /**
     * Takes an SBE message for the node.
     *
     * @param offset of the messageHeader.
     * @return false when the ring is full: nothing was taken, try again after {@link #poll}.
     */
    public boolean offer(
        final DirectBuffer message,
        final int offset,
        final int length,
        final long venueTimeNs,
        final long gatewayTimeNs)
    {
        if (RecordDescriptor.recordLength(length) > scratch.capacity())
        {
            growScratch(RecordDescriptor.recordLength(length));
        }
        final int recordLength = RecordDescriptor.begin(scratch, 0, RecordKind.INPUT, length);
        scratch.putBytes(RecordDescriptor.HEADER_LENGTH, message, offset, length);
        RecordDescriptor.sourceId(scratch, 0, sourceId);
        RecordDescriptor.sourceSession(scratch, 0, session);
        RecordDescriptor.sourceSequence(scratch, 0, ring.nextSequence());
        RecordDescriptor.venueTimeNs(scratch, 0, venueTimeNs);
        RecordDescriptor.gatewayTimeNs(scratch, 0, gatewayTimeNs);
        if (ring.append(scratch, 0, recordLength) < 0)
        {
            return false;
        }
        send();
        return true;
    }

    private void growScratch(final int length)
    {
        scratch.wrap(ByteBuffer.allocateDirect(BitUtil.findNextPositivePowerOfTwo(length)));
    }

    /** One duty cycle: hears the node, says Hello where needed, sends what waits, or that there is nothing to send. */
    public int poll(final long newNowNs)
    {
        nowNs = newNowNs;
        int work = receiver.poll(handler, POLL_LIMIT);
        if (linked && !receiver.isConnected())
        {
            unlink();
        }
        if (!linked && (!helloSaid || nowNs - lastHelloNs >= HELLO_INTERVAL_NS))
        {
            helloSaid = true;
            lastHelloNs = nowNs;
            sayHello();
        }
        work += send();
        if (linked && nowNs - lastSentNs >= HEARTBEAT_INTERVAL_NS)
        {
            sendHeartbeat();
        }
        return work;
    }

    private int send()
    {
        int sent = 0;
        while (linked && ring.hasUnsent())
        {
            final int offset = ring.unsentOffset();
            final int length = RecordDescriptor.recordLength(ring.buffer(), offset);
            if (!publish(ring.buffer(), offset, length))
            {
                break;
            }
            ring.advance();
            sent++;
        }
        return sent;
    }

    private void sayHello()
    {
        decisionsSaid = decisionsReceived;
        hello.wrapAndApplyHeader(scratch, RecordDescriptor.HEADER_LENGTH, headerEncoder)
            .sourceId(sourceId)
            .sourceSession(session)
            .firstAvailable(ring.firstSequence())
            .receivesDecisions(receivesDecisions ? BooleanType.TRUE : BooleanType.FALSE)
            .decisionsReceived(decisionsReceived)
            .decisionIncarnation(decisionIncarnation)
            .decisionSequence(decisionSequence)
            .decisionOrdinal(decisionOrdinal)
            .givesCommands(operator ? BooleanType.TRUE : BooleanType.FALSE)
            .wantsDefinitions(wantsDefinitions && !instruments.isComplete() ? BooleanType.TRUE : BooleanType.FALSE)
            .process(process);
        proof.put(hello);
        publishLink(hello);
    }

    private void sendHeartbeat()
    {
        heartbeat.wrapAndApplyHeader(scratch, RecordDescriptor.HEADER_LENGTH, headerEncoder)
            .sourceId(sourceId)
            .sourceSession(session)
            .lastSequence(ring.unsentSequence() - 1);
        publishLink(heartbeat);
    }

    private void publishLink(final MessageEncoderFlyweight message)
    {
        final int length = RecordDescriptor.begin(
            scratch, 0, RecordKind.LINK, MessageHeaderEncoder.ENCODED_LENGTH + message.encodedLength());
        publish(scratch, 0, length);
    }

    private boolean publish(final DirectBuffer buffer, final int offset, final int length)
    {
        final long position = sender.offer(buffer, offset, length);
        if (position == MessageSender.CLOSED || position == MessageSender.MAX_POSITION_EXCEEDED)
        {
            // It will never take anything again, so to wait would be for ever.
            throw new LinkEndedException("the publication to the node has ended: sourceId=" + sourceId +
                " channel=" + sender + " closed=" + (position == MessageSender.CLOSED) +
                " unacknowledged=" + (offered() - acknowledged));
        }
        lastSentNs = position > 0 ? nowNs : lastSentNs;
        return position > 0;
    }

    private void unlink()
    {
        linked = false;
        listener.onUnlinked();
    }

    private void onMessage(final DirectBuffer buffer, final int offset, final int length, final int sessionId)
    {
        if (sessionId != nodeSessionId)
        {
            // Another incarnation of the node: what was said to the one before may not have reached its journal.
            nodeSessionId = sessionId;
            instruments.begin();
            proof.forget();
            if (linked)
            {
                unlink();
            }
        }
        if (!RecordDescriptor.isLengthValid(buffer, offset, length))
        {
            return;
        }
        nodeHeardNs = nowNs;
        if (RecordDescriptor.kind(buffer, offset) == RecordKind.LINK.value())
        {
            onLinkMessage(buffer, offset, length);
        }
        else
        {
            onDecision(buffer, offset, length);
        }
    }

    private void onLinkMessage(final DirectBuffer buffer, final int recordOffset, final int length)
    {
        final int offset = recordOffset + RecordDescriptor.HEADER_LENGTH;
        switch (RecordDescriptor.templateId(buffer, recordOffset))
        {
            case DecisionWithdrawnDecoder.TEMPLATE_ID -> onDecision(buffer, recordOffset, length);
            case OrderMassStatusRequestDecoder.TEMPLATE_ID -> onMassStatusRequest(buffer, offset);
            case AcknowledgementDecoder.TEMPLATE_ID -> onAcknowledgement(buffer, offset);
            case ResumeDecoder.TEMPLATE_ID -> onResume(buffer, offset);
            case LinkRefusedDecoder.TEMPLATE_ID -> onRefused(buffer, offset);
            case InstrumentDefinitionDecoder.TEMPLATE_ID -> onDefinition(buffer, recordOffset);
            case ChallengeDecoder.TEMPLATE_ID -> onChallenge(buffer, offset);
            case SnapshotWantedDecoder.TEMPLATE_ID -> onSnapshotWanted(buffer, offset);
            case CommandOutcomeDecoder.TEMPLATE_ID -> onOutcome(buffer, offset);
            default -> {
                // A heartbeat, or something newer that this gateway does not need.
            }
        }
    }

    private void onAcknowledgement(final DirectBuffer buffer, final int offset)
    {
        acknowledgement.wrapAndApplyHeader(buffer, offset, header);
        if (acknowledgement.sourceId() == sourceId && acknowledgement.sourceSession() == session)
        {
            release(acknowledgement.sourceSequence());
        }
    }

    private void onResume(final DirectBuffer buffer, final int offset)
    {
        resume.wrapAndApplyHeader(buffer, offset, header);
        if (resume.sourceId() != sourceId || resume.sourceSession() != session)
        {
            return;
        }
        if (resume.lastSourceSequence() + 1 < ring.firstSequence())
        {
            // The node wants what is no longer here, or a Hello; the Hello says what there is.
            if (linked)
            {
                unlink();
            }
        }
        else if (!linked && decisionsSaid != decisionsReceived)
        {
            // It answers a Hello of the time before the last decisions, which came late, from a node that may have lost them.
            helloSaid = false;
        }
        else if (!linked && wantsDefinitions && !instruments.complete(Math.max(0, resume.definitions())))
        {
            // Some of them were lost, with the stream they came by: the Hello that comes next asks for them again.
            instruments.begin();
        }
        else
        {
            release(resume.lastSourceSequence());
            ring.seek(resume.lastSourceSequence() + 1);
            if (!linked)
            {
                linked = true;
                decisionsAcknowledged = Math.max(NO_DECISIONS, resume.decisionsAcknowledged());
                refused = false;
                proofsRefused = 0;
                listener.onLinked(resume.incarnation());
            }
        }
    }

    /**
     * Another gateway has the source id. It may be dead, this one's predecessor, and the node not have missed it yet: Hello is said
     * until the node takes it, or the other has been heard meanwhile.
     */
    private void onRefused(final DirectBuffer buffer, final int offset)
    {
        refusal.wrapAndApplyHeader(buffer, offset, header);
        if (refusal.sourceId() != sourceId || refusal.sourceSession() != session)
        {
            return;
        }
        if (linked)
        {
            unlink();
        }
        final LinkRefusal reason = refusal.reason();
        if (reason == LinkRefusal.SOURCE_UNDEFINED)
        {
            throw new SourceRefusedException("the node on " + sender + " knows its sources, and sourceId=" + sourceId +
                " is none of them; expected an entry for it in the node's configuration (sources)");
        }
        if (reason == LinkRefusal.PROOF_WRONG || reason == LinkRefusal.SOURCE_UNKNOWN)
        {
            onProofRefused(reason);
            return;
        }
        if (!refused || nowNs - refusedNs > REFUSAL_FORGOTTEN_NS)
        {
            refusedSinceNs = nowNs;
            watchesHolder = false;
        }
        refused = true;
        refusedNs = nowNs;
        if (watchesHolder && refusal.holderHeard() != holderHeard)
        {
            throw new SourceHeldException("sourceId=" + sourceId + " on " + sender +
                " is held by another gateway, whose link lives: holder=" + holder() + " this=" + process +
                " (session " + session + "); expected one gateway for a source id, stop one of them");
        }
        if (!watchesHolder && nowNs - refusedSinceNs >= HOLDER_WATCH_NS)
        {
            watchesHolder = true;
            holderHeard = refusal.holderHeard();
        }
    }

    /** One proof may have been over the challenge of a node that has gone since. */
    private void onProofRefused(final LinkRefusal reason)
    {
        proof.forget();
        if (reason == LinkRefusal.SOURCE_UNKNOWN)
        {
            throw new SourceRefusedException("the node on " + sender + " has keys, and none for sourceId=" + sourceId +
                "; expected a line for it in the node's file of keys (aeron.keys)");
        }
        if (++proofsRefused == PROOFS_MAX)
        {
            throw new SourceRefusedException("the node on " + sender + " refuses the proof of sourceId=" + sourceId +
                ": its key for it is another; expected the same key in the node's file of keys (aeron.keys) and in this "
                +
                "gateway's");
        }
    }

    private void onChallenge(final DirectBuffer buffer, final int offset)
    {
        challenge.wrapAndApplyHeader(buffer, offset, header);
        if (linked || challenge.sourceId() != sourceId || challenge.sourceSession() != session)
        {
            return;
        }
        if (!proof.hasKey())
        {
            throw new SourceRefusedException("the node on " + sender + " asks for a proof that sourceId=" + sourceId +
                " has its key, and this gateway has none; expected a line for it in its file of keys (aeron.keys)");
        }
        if (proof.make(challenge, sourceId, session))
        {
            helloSaid = false;
        }
    }

    private void onSnapshotWanted(final DirectBuffer buffer, final int offset)
    {
        snapshotWanted.wrapAndApplyHeader(buffer, offset, header);
        if (linked && snapshotWanted.sourceId() == sourceId)
        {
            listener.onSnapshotWanted(snapshotWanted.instrumentId(), snapshotWanted.sequence());
        }
    }

    private String holder()
    {
        final int holderSession = refusal.holderSession();
        final String holder = Escapes.line(refusal.holderProcess());
        return (holder.isEmpty() ? "unknown process" : holder) + " (session " + holderSession + ")";
    }

    private void release(final long sequence)
    {
        ring.release(sequence);
        acknowledged = Math.max(acknowledged, sequence);
    }

    /** One that names nobody is for all gateways. */
    private void onDefinition(final DirectBuffer buffer, final int recordOffset)
    {
        final int addressee = RecordDescriptor.sourceId(buffer, recordOffset);
        if (addressee != 0
            && (addressee != sourceId || RecordDescriptor.sourceSession(buffer, recordOffset) != session))
        {
            return;
        }
        definition.wrapAndApplyHeader(buffer, recordOffset + RecordDescriptor.HEADER_LENGTH, header);
        final Instrument changed = instruments.take(definition);
        if (changed != null)
        {
            listener.onInstrument(changed);
        }
    }

    private void onOutcome(final DirectBuffer buffer, final int offset)
    {
        outcome.wrapAndApplyHeader(buffer, offset, header);
        if (outcome.sourceId() == sourceId && outcome.sourceSession() == session)
        {
            listener.onOutcome(outcome);
        }
    }

    private void onDecision(final DirectBuffer buffer, final int offset, final int length)
    {
        final long egressSequence = RecordDescriptor.sourceSequence(buffer, offset);
        if (!linked || !receivesDecisions || isOfAnotherVenue(buffer, offset) || egressSequence <= decisionsReceived)
        {
            return;
        }
        // A gateway that starts on a node with a past begins where the node does: behind the Resume come the decisions
        // that no gateway has acknowledged.
        if (egressSequence != decisionsReceived + 1 && decisionsReceived != NO_DECISIONS)
        {
            // Something was lost: the Hello says how far this gateway has got.
            unlink();
            return;
        }
        decisionsReceived = egressSequence;
        decisionIncarnation = RecordDescriptor.incarnation(buffer, offset);
        decisionSequence = RecordDescriptor.sequence(buffer, offset);
        decisionOrdinal = RecordDescriptor.ordinal(buffer, offset);
        // A request that was withdrawn takes up its number, and is for nobody.
        if (RecordDescriptor.templateId(buffer, offset) != DecisionWithdrawnDecoder.TEMPLATE_ID)
        {
            listener.onDecision(buffer, offset + RecordDescriptor.HEADER_LENGTH,
                length - RecordDescriptor.HEADER_LENGTH, egressSequence);
        }
    }

    /** All order gateways read one stream; without a venue's definition there is one, and its decisions name no source. */
    private boolean isOfAnotherVenue(final DirectBuffer buffer, final int offset)
    {
        final int receiverId = RecordDescriptor.sourceId(buffer, offset);
        return receiverId != 0 && receiverId != sourceId;
    }

    private void onMassStatusRequest(final DirectBuffer buffer, final int offset)
    {
        massStatusRequest.wrapAndApplyHeader(buffer, offset, header);
        final boolean isKnown = massStatusRequest.incarnation() == statusIncarnation &&
            massStatusRequest.massStatusReqId() == statusReqId;
        if (linked && massStatusRequest.sourceId() == sourceId && massStatusRequest.sourceSession() == session
            && !isKnown)
        {
            statusIncarnation = massStatusRequest.incarnation();
            statusReqId = massStatusRequest.massStatusReqId();
            listener.onMassStatusRequest(statusIncarnation, statusReqId, massStatusRequest.lastExecId());
        }
    }

    /** Whether the node has answered and takes messages. */
    public boolean isLinked()
    {
        return linked;
    }

    /** Whether the node has said that another gateway has the source id, and has not linked this one since. */
    public boolean isRefused()
    {
        return refused;
    }

    /** Messages taken by {@link #offer} so far. */
    public long offered()
    {
        return ring.nextSequence() - 1;
    }

    /** Messages that are in the node's journal. */
    public long acknowledged()
    {
        return acknowledged;
    }

    /**
     * Takes up behind a decision that an earlier process of this gateway has handled; the node sends those that follow it.
     *
     * @param egressSequence of that decision; 0 for none.
     * @param incarnation    that made it; with sequence and ordinal it names it, whatever became of the node's journal.
     */
    public void startBehind(
        final long egressSequence, final int incarnation, final long sequence, final int ordinal)
    {
        decisionsReceived = egressSequence;
        decisionIncarnation = incarnation;
        decisionSequence = sequence;
        decisionOrdinal = ordinal;
    }

    /** Highest egress sequence handled. */
    public long decisionsReceived()
    {
        return decisionsReceived;
    }

    /** Incarnation of the node that made the decision with the highest egress sequence handled; 0 before any. */
    public int decisionIncarnation()
    {
        return decisionIncarnation;
    }

    /** Sequence of the input that caused that decision. */
    public long decisionSequence()
    {
        return decisionSequence;
    }

    /** Ordinal of that decision among those of its input. */
    public int decisionOrdinal()
    {
        return decisionOrdinal;
    }

    /** Highest egress sequence that the node had an acknowledgement of when it linked this gateway; 0 for none. */
    public long decisionsAcknowledged()
    {
        return decisionsAcknowledged;
    }

    /** Time given to the newest {@link #poll} that heard anything of the node; 0 before any did. */
    public long nodeHeardNs()
    {
        return nodeHeardNs;
    }

    /** The currency that all instruments heard of are quoted in; empty where there are several, or none. */
    public String quoteCurrency()
    {
        return instruments.quoteCurrency();
    }

    /** The instrument as the node defined it, or null when it was not heard of. */
    public Instrument instrument(final String name)
    {
        return instruments.get(name);
    }
}
