package io.lockstep.sequencer.egress;

import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.codecs.RecordRing;
import io.lockstep.core.host.UnacknowledgedDecisions;
import io.lockstep.core.host.VenueView;
import io.lockstep.sbe.AlertType;
import io.lockstep.sbe.HelloDecoder;
import io.lockstep.sbe.MassStatusEndDecoder;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.NewOrderSingleDecoder;
import io.lockstep.sbe.OperationalAlertDecoder;
import io.lockstep.sbe.OrderCancelReplaceRequestDecoder;
import io.lockstep.sequencer.ingress.InputSink;
import org.agrona.DirectBuffer;

/**
 * What must have happened before decisions are sent to the order gateway of one venue, after it was away and after a start: it must not
 * have decisions that the journal has not; it must have said how its orders stand; and what has waited too long must have expired. What
 * happens at one venue leaves the others alone.
 */
final class GatewayReadiness
{
    private static final long ASK_INTERVAL_NS = 50_000_000L;
    private static final int EXPIRED_PER_TURN_MAX = 64;

    /** How far it has come. */
    enum State
    {
        /** The gateway has not been heard, or is silent. */
        ABSENT,
        /** The gateway is ahead of the journal and the operator has accepted it: that is to become an input. */
        AHEAD,
        /** The gateway is asked how its orders stand. */
        ASKING,
        /** Requests that have waited too long are to become inputs. */
        EXPIRING,
        /** Decisions are sent. */
        READY
    }

    private final int venueId;
    private final UnacknowledgedDecisions decisions;
    private final ReadinessOptions options;
    private final int incarnation;
    private final VenueView venues;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final MassStatusEndDecoder massStatusEnd = new MassStatusEndDecoder();
    private final OperationalAlertDecoder alert = new OperationalAlertDecoder();

    private State state = State.ABSENT;
    private int sourceId;
    private int sourceSession;
    private boolean known;
    private boolean reconciled;
    private long aheadEgressSequence;
    private boolean aheadSaid;
    private int requestId;
    private long lastExecId;
    private boolean asked;
    private long lastAskedNs;
    private long expiryEgressSequence;
    private long inquiriesMade;

    /**
     * @param decisions of all venues.
     */
    GatewayReadiness(
        final int venueId,
        final UnacknowledgedDecisions decisions,
        final ReadinessOptions options,
        final int incarnation,
        final VenueView venues)
    {
        this.venueId = venueId;
        this.decisions = decisions;
        this.venues = venues;
        this.options = options;
        this.incarnation = incarnation;
    }

    boolean isReady()
    {
        return state == State.READY;
    }

    /** Whether there is a gateway that is not silent. */
    boolean isThere()
    {
        return state != State.ABSENT;
    }

    int sourceId()
    {
        return sourceId;
    }

    int sourceSession()
    {
        return sourceSession;
    }

    int requestId()
    {
        return requestId;
    }

    long lastExecId()
    {
        return lastExecId;
    }

    /**
     * The gateway has said how far it has got.
     *
     * @throws JournalBehindException when that is further than the journal and the operator has not accepted it.
     */
    void onHello(final HelloDecoder hello)
    {
        final boolean another = !known || sourceSession != hello.sourceSession() || sourceId != hello.sourceId();
        known = true;
        sourceId = hello.sourceId();
        sourceSession = hello.sourceSession();
        if (isAhead(hello))
        {
            requireAccepted(hello);
            aheadEgressSequence = hello.decisionsReceived();
            aheadSaid = false;
            state = State.AHEAD;
            return;
        }
        final RecordRing ring = decisions.ring(venueId);
        ring.seek(hello.decisionsReceived() + 1);
        // A gateway that was started again knows nothing of what the one before it was asked.
        if (another || state == State.ABSENT || state == State.AHEAD)
        {
            begin(another);
        }
        else if (state == State.EXPIRING)
        {
            expiryEgressSequence = ring.unsentSequence();
        }
    }

    private boolean isAhead(final HelloDecoder hello)
    {
        final RecordRing ring = decisions.ring(venueId);
        final long received = hello.decisionsReceived();
        if (received >= ring.nextSequence())
        {
            return true;
        }
        if (!ring.holds(received))
        {
            return false;
        }
        final int offset = ring.offset(received);
        return RecordDescriptor.incarnation(ring.buffer(), offset) != hello.decisionIncarnation() ||
            RecordDescriptor.sequence(ring.buffer(), offset) != hello.decisionSequence() ||
            RecordDescriptor.ordinal(ring.buffer(), offset) != hello.decisionOrdinal();
    }

    private void requireAccepted(final HelloDecoder hello)
    {
        if (!options.acceptLostTail())
        {
            throw new JournalBehindException("the journal has lost its tail: the order gateway sourceId=" + sourceId +
                " of venueId=" + venueId +
                " has handled decisions up to egressSequence=" + hello.decisionsReceived() + ", which is incarnation=" +
                hello.decisionIncarnation() + " sequence=" + hello.decisionSequence() + " ordinal=" +
                hello.decisionOrdinal() + "; the journal holds them up to egressSequence="
                + (decisions.ring(venueId).nextSequence() - 1) +
                inJournal(hello.decisionsReceived())
                + "; nothing was sent. Restore the journal from a copy that is whole, " +
                "or accept the loss: the node then starts halted and takes orders and fills over from the venue");
        }
    }

