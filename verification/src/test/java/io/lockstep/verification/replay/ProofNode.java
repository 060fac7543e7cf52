package io.lockstep.verification.replay;

import io.lockstep.codecs.ClOrdIds;
import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.Nulls;
import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.core.TradingCore;
import io.lockstep.core.host.CoreHost;
import io.lockstep.core.order.Order;
import io.lockstep.gateways.feed.MarketSource;
import io.lockstep.gateways.simulated.VenueRules;
import io.lockstep.research.backtest.BacktestVenue;
import io.lockstep.sbe.AlertType;
import io.lockstep.sbe.BooleanType;
import io.lockstep.sbe.DecisionAcknowledgementEncoder;
import io.lockstep.sbe.ExecType;
import io.lockstep.sbe.ExecutionReportEncoder;
import io.lockstep.sbe.FeedCondition;
import io.lockstep.sbe.LimitScope;
import io.lockstep.sbe.LiquidityIndicator;
import io.lockstep.sbe.MassStatusEndEncoder;
import io.lockstep.sbe.MessageHeaderEncoder;
import io.lockstep.sbe.NewOrderSingleEncoder;
import io.lockstep.sbe.NodeStoppingEncoder;
import io.lockstep.sbe.OrdRejReason;
import io.lockstep.sbe.OrdStatus;
import io.lockstep.sbe.RecordKind;
import io.lockstep.sbe.RequestExpiredEncoder;
import io.lockstep.sbe.SetTradingModeEncoder;
import io.lockstep.sbe.Side;
import io.lockstep.sbe.TradingMode;
import io.lockstep.sequencer.config.NodeContext;
import io.lockstep.sequencer.config.SequencedTime;
import io.lockstep.sequencer.journal.Journal;
import io.lockstep.sequencer.loop.Sequencer;
import io.lockstep.sequencer.loop.SequencerMonitor;
import io.lockstep.sequencer.node.Incarnation;
import io.lockstep.sequencer.node.Strategies;
import io.lockstep.sequencer.recovery.Predecessor;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.sbe.MessageEncoderFlyweight;

import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/**
 * A backtest with what only a live node meets strewn in between the turns of its loop: a venue that is asked what it has and
 * answers well or badly, sources that fall silent, alerts, a request that has waited too long, and the node's stop.
 */
final class ProofNode
{
    private static final int FEED_SOURCE = 1;
    private static final int VENUE_SOURCE = 2;
    private static final int SESSION = 1;
    private static final int INCARNATION = 1;
    private static final int TURNS_BETWEEN = 40;
    /** While no orders can be sent, which is to pass soon. */
    private static final int TURNS_WITHOUT_ORDERS = 5;
    /** In no journal: the sequences of the lost tail. */
    private static final long LOST_SEQUENCE = 1_000_000;
    private static final long LOST_EXEC_ID = 1L << 40;

    private final NodeContext context;
    private final BacktestVenue ends;
    private final CoreHost host;
    private final Sequencer sequencer;
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final ExecutionReportEncoder report = new ExecutionReportEncoder();
    private final UnsafeBuffer record = new UnsafeBuffer(new byte[512]);
    private final ProofLedger ledger = new ProofLedger(this::own, this::target, this::offset, this::fromVenue, record);
    private final ProofHand hand = new ProofHand(this::own, this::target, this::offset, this::firstOrder,
        this::bestBidTicks);
    private final ProofRails rails = new ProofRails(this::own, this::target, this::offset);
    /** Each is tried again when there is nothing yet for it to be about. */
    private final List<BooleanSupplier> script = List.of(
        this::answer, () -> alert(AlertType.SEQUENCER_STALLED, TradingMode.NULL_VAL, false),
        () -> silence(FeedCondition.STALE), () -> silence(FeedCondition.LIVE), this::expireOrder,
        ledger::defineVenue, hand::allocate, ledger::report, hand::order, ledger::enter, hand::stop, this::lateFill,
        hand::transfer,
        hand::cancel,
        hand::flatten, hand::startAnew,
        () -> venue(false), this::answer,
        () -> venue(false), () -> venue(true), this::lostOrder, this::lostFill, this::answerOfAnotherCount,
        this::answer,
        () -> alert(AlertType.CLOCK_JUMP, TradingMode.REDUCE_ONLY, false), this::resume, this::expireReplace,
        this::otherQuantity, this::resume,
        () -> alert(AlertType.DISK_NEARLY_FULL, TradingMode.HALTED, true), ledger::report, this::resume,
        this::answerOfNoOrders, this::gatewayAhead, this::resume,
        () -> alert(AlertType.CLOCK_BACKWARDS, TradingMode.KILLED, false), this::resume,
        () -> alert(AlertType.CORE_FAILURE, TradingMode.HALTED, true), this::resume);
    private int step;
    private Lost closing;

