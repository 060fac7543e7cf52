package io.lockstep.core.execution;

import io.lockstep.codecs.Int128;
import io.lockstep.codecs.MutableInt128;
import io.lockstep.codecs.Nulls;
import io.lockstep.core.account.Commission;
import io.lockstep.core.account.ConversionRates;
import io.lockstep.core.decision.DecisionWriter;
import io.lockstep.core.instance.Instances;
import io.lockstep.core.instance.Leg;
import io.lockstep.core.instance.StrategyInstance;
import io.lockstep.core.instrument.InstrumentSlot;
import io.lockstep.core.instrument.Slots;
import io.lockstep.core.order.ClosedOrders;
import io.lockstep.core.order.Order;
import io.lockstep.core.order.OrderEvent;
import io.lockstep.core.order.OrderState;
import io.lockstep.core.order.OrderStore;
import io.lockstep.core.strategy.Fill;
import io.lockstep.sbe.CxlRejResponseTo;
import io.lockstep.sbe.ExecType;
import io.lockstep.sbe.ExecutionPlace;
import io.lockstep.sbe.ExecutionReportDecoder;
import io.lockstep.sbe.LiquidityIndicator;
import io.lockstep.sbe.OrdStatus;
import io.lockstep.sbe.OrderReason;
import io.lockstep.sbe.Side;

/**
 * What happens to orders: position and order follow, then the strategy whose order it is gets the call. What the venue says was executed is in
 * position and cash, also when the order's life has no place for it: such an execution is counted by itself, and announced. No allocation.
 */
public final class OrderEvents
{
    /** The newest fill, as a strategy sees it. */
    private static final class ReportedFill implements Fill
    {
        private final MutableInt128 commission = new MutableInt128();
        private long priceTicks;
        private long quantityLots;
        private LiquidityIndicator liquidity;

        void of(final ExecutionReportDecoder report)
        {
            priceTicks = report.lastPxTicks();
            quantityLots = report.lastQtyLots();
            liquidity = report.liquidity();
        }

        @Override
        public long priceTicks()
        {
            return priceTicks;
        }

        @Override
        public long quantityLots()
        {
            return quantityLots;
        }

        @Override
        public Int128 commission()
        {
            return commission;
        }

        @Override
        public LiquidityIndicator liquidity()
        {
            return liquidity;
        }
    }

    private final Slots slots;
    private final OrderStore orders;
    private final OrderDesk desk;
    private final Instances instances;
    private final DecisionWriter decisions;
    private final ConversionRates rates;
    private final FillListener fills;
    private final FillRange range = new FillRange();
    private final ReportedFill fill = new ReportedFill();
    private final ReportedCorrection correction = new ReportedCorrection();
    private final Commission commission = new Commission();
    private final Commission noCommission = new Commission();
    private final ExecutionCorrections corrections;
    private long outOfPlace;
    private long uncountable;

    /**
     * @param rates make cash of fees in another asset.
     * @param fills is told of each fill, wherever it belongs.
     * @param counts of what venues correct.
     */
    public OrderEvents(
        final Slots slots,
        final OrderStore orders,
        final OrderDesk desk,
        final Instances instances,
        final DecisionWriter decisions,
        final ConversionRates rates,
        final FillListener fills,
        final CorrectionCounts counts)
    {
        this.slots = slots;
        this.orders = orders;
        this.desk = desk;
        this.instances = instances;
        this.decisions = decisions;
        this.rates = rates;
        this.fills = fills;
        corrections = new ExecutionCorrections(orders, this, decisions, counts);
    }

    /** Executions that had no place in their order's life; they are in position and cash. */
    public long outOfPlace()
    {
        return outOfPlace;
    }

    /** Executions of more than can be counted; they had no other effect. */
    public long uncountable()
    {
        return uncountable;
    }

    public void restore(final long newOutOfPlace, final long newUncountable)
    {
        outOfPlace = newOutOfPlace;
        uncountable = newUncountable;
    }

    /**
     * A report with quantities that cannot be counted with, whatever it is about.
     *
     * @param orderOrNull that it is of.
     */
    void onUncountable(final Order orderOrNull, final ExecutionReportDecoder report)
    {
        uncountable(report, orderOrNull == null ? OrdStatus.NULL_VAL : orderOrNull.state().status(),
            orderOrNull == null ? StrategyInstance.NOBODY : orderOrNull.strategyId(), report.cumQtyLots());
    }

