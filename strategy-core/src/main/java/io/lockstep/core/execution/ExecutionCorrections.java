package io.lockstep.core.execution;

import io.lockstep.core.decision.DecisionWriter;
import io.lockstep.core.instance.Leg;
import io.lockstep.core.order.ClosedOrders;
import io.lockstep.core.order.Order;
import io.lockstep.core.order.OrderEvent;
import io.lockstep.core.order.OrderStore;
import io.lockstep.sbe.CorrectionOutcome;
import io.lockstep.sbe.ExecType;
import io.lockstep.sbe.ExecutionReportDecoder;
import io.lockstep.sbe.OrdStatus;
import io.lockstep.sbe.Side;

/**
 * What a venue says otherwise than it had said it: an execution was another (TRADE_CORRECT) or is void (TRADE_CANCEL), or an open
 * order is of another quantity or price (RESTATED).
 * <p>
 * The core keeps no executions: the report says which price and quantity the execution had. What was booked of it is taken back
 * as the opposite trade at its price, and what takes its place is booked; position, cash, profit, fees and account follow in one
 * step, of whoever has the order, had it, or has its fills. Nothing is half done: a report that lacks price or quantity, or says
 * more than can be counted, changes nothing and is a decision that says so. What was filled of an order that is over changes no
 * more of it than the count. No allocation.
 */
final class ExecutionCorrections
{
    private final OrderStore orders;
    private final OrderEvents events;
    private final DecisionWriter decisions;
    private final CorrectionCounts counts;
    private final FillRange range = new FillRange();

    ExecutionCorrections(
        final OrderStore orders,
        final OrderEvents events,
        final DecisionWriter decisions,
        final CorrectionCounts counts)
    {
        this.orders = orders;
        this.events = events;
        this.decisions = decisions;
        this.counts = counts;
    }

    /** Whether the report corrects an execution. */
    static boolean isOne(final ExecutionReportDecoder report)
    {
        return report.execType() == ExecType.TRADE_CORRECT || report.execType() == ExecType.TRADE_CANCEL;
    }

    /** Of an open order, of its own instrument and side, whose state admits the event. */
    void onOpen(final Leg leg, final Order order, final ExecutionReportDecoder report, final OrderEvent event)
    {
        orders.heardOf(order);
        final OrdStatus status = order.state().status();
        final CorrectionOutcome outcome = book(leg, order.side(), order.cumQtyLots(), report);
        if (outcome == CorrectionOutcome.BOOKED)
        {
            orders.correct(order, report.refQtyLots(), OrderEvents.bookedLots(report));
        }
        announce(outcome, order.side(), status, leg, report, order.cumQtyLots());
        if (outcome == CorrectionOutcome.BOOKED)
        {
            events.onCorrected(leg, order, report, event);
        }
    }

    /** Of an order that is over, and that is remembered. */
    void onClosed(final Leg leg, final int place, final ExecutionReportDecoder report)
    {
        final ClosedOrders closed = orders.closed();
        final CorrectionOutcome outcome = book(leg, closed.side(place), closed.cumQtyLots(place), report);
        if (outcome == CorrectionOutcome.BOOKED)
        {
            events.onLateFill(leg, place, OrderEvents.bookedLots(report) - report.refQtyLots());
        }
        announce(outcome, closed.side(place), closed.status(place), leg, report, closed.cumQtyLots(place));
        tell(outcome, leg);
    }

    /** Of an order of which nothing is remembered. */
    void onForgotten(final Leg leg, final ExecutionReportDecoder report)
    {
        final CorrectionOutcome outcome = book(leg, report.side(), 0, report);
        announce(outcome, report.side(), OrdStatus.NULL_VAL, leg, report, report.cumQtyLots());
        tell(outcome, leg);
    }

    private CorrectionOutcome book(
        final Leg leg, final Side side, final long cumQtyLots, final ExecutionReportDecoder report)
    {
        if (!FillRange.isCorrection(report))
        {
            return CorrectionOutcome.INCOMPLETE;
        }
        if (!range.hasCorrection(leg, cumQtyLots, report))
        {
            return CorrectionOutcome.UNCOUNTABLE;
        }
        events.rebook(leg, side, report);
        return CorrectionOutcome.BOOKED;
    }

    private void announce(
        final CorrectionOutcome outcome,
        final Side side,
        final OrdStatus status,
        final Leg leg,
        final ExecutionReportDecoder report,
        final long cumQtyLots)
    {
        if (outcome == CorrectionOutcome.BOOKED)
        {
            counts.corrected();
        }
        else
        {
            counts.refuse();
        }
        decisions.corrected(outcome, report, side, status, leg.strategyId(), cumQtyLots, leg.netLots());
    }

    private void tell(final CorrectionOutcome outcome, final Leg leg)
    {
        if (outcome == CorrectionOutcome.BOOKED)
        {
            events.onCorrected(leg);
        }
    }

    /** The venue has changed an open order, of its own instrument and side, whose state admits the event. */
    void onRestated(final Leg leg, final Order order, final ExecutionReportDecoder report)
    {
        final long qtyLots = FillRange.orElse(report.orderQtyLots(), order.orderQtyLots());
        final long priceTicks = FillRange.orElse(report.priceTicks(), order.priceTicks());
        final OrderEvent event = restatement(report);
        if (!FillRange.isRestatement(order, report))
        {
            orders.refuse();
            return;
        }
        if (!orders.admits(order, event))
        {
            return;
        }
        orders.heardOf(order);
        counts.restated();
        decisions.restated(order, priceTicks, qtyLots);
        orders.restate(order, priceTicks, qtyLots);
        events.onEvent(leg, order, event, null);
    }

    /** Where nothing is left, and the venue says that the order is over, it is. */
    private static OrderEvent restatement(final ExecutionReportDecoder report)
    {
        return report.leavesQtyLots() > 0 ? OrderEvent.RESTATED : switch (report.ordStatus())
        {
            case EXPIRED -> OrderEvent.EXPIRED;
            case CANCELED, FILLED -> OrderEvent.CANCELED;
            case NEW, PARTIALLY_FILLED, REJECTED, PENDING_CANCEL, PENDING_NEW, PENDING_REPLACE, HELD, DENIED, NULL_VAL,
                SBE_UNKNOWN -> OrderEvent.RESTATED;
        };
    }
}