    /** An order by the parts of its ClOrdID. */
    private record Lost(int incarnation, long sequence, int ordinal, int instrumentId, Side side)
    {
    }

    ProofNode(final NodeContext context, final VenueRules rules, final Journal journal, final long startNs)
    {
        this.context = context;
        ends = new BacktestVenue(rules, (buffer, offset) ->
        {
        });
        host = new CoreHost(Strategies.load(context.strategies()), ends);
        sequencer = new Sequencer(host, ends, journal, ends, () -> startNs, SequencedTime.RECORDED,
            SequencerMonitor.NONE,
            context.shard(), INCARNATION, 0);
    }

    /** Plays the market that is made when instruments have their ids, stops and ends the journal. */
    CoreHost run(final Function<ToIntFunction<Instrument>, MarketSource> market)
    {
        final Incarnation incarnation = new Incarnation(host, sequencer);
        incarnation.begin(context, INCARNATION, Predecessor.NONE);
        incarnation.configure(context);
        for (int id = 0; id < host.core().instrumentCount(); id++)
        {
            ends.define(host.core().instrument(id));
        }
        try (MarketSource source = market.apply(this::instrumentId))
        {
            ends.start(source, host.timers());
            play();
        }
        incarnation.stop();
        incarnation.end();
        return host;
    }

    private int instrumentId(final Instrument instrument)
    {
        int id = 0;
        while (!host.core().instrument(id).name().equals(instrument.name()))
        {
            id++;
        }
        return id;
    }

    private void play()
    {
        long turns = 0;
        while (sequencer.doWork() > 0)
        {
            if (++turns >= turnsBetween() && script.get(step % script.size()).getAsBoolean())
            {
                step++;
                turns = 0;
            }
        }
        rails.play();
        hand.unset();
        hand.unassign();
        ledger.defineSources();
        fromFeed(new SetTradingModeEncoder().wrapAndApplyHeader(record, RecordDescriptor.HEADER_LENGTH, header)
            .mode(TradingMode.HALTED).scope(LimitScope.NODE)
            .flatten(BooleanType.FALSE).scopedId(SetTradingModeEncoder.scopedIdNullValue()).user("feed"));
        own(new NodeStoppingEncoder().wrapAndApplyHeader(target(), offset(), header).cancelOrders(BooleanType.TRUE));
        while (sequencer.doWork() > 0)
        {
            // Until the venue has answered all cancels.
        }
        compareAccount();
    }

    /** Nothing is in flight any more. */
    private void compareAccount()
    {
        venue(true);
        answer();
        fromVenue(
            new DecisionAcknowledgementEncoder().wrapAndApplyHeader(record, RecordDescriptor.HEADER_LENGTH, header)
                .egressSequence(host.egressSequence(0)));
        ledger.report();
        ledger.report();
        ledger.accept();
    }

    private int turnsBetween()
    {
        return host.core().isReconciling() || host.core().mode() != TradingMode.RUNNING
            ? TURNS_WITHOUT_ORDERS
            : TURNS_BETWEEN;
    }

    private MutableDirectBuffer target()
    {
        return sequencer.inputs().buffer();
    }

    private int offset()
    {
        return sequencer.inputs().nextMessageOffset();
    }

    private boolean own(final MessageEncoderFlyweight message)
    {
        sequencer.onOwnInput(message);
        sequencer.sequenceOwnInputs();
        return true;
    }

    private boolean alert(final AlertType type, final TradingMode mode, final boolean cancelOrders)
    {
        sequencer.onAlert(type, mode, cancelOrders, step, 7);
        sequencer.sequenceOwnInputs();
        return true;
    }

    private boolean resume()
    {
        return own(new SetTradingModeEncoder().wrapAndApplyHeader(target(), offset(), header).mode(TradingMode.RUNNING)
            .scope(LimitScope.NODE)
            .flatten(BooleanType.FALSE).scopedId(SetTradingModeEncoder.scopedIdNullValue()).user("proof"));
    }

