package io.lockstep.sequencer;

import io.lockstep.codecs.ClOrdIds;
import io.lockstep.codecs.Decimal;
import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.Nulls;
import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.sbe.BestBidOfferEncoder;
import io.lockstep.sbe.BookSnapshotEncoder;
import io.lockstep.sbe.BookUpdateEncoder;
import io.lockstep.sbe.BooleanType;
import io.lockstep.sbe.Decimal64Encoder;
import io.lockstep.sbe.DecisionAcknowledgementEncoder;
import io.lockstep.sbe.ExecType;
import io.lockstep.sbe.ExecutionReportEncoder;
import io.lockstep.sbe.HeartbeatEncoder;
import io.lockstep.sbe.HelloEncoder;
import io.lockstep.sbe.InstrumentDefinitionEncoder;
import io.lockstep.sbe.LimitScope;
import io.lockstep.sbe.LimitType;
import io.lockstep.sbe.LiquidityIndicator;
import io.lockstep.sbe.MessageHeaderEncoder;
import io.lockstep.sbe.NewOrderSingleDecoder;
import io.lockstep.sbe.OrdRejReason;
import io.lockstep.sbe.OrdStatus;
import io.lockstep.sbe.RecordKind;
import io.lockstep.sbe.SetLimitEncoder;
import io.lockstep.sbe.Side;
import io.lockstep.sbe.SignalEncoder;
import io.lockstep.sbe.TradeEncoder;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.sbe.MessageEncoderFlyweight;

/**
 * Records as a gateway sends them, each in a buffer of its own. One source and session; numbers them +1 each from 1.
 */
public final class WireRecords
{
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final int sourceId;
    private final int session;
    private long sequence = 1;
    private long gatewayTimeNs;
    private boolean wantsDefinitions = true;
    private String proof = "";

    public WireRecords(final int sourceId, final int session)
    {
        this.sourceId = sourceId;
        this.session = session;
    }

    /** The source sequence of the next record. */
    public WireRecords sequence(final long next)
    {
        sequence = next;
        return this;
    }

    /** Whether the next Hellos ask for the instruments. */
    public WireRecords wantsDefinitions(final boolean wants)
    {
        wantsDefinitions = wants;
        return this;
    }

    /** Of the next Hellos. */
    public WireRecords proof(final String text)
    {
        proof = text;
        return this;
    }

    /** The gateway's time of the next records. */
    public WireRecords timeNs(final long timeNs)
    {
        gatewayTimeNs = timeNs;
        return this;
    }

    /** Of the next record. */
    public long sequence()
    {
        return sequence;
    }

    public UnsafeBuffer quote(final int instrumentId, final long bidTicks, final long askTicks)
    {
        return input(begin(new BestBidOfferEncoder())
            .instrumentId(instrumentId)
            .updateId(Nulls.NULL_UPDATE_ID)
            .bidPriceTicks(bidTicks)
            .bidQuantityLots(10)
            .askPriceTicks(askTicks)
            .askQuantityLots(10)
            .feedDelayNs(Nulls.NULL_TIME_NS));
    }

    public UnsafeBuffer definition(final Instrument instrument)
    {
        final InstrumentDefinitionEncoder definition = begin(new InstrumentDefinitionEncoder());
        instrument.encode(definition);
        return input(definition);
    }

    public UnsafeBuffer trade(final int instrumentId, final long priceTicks, final long quantityLots)
    {
        return input(begin(new TradeEncoder())
            .instrumentId(instrumentId)
            .tradeId(sequence)
            .priceTicks(priceTicks)
            .quantityLots(quantityLots)
            .aggressorSide(Side.BUY)
            .feedDelayNs(Nulls.NULL_TIME_NS));
    }

    /** Discarded by the core, for it is synchronised with no snapshot; so many levels on each side. */
    public UnsafeBuffer bookUpdate(final int instrumentId, final int bids, final int asks)
    {
        final BookUpdateEncoder update = begin(new BookUpdateEncoder())
            .instrumentId(instrumentId)
            .updateId(sequence)
            .previousUpdateId(Nulls.NULL_UPDATE_ID)
            .feedDelayNs(Nulls.NULL_TIME_NS);
        final BookUpdateEncoder.BidsEncoder bid = update.bidsCount(bids);
        for (int i = 0; i < bids; i++)
        {
            bid.next().priceTicks(10_000 - i).quantityLots(i + 1);
        }
        final BookUpdateEncoder.AsksEncoder ask = update.asksCount(asks);
        for (int i = 0; i < asks; i++)
        {
            ask.next().priceTicks(10_001 + i).quantityLots(i + 1);
        }
        return input(update);
    }

