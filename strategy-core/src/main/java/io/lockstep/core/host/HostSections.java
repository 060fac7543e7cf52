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

/**
 * The host's own sections of a snapshot: counts, sources, timers, and the decisions that no gateway has acknowledged.
 */
final class HostSections
{
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final HostStateDecoder hostState = new HostStateDecoder();
    private final SourceStateDecoder sourceState = new SourceStateDecoder();
    private final TimerStateDecoder timerState = new TimerStateDecoder();
    private final UnacknowledgedDecisionDecoder unacknowledged = new UnacknowledgedDecisionDecoder();
    private final UnsafeBuffer record = new UnsafeBuffer(0, 0);
    private boolean hasUnacknowledged;

    static void save(final CoreHost host, final SectionPort port)
    {
        final SectionWriter writer = new SectionWriter(port);
        writer.begin(new HostStateEncoder())
            .decisionHash(host.decisionHash())
            .decisionCount(host.decisionCount())
            .egressSequence(host.egressSequence())
            .ordersSent(host.ordersSent())
            .riskRejects(host.riskRejects())
            .configurationHash(host.configurationHash())
            .logicVersion(host.logicVersion());
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
        host.outbox().forEachUnacknowledged((buffer, offset) ->
        {
            writer.begin(new UnacknowledgedDecisionEncoder())
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
    boolean restore(final CoreHost host, final DirectBuffer buffer, final int offset)
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
            case UnacknowledgedDecisionDecoder.TEMPLATE_ID -> restoreUnacknowledged(host, buffer, offset);
            default -> {
                return false;
            }
        }
        return true;
    }

    /** All sections have been given. */
    void complete(final CoreHost host)
    {
        if (!hasUnacknowledged)
        {
            host.outbox().advanceTo(host.egressSequence());
        }
    }

    private void restoreUnacknowledged(final CoreHost host, final DirectBuffer buffer, final int offset)
    {
        unacknowledged.wrapAndApplyHeader(buffer, offset, header);
        unacknowledged.wrapRecord(record);
        if (!RecordDescriptor.isLengthValid(record, 0, record.capacity()))
        {
            throw new IllegalStateException("unacknowledged decision: length=" + record.capacity() +
                ": expected a whole record");
        }
        final long egressSequence = RecordDescriptor.sourceSequence(record, 0);
        if (!hasUnacknowledged)
        {
            hasUnacknowledged = true;
            host.outbox().advanceTo(egressSequence - 1);
        }
        host.outbox().add(record, 0);
    }
}