    private boolean silence(final FeedCondition condition)
    {
        sequencer.onSilence(FEED_SOURCE, SESSION, host.sources().source(FEED_SOURCE).lastSequence(), condition, 1_000,
            1_500);
        sequencer.sequenceOwnInputs();
        return true;
    }

    private boolean venue(final boolean isConnected)
    {
        sequencer.onVenueStatus(VENUE_SOURCE, isConnected ? BooleanType.TRUE : BooleanType.FALSE,
            isConnected ? 0 : 2_000);
        sequencer.sequenceOwnInputs();
        return true;
    }

    private boolean gatewayAhead()
    {
        sequencer.onGatewayAhead(0, host.egressSequence(0) + 100, host.egressSequence(0));
        sequencer.sequenceOwnInputs();
        return true;
    }

    private Order firstOrder()
    {
        for (int id = 0; id < host.core().instrumentCount(); id++)
        {
            if (host.core().openOrders(id).first() != null)
            {
                return host.core().openOrders(id).first();
            }
        }
        return null;
    }

    /** Null while no order may leave. */
    private long bestBidTicks()
    {
        return host.core().mode() == TradingMode.RUNNING
            ? host.core().slot(0).market().bestBidTicks()
            : Nulls.NULL_PRICE_TICKS;
    }

    private boolean expireOrder()
    {
        final Order order = firstOrder();
        return order != null && !order.isAtVenue() && expire(order, order.entryEgress());
    }

    /** The ClOrdID is not the replace's, so the order does not change. */
    private boolean expireReplace()
    {
        final Order order = firstOrder();
        return order != null && order.isAtVenue() && expire(order, order.entryEgress());
    }

    private boolean expire(final Order order, final long egressSequence)
    {
        final RequestExpiredEncoder expired = new RequestExpiredEncoder().wrapAndApplyHeader(target(), offset(), header)
            .egressSequence(egressSequence).requestTemplateId(NewOrderSingleEncoder.TEMPLATE_ID).ageNs(30_000_000_000L);
        ClOrdIds.encode(expired.buffer(), expired.offset() + RequestExpiredEncoder.clOrdIdEncodingOffset(),
            context.shard(), order.incarnation(), order.sequence(), order.ordinal());
        return own(expired);
    }

    /** What the venue has, the last few executions once more, and all of it before anything else of later. */
    private boolean answer()
    {
        final long decisionsReceived = host.egressSequence(0);
        final long atNs = ends.venue().timeNs();
        ends.venue().repeatExecutions(Math.max(0, host.core().lastExecId(VENUE_SOURCE) - 3));
        final int openOrders = ends.venue().reportOpenOrders();
        while (host.lastTimeNs() <= atNs && sequencer.doWork() > 0)
        {
            // The answer is under way.
        }
        return end(openOrders, decisionsReceived);
    }

    private boolean answerOfAnotherCount()
    {
        return end(1_000, host.egressSequence(0));
    }

    private boolean answerOfNoOrders()
    {
        return host.core().openOrderCount() > 0 && venue(false) && end(0, host.egressSequence(0));
    }

    private boolean end(final int openOrders, final long decisionsReceived)
    {
        return fromVenue(new MassStatusEndEncoder()
            .wrapAndApplyHeader(record, RecordDescriptor.HEADER_LENGTH, header).incarnation(INCARNATION)
            .decisionsReceived(decisionsReceived).lastExecId(ends.venue().lastExecId()).openOrders(openOrders)
            .massStatusReqId(step));
    }

    private boolean lostOrder()
    {
        return lost(ExecType.ORDER_STATUS, OrdStatus.PARTIALLY_FILLED, Nulls.NULL_PRICE_TICKS, 0, 3, 2);
    }

    private boolean lostFill()
    {
        return lost(ExecType.TRADE, OrdStatus.FILLED, 300_000, 3, 0, 5);
    }

    private boolean lost(final ExecType execType, final OrdStatus status, final long lastPxTicks,
        final long lastQtyLots,
        final long leavesQtyLots, final long cumQtyLots)
    {
        return report(INCARNATION, LOST_SEQUENCE + step / script.size(), 1, 0, Side.BUY, execType, status, lastPxTicks,
            lastQtyLots, leavesQtyLots, cumQtyLots);
    }