    private void uncountable(
        final ExecutionReportDecoder report, final OrdStatus status, final int strategyId, final long cumQtyLots)
    {
        uncountable++;
        decisions.outOfPlace(ExecutionPlace.UNCOUNTABLE, report, status, strategyId, cumQtyLots);
    }

    /** A report of an open order, of its own instrument and side. */
    void onExecution(
        final Leg leg, final Order order, final ExecutionReportDecoder report, final OrderEvent event)
    {
        if (event == OrderEvent.RESTATED)
        {
            corrections.onRestated(leg, order, report);
            return;
        }
        if (!orders.admits(order, event))
        {
            return;
        }
        if (event == OrderEvent.TRADE_CORRECT || event == OrderEvent.TRADE_CANCEL)
        {
            corrections.onOpen(leg, order, report, event);
            return;
        }
        final boolean isFill = event == OrderEvent.FILL || event == OrderEvent.PARTIAL_FILL;
        if (isFill && !isPriced(report))
        {
            orders.refuse();
            return;
        }
        if (isFill && !range.hasFill(leg, order.cumQtyLots(), report))
        {
            uncountable(report, order.state().status(), leg.strategyId(), order.cumQtyLots());
            return;
        }
        orders.heardOf(order);
        if (isFill)
        {
            fill(leg, order, report);
        }
        else if (event == OrderEvent.REPLACED)
        {
            orders.completeReplace(order);
        }
        final boolean goesOn = event == OrderEvent.FILL && order.isSliced()
            && order.cumQtyLots() < order.orderQtyLots();
        onEvent(leg, order, goesOn ? afterSlice(order) : event, isFill ? fill : null);
    }

    /** An order that is to be gone ends with the part that the venue had. */
    private static OrderEvent afterSlice(final Order order)
    {
        return order.state() == OrderState.PENDING_CANCEL || order.wish() != OrderReason.NONE
            ? OrderEvent.CANCELED
            : OrderEvent.SLICE_FILLED;
    }

    private static boolean isPriced(final ExecutionReportDecoder report)
    {
        return report.lastQtyLots() > 0 && report.lastPxTicks() != Nulls.NULL_PRICE_TICKS;
    }

    private void fill(final Leg leg, final Order order, final ExecutionReportDecoder report)
    {
        book(leg, order.side(), report);
        final long before = orders.overfills();
        orders.fill(order, report.lastQtyLots());
        if (orders.overfills() != before)
        {
            announce(ExecutionPlace.BEYOND_QUANTITY, report, order.state().status(), leg, order.cumQtyLots());
        }
    }

    /** A fill that can be counted. */
    private void book(final Leg leg, final Side side, final ExecutionReportDecoder report)
    {
        final InstrumentSlot slot = leg.slot();
        desk.touch(slot);
        fill.of(report);
        decodeFee(slot, report, fill.commission);
        final long signedLots = side == Side.BUY ? fill.quantityLots() : -fill.quantityLots();
        leg.position().onFill(fill.priceTicks(), signedLots, fill.commission);
        slot.risk().reckon();
        fills.onFill(leg, fill.priceTicks(), signedLots, commission);
        desk.onFill(leg);
        instances.onMaybeFlat(leg.instance());
    }

    /** The fee as the venue says it, and in the instrument's cash. */
    private void decodeFee(
        final InstrumentSlot slot, final ExecutionReportDecoder report, final MutableInt128 cashUnits)
    {
        commission.decode(report);
        if (commission.isForeign())
        {
            rates.fee(commission, slot.instrument(), cashUnits);
        }
        else
        {
            cashUnits.set(commission.amount());
        }
    }

    /** An execution is taken back as the opposite trade, and what takes its place is booked; it can be counted. */
    void rebook(final Leg leg, final Side side, final ExecutionReportDecoder report)
    {
        final InstrumentSlot slot = leg.slot();
        desk.touch(slot);
        correction.of(side, report);
        decodeFee(slot, report, correction.commission);
        final long refLots = side == Side.BUY ? -correction.refQuantityLots() : correction.refQuantityLots();
        leg.position().rebook(correction.refPriceTicks(), refLots, correction.commission);
        fills.onFill(leg, correction.refPriceTicks(), refLots, commission);
        if (!correction.isBust())
        {
            final long lots = side == Side.BUY ? correction.quantityLots() : -correction.quantityLots();
            leg.position().rebook(correction.priceTicks(), lots, noCommission.amount());
            fills.onFill(leg, correction.priceTicks(), lots, noCommission);
        }
        slot.risk().reckon();
        instances.onMaybeFlat(leg.instance());
    }

