package io.lockstep.verification.simulation.audit;

import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.core.TradingCore;
import io.lockstep.sbe.AlertType;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.OperationalAlertDecoder;
import io.lockstep.sbe.OrderHeldDecoder;
import io.lockstep.sbe.RecordKind;
import io.lockstep.verification.simulation.market.PlantedLots;
import io.lockstep.verification.simulation.market.SimulatedMarket;
import org.agrona.DirectBuffer;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads the journal as it is written, document by document, and counts for itself: inputs, decisions, what leaves, time. Keeps
 * the content of each request, for what arrives at the venue to be held against.
 */
public final class JournalAudit
{
    private final Map<String, Long> contentHashById = new HashMap<>();
    private final Set<String> heldIds = new HashSet<>();
    private final OrderHeldDecoder orderHeld = new OrderHeldDecoder();
    private final LimitAudit limits = new LimitAudit();
    private final SafetyAudit safety = new SafetyAudit();
    private final RoleAudit roles = new RoleAudit();
    private final VenueStateAudit venues = new VenueStateAudit();
    private final FillAudit fills = new FillAudit();
    private final InstanceAudit instances = new InstanceAudit(fills);
    private final SignalAudit signals = new SignalAudit(this::isAskedFor);
    private final BreakerAudit breakers = new BreakerAudit(fills);
    private final AccountAudit accounts;
    private final SourceAudit sources;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final OperationalAlertDecoder alert = new OperationalAlertDecoder();
    private long sequence;
    private long timeNs;
    private long decisionSequence;
    private int decisionOrdinal;
    private final long[] egressSequence = new long[SimulatedMarket.VENUES];
    private final long[] lostEgressSequence = new long[SimulatedMarket.VENUES];
    private long inputs;
    private long decisions;
    private boolean cleanEnd;

    /**
     * @param sent    by sources.
     * @param planted what venues report wrongly, by venue.
     * @param mayLack whether the journal has lost what it had acknowledged.
     */
    public JournalAudit(final SentMessages sent, final List<PlantedLots> planted, final boolean mayLack)
    {
        sources = new SourceAudit(sent, mayLack);
        accounts = new AccountAudit(planted);
    }

    /** One document as it was appended. */
    public void onDocument(final DirectBuffer buffer, final int length)
    {
        for (int offset = 0; offset < length; offset += RecordDescriptor.recordLength(buffer, offset))
        {
            final int kind = RecordDescriptor.kind(buffer, offset);
            cleanEnd = kind == RecordKind.CLEAN_END.value();
            if (kind == RecordKind.INPUT.value())
            {
                onInput(buffer, offset);
            }
            else if (kind == RecordKind.DECISION.value())
            {
                onDecision(buffer, offset);
            }
            else if (kind == RecordKind.SKIPPED_INPUT.value())
            {
                safety.onSkipped(buffer, offset);
            }
        }
    }

    private void onInput(final DirectBuffer buffer, final int offset)
    {
        SimulationFailure.requireEqual(
            Invariant.INPUTS_CONTIGUOUS, "input sequence", sequence + 1, RecordDescriptor.sequence(buffer, offset));
        sequence++;
        inputs++;
        final long inputTimeNs = RecordDescriptor.sequencerTimeNs(buffer, offset);
        if (inputTimeNs < timeNs)
        {
            throw new SimulationFailure(Invariant.TIME_MONOTONIC,
                "sequence=" + sequence + " timeNs=" + inputTimeNs + " before=" + timeNs);
        }
        timeNs = inputTimeNs;
        if (RecordDescriptor.templateId(buffer, offset) == OperationalAlertDecoder.TEMPLATE_ID)
        {
            onAlert(buffer, offset + RecordDescriptor.HEADER_LENGTH);
        }
        sources.onInput(buffer, offset);
        limits.onInput(buffer, offset);
        safety.onInput(buffer, offset);
        roles.onInput(buffer, offset);
        venues.onInput(buffer, offset);
        fills.onInput(buffer, offset);
        instances.onInput(buffer, offset);
        signals.onInput(buffer, offset);
        accounts.onInput(buffer, offset);
    }

    /** The gateway had decisions that the journal lost; what leaves is numbered behind them. */
    private void onAlert(final DirectBuffer buffer, final int message)
    {
        alert.wrapAndApplyHeader(buffer, message, header);
        if (alert.alertType() == AlertType.GATEWAY_AHEAD)
        {
            lostEgressSequence[alert.venueId()] = Math.max(lostEgressSequence[alert.venueId()], alert.value());
        }
    }