    /** Of an order that the venue has said is gone: it was executed all the same. */
    private boolean lateFill()
    {
        if (closing == null)
        {
            final Order order = firstOrder();
            closing = order == null
                ? null
                : new Lost(order.incarnation(), order.sequence(), order.ordinal(), order.instrumentId(), order.side());
            return closing != null && report(closing, ExecType.CANCELED, OrdStatus.CANCELED, 0) && lateFill();
        }
        final boolean isDone = report(closing, ExecType.TRADE, OrdStatus.FILLED, 1);
        closing = null;
        return isDone;
    }

    private boolean report(final Lost order, final ExecType execType, final OrdStatus status, final long lots)
    {
        return report(order.incarnation, order.sequence, order.ordinal, order.instrumentId, order.side, execType,
            status, lots > 0 ? 300_000 : Nulls.NULL_PRICE_TICKS, lots, 0, lots);
    }

    /** All there is as the journal has it, but for the first, of which the venue has filled one lot more. */
    private boolean otherQuantity()
    {
        final TradingCore core = host.core();
        final int openOrders = core.openOrderCount();
        if (openOrders == 0)
        {
            return false;
        }
        venue(false);
        int more = 1;
        for (int id = 0; id < core.instrumentCount(); id++)
        {
            Order next;
            for (Order order = core.openOrders(id).first(); order != null; order = next)
            {
                next = core.openOrders(id).next(order);
                report(order.incarnation(), order.sequence(), order.ordinal(), id, order.side(), ExecType.ORDER_STATUS,
                    OrdStatus.NEW, Nulls.NULL_PRICE_TICKS, 0, order.leavesQtyLots() - more, order.cumQtyLots() + more);
                more = 0;
            }
        }
        return end(openOrders, host.egressSequence(0));
    }

    private boolean report(
        final int incarnation,
        final long sequence,
        final int ordinal,
        final int instrumentId,
        final Side side,
        final ExecType execType,
        final OrdStatus status,
        final long lastPxTicks,
        final long lastQtyLots,
        final long leavesQtyLots,
        final long cumQtyLots)
    {
        report.wrapAndApplyHeader(record, RecordDescriptor.HEADER_LENGTH, header).origClOrdId("").execType(execType)
            .ordStatus(status).side(side).ordRejReason(OrdRejReason.NONE).liquidity(LiquidityIndicator.MAKER)
            .instrumentId(instrumentId).orderId(1)
            .execId(execType == ExecType.ORDER_STATUS ? 0 : LOST_EXEC_ID + step).lastPxTicks(lastPxTicks)
            .lastQtyLots(lastQtyLots).leavesQtyLots(leavesQtyLots).cumQtyLots(cumQtyLots).commission(5)
            .commissionHigh(ExecutionReportEncoder.commissionHighNullValue())
            .commissionExponent(ExecutionReportEncoder.commissionExponentNullValue())
            .execRefId(Nulls.NULL_LONG).refPxTicks(Nulls.NULL_PRICE_TICKS).refQtyLots(Nulls.NULL_LONG)
            .orderQtyLots(Nulls.NULL_LONG).priceTicks(Nulls.NULL_PRICE_TICKS)
            .venueExecId("").commissionAsset("").venueExecRefId("");
        ClOrdIds.encode(record, report.offset() + ExecutionReportEncoder.clOrdIdEncodingOffset(), context.shard(),
            incarnation, sequence, ordinal);
        return fromVenue(report);
    }

    /** Under the count of the venue's last report: the next one goes on from there. */
    private boolean fromVenue(final MessageEncoderFlyweight message)
    {
        return from(VENUE_SOURCE, message);
    }

    private boolean fromFeed(final MessageEncoderFlyweight message)
    {
        return from(FEED_SOURCE, message);
    }

    private boolean from(final int sourceId, final MessageEncoderFlyweight message)
    {
        final int length = RecordDescriptor.begin(
            record, 0, RecordKind.INPUT, MessageHeaderEncoder.ENCODED_LENGTH + message.encodedLength());
        RecordDescriptor.sourceId(record, 0, sourceId);
        RecordDescriptor.sourceSession(record, 0, SESSION);
        RecordDescriptor.sourceSequence(record, 0, host.sources().source(sourceId).lastSequence());
        RecordDescriptor.gatewayTimeNs(record, 0, host.lastTimeNs());
        sequencer.onInput(record, 0, length);
        sequencer.sequenceOwnInputs();
        return true;
    }
}