    /** What takes the place of the execution that a report corrects; 0 when it is void. */
    static long bookedLots(final ExecutionReportDecoder report)
    {
        return report.execType() == ExecType.TRADE_CANCEL ? 0 : report.lastQtyLots();
    }

    ExecutionCorrections corrections()
    {
        return corrections;
    }

    /** An execution of an open order was corrected, and is booked; a correction may have filled the order. */
    void onCorrected(final Leg leg, final Order order, final ExecutionReportDecoder report, final OrderEvent event)
    {
        final boolean isFilled = event == OrderEvent.TRADE_CORRECT && report.leavesQtyLots() == 0 &&
            report.ordStatus() == OrdStatus.FILLED;
        if (isFilled)
        {
            fill.of(report);
            fill.commission.set(correction.commission);
        }
        onEvent(leg, order, isFilled ? OrderEvent.FILL : event, isFilled ? fill : null);
        leg.instance().onCorrection(leg, correction);
    }

    /** An execution of an order that is over, or forgotten, was corrected, and is booked. */
    void onCorrected(final Leg leg)
    {
        desk.onChanged(leg);
        leg.instance().onCorrection(leg, correction);
    }

    private void announce(
        final ExecutionPlace place,
        final ExecutionReportDecoder report,
        final OrdStatus status,
        final Leg leg,
        final long cumQtyLots)
    {
        outOfPlace++;
        decisions.outOfPlace(place, report, status, leg.strategyId(), cumQtyLots);
    }

    /** A fill of an order that is over, and that is remembered. */
    void onFillOfClosed(final Leg leg, final int place, final ExecutionReportDecoder report)
    {
        final ClosedOrders closed = orders.closed();
        final OrdStatus status = closed.status(place);
        if (!range.hasFill(leg, closed.cumQtyLots(place), report))
        {
            uncountable(report, status, leg.strategyId(), closed.cumQtyLots(place));
            return;
        }
        book(leg, closed.side(place), report);
        desk.onChanged(leg);
        onLateFill(leg, place, report.lastQtyLots());
        final boolean isFilled = status == OrdStatus.FILLED ||
            closed.cumQtyLots(place) > closed.orderQtyLots(place);
        announce(isFilled ? ExecutionPlace.BEYOND_QUANTITY : ExecutionPlace.AFTER_END, report, status, leg,
            closed.cumQtyLots(place));
        leg.instance().onStrayFill(leg, closed.side(place), report.lastPxTicks(), report.lastQtyLots());
    }

    /**
     * So many lots more are filled of an order that is over, and of its part of a list.
     *
     * @param lots negative: less.
     */
    void onLateFill(final Leg leg, final int place, final long lots)
    {
        final ClosedOrders closed = orders.closed();
        closed.fill(place, lots);
        desk.lists().open().onLateFill(leg.slot().id(), closed.key(place), closed.incarnation(place), lots);
    }

    /** A fill of a ClOrdID of ours that nothing is remembered of: it is nobody's. */
    void onFillOfForgotten(final Leg leg, final ExecutionReportDecoder report)
    {
        if (!range.hasFill(leg, 0, report))
        {
            uncountable(report, OrdStatus.NULL_VAL, leg.strategyId(), report.cumQtyLots());
            return;
        }
        book(leg, report.side(), report);
        desk.onChanged(leg);
        announce(ExecutionPlace.UNKNOWN_ORDER, report, OrdStatus.NULL_VAL, leg, report.cumQtyLots());
    }

    /** A fill of an order that the journal has lost: the position follows, and there is no order to show to a strategy. */
    void onStrayFill(final Leg leg, final ExecutionReportDecoder report)
    {
        if (!range.hasFill(leg, 0, report))
        {
            uncountable(report, OrdStatus.NULL_VAL, leg.strategyId(), report.cumQtyLots());
            return;
        }
        book(leg, report.side(), report);
        desk.onChanged(leg);
        leg.instance().onStrayFill(leg, report.side(), report.lastPxTicks(), report.lastQtyLots());
    }

    /** Whether the report is a fill that can be booked. */
    static boolean isFill(final ExecutionReportDecoder report)
    {
        return isPriced(report) && (report.side() == Side.BUY || report.side() == Side.SELL);
    }

