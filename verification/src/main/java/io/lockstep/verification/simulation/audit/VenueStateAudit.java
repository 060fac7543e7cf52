package io.lockstep.verification.simulation.audit;

import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.sbe.AlertType;
import io.lockstep.sbe.BooleanType;
import io.lockstep.sbe.DecisionAcknowledgementDecoder;
import io.lockstep.sbe.MassStatusEndDecoder;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.NewOrderSingleDecoder;
import io.lockstep.sbe.NodeStartedDecoder;
import io.lockstep.sbe.OperationalAlertDecoder;
import io.lockstep.sbe.OrderCancelReplaceRequestDecoder;
import io.lockstep.sbe.OrderRefusedDecoder;
import io.lockstep.sbe.RiskReason;
import io.lockstep.sbe.VenueStatusDecoder;
import io.lockstep.verification.simulation.market.SimulatedMarket;
import org.agrona.DirectBuffer;

/**
 * From the journal alone, venue by venue: no order leaves between a start or a silence of the gateway and the end of its answer; none
 * is refused for want of a venue that has taken an order and of which nothing bad was said since; and no more requests wait for an
 * acknowledgement than there is room for.
 */
public final class VenueStateAudit
{
    private final InputQueue inputs = new InputQueue();
    private final VenueState[] venues = new VenueState[SimulatedMarket.VENUES];
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final VenueStatusDecoder status = new VenueStatusDecoder();
    private final DecisionAcknowledgementDecoder acknowledgement = new DecisionAcknowledgementDecoder();
    private final OperationalAlertDecoder alert = new OperationalAlertDecoder();
    private final OrderRefusedDecoder refused = new OrderRefusedDecoder();
    private long refusedForRoom;

    /** What the journal says of one. */
    private static final class VenueState
    {
        private boolean isAwaited;
        private boolean mayBeAway;
        private long egressSequence;
        private long acknowledged;

        void onAway()
        {
            isAwaited = true;
            mayBeAway = true;
        }
    }

    VenueStateAudit()
    {
        for (int venueId = 0; venueId < venues.length; venueId++)
        {
            venues[venueId] = new VenueState();
        }
    }

    void onInput(final DirectBuffer buffer, final int offset)
    {
        switch (RecordDescriptor.templateId(buffer, offset))
        {
            case NodeStartedDecoder.TEMPLATE_ID, VenueStatusDecoder.TEMPLATE_ID, MassStatusEndDecoder.TEMPLATE_ID,
                DecisionAcknowledgementDecoder.TEMPLATE_ID, OperationalAlertDecoder.TEMPLATE_ID ->
                inputs.add(buffer, offset);
            default -> {
                // Says nothing of a venue.
            }
        }
    }

    private void apply(final DirectBuffer record)
    {
        final int message = RecordDescriptor.HEADER_LENGTH;
        final int ofSource = SimulatedMarket.venueOfGateway(RecordDescriptor.sourceId(record, 0));
        switch (RecordDescriptor.templateId(record, 0))
        {
            case NodeStartedDecoder.TEMPLATE_ID -> {
                for (final VenueState venue : venues)
                {
                    venue.onAway();
                }
            }
            case VenueStatusDecoder.TEMPLATE_ID -> onStatus(record, message);
            case MassStatusEndDecoder.TEMPLATE_ID -> venues[ofSource].isAwaited = false;
            case DecisionAcknowledgementDecoder.TEMPLATE_ID -> {
                acknowledgement.wrapAndApplyHeader(record, message, header);
                onAcknowledged(venues[ofSource], acknowledgement.egressSequence());
            }
            default -> onAlert(record, message);
        }
    }

    private void onStatus(final DirectBuffer record, final int message)
    {
        status.wrapAndApplyHeader(record, message, header);
        if (status.connected() == BooleanType.FALSE)
        {
            venues[status.venueId()].onAway();
        }
    }

    private static void onAcknowledged(final VenueState venue, final long egressSequence)
    {
        venue.acknowledged = Math.max(venue.acknowledged, Math.min(egressSequence, venue.egressSequence));
    }

    private void onAlert(final DirectBuffer record, final int message)
    {
        alert.wrapAndApplyHeader(record, message, header);
        if (alert.alertType() == AlertType.GATEWAY_AHEAD)
        {
            final VenueState venue = venues[alert.venueId()];
            venue.egressSequence = Math.max(venue.egressSequence, alert.value());
            venue.acknowledged = Math.max(venue.acknowledged, alert.value());
        }
    }

    void onDecision(final DirectBuffer buffer, final int offset)
    {
        inputs.takeUpTo(RecordDescriptor.sequence(buffer, offset), this::apply);
        final int message = offset + RecordDescriptor.HEADER_LENGTH;
        switch (RecordDescriptor.templateId(buffer, offset))
        {
            case NewOrderSingleDecoder.TEMPLATE_ID, OrderCancelReplaceRequestDecoder.TEMPLATE_ID ->
                onOrder(RequestContent.clOrdId(buffer, message), venues[venueOf(buffer, message)]);
            case OrderRefusedDecoder.TEMPLATE_ID -> onRefused(buffer, message);
            default -> {
                // Opens nothing.
            }
        }
        final long egressSequence = RecordDescriptor.sourceSequence(buffer, offset);
        if (egressSequence != 0)
        {
            onRequest(venueOf(buffer, message), egressSequence);
        }
    }

    private static int venueOf(final DirectBuffer buffer, final int message)
    {
        return SimulatedMarket.venueOf(RequestContent.instrumentId(buffer, message));
    }

    private static void onOrder(final String clOrdId, final VenueState venue)
    {
        if (venue.isAwaited)
        {
            throw new SimulationFailure(Invariant.RECONCILED_FIRST,
                "an order for a venue that has not answered yet: clOrdId=" + clOrdId);
        }
        venue.mayBeAway = false;
    }

    private void onRefused(final DirectBuffer buffer, final int message)
    {
        refused.wrapAndApplyHeader(buffer, message, header);
        refusedForRoom += refused.reason() == RiskReason.EGRESS_CAPACITY ? 1 : 0;
        final int venueId = SimulatedMarket.venueOf(refused.instrumentId());
        if (refused.reason() == RiskReason.VENUE_UNAVAILABLE && !venues[venueId].mayBeAway)
        {
            throw new SimulationFailure(Invariant.VENUES_APART,
                "an order is refused for a venue of which nothing bad was said: venueId=" + venueId);
        }
    }

    private void onRequest(final int venueId, final long egressSequence)
    {
        final VenueState venue = venues[venueId];
        venue.egressSequence = egressSequence;
        final long waiting = egressSequence - venue.acknowledged;
        if (waiting > SimulatedMarket.EGRESS_REQUESTS)
        {
            throw new SimulationFailure(Invariant.EGRESS_ROOM_KEPT, "venueId=" + venueId + " waiting=" + waiting +
                " room=" + SimulatedMarket.EGRESS_REQUESTS);
        }
    }

    /** Orders that were refused for want of room in the egress. */
    public long refusedForRoom()
    {
        return refusedForRoom;
    }
}