    private String inJournal(final long egressSequence)
    {
        final RecordRing ring = decisions.ring(venueId);
        if (!ring.holds(egressSequence))
        {
            return "";
        }
        final int offset = ring.offset(egressSequence);
        return ", and under that number incarnation=" + RecordDescriptor.incarnation(ring.buffer(), offset) +
            " sequence=" + RecordDescriptor.sequence(ring.buffer(), offset) + " ordinal=" +
            RecordDescriptor.ordinal(ring.buffer(), offset);
    }

    private void begin(final boolean another)
    {
        reconciled &= !another;
        if (options.reconciles() && !reconciled)
        {
            requestId++;
            lastExecId = venues.lastExecId(venueId, sourceId);
            asked = false;
            // The answer settles what is in doubt, too.
            inquiriesMade = venues.inquiries(venueId);
            state = State.ASKING;
        }
        else
        {
            expire();
        }
    }

    private void expire()
    {
        state = State.EXPIRING;
        expiryEgressSequence = decisions.ring(venueId).unsentSequence();
    }

    void onSilent()
    {
        state = State.ABSENT;
        reconciled = false;
    }

    void onHeard()
    {
        if (known && state == State.ABSENT)
        {
            begin(false);
        }
    }

    /** Whether the gateway is to be asked now; the caller does so and says whether the link took it. */
    boolean isAskDue(final long wallTimeNs)
    {
        final long sinceNs = wallTimeNs - lastAskedNs;
        // Also when the clock has stepped back.
        return state == State.ASKING && (!asked || sinceNs >= ASK_INTERVAL_NS || sinceNs < 0);
    }

    /** Whether the core wants the gateway asked once more, for orders in doubt, while decisions are sent. */
    boolean isInquiryDue()
    {
        return state == State.READY && options.reconciles() && venues.inquiries(venueId) != inquiriesMade;
    }

    /** It is to be asked, under another number, behind the executions that are known now. */
    void beginInquiry()
    {
        requestId++;
        lastExecId = venues.lastExecId(venueId, sourceId);
    }

    void onAsked(final long wallTimeNs)
    {
        inquiriesMade = venues.inquiries(venueId);
        asked = true;
        lastAskedNs = wallTimeNs;
    }

    void addOwnInputs(final InputSink sink, final long wallTimeNs)
    {
        if (state == State.EXPIRING)
        {
            expire(sink, wallTimeNs);
        }
        else if (state == State.AHEAD && !aheadSaid)
        {
            aheadSaid = true;
            sink.onGatewayAhead(venueId, aheadEgressSequence, decisions.ring(venueId).nextSequence() - 1);
        }
    }

    /** They are applied, and so withdrawn, before anything is sent. */
    private void expire(final InputSink sink, final long wallTimeNs)
    {
        final RecordRing ring = decisions.ring(venueId);
        int expired = 0;
        expiryEgressSequence = Math.max(expiryEgressSequence, ring.firstSequence());
        while (expiryEgressSequence < ring.nextSequence() && expired < EXPIRED_PER_TURN_MAX)
        {
            final int offset = ring.offset(expiryEgressSequence++);
            final long ageNs = wallTimeNs - RecordDescriptor.sequencerTimeNs(ring.buffer(), offset);
            if (ageNs > options.requestAgeMaxNs() && mayExpire(RecordDescriptor.templateId(ring.buffer(), offset)))
            {
                sink.onRequestExpired(venueId, ring.buffer(), offset, ageNs);
                expired++;
            }
        }
        if (expiryEgressSequence >= ring.nextSequence())
        {
            state = State.READY;
        }
    }

    /** Cancels never do. */
    private static boolean mayExpire(final int templateId)
    {
        return templateId == NewOrderSingleDecoder.TEMPLATE_ID ||
            templateId == OrderCancelReplaceRequestDecoder.TEMPLATE_ID;
    }

    /** The core has applied an input. */
    void onApplied(final DirectBuffer buffer, final int offset)
    {
        if (state == State.ASKING && isAnswer(buffer, offset))
        {
            reconciled = true;
            expire();
        }
        else if (state == State.AHEAD && isAcceptance(buffer, offset))
        {
            decisions.ring(venueId).seek(aheadEgressSequence + 1);
            begin(true);
        }
    }

    private boolean isAnswer(final DirectBuffer buffer, final int offset)
    {
        if (RecordDescriptor.templateId(buffer, offset) != MassStatusEndDecoder.TEMPLATE_ID
            || RecordDescriptor.sourceId(buffer, offset) != sourceId)
        {
            return false;
        }
        massStatusEnd.wrapAndApplyHeader(buffer, offset + RecordDescriptor.HEADER_LENGTH, header);
        return massStatusEnd.incarnation() == incarnation && massStatusEnd.massStatusReqId() == requestId;
    }

    private boolean isAcceptance(final DirectBuffer buffer, final int offset)
    {
        if (RecordDescriptor.templateId(buffer, offset) != OperationalAlertDecoder.TEMPLATE_ID)
        {
            return false;
        }
        alert.wrapAndApplyHeader(buffer, offset + RecordDescriptor.HEADER_LENGTH, header);
        final int aheadVenueId = alert.venueId() == OperationalAlertDecoder.venueIdNullValue()
            ? VenueView.FIRST_VENUE
            : alert.venueId();
        return alert.alertType() == AlertType.GATEWAY_AHEAD && aheadVenueId == venueId;
    }
}
