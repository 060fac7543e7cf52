package io.lockstep.core.host;

import io.lockstep.codecs.ClOrdIds;
import io.lockstep.codecs.Nulls;
import io.lockstep.codecs.RecordBatch;
import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.sbe.AlertType;
import io.lockstep.sbe.BooleanType;
import io.lockstep.sbe.FeedCondition;
import io.lockstep.sbe.FeedReason;
import io.lockstep.sbe.FeedStatusEncoder;
import io.lockstep.sbe.MessageHeaderEncoder;
import io.lockstep.sbe.OperationalAlertEncoder;
import io.lockstep.sbe.RecordKind;
import io.lockstep.sbe.RequestExpiredEncoder;
import io.lockstep.sbe.TimerFiredEncoder;
import io.lockstep.sbe.TradingMode;
import io.lockstep.sbe.VenueStatusEncoder;
import org.agrona.DirectBuffer;
import org.agrona.sbe.MessageEncoderFlyweight;

/**
 * Encodes the inputs that the loop has of its own, in place in its batch. Each method returns the offset of a record that
 * still wants its stamp; its source is the node itself unless {@link #source} says otherwise. No allocation.
 */
final class OwnInputs
{
    private final RecordBatch inputs;
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final TimerFiredEncoder timerFired = new TimerFiredEncoder();
    private final FeedStatusEncoder feedStatus = new FeedStatusEncoder();
    private final VenueStatusEncoder venueStatus = new VenueStatusEncoder();
    private final RequestExpiredEncoder requestExpired = new RequestExpiredEncoder();
    private final OperationalAlertEncoder alert = new OperationalAlertEncoder();

    OwnInputs(final RecordBatch inputs)
    {
        this.inputs = inputs;
    }

    int timerFired(final long timerId, final long deadlineNs)
    {
        timerFired.wrapAndApplyHeader(inputs.buffer(), inputs.nextMessageOffset(), header)
            .timerId(timerId)
            .deadlineNs(deadlineNs);
        return add(timerFired);
    }

    int feedStatus(final FeedCondition condition, final FeedReason reason, final long expected, final long actual)
    {
        feedStatus.wrapAndApplyHeader(inputs.buffer(), inputs.nextMessageOffset(), header)
            .instrumentId(Nulls.NULL_INSTRUMENT_ID)
            .condition(condition)
            .reason(reason)
            .expected(expected)
            .actual(actual);
        return add(feedStatus);
    }

    int venueStatus(final int venueId, final BooleanType connected, final long silentNs)
    {
        venueStatus.wrapAndApplyHeader(inputs.buffer(), inputs.nextMessageOffset(), header)
            .connected(connected)
            .silentNs(silentNs)
            .venueId(venueId);
        return add(venueStatus);
    }

    int requestExpired(final int venueId, final DirectBuffer request, final int offset, final long ageNs)
    {
        requestExpired.wrapAndApplyHeader(inputs.buffer(), inputs.nextMessageOffset(), header)
            .egressSequence(RecordDescriptor.sourceSequence(request, offset))
            .requestTemplateId(RecordDescriptor.templateId(request, offset))
            .ageNs(ageNs)
            .venueId(venueId);
        // In all requests the ClOrdID comes first.
        inputs.buffer().putBytes(requestExpired.offset() + RequestExpiredEncoder.clOrdIdEncodingOffset(), request,
            offset + RecordDescriptor.BODY_OFFSET, ClOrdIds.LENGTH);
        return add(requestExpired);
    }

    /** What the node's own watch has seen, of no venue. */
    int alert(
        final AlertType type,
        final TradingMode mode,
        final boolean cancelOrders,
        final long value,
        final long threshold)
    {
        alert.wrapAndApplyHeader(inputs.buffer(), inputs.nextMessageOffset(), header)
            .alertType(type)
            .mode(mode)
            .cancelOrders(cancelOrders ? BooleanType.TRUE : BooleanType.FALSE)
            .value(value)
            .threshold(threshold)
            .venueId(OperationalAlertEncoder.venueIdNullValue());
        return add(alert);
    }

    /** The order gateway of a venue has decisions that the journal lost. */
    int gatewayAhead(final int venueId, final long gatewayEgressSequence, final long journalEgressSequence)
    {
        alert.wrapAndApplyHeader(inputs.buffer(), inputs.nextMessageOffset(), header)
            .alertType(AlertType.GATEWAY_AHEAD)
            .mode(TradingMode.HALTED)
            .cancelOrders(BooleanType.FALSE)
            .value(gatewayEgressSequence)
            .threshold(journalEgressSequence)
            .venueId(venueId);
        return add(alert);
    }

    /** Names the source that the record is about and how far it has got. */
    int source(final int record, final int sourceId, final int sourceSession, final long sourceSequence)
    {
        RecordDescriptor.sourceId(inputs.buffer(), record, sourceId);
        RecordDescriptor.sourceSession(inputs.buffer(), record, sourceSession);
        RecordDescriptor.sourceSequence(inputs.buffer(), record, sourceSequence);
        return record;
    }

    private int add(final MessageEncoderFlyweight message)
    {
        return inputs.addEncoded(RecordKind.INPUT, message.encodedLength());
    }
}
