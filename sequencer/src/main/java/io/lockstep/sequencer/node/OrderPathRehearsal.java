package io.lockstep.sequencer.node;

import io.lockstep.codecs.ClOrdIds;
import io.lockstep.codecs.Increment;
import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.Nulls;
import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.core.host.CoreHost;
import io.lockstep.core.host.UnacknowledgedDecisions;
import io.lockstep.core.host.VenueView;
import io.lockstep.sbe.BookSnapshotEncoder;
import io.lockstep.sbe.BookUpdateEncoder;
import io.lockstep.sbe.CommandReason;
import io.lockstep.sbe.ContractType;
import io.lockstep.sbe.ExecType;
import io.lockstep.sbe.ExecutionReportEncoder;
import io.lockstep.sbe.LiquidityIndicator;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.MessageHeaderEncoder;
import io.lockstep.sbe.NewOrderSingleDecoder;
import io.lockstep.sbe.OrdRejReason;
import io.lockstep.sbe.OrdStatus;
import io.lockstep.sbe.RecordKind;
import io.lockstep.sequencer.config.ConfiguredInstrument;
import io.lockstep.sequencer.config.NodeContext;
import io.lockstep.sequencer.config.SequencedTime;
import io.lockstep.sequencer.config.YamlSection;
import io.lockstep.sequencer.egress.Egress;
import io.lockstep.sequencer.ingress.Ingress;
import io.lockstep.sequencer.ingress.InputSink;
import io.lockstep.sequencer.journal.Journal;
import io.lockstep.sequencer.loop.Sequencer;
import io.lockstep.sequencer.loop.SequencerMonitor;
import io.lockstep.sequencer.recovery.Predecessor;
import org.agrona.DirectBuffer;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/**
 * What a thread does not execute for a while leaves the processor's caches and its memory of branches, and the compiler has not seen
 * it at all before the first order. So while nothing happens, a market of its own moves a book, makes an order, and fills it: through
 * the same code as the node's, in a sequencer, a core and an outbox that nothing else knows, and that journal and send nothing.
 * <p>
 * One thread, the node's loop. A step allocates nothing. One that fails is the last, and concerns nothing that trades.
 */
public final class OrderPathRehearsal implements Ingress, Egress
{
    private static final String CONFIGURATION = """
        node: {time: recorded, reconcile: false, gatewayTimeout: 0, stateHashInterval: 0}
        limits: {maxOrderNotional: 1000000, maxPositionNotional: 1000000, maxOpenOrders: 100,
          maxMarketDataAgeMs: 60000, priceCollarBps: 500}
        strategies: [{name: rehearsal}]
        """;
    private static final long MID_TICKS = 1_000_000;
    private static final int DEPTH = 20;
    private static final int CHANGED_DEPTH = 2;
    private static final int QUANTITIES = 64;
    private static final long INTERVAL_NS = 1_000;
    private static final int SOURCE_ID = 1;
    private static final int RECORD_LENGTH_MAX = 1 << 12;
    private static final int OUTBOX_LENGTH = 1 << 12;

    private final UnacknowledgedDecisions outbox = new UnacknowledgedDecisions(OUTBOX_LENGTH);
    private final CoreHost host = new CoreHost(List.of(new RehearsalStrategy.Factory()), outbox);
    private final Sequencer sequencer;
    private final UnsafeBuffer record = new UnsafeBuffer(ByteBuffer.allocateDirect(RECORD_LENGTH_MAX));
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final BookSnapshotEncoder snapshot = new BookSnapshotEncoder();
    private final BookUpdateEncoder update = new BookUpdateEncoder();
    private final ExecutionReportEncoder report = new ExecutionReportEncoder();
    private final MessageHeaderDecoder decisionHeader = new MessageHeaderDecoder();
    private final NewOrderSingleDecoder order = new NewOrderSingleDecoder();
    private final long intervalNs;
    private final ErrorHandler errorHandler;
    private boolean isOver;
    private long nextNs;
    private long updateId;
    private long records;
    private boolean isFillDue;

    /**
     * @param intervalNs   between two inputs.
     * @param errorHandler is told of a step that has failed.
     */
    public OrderPathRehearsal(final EpochNanoClock clock, final long intervalNs, final ErrorHandler errorHandler)
    {
        this.intervalNs = intervalNs;
        this.errorHandler = errorHandler;
        sequencer = new Sequencer(
            host, this, Journal.NONE, this, clock, SequencedTime.RECORDED, SequencerMonitor.NONE, 0, 1, 0);
        final NodeContext context = NodeContext
            .read(YamlSection.parse(Path.of("rehearsal.yaml"), CONFIGURATION), CONFIGURATION)
            .withInstruments(List.of(new ConfiguredInstrument(instrument(), List.of())));
        final Incarnation incarnation = new Incarnation(host, sequencer);
        incarnation.begin(context, 1, Predecessor.NONE);
        incarnation.configure(context);
    }

    private static Instrument instrument()
    {
        return new Instrument(0, "REHEARSAL", "NONE", ContractType.LINEAR, Increment.parse("0.01"),
            Increment.parse("0.001"), 1, 1, Increment.parse("1"), "BASE", "QUOTE", "QUOTE");
    }

    /**
     * There is nothing to do: the next input, when it is time for it.
     *
     * @param nowNs of any clock that goes on.
     */
    public void onIdle(final long nowNs)
    {
        if (!isOver && (nextNs == 0 || nowNs - nextNs >= 0))
        {
            nextNs = nowNs + intervalNs;
            tryStep();
        }
    }

