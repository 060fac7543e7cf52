package io.lockstep.core.risk;

import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.Nulls;
import io.lockstep.core.calendar.MarketCalendar;
import io.lockstep.core.market.Market;
import io.lockstep.core.order.Order;
import io.lockstep.core.order.OrderTerms;
import io.lockstep.core.order.OrderTypes;
import io.lockstep.core.trigger.PriceStream;
import io.lockstep.sbe.OrdType;
import io.lockstep.sbe.RiskReason;
import io.lockstep.sbe.Side;
import io.lockstep.sbe.TimeInForce;

/**
 * Whether an order can have the other terms that are asked for, price and quantity apart, which {@link TermsRule} sees: trigger, expiry and
 * display; side and type stay. What is null stays as it is. No state, no allocation.
 */
public final class ReplaceRule
{
    private ReplaceRule()
    {
    }

    /**
     * @param changes to the order.
     * @return {@link RiskReason#NONE}, or what the refusal says then.
     */
    public static RiskReason check(
        final Order order,
        final OrderTerms changes,
        final Market market,
        final MarketCalendar calendar,
        final long nowNs,
        final Refusal refusal)
    {
        final boolean isSame = (changes.side() == Side.NULL_VAL || changes.side() == order.side()) &&
            (changes.ordType() == OrdType.NULL_VAL || changes.ordType() == order.ordType()) &&
            !changes.hasQuoteAmount();
        if (!isSame)
        {
            return refusal.because(RiskReason.INVALID_TERMS);
        }
        RiskReason reason = checkExpiry(order, changes.expireTimeNs(), calendar, nowNs, refusal);
        if (reason == RiskReason.NONE)
        {
            reason = checkTrigger(order, changes, market, refusal);
        }
        return reason == RiskReason.NONE ? checkDisplay(order, changes, market.instrument(), refusal) : reason;
    }

    private static RiskReason checkExpiry(
        final Order order,
        final long expireTimeNs,
        final MarketCalendar calendar,
        final long nowNs,
        final Refusal refusal)
    {
        if (expireTimeNs == Nulls.NULL_TIME_NS)
        {
            return RiskReason.NONE;
        }
        if (order.timeInForce() != TimeInForce.GOOD_TILL_DATE || expireTimeNs <= nowNs)
        {
            return refusal.because(RiskReason.EXPIRE_TIME, nowNs, expireTimeNs);
        }
        return expireTimeNs > calendar.horizonNs()
            ? refusal.because(RiskReason.EXPIRE_BEYOND_CALENDAR, calendar.horizonNs(), expireTimeNs)
            : RiskReason.NONE;
    }

    /** The trigger price, the one term of a trigger that may change: not of a trailing stop, whose own follows the market. */
    private static RiskReason checkTrigger(
        final Order order, final OrderTerms changes, final Market market, final Refusal refusal)
    {
        final long triggerTicks = changes.triggerPxTicks();
        final boolean hasMore = changes.trailingOffset() != Nulls.NULL_LONG ||
            changes.limitOffsetTicks() != Nulls.NULL_LONG || changes.activationPxTicks() != Nulls.NULL_PRICE_TICKS;
        final boolean isHeldByPrice = order.isHeld() && OrderTypes.isTriggered(order.ordType()) &&
            !OrderTypes.isTrailing(order.ordType()) && !order.trigger().isReached();
        if (hasMore || triggerTicks != Nulls.NULL_PRICE_TICKS && (!isHeldByPrice || triggerTicks <= 0))
        {
            return refusal.because(RiskReason.TRIGGER_MISSING, Nulls.NULL_LONG, triggerTicks);
        }
        if (triggerTicks == Nulls.NULL_PRICE_TICKS || order.trigger().waitsForList() || !market.isLive())
        {
            return RiskReason.NONE;
        }
        final boolean isRising = order.trigger().isRising();
        final long marketTicks = PriceStream.of(order.trigger().source(), order.side()).ticks(market, isRising);
        final boolean isPassed = marketTicks != Nulls.NULL_PRICE_TICKS &&
            (isRising ? marketTicks >= triggerTicks : marketTicks <= triggerTicks);
        return isPassed
            ? refusal.because(RiskReason.TRIGGER_WRONG_SIDE, marketTicks, triggerTicks)
            : RiskReason.NONE;
    }

    private static RiskReason checkDisplay(
        final Order order, final OrderTerms changes, final Instrument instrument, final Refusal refusal)
    {
        final long lots = changes.displayQtyLots() == Nulls.NULL_LONG
            ? order.displayQtyLots()
            : changes.displayQtyLots();
        final long orderLots = changes.quantityLots() == Nulls.NULL_LONG
            ? order.orderQtyLots()
            : changes.quantityLots();
        final boolean isRight = changes.displayQtyLots() == Nulls.NULL_LONG ||
            order.displayQtyLots() != Nulls.NULL_LONG && lots > 0 && lots % instrument.orderLots() == 0 &&
                lots <= orderLots;
        return isRight ? RiskReason.NONE : refusal.because(RiskReason.DISPLAY_QUANTITY, orderLots, lots);
    }
}
