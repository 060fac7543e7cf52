package io.lockstep.core.host;

import io.lockstep.codecs.RecordBatch;
import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.codecs.Xxh64;
import io.lockstep.core.DecisionPort;
import io.lockstep.core.TradingCore;
import io.lockstep.sbe.CancelTimerDecoder;
import io.lockstep.sbe.CommandReason;
import io.lockstep.sbe.CommandResultDecoder;
import io.lockstep.sbe.HostStateDecoder;
import io.lockstep.sbe.HostStateEncoder;
import io.lockstep.sbe.MarketDataRequestDecoder;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.MessageHeaderEncoder;
import io.lockstep.sbe.NewOrderSingleDecoder;
import io.lockstep.sbe.OrderCancelReplaceRequestDecoder;
import io.lockstep.sbe.OrderCancelRequestDecoder;
import io.lockstep.sbe.OrderRefusedDecoder;
import io.lockstep.sbe.RecordKind;
import io.lockstep.sbe.ScheduleTimerDecoder;
import io.lockstep.sbe.StateHashEncoder;
import org.agrona.DirectBuffer;

import java.nio.ByteOrder;

/**
 * Makes a record of each decision, numbers those that leave by their venue and hands them to the {@link Outbox}, and does what the core
 * asks of its host. No allocation.
 */
final class HostDecisions implements DecisionPort
{
    private static final int STAYS = -1;

    private final TimerQueue timers;
    private final Outbox outbox;
    private final Refusals refusals;
    private final RecordBatch records = new RecordBatch();

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final ScheduleTimerDecoder scheduleTimer = new ScheduleTimerDecoder();
    private final CancelTimerDecoder cancelTimer = new CancelTimerDecoder();
    private final CommandResultDecoder commandResult = new CommandResultDecoder();
    private final OrderRefusedDecoder refused = new OrderRefusedDecoder();
    private final MessageHeaderEncoder headerEncoder = new MessageHeaderEncoder();
    private final StateHashEncoder stateHash = new StateHashEncoder();

    private VenueView venues;
    private DirectBuffer input;
    private int inputOffset;
    private long count;
    private long hash;
    private long ordersSent;
    private long riskRejects;
    private long departed;
    private long snapshotsWanted;
    private CommandReason commandReason = CommandReason.NULL_VAL;

    HostDecisions(final TimerQueue timers, final Outbox outbox, final Refusals refusals)
    {
        this.timers = timers;
        this.outbox = outbox;
        this.refusals = refusals;
    }

    /** To be given before the first input. */
    void venues(final VenueView newVenues)
    {
        venues = newVenues;
    }

    /** What follows is decided on this input. */
    void begin(final DirectBuffer buffer, final int offset)
    {
        input = buffer;
        inputOffset = offset;
        commandReason = CommandReason.NULL_VAL;
    }

    @Override
    public void onDecision(
        final long sequence, final int ordinal, final DirectBuffer buffer, final int offset, final int length)
    {
        final int record = records.addMessage(RecordKind.DECISION, buffer, offset, length);
        inherit(record, sequence, ordinal);
        final int templateId = RecordDescriptor.templateId(records.buffer(), record);
        final int instrumentOffset = instrumentOffset(templateId);
        if (instrumentOffset == STAYS)
        {
            seal(record);
            onOwnDecision(templateId, buffer, offset);
        }
        else
        {
            leave(record, instrumentOffset);
            ordersSent += templateId == NewOrderSingleDecoder.TEMPLATE_ID ? 1 : 0;
        }
    }

    /** Offset of the instrument's id in the message of a decision that leaves, or {@link #STAYS}. */
    private static int instrumentOffset(final int templateId)
    {
        return switch (templateId)
        {
            case NewOrderSingleDecoder.TEMPLATE_ID -> NewOrderSingleDecoder.instrumentIdEncodingOffset();
            case OrderCancelRequestDecoder.TEMPLATE_ID -> OrderCancelRequestDecoder.instrumentIdEncodingOffset();
            case OrderCancelReplaceRequestDecoder.TEMPLATE_ID ->
                OrderCancelReplaceRequestDecoder.instrumentIdEncodingOffset();
            default -> STAYS;
        };
    }