    /** One chunk of a snapshot: levels from the given depth on, both sides. */
    public UnsafeBuffer snapshot(
        final int instrumentId, final long updateId, final int chunk, final int chunks, final int from,
        final int levels)
    {
        final BookSnapshotEncoder snapshot = begin(new BookSnapshotEncoder())
            .instrumentId(instrumentId)
            .updateId(updateId)
            .chunkIndex(chunk)
            .chunkCount(chunks)
            .feedDelayNs(Nulls.NULL_TIME_NS);
        final BookSnapshotEncoder.BidsEncoder bid = snapshot.bidsCount(levels);
        for (int i = from; i < from + levels; i++)
        {
            bid.next().priceTicks(10_000 - i).quantityLots(i + 1);
        }
        final BookSnapshotEncoder.AsksEncoder ask = snapshot.asksCount(levels);
        for (int i = from; i < from + levels; i++)
        {
            ask.next().priceTicks(10_001 + i).quantityLots(i + 1);
        }
        return input(snapshot);
    }

    /** For all instruments. */
    public UnsafeBuffer limit(final LimitType type, final long value)
    {
        final SetLimitEncoder limit = begin(new SetLimitEncoder())
            .instrumentId(Nulls.NULL_INSTRUMENT_ID)
            .limitType(type)
            .scope(LimitScope.NULL_VAL).scopedId(SetLimitEncoder.scopedIdNullValue()).configured(BooleanType.FALSE)
            .strategyId(SetLimitEncoder.strategyIdNullValue());
        limit.value().mantissa(value).exponent((byte)0);
        return input(limit.user("operator"));
    }

    /** To buy a quantity, by whatever model; of the client {@code wire}, the first of its epoch. */
    public UnsafeBuffer signal(final String symbol, final String quantity)
    {
        final Decimal value = Decimal.parse(quantity);
        final SignalEncoder signal = begin(new SignalEncoder()).side(Side.BUY).epoch(1).counter(0)
            .expireTimeNs(SignalEncoder.expireTimeNsNullValue());
        signal.quantity().mantissa(value.mantissa()).exponent((byte)value.exponent());
        signal.quoteAmount().mantissa(0).exponent(Decimal64Encoder.exponentNullValue());
        return input(signal.clientName("wire").symbol(symbol).model("").reason("").user("operator"));
    }

    public UnsafeBuffer acknowledgement(final long egressSequence)
    {
        return input(begin(new DecisionAcknowledgementEncoder()).egressSequence(egressSequence));
    }

    /**
     * The venue's report on an order: accepted for {@link ExecType#NEW}, filled for {@link ExecType#TRADE}, or closed.
     *
     * @param newOrder record of the NewOrderSingle.
     */
    public UnsafeBuffer report(final DirectBuffer newOrder, final ExecType execType)
    {
        final NewOrderSingleDecoder order = new NewOrderSingleDecoder();
        order.wrap(newOrder, RecordDescriptor.BODY_OFFSET, RecordDescriptor.blockLength(newOrder, 0),
            RecordDescriptor.version(newOrder, 0));
        final boolean filled = execType == ExecType.TRADE;
        final ExecutionReportEncoder report = begin(new ExecutionReportEncoder());
        buffer.putBytes(report.offset(), newOrder, RecordDescriptor.BODY_OFFSET, ClOrdIds.LENGTH);
        report.execType(execType)
            .ordStatus(filled ? OrdStatus.FILLED : execType == ExecType.NEW ? OrdStatus.NEW : OrdStatus.CANCELED)
            .side(order.side())
            .ordRejReason(OrdRejReason.NONE)
            .liquidity(filled ? LiquidityIndicator.MAKER : LiquidityIndicator.NONE)
            .instrumentId(order.instrumentId())
            .orderId(sequence)
            .execId(sequence)
            .lastPxTicks(filled ? order.priceTicks() : Nulls.NULL_PRICE_TICKS)
            .lastQtyLots(filled ? order.orderQtyLots() : 0)
            .leavesQtyLots(execType == ExecType.NEW ? order.orderQtyLots() : 0)
            .cumQtyLots(filled ? order.orderQtyLots() : 0)
            .commission(0)
            .commissionHigh(ExecutionReportEncoder.commissionHighNullValue())
            .commissionExponent(ExecutionReportEncoder.commissionExponentNullValue())
            .execRefId(Nulls.NULL_LONG).refPxTicks(Nulls.NULL_PRICE_TICKS).refQtyLots(Nulls.NULL_LONG)
            .orderQtyLots(Nulls.NULL_LONG).priceTicks(Nulls.NULL_PRICE_TICKS)
            .venueExecId("")
            .commissionAsset("")
            .venueExecRefId("");
        return input(report);
    }

