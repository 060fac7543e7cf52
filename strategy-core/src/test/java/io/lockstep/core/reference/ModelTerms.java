package io.lockstep.core.reference;

import io.lockstep.sbe.OffsetUnit;
import io.lockstep.sbe.OrdType;
import io.lockstep.sbe.RiskReason;
import io.lockstep.sbe.TimeInForce;
import io.lockstep.sbe.TriggerSource;

/** Whether the terms of an order fit each other, or what is to change of one fits the rest. */
final class ModelTerms
{
    private static final long BPS = 10_000;

    private ModelTerms()
    {
    }

    static Denial check(final Asked asked, final long lots, final ModelLeg leg, final long nowNs)
    {
        final boolean isTimed = asked.timeInForce() == TimeInForce.GOOD_TILL_DATE;
        if (isTimed ? asked.expiryNs() <= nowNs : asked.expiryNs() != Asked.NONE)
        {
            return Denial.of(RiskReason.EXPIRE_TIME, nowNs, asked.expiryNs());
        }
        final Denial denial = checkTrigger(asked, leg.slot.market);
        if (!denial.isNone())
        {
            return denial;
        }
        if (asked.slides() && !asked.isPostOnly())
        {
            return Denial.of(RiskReason.POST_ONLY);
        }
        return asked.isReduceOnly() && lots == 0 && asked.lots() != 0
            ? Denial.of(RiskReason.REDUCE_ONLY_NO_POSITION, leg.net(), Asked.NONE)
            : Denial.NONE;
    }

    private static Denial checkTrigger(final Asked asked, final ModelMarket market)
    {
        final boolean isComplete = (asked.trigger() != Asked.NONE) == (asked.isTriggered() && !asked.isTrailing()) &&
            (asked.offset() != Asked.NONE) == asked.isTrailing() &&
            (asked.limitOffset() != Asked.NONE) == (asked.type() == OrdType.TRAILING_STOP_LIMIT) &&
            (asked.isTriggered() || asked.source() == TriggerSource.NULL_VAL);
        if (!isComplete)
        {
            return Denial.of(RiskReason.TRIGGER_MISSING);
        }
        if (!asked.isTriggered())
        {
            return Denial.NONE;
        }
        final long price = market.watched(asked.source(), asked.side(), asked.isRising());
        if (price == Asked.NONE)
        {
            return Denial.of(RiskReason.TRIGGER_SOURCE);
        }
        return asked.isTrailing() ? checkTrailing(asked, market, price) : checkSide(asked, market, price);
    }

    private static Denial checkSide(final Asked asked, final ModelMarket market, final long price)
    {
        if (asked.trigger() <= 0)
        {
            return Denial.of(RiskReason.TRIGGER_MISSING, 1, asked.trigger());
        }
        final boolean isPassed = asked.isRising() ? price >= asked.trigger() : price <= asked.trigger();
        return isPassed && market.isLive()
            ? Denial.of(RiskReason.TRIGGER_WRONG_SIDE, price, asked.trigger())
            : Denial.NONE;
    }

    private static Denial checkTrailing(final Asked asked, final ModelMarket market, final long price)
    {
        final boolean isInTicks = asked.unit() == OffsetUnit.TICKS;
        final boolean isTooFar = isInTicks ? !asked.isRising() && asked.offset() >= price : asked.offset() >= BPS;
        if (asked.offset() <= 0 || isTooFar || asked.limitOffset() != Asked.NONE && asked.limitOffset() < 0)
        {
            return Denial.of(RiskReason.TRAILING_OFFSET, Asked.NONE, asked.offset());
        }
        final long activation = asked.activation();
        final boolean isPassed = asked.isRising() ? activation >= price : activation <= price;
        return activation != Asked.NONE && (activation <= 0 || isPassed && market.isLive())
            ? Denial.of(RiskReason.ACTIVATION_PRICE, price, activation)
            : Denial.NONE;
    }

    static Denial checkReplace(final ModelOrder order, final long trigger, final long expiryNs, final long nowNs)
    {
        if (expiryNs != Asked.NONE && (order.asked.timeInForce() != TimeInForce.GOOD_TILL_DATE || expiryNs <= nowNs))
        {
            return Denial.of(RiskReason.EXPIRE_TIME, nowNs, expiryNs);
        }
        if (trigger == Asked.NONE)
        {
            return Denial.NONE;
        }
        if (!order.isHeld() || order.asked.isTrailing() || order.isReached || trigger <= 0)
        {
            return Denial.of(RiskReason.TRIGGER_MISSING, Asked.NONE, trigger);
        }
        final ModelMarket market = order.leg.slot.market;
        final long price = market.watched(order.asked.source(), order.asked.side(), order.asked.isRising());
        final boolean isPassed = order.asked.isRising() ? price >= trigger : price <= trigger;
        return market.isLive() && price != Asked.NONE && isPassed
            ? Denial.of(RiskReason.TRIGGER_WRONG_SIDE, price, trigger)
            : Denial.NONE;
    }
}