    private void leave(final int record, final int instrumentOffset)
    {
        final int venueId = venues.venueOf(records.buffer()
            .getInt(record + RecordDescriptor.BODY_OFFSET + instrumentOffset, ByteOrder.LITTLE_ENDIAN));
        RecordDescriptor.sourceId(records.buffer(), record, venues.orderSourceId(venueId));
        RecordDescriptor.sourceSequence(records.buffer(), record, venues.egressSequence(venueId));
        seal(record);
        departed++;
        outbox.add(venueId, records.buffer(), record);
    }

    private void seal(final int record)
    {
        hash = Xxh64.chain(hash, RecordDescriptor.sealChecksum(records.buffer(), record));
        count++;
    }

    private void onOwnDecision(final int templateId, final DirectBuffer buffer, final int offset)
    {
        switch (templateId)
        {
            case ScheduleTimerDecoder.TEMPLATE_ID -> {
                scheduleTimer.wrapAndApplyHeader(buffer, offset, header);
                timers.schedule(scheduleTimer.timerId(), scheduleTimer.deadlineNs());
            }
            case CancelTimerDecoder.TEMPLATE_ID -> {
                cancelTimer.wrapAndApplyHeader(buffer, offset, header);
                timers.cancel(cancelTimer.timerId());
            }
            case CommandResultDecoder.TEMPLATE_ID -> {
                commandResult.wrapAndApplyHeader(buffer, offset, header);
                commandReason = commandResult.reason();
            }
            case OrderRefusedDecoder.TEMPLATE_ID -> {
                riskRejects++;
                refused.wrapAndApplyHeader(buffer, offset, header);
                refusals.onRefused(refused.reason());
            }
            case MarketDataRequestDecoder.TEMPLATE_ID -> snapshotsWanted++;
            default -> {
                // For the journal alone.
            }
        }
    }

    private void inherit(final int record, final long sequence, final int ordinal)
    {
        RecordDescriptor.shard(records.buffer(), record, RecordDescriptor.shard(input, inputOffset));
        RecordDescriptor.sequence(records.buffer(), record, sequence);
        RecordDescriptor.ordinal(records.buffer(), record, ordinal);
        RecordDescriptor.incarnation(records.buffer(), record, RecordDescriptor.incarnation(input, inputOffset));
        RecordDescriptor.sequencerTimeNs(
            records.buffer(), record, RecordDescriptor.sequencerTimeNs(input, inputOffset));
    }

    void addStateHash(final TradingCore core)
    {
        stateHash.wrapAndApplyHeader(records.buffer(), records.nextMessageOffset(), headerEncoder)
            .stateHash(core.stateHash())
            .decisionHash(hash);
        final int record = records.addEncoded(RecordKind.STATE_HASH, stateHash.encodedLength());
        inherit(record, core.lastSequence(), 0);
        RecordDescriptor.sealChecksum(records.buffer(), record);
    }

    void save(final HostStateEncoder state)
    {
        state.decisionHash(hash).decisionCount(count).ordersSent(ordersSent).riskRejects(riskRejects);
    }

    void restore(final HostStateDecoder state)
    {
        hash = state.decisionHash();
        count = state.decisionCount();
        ordersSent = state.ordersSent();
        riskRejects = state.riskRejects();
    }

    RecordBatch records()
    {
        return records;
    }

    long count()
    {
        return count;
    }

    long hash()
    {
        return hash;
    }

    long ordersSent()
    {
        return ordersSent;
    }

    long riskRejects()
    {
        return riskRejects;
    }

    long departed()
    {
        return departed;
    }

    long snapshotsWanted()
    {
        return snapshotsWanted;
    }

    CommandReason commandReason()
    {
        return commandReason;
    }
}
