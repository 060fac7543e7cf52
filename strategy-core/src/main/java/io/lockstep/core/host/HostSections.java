package io.lockstep.core.host;

import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.core.snapshot.SectionPort;
import io.lockstep.core.snapshot.SectionWriter;
import io.lockstep.sbe.HostStateDecoder;
import io.lockstep.sbe.HostStateEncoder;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.SourceStateDecoder;
import io.lockstep.sbe.SourceStateEncoder;
import io.lockstep.sbe.TimerStateDecoder;
import io.lockstep.sbe.TimerStateEncoder;
import io.lockstep.sbe.UnacknowledgedDecisionDecoder;
import io.lockstep.sbe.UnacknowledgedDecisionEncoder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.util.BitSet;

/**
 * The host's own sections of a snapshot: counts, sources, timers, and the decisions that no gateway has acknowledged. Each source, timer
 * and decision has a section of its own, so that none grows with their number.
 */
final class HostSections
{
    private final CoreHost host;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final HostStateDecoder hostState = new HostStateDecoder();
    private final SourceStateDecoder sourceState = new SourceStateDecoder();
    private final TimerStateDecoder timerState = new TimerStateDecoder();
    private final UnacknowledgedDecisionDecoder unacknowledged = new UnacknowledgedDecisionDecoder();
    private final UnsafeBuffer record = new UnsafeBuffer(0, 0);
    private final BitSet hasUnacknowledged = new BitSet();

    HostSections(final CoreHost host)
    {
        this.host = host;
    }

    static void save(final CoreHost host, final SectionPort port)
    {
        final SectionWriter writer = new SectionWriter(port);
        host.save(writer.begin(new HostStateEncoder()));
        writer.end();
        host.sources().forEach((source) ->
        {
            writer.begin(new SourceStateEncoder())
                .sourceId(source.id())
                .sourceSession(source.session())
                .lastSourceSequence(source.lastSequence());
            writer.end();
        });
        host.timers().forEach((timerId, deadlineNs) ->
        {
            writer.begin(new TimerStateEncoder()).timerId(timerId).deadlineNs(deadlineNs);
            writer.end();
        });
        host.outbox().forEachUnacknowledged((venueId, buffer, offset) ->
        {
            writer.begin(new UnacknowledgedDecisionEncoder())
                .venueId(venueId)
                .putRecord(buffer, offset, RecordDescriptor.recordLength(buffer, offset));
            writer.end();
        });
    }

    /**
     * Takes a section.
     *
     * @param offset of the messageHeader.
     * @return false when it is none of the host's.
     */
    boolean restore(final DirectBuffer buffer, final int offset)
    {
        switch (header.wrap(buffer, offset).templateId())
        {
            case HostStateDecoder.TEMPLATE_ID -> host.restore(hostState.wrapAndApplyHeader(buffer, offset, header));
            case SourceStateDecoder.TEMPLATE_ID -> {
                sourceState.wrapAndApplyHeader(buffer, offset, header);
                host.sources().restore(
                    sourceState.sourceId(), sourceState.sourceSession(), sourceState.lastSourceSequence());
            }
            case TimerStateDecoder.TEMPLATE_ID -> {
                timerState.wrapAndApplyHeader(buffer, offset, header);
                host.timers().schedule(timerState.timerId(), timerState.deadlineNs());
            }
            case UnacknowledgedDecisionDecoder.TEMPLATE_ID -> restoreUnacknowledged(buffer, offset);
            default -> {
                return false;
            }
        }
        return true;
    }

    /** All sections have been given, the core's included: a venue with nothing that waits goes on behind its newest request. */
    void complete()
    {
        for (int venueId = 0; venueId < host.venues().count(); venueId++)
        {
            if (!hasUnacknowledged.get(venueId))
            {
                host.outbox().advanceTo(venueId, host.venues().egressSequence(venueId));
            }
        }
    }

    private void restoreUnacknowledged(final DirectBuffer buffer, final int offset)
    {
        unacknowledged.wrapAndApplyHeader(buffer, offset, header);
        final int venueId = unacknowledged.venueId() == UnacknowledgedDecisionDecoder.venueIdNullValue()
            ? VenueView.FIRST_VENUE
            : unacknowledged.venueId();
        unacknowledged.wrapRecord(record);
        if (venueId < 0 || !RecordDescriptor.isLengthValid(record, 0, record.capacity()))
        {
            throw new IllegalStateException("unacknowledged decision: venueId=" + venueId + " length=" +
                record.capacity() + ": expected a venue and a whole record");
        }
        if (!hasUnacknowledged.get(venueId))
        {
            hasUnacknowledged.set(venueId);
            host.outbox().advanceTo(venueId, RecordDescriptor.sourceSequence(record, 0) - 1);
        }
        host.outbox().add(venueId, record, 0);
    }
}
