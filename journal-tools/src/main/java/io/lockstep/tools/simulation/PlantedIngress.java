package io.lockstep.tools.simulation;

import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.sbe.BooleanType;
import io.lockstep.sbe.ExecType;
import io.lockstep.sbe.ExecutionReportDecoder;
import io.lockstep.sbe.FeedCondition;
import io.lockstep.sbe.FeedReason;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sequencer.ingress.Ingress;
import io.lockstep.sequencer.ingress.InputSink;
import io.lockstep.sequencer.ingress.LinkSender;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Passes some messages on wrongly.
 */
final class PlantedIngress implements Ingress
{
    private static final int BODY = RecordDescriptor.HEADER_LENGTH + MessageHeaderDecoder.ENCODED_LENGTH;
    private static final long OTHER_EXEC_ID = 1L << 40;

    private final Ingress real;
    private final LinkSender links;
    private final Plant plant;

    PlantedIngress(final Ingress real, final LinkSender links, final Plant plant)
    {
        this.real = real;
        this.links = links;
        this.plant = plant;
    }

    @Override
    public int poll(final InputSink sink, final int limit, final long wallTimeNs)
    {
        return real.poll(new Sink(sink), limit, wallTimeNs);
    }

    @Override
    public void onJournaled(final boolean idle)
    {
        if (plant != Plant.NEVER_ACKNOWLEDGED)
        {
            real.onJournaled(idle);
        }
    }

    /** The real one, and what is wrong. */
    private final class Sink implements InputSink
    {
        private final InputSink real;

        Sink(final InputSink real)
        {
            this.real = real;
        }

        @Override
        public void onInput(final DirectBuffer buffer, final int offset, final int length)
        {
            if (plant == Plant.CANCELLATION_LOST && isReport(buffer, offset, ExecType.CANCELED))
            {
                return;
            }
            real.onInput(buffer, offset, length);
            if (plant == Plant.ACKNOWLEDGED_BEFORE_JOURNALED)
            {
                links.acknowledge(RecordDescriptor.sourceId(buffer, offset),
                    RecordDescriptor.sourceSession(buffer, offset), RecordDescriptor.sourceSequence(buffer, offset));
            }
            else if (plant == Plant.FILL_TAKEN_TWICE && isReport(buffer, offset, ExecType.TRADE))
            {
                again(buffer, offset, length);
            }
        }

        private void again(final DirectBuffer buffer, final int offset, final int length)
        {
            final UnsafeBuffer copy = new UnsafeBuffer(new byte[length]);
            copy.putBytes(0, buffer, offset, length);
            final int execId = BODY + ExecutionReportDecoder.execIdEncodingOffset();
            copy.putLong(execId, copy.getLong(execId) + OTHER_EXEC_ID);
            real.onInput(copy, 0, length);
        }

        @Override
        public void onTime(final long timeNs)
        {
            real.onTime(timeNs);
        }

        @Override
        public void onSourceStatus(
            final int sourceId,
            final int sourceSession,
            final FeedReason reason,
            final long expected,
            final long actual)
        {
            real.onSourceStatus(sourceId, sourceSession, reason, expected, actual);
        }

        @Override
        public void onSilence(
            final int sourceId,
            final int sourceSession,
            final long sourceSequence,
            final FeedCondition condition,
            final long timeoutNs,
            final long silentNs)
        {
            real.onSilence(sourceId, sourceSession, sourceSequence, condition, timeoutNs, silentNs);
        }

        @Override
        public void onVenueStatus(final BooleanType connected, final long silentNs)
        {
            real.onVenueStatus(connected, silentNs);
        }

        @Override
        public void onRequestExpired(final DirectBuffer request, final int offset, final long ageNs)
        {
            real.onRequestExpired(request, offset, ageNs);
        }

        @Override
        public void onGatewayAhead(final long gatewayEgressSequence, final long journalEgressSequence)
        {
            real.onGatewayAhead(gatewayEgressSequence, journalEgressSequence);
        }
    }

    private static boolean isReport(final DirectBuffer buffer, final int offset, final ExecType type)
    {
        return RecordDescriptor.templateId(buffer, offset) == ExecutionReportDecoder.TEMPLATE_ID && buffer.getByte(
            offset + BODY + ExecutionReportDecoder.execTypeEncodingOffset()) == type.value();
    }
}
