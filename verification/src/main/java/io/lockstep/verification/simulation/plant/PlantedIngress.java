package io.lockstep.verification.simulation.plant;

import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.sbe.BooleanType;
import io.lockstep.sbe.FeedCondition;
import io.lockstep.sbe.FeedReason;
import io.lockstep.sequencer.ingress.Ingress;
import io.lockstep.sequencer.ingress.InputSink;
import io.lockstep.sequencer.ingress.LinkSender;
import io.lockstep.verification.simulation.market.SimulatedMarket;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Passes some messages on wrongly.
 */
final class PlantedIngress implements Ingress
{
    private static final int PLANTED_EVERY = 100;

    private final Ingress real;
    private final LinkSender links;
    private final Plant plant;
    private int messages;

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
            if (isPlanted(buffer, offset))
            {
                onPlanted(buffer, offset, length);
            }
            else
            {
                real.onInput(buffer, offset, length);
            }
            if (plant == Plant.ACKNOWLEDGED_BEFORE_JOURNALED)
            {
                links.acknowledge(RecordDescriptor.sourceId(buffer, offset),
                    RecordDescriptor.sourceSession(buffer, offset), RecordDescriptor.sourceSequence(buffer, offset));
            }
        }

        private boolean isPlanted(final DirectBuffer buffer, final int offset)
        {
            return RecordDescriptor.sourceId(buffer, offset) == SimulatedMarket.FEED_SOURCE_ID &&
                ++messages % PLANTED_EVERY == 0;
        }

        private void onPlanted(final DirectBuffer buffer, final int offset, final int length)
        {
            switch (plant)
            {
                case MARKET_REPEATED -> {
                    real.onInput(buffer, offset, length);
                    real.onInput(buffer, offset, length);
                }
                case MARKET_REPEATED_AS_NEW -> {
                    real.onInput(buffer, offset, length);
                    real.onInput(changed(buffer, offset, length, RecordDescriptor.SOURCE_SEQUENCE_OFFSET), 0, length);
                }
                case MARKET_CHANGED ->
                    real.onInput(changed(buffer, offset, length, RecordDescriptor.VENUE_TIME_OFFSET), 0, length);
                case MARKET_LEFT_OUT -> {
                    // It is acknowledged like all others.
                }
                default -> real.onInput(buffer, offset, length);
            }
        }

        private DirectBuffer changed(final DirectBuffer buffer, final int offset, final int length, final int field)
        {
            final UnsafeBuffer copy = new UnsafeBuffer(new byte[length]);
            copy.putBytes(0, buffer, offset, length);
            copy.putLong(field, copy.getLong(field) + 1);
            return copy;
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
        public void onVenueStatus(final int sourceId, final BooleanType connected, final long silentNs)
        {
            real.onVenueStatus(sourceId, connected, silentNs);
        }

        @Override
        public void onRequestExpired(
            final int venueId, final DirectBuffer request, final int offset, final long ageNs)
        {
            real.onRequestExpired(venueId, request, offset, ageNs);
        }

        @Override
        public void onGatewayAhead(
            final int venueId, final long gatewayEgressSequence, final long journalEgressSequence)
        {
            real.onGatewayAhead(venueId, gatewayEgressSequence, journalEgressSequence);
        }
    }
}