    private void tryStep()
    {
        try
        {
            step();
        }
        catch (final RuntimeException ex)
        {
            isOver = true;
            errorHandler.onError(new IllegalStateException("no more rehearsals", ex));
        }
    }

    /** One input: a change of the book, which makes an order, and then the order's fill, in turn. */
    void step()
    {
        sequencer.doWork();
        outbox.release(VenueView.FIRST_VENUE, host.egressSequence(VenueView.FIRST_VENUE));
    }

    /** Orders made and filled. */
    long orders()
    {
        return host.ordersSent();
    }

    CoreHost host()
    {
        return host;
    }

    @Override
    public int poll(final InputSink sink, final int limit, final long wallTimeNs)
    {
        final int messageLength = isFillDue ? encodeFill() : encodeBook();
        isFillDue = false;
        final int length = RecordDescriptor.begin(record, 0, RecordKind.INPUT, messageLength);
        records++;
        RecordDescriptor.sourceId(record, 0, SOURCE_ID);
        RecordDescriptor.sourceSession(record, 0, 1);
        RecordDescriptor.sourceSequence(record, 0, records);
        RecordDescriptor.gatewayTimeNs(record, 0, records * INTERVAL_NS);
        sink.onInput(record, 0, length);
        return 1;
    }

    private int encodeBook()
    {
        return updateId == 0 ? encodeSnapshot() : encodeUpdate();
    }

    private int encodeSnapshot()
    {
        snapshot.wrapAndApplyHeader(record, RecordDescriptor.HEADER_LENGTH, header)
            .instrumentId(0).chunkIndex(0).chunkCount(1).updateId(++updateId)
            .feedDelayNs(Nulls.NULL_TIME_NS);
        final BookSnapshotEncoder.BidsEncoder bids = snapshot.bidsCount(DEPTH);
        for (int level = 1; level <= DEPTH; level++)
        {
            bids.next().priceTicks(MID_TICKS - level).quantityLots(level);
        }
        final BookSnapshotEncoder.AsksEncoder asks = snapshot.asksCount(DEPTH);
        for (int level = 1; level <= DEPTH; level++)
        {
            asks.next().priceTicks(MID_TICKS + level).quantityLots(level);
        }
        return MessageHeaderEncoder.ENCODED_LENGTH + snapshot.encodedLength();
    }

    private int encodeUpdate()
    {
        update.wrapAndApplyHeader(record, RecordDescriptor.HEADER_LENGTH, header)
            .instrumentId(0).updateId(updateId + 1).previousUpdateId(updateId)
            .feedDelayNs(Nulls.NULL_TIME_NS);
        updateId++;
        final long lots = 1 + updateId % QUANTITIES;
        final BookUpdateEncoder.BidsEncoder bids = update.bidsCount(CHANGED_DEPTH);
        for (int level = 1; level <= CHANGED_DEPTH; level++)
        {
            bids.next().priceTicks(MID_TICKS - level).quantityLots(lots);
        }
        final BookUpdateEncoder.AsksEncoder asks = update.asksCount(CHANGED_DEPTH);
        for (int level = 1; level <= CHANGED_DEPTH; level++)
        {
            asks.next().priceTicks(MID_TICKS + level).quantityLots(lots);
        }
        return MessageHeaderEncoder.ENCODED_LENGTH + update.encodedLength();
    }

    private int encodeFill()
    {
        report.wrapAndApplyHeader(record, RecordDescriptor.HEADER_LENGTH, header)
            .execType(ExecType.TRADE).ordStatus(OrdStatus.FILLED).side(order.side())
            .ordRejReason(OrdRejReason.NONE).liquidity(LiquidityIndicator.TAKER)
            .instrumentId(0).orderId(updateId).execId(updateId)
            .lastPxTicks(order.priceTicks()).lastQtyLots(order.orderQtyLots()).leavesQtyLots(0)
            .cumQtyLots(order.orderQtyLots()).commission(0)
            .commissionHigh(ExecutionReportEncoder.commissionHighNullValue())
            .execRefId(Nulls.NULL_LONG).refPxTicks(Nulls.NULL_PRICE_TICKS).refQtyLots(Nulls.NULL_LONG)
            .orderQtyLots(Nulls.NULL_LONG).priceTicks(Nulls.NULL_PRICE_TICKS);
        record.putBytes(report.offset() + ExecutionReportEncoder.clOrdIdEncodingOffset(), order.buffer(),
            order.offset() + NewOrderSingleDecoder.clOrdIdEncodingOffset(), ClOrdIds.LENGTH);
        record.setMemory(
            report.offset() + ExecutionReportEncoder.origClOrdIdEncodingOffset(), ClOrdIds.LENGTH, (byte)0);
        return MessageHeaderEncoder.ENCODED_LENGTH + report.encodedLength();
    }

    @Override
    public void onJournaled(final boolean idle)
    {
    }

    /** The order stays readable where it was decided until the next turn. */
    @Override
    public void onApplied(final DirectBuffer buffer, final int offset, final CommandReason reason)
    {
        if (host.decisions().isEmpty())
        {
            return;
        }
        final int decision = host.decisions().lastOffset();
        if (RecordDescriptor.templateId(host.decisions().buffer(), decision) == NewOrderSingleDecoder.TEMPLATE_ID)
        {
            order.wrapAndApplyHeader(
                host.decisions().buffer(), decision + RecordDescriptor.HEADER_LENGTH, decisionHeader);
            isFillDue = true;
        }
    }

    @Override
    public void flush()
    {
    }

    @Override
    public int doWork(final long wallTimeNs)
    {
        return 0;
    }
}