    /** Of a gateway that has handled no decision, or is not the one that decisions are for. */
    public UnsafeBuffer hello(final long firstAvailable, final boolean receivesDecisions)
    {
        return hello(firstAvailable, receivesDecisions, null);
    }

    /**
     * @param newestDecision record of the newest decision handled; null for none.
     */
    public UnsafeBuffer hello(
        final long firstAvailable, final boolean receivesDecisions, final DirectBuffer newestDecision)
    {
        final HelloEncoder hello = begin(new HelloEncoder())
            .sourceId(sourceId)
            .sourceSession(session)
            .firstAvailable(firstAvailable)
            .receivesDecisions(receivesDecisions ? BooleanType.TRUE : BooleanType.FALSE)
            .decisionsReceived(newestDecision == null ? 0 : RecordDescriptor.sourceSequence(newestDecision, 0))
            .decisionIncarnation(newestDecision == null ? 0 : RecordDescriptor.incarnation(newestDecision, 0))
            .decisionSequence(newestDecision == null ? 0 : RecordDescriptor.sequence(newestDecision, 0))
            .decisionOrdinal(newestDecision == null ? 0 : RecordDescriptor.ordinal(newestDecision, 0))
            .givesCommands(BooleanType.FALSE)
            .wantsDefinitions(wantsDefinitions ? BooleanType.TRUE : BooleanType.FALSE)
            .process("process " + session)
            .proof(proof);
        return link(hello);
    }

    /** A message about the link. */
    public UnsafeBuffer link(final MessageEncoderFlyweight encoder)
    {
        return record(RecordKind.LINK, encoder.encodedLength());
    }

    /** Nothing to say; all up to this source sequence was sent. */
    public UnsafeBuffer heartbeat(final long lastSequence)
    {
        final HeartbeatEncoder heartbeat = begin(new HeartbeatEncoder())
            .sourceId(sourceId)
            .sourceSession(session)
            .lastSequence(lastSequence);
        return record(RecordKind.LINK, heartbeat.encodedLength());
    }

    /** Begins any message, for {@link #input}. */
    public <T extends MessageEncoderFlyweight> T begin(final T encoder)
    {
        header.wrap(buffer, RecordDescriptor.HEADER_LENGTH)
            .blockLength(encoder.sbeBlockLength())
            .templateId(encoder.sbeTemplateId())
            .schemaId(encoder.sbeSchemaId())
            .version(encoder.sbeSchemaVersion());
        buffer.setMemory(RecordDescriptor.BODY_OFFSET, encoder.sbeBlockLength(), (byte)0);
        encoder.wrap(buffer, RecordDescriptor.BODY_OFFSET);
        return encoder;
    }

    /** The message as the next input of the source. */
    public UnsafeBuffer input(final MessageEncoderFlyweight encoder)
    {
        return record(RecordKind.INPUT, encoder.encodedLength());
    }

    private UnsafeBuffer record(final RecordKind kind, final int encodedLength)
    {
        final int length = RecordDescriptor.begin(
            buffer, 0, kind, MessageHeaderEncoder.ENCODED_LENGTH + encodedLength);
        if (kind == RecordKind.INPUT)
        {
            RecordDescriptor.sourceId(buffer, 0, sourceId);
            RecordDescriptor.sourceSession(buffer, 0, session);
            RecordDescriptor.sourceSequence(buffer, 0, sequence++);
            RecordDescriptor.gatewayTimeNs(buffer, 0, gatewayTimeNs);
        }
        final byte[] bytes = new byte[length];
        buffer.getBytes(0, bytes);
        return new UnsafeBuffer(bytes);
    }
}