    private void onDecision(final DirectBuffer buffer, final int offset)
    {
        final long ofSequence = RecordDescriptor.sequence(buffer, offset);
        final int ordinal = RecordDescriptor.ordinal(buffer, offset);
        final boolean follows = ofSequence == decisionSequence
            ? ordinal == decisionOrdinal + 1
            : ofSequence > decisionSequence && ordinal == 1;
        if (!follows || ofSequence > sequence)
        {
            throw new SimulationFailure(Invariant.DECISIONS_NUMBERED, "sequence=" + ofSequence + " ordinal=" + ordinal +
                " before: sequence=" + decisionSequence + " ordinal=" + decisionOrdinal + " newest input=" + sequence);
        }
        decisionSequence = ofSequence;
        decisionOrdinal = ordinal;
        decisions++;
        final long ofEgress = RecordDescriptor.sourceSequence(buffer, offset);
        if (ofEgress != 0)
        {
            onEgress(SimulatedMarket.venueOfGateway(RecordDescriptor.sourceId(buffer, offset)), ofEgress);
            onRequest(buffer, offset + RecordDescriptor.HEADER_LENGTH);
        }
        if (RecordDescriptor.templateId(buffer, offset) == OrderHeldDecoder.TEMPLATE_ID)
        {
            heldIds
                .add(orderHeld.wrapAndApplyHeader(buffer, offset + RecordDescriptor.HEADER_LENGTH, header).clOrdId());
        }
        limits.onDecision(buffer, offset);
        safety.onDecision(buffer, offset);
        roles.onDecision(buffer, offset);
        venues.onDecision(buffer, offset);
        fills.onDecision(buffer, offset);
        instances.onDecision(buffer, offset);
        signals.onDecision(buffer, offset);
        breakers.onDecision(buffer, offset);
        accounts.onDecision(buffer, offset);
    }

    /** Each venue's requests have numbers of their own. */
    private void onEgress(final int venueId, final long ofEgress)
    {
        if (ofEgress != egressSequence[venueId] + 1 && ofEgress != lostEgressSequence[venueId] + 1)
        {
            SimulationFailure.requireEqual(Invariant.DECISIONS_NUMBERED, "egress sequence of venueId=" + venueId,
                egressSequence[venueId] + 1, ofEgress);
        }
        egressSequence[venueId] = ofEgress;
    }

    private void onRequest(final DirectBuffer buffer, final int message)
    {
        contentHashById.put(RequestContent.clOrdId(buffer, message), RequestContent.hash(buffer, message));
    }

    /** Hash of the request with this ClOrdID as it was journaled, or null when it never was. */
    public Long contentHash(final String clOrdId)
    {
        return contentHashById.get(clOrdId);
    }

    /** Whether it was sent, or the engine holds it. */
    private boolean isAskedFor(final String clOrdId)
    {
        return contentHashById.containsKey(clOrdId) || heldIds.contains(clOrdId);
    }

    /** Requests that were in the journal when they left, and are lost since. */
    public void remember(final JournalAudit before)
    {
        contentHashById.putAll(before.contentHashById);
    }

    public SourceAudit sources()
    {
        return sources;
    }

    public InstanceAudit instances()
    {
        return instances;
    }

    public SignalAudit signals()
    {
        return signals;
    }

    public BreakerAudit breakers()
    {
        return breakers;
    }

    public FillAudit fills()
    {
        return fills;
    }

    public AccountAudit accounts()
    {
        return accounts;
    }

    public VenueStateAudit venues()
    {
        return venues;
    }

    /** Between two turns of the loop: the core stands where the journal's own account of it does. */
    public void requireEqual(final TradingCore core)
    {
        instances.requireEqual(core);
        signals.requireEqual(core);
        breakers.requireEqual(core);
        fills.requireEqual(core, accounts);
    }

    public SafetyAudit safety()
    {
        return safety;
    }

    /** Whether the newest record is a clean end. */
    public boolean cleanEnd()
    {
        return cleanEnd;
    }

    public long sequence()
    {
        return sequence;
    }

    public long inputs()
    {
        return inputs;
    }

    public long decisions()
    {
        return decisions;
    }
}