    /** The venue has it by another ClOrdID and for another quantity than the journal had. */
    void onRenamed(final Leg leg, final Order order)
    {
        orders.heardOf(order);
        leg.slot().risk().reckon();
        leg.instance().onOrder(leg, order, OrderEvent.REPLACED, null);
    }

    /** The venue has refused a cancel or a replace, or it was never sent. */
    void onRequestRejected(final Leg leg, final Order order, final CxlRejResponseTo responseTo)
    {
        final boolean ofReplace = responseTo == CxlRejResponseTo.REPLACE_REQUEST;
        if (!orders.admitsRejection(order, ofReplace))
        {
            return;
        }
        desk.touch(leg.slot());
        if (ofReplace)
        {
            orders.abandonReplace(order);
            leg.slot().risk().reckon();
            desk.breakers().onReplaceRejected(leg);
            if (order.state() == OrderState.PENDING_CANCEL)
            {
                // The cancel that was sent after the replace is still to be answered.
                desk.doubts().onEvent(order, OrderEvent.REQUEST_REJECTED);
                return;
            }
        }
        else
        {
            orders.abandonCancel(order);
        }
        onEvent(leg, order, OrderEvent.REQUEST_REJECTED, null);
        if (!ofReplace && !order.state().isTerminal())
        {
            desk.onCancelRefused(order);
        }
    }

    /**
     * Applies an event that the order's state admits, and tells whose order it is.
     *
     * @param fillOrNull what was executed.
     */
    void onEvent(final Leg leg, final Order order, final OrderEvent event, final Fill fillOrNull)
    {
        final InstrumentSlot slot = leg.slot();
        desk.touch(slot);
        if (order.isHeld())
        {
            desk.held().onAtVenue(order);
        }
        orders.apply(order, event);
        desk.doubts().onEvent(order, event);
        final boolean isTerminal = order.state().isTerminal();
        if (isTerminal)
        {
            // Before the strategy reacts: what it sends now must not be refused for an order that is no longer open.
            desk.onClosing(order);
            orders.close(slot.openOrders(), leg.openOrders(), order);
            slot.venue().onOrderClosed();
            instances.onMaybeFlat(leg.instance());
        }
        else if (event == OrderEvent.SLICE_FILLED)
        {
            slot.venue().onOrderClosed();
            desk.held().sendNext(leg, order);
        }
        slot.risk().reckon();
        desk.onChanged(leg);
        desk.breakers().onOrder(leg, order, event, fillOrNull);
        leg.instance().onOrder(
            leg, order, event == OrderEvent.SLICE_FILLED ? OrderEvent.PARTIAL_FILL : event, fillOrNull);
        if (isTerminal)
        {
            orders.release(order);
            flattenOn(leg);
            desk.held().onEnded(slot);
        }
    }

    /** Behind an input: tells the strategies what has become of orders that the engine held, and closes those that are over. */
    public void settleNotices()
    {
        for (Order order = desk.notices().first(); order != null; order = desk.notices().first())
        {
            final InstrumentSlot slot = slots.touch(order.instrumentId());
            tell(slot.legOf(order.strategyId()), order, desk.notices().take());
        }
    }

    private void tell(final Leg leg, final Order order, final OrderEvent event)
    {
        final boolean isTerminal = order.state().isTerminal();
        if (isTerminal)
        {
            desk.onClosing(order);
            orders.close(leg.slot().openOrders(), leg.openOrders(), order);
            instances.onMaybeFlat(leg.instance());
            leg.slot().risk().reckon();
        }
        leg.instance().onOrder(leg, order, event, null);
        if (isTerminal)
        {
            orders.release(order);
            flattenOn(leg);
        }
    }

    /**
     * Goes on with closing a leg's position, once its orders are gone. An order that is over and has made the position no smaller is
     * not sent again: what the venue refuses once it would refuse at once again, for ever.
     */
    public void flattenOn(final Leg leg)
    {
        if (!leg.isFlattening() || leg.openOrders().count() > 0)
        {
            return;
        }
        final long netLots = leg.netLots();
        final long beforeLots = leg.flattenedFromLots();
        final boolean isSmaller = beforeLots == Nulls.NULL_LONG || Math.abs(netLots) < Math.abs(beforeLots);
        final boolean isSent = netLots != 0 && isSmaller && desk.sendByOperator(leg, desk.terms()
            .side(netLots > 0 ? Side.SELL : Side.BUY).market().quantity(Math.abs(netLots))) != null;
        if (isSent)
        {
            leg.onFlattenSent();
        }
        else
        {
            leg.flattening(false);
        }
    }
}
