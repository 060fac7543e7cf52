package io.lockstep.verification.simulation.audit;

import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.core.host.SourceTable;
import io.lockstep.sbe.FeedReason;
import io.lockstep.sbe.FeedStatusDecoder;
import io.lockstep.sbe.MessageHeaderDecoder;
import org.agrona.DirectBuffer;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * From the journal alone: the inputs of each source are what it has sent, each once, in its order, with none left out. What a
 * journal has lost may be missing, when the source has forgotten it; the node says so in the source's name.
 */
public final class SourceAudit
{
    private final SentMessages sent;
    private final boolean mayLack;
    private final Map<Integer, Source> sourceById = new HashMap<>();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final FeedStatusDecoder feedStatus = new FeedStatusDecoder();

    /** How far one has got, and under which sessions before. */
    private static final class Source
    {
        private final Set<Integer> ended = new HashSet<>();
        private int session;
        private long lastSequence;
    }

    /**
     * @param mayLack whether the journal has lost what it had acknowledged.
     */
    SourceAudit(final SentMessages sent, final boolean mayLack)
    {
        this.sent = sent;
        this.mayLack = mayLack;
    }

    void onInput(final DirectBuffer record, final int offset)
    {
        final int sourceId = RecordDescriptor.sourceId(record, offset);
        if (sourceId == SourceTable.NODE)
        {
            return;
        }
        final Source source = sourceById.computeIfAbsent(sourceId, (id) -> new Source());
        takeSession(source, record, offset);
        if (RecordDescriptor.templateId(record, offset) == FeedStatusDecoder.TEMPLATE_ID)
        {
            onStatus(source, record, offset);
        }
        else
        {
            onMessage(source, record, offset);
        }
    }

    private static void takeSession(final Source source, final DirectBuffer record, final int offset)
    {
        final int session = RecordDescriptor.sourceSession(record, offset);
        if (session != source.session)
        {
            source.ended.add(source.session);
            source.session = session;
            source.lastSequence = 0;
            if (source.ended.contains(session))
            {
                throw new SimulationFailure(Invariant.TAKEN_ONCE,
                    "a session that had ended goes on: " + name(record, offset));
            }
        }
    }

    /** The node's own words: simulated gateways send none such. */
    private void onStatus(final Source source, final DirectBuffer record, final int offset)
    {
        feedStatus.wrapAndApplyHeader(record, offset + RecordDescriptor.HEADER_LENGTH, header);
        final long sequence = RecordDescriptor.sourceSequence(record, offset);
        if (feedStatus.reason() == FeedReason.SOURCE_GAP && mayLack && sequence >= source.lastSequence)
        {
            source.lastSequence = sequence;
        }
        if (sequence != source.lastSequence)
        {
            throw new SimulationFailure(Invariant.NOTHING_LOST, "the node says what a source has not: " +
                name(record, offset) + " reason=" + feedStatus.reason() + " last=" + source.lastSequence);
        }
    }

    private void onMessage(final Source source, final DirectBuffer record, final int offset)
    {
        final long sequence = RecordDescriptor.sourceSequence(record, offset);
        if (sequence <= source.lastSequence)
        {
            throw new SimulationFailure(Invariant.TAKEN_ONCE, "a message is journaled again, or behind a later one: " +
                name(record, offset) + " last=" + source.lastSequence);
        }
        if (sequence != source.lastSequence + 1)
        {
            throw new SimulationFailure(Invariant.NOTHING_LOST, "messages of a source are left out: " +
                name(record, offset) + " last=" + source.lastSequence);
        }
        if (!sent.isAsSent(record, offset))
        {
            throw new SimulationFailure(Invariant.TAKEN_ONCE,
                "what is journaled is not what its source has sent: " + name(record, offset));
        }
        source.lastSequence = sequence;
    }

    private static String name(final DirectBuffer record, final int offset)
    {
        return "sequence=" + RecordDescriptor.sequence(record, offset) + " templateId=" +
            RecordDescriptor.templateId(record, offset) + " " +
            SentMessages.name(RecordDescriptor.sourceId(record, offset), RecordDescriptor.sourceSession(record, offset),
                RecordDescriptor.sourceSequence(record, offset));
    }

    /**
     * When all is at rest: everything that the source's present process has sent is journaled. What one before had given to its link
     * may have ended with it.
     *
     * @param offered messages of the session.
     */
    public void requireAll(final int sourceId, final int session, final long offered)
    {
        final Source source = sourceById.getOrDefault(sourceId, new Source());
        final long journaled = source.session == session ? source.lastSequence : 0;
        SimulationFailure.requireEqual(Invariant.NOTHING_LOST,
            "messages journaled of sourceId=" + sourceId + " session=" + session, offered, journaled);
    }
}
