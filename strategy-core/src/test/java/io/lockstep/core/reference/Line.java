package io.lockstep.core.reference;

import io.lockstep.sbe.OrdStatus;
import io.lockstep.sbe.OrderReason;
import io.lockstep.sbe.RiskReason;
import io.lockstep.sbe.Side;
import io.lockstep.sbe.TimeInForce;

/** Decisions as text, the same of model and core. Orders are named by the order in which they were opened, from 1. */
final class Line
{
    private Line()
    {
    }

    static String opened(
        final long number,
        final int strategyId,
        final int instrumentId,
        final Side side,
        final long lots,
        final long price,
        final TimeInForce timeInForce,
        final boolean isPostOnly)
    {
        return "NEW #" + number + " of=" + strategyId + " on=" + instrumentId + " " + side + " " + lots + "@" +
            Denial.text(price) + " " + timeInForce + (isPostOnly ? " POST_ONLY" : "");
    }

    static String held(final long number, final int strategyId, final int instrumentId, final long lots)
    {
        return "HELD #" + number + " of=" + strategyId + " on=" + instrumentId + " " + lots;
    }

    static String triggered(final long number, final long trigger, final long market)
    {
        return "TRIGGERED #" + number + " " + trigger + " by " + market;
    }

    static String heldReplaced(
        final long number, final long lots, final long price, final long trigger, final OrderReason reason)
    {
        return "HELD REPLACED #" + number + " " + lots + "@" + Denial.text(price) + " trigger=" + Denial.text(trigger)
            + " " +
            reason;
    }

    static String heldEnded(final long number, final OrdStatus how, final OrderReason reason)
    {
        return "HELD " + how + " #" + number + " " + reason;
    }

    static String cancel(final long number, final OrderReason reason)
    {
        return "CANCEL #" + number + " " + reason;
    }

    static String replace(final long number, final long lots, final long price, final OrderReason reason)
    {
        return "REPLACE #" + number + " " + lots + "@" + Denial.text(price) + " " + reason;
    }

    /** Limit and value of a missing price may be of anything, and are left out. */
    static String refused(final int strategyId, final int instrumentId, final Denial denial)
    {
        final String amounts = denial.reason() == RiskReason.NO_REFERENCE_PRICE
            ? ""
            : " " + denial.scope() + " limit=" + denial.limit() + " actual=" + denial.actual();
        return "REFUSED of=" + strategyId + " on=" + instrumentId + " " + denial.reason() + amounts;
    }
}
