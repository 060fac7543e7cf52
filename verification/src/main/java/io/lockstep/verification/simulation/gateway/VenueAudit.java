package io.lockstep.verification.simulation.gateway;

import io.lockstep.codecs.Xxh64;
import io.lockstep.gateways.link.LinkListener;
import io.lockstep.sbe.ExecType;
import io.lockstep.sbe.ExecutionReportDecoder;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.verification.simulation.audit.Invariant;
import io.lockstep.verification.simulation.audit.JournalAudit;
import io.lockstep.verification.simulation.audit.RequestContent;
import io.lockstep.verification.simulation.audit.SimulationFailure;
import io.lockstep.verification.simulation.market.SimulatedMarket;
import io.lockstep.verification.simulation.plant.ForwardingListener;
import org.agrona.DirectBuffer;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Holds what arrives at the venue against the journal, and what the venue does against what it was asked.
 */
public final class VenueAudit
{
    private final int venueId;
    private final Supplier<JournalAudit> journal;
    private final Set<String> accepted = new HashSet<>();
    private final Set<String> received = new HashSet<>();
    private final Map<Long, Long> hashByExecId = new HashMap<>();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final ExecutionReportDecoder report = new ExecutionReportDecoder();
    private long requests;
    private long repeats;

    public VenueAudit(final int venueId, final Supplier<JournalAudit> journal)
    {
        this.venueId = venueId;
        this.journal = journal;
    }

    /** A request, as it comes to the gateway and before it goes to the venue. */
    private void onRequest(final DirectBuffer buffer, final int offset)
    {
        final String id = RequestContent.clOrdId(buffer, offset);
        final int instrumentId = RequestContent.instrumentId(buffer, offset);
        if (SimulatedMarket.venueOf(instrumentId) != venueId)
        {
            throw new SimulationFailure(Invariant.VENUES_APART, "venueId=" + venueId +
                " got a request of another venue: clOrdId=" + id + " instrumentId=" + instrumentId);
        }
        final Long journaled = journal.get().contentHash(id);
        if (journaled == null)
        {
            throw new SimulationFailure(Invariant.JOURNALED_BEFORE_SENT,
                "the venue got a request that is not in the journal: clOrdId=" + id);
        }
        if (journaled != RequestContent.hash(buffer, offset))
        {
            throw new SimulationFailure(Invariant.JOURNALED_BEFORE_SENT,
                "the venue got a request other than the journaled one: clOrdId=" + id);
        }
        requests++;
        repeats += received.add(id) ? 0 : 1;
    }

    /** What the venue reports, before it comes to the gateway. */
    public void onReport(final DirectBuffer buffer, final int offset)
    {
        if (header.wrap(buffer, offset).templateId() != ExecutionReportDecoder.TEMPLATE_ID)
        {
            return;
        }
        report.wrapAndApplyHeader(buffer, offset, header);
        if (report.execType() == ExecType.ORDER_STATUS || isRepeated(buffer, offset))
        {
            return;
        }
        if ((report.execType() == ExecType.NEW || report.execType() == ExecType.REPLACED) &&
            !accepted.add(report.clOrdId()))
        {
            throw new SimulationFailure(Invariant.ACTED_ON_ONCE,
                "request accepted twice: clOrdId=" + report.clOrdId() + " execType=" + report.execType());
        }
        if (!received.contains(report.clOrdId()))
        {
            throw new SimulationFailure(Invariant.JOURNALED_BEFORE_SENT,
                "the venue reports on an order that was never sent: clOrdId=" + report.clOrdId());
        }
    }

    /** An execution that is told again must be told as it was. */
    private boolean isRepeated(final DirectBuffer buffer, final int offset)
    {
        final long hash = Xxh64.hash(
            buffer, offset + MessageHeaderDecoder.ENCODED_LENGTH, ExecutionReportDecoder.BLOCK_LENGTH, 0);
        final Long before = hashByExecId.putIfAbsent(report.execId(), hash);
        if (before != null && before != hash)
        {
            throw new SimulationFailure(
                Invariant.ACTED_ON_ONCE, "two executions of one id: execId=" + report.execId());
        }
        return before != null;
    }

    /** The gateway's listener, watched. */
    public LinkListener watching(final LinkListener listener)
    {
        return new ForwardingListener(listener)
        {
            @Override
            public void onDecision(
                final DirectBuffer buffer, final int offset, final int length, final long egressSequence)
            {
                onRequest(buffer, offset);
                super.onDecision(buffer, offset, length, egressSequence);
            }
        };
    }

    /** Requests that came to the venue, repeats included. */
    public long requests()
    {
        return requests;
    }

    long repeats()
    {
        return repeats;
    }
}
