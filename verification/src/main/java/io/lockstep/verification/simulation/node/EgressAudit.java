package io.lockstep.verification.simulation.node;

import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.codecs.transport.MessageHandler;
import io.lockstep.codecs.transport.MessageReceiver;
import io.lockstep.codecs.transport.MessageSender;
import io.lockstep.core.host.CoreHost;
import io.lockstep.core.host.VenueView;
import io.lockstep.sbe.BooleanType;
import io.lockstep.sbe.CommandOutcomeDecoder;
import io.lockstep.sbe.DecisionWithdrawnDecoder;
import io.lockstep.sbe.HelloDecoder;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.RecordKind;
import io.lockstep.verification.simulation.audit.Invariant;
import io.lockstep.verification.simulation.audit.SimulationFailure;
import org.agrona.DirectBuffer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What one incarnation sends, as its publication takes it: to each venue each decision once and in its order, behind what a Hello of
 * the venue's order gateway says that it has. Outcomes of commands follow the order of the commands.
 */
final class EgressAudit
{
    private final CoreHost host;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final HelloDecoder hello = new HelloDecoder();
    private final CommandOutcomeDecoder outcome = new CommandOutcomeDecoder();
    /** By order gateway, egress sequences that may be sent next: behind the newest that was, or where a Hello asks to go on. */
    private final Map<Integer, List<Long>> nextBySourceId = new HashMap<>();
    private long lastOutcomeSequence;

    EgressAudit(final CoreHost host)
    {
        this.host = host;
    }

    /** What the node hears, watched for Hellos. */
    MessageReceiver watching(final MessageReceiver receiver)
    {
        return new MessageReceiver()
        {
            @Override
            public int poll(final MessageHandler handler, final int limit)
            {
                return receiver.poll((buffer, offset, length, sessionId) ->
                {
                    onHeard(buffer, offset);
                    handler.onMessage(buffer, offset, length, sessionId);
                }, limit);
            }

            @Override
            public boolean isConnected()
            {
                return receiver.isConnected();
            }
        };
    }

    private void onHeard(final DirectBuffer record, final int offset)
    {
        if (RecordDescriptor.templateId(record, offset) == HelloDecoder.TEMPLATE_ID)
        {
            hello.wrapAndApplyHeader(record, offset + RecordDescriptor.HEADER_LENGTH, header);
            if (hello.receivesDecisions() == BooleanType.TRUE)
            {
                next(hello.sourceId()).add(hello.decisionsReceived() + 1);
            }
        }
    }

    private List<Long> next(final int sourceId)
    {
        return nextBySourceId.computeIfAbsent(sourceId, (id) -> new ArrayList<>());
    }

    /** The publication, watched for what it takes. */
    MessageSender watching(final MessageSender sender)
    {
        return (buffer, offset, length) ->
        {
            final long result = sender.offer(buffer, offset, length);
            if (result > 0)
            {
                onSent(buffer, offset);
            }
            return result;
        };
    }

    private void onSent(final DirectBuffer record, final int offset)
    {
        final int templateId = RecordDescriptor.templateId(record, offset);
        if (RecordDescriptor.kind(record, offset) == RecordKind.DECISION.value() ||
            templateId == DecisionWithdrawnDecoder.TEMPLATE_ID)
        {
            onDecision(
                RecordDescriptor.sourceId(record, offset), RecordDescriptor.sourceSequence(record, offset));
        }
        else if (templateId == CommandOutcomeDecoder.TEMPLATE_ID)
        {
            outcome.wrapAndApplyHeader(record, offset + RecordDescriptor.HEADER_LENGTH, header);
            requireSent(outcome.sequence() > lastOutcomeSequence,
                "outcome of sequence=" + outcome.sequence() + " before=" + lastOutcomeSequence);
            lastOutcomeSequence = outcome.sequence();
        }
    }

    private void onDecision(final int sourceId, final long egressSequence)
    {
        final int ofVenueId = host.venues().venueOfSource(sourceId);
        if (ofVenueId == VenueView.NO_VENUE)
        {
            // For whom it is taken then, the venues show.
            return;
        }
        final long[] held = {0};
        host.outbox().forEachUnacknowledged((venueId, record, offset) -> held[0] += venueId == ofVenueId ? 1 : 0);
        // What is acknowledged is not sent again, wherever a gateway asks to go on.
        final long firstHeld = host.egressSequence(ofVenueId) - held[0] + 1;
        final List<Long> next = next(sourceId);
        requireSent(next.stream().anyMatch((sequence) -> Math.max(sequence, firstHeld) == egressSequence),
            "sourceId=" + sourceId + " egressSequence=" + egressSequence + " expected one of " + next
                + " first that is held=" + firstHeld);
        next.clear();
        next.add(egressSequence + 1);
    }

    private static void requireSent(final boolean holds, final String found)
    {
        if (!holds)
        {
            throw new SimulationFailure(Invariant.SENT_IN_ORDER, "what is sent is not what comes next: " + found);
        }
    }
}
