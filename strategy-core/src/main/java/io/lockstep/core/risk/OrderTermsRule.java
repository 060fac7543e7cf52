package io.lockstep.core.risk;

import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.Nulls;
import io.lockstep.core.calendar.MarketCalendar;
import io.lockstep.core.market.Market;
import io.lockstep.core.order.OrderTerms;
import io.lockstep.core.order.OrderTypes;
import io.lockstep.core.trigger.PriceStream;
import io.lockstep.sbe.OffsetUnit;
import io.lockstep.sbe.OrdType;
import io.lockstep.sbe.RiskReason;
import io.lockstep.sbe.Side;
import io.lockstep.sbe.TimeInForce;
import io.lockstep.sbe.TriggerSource;

/**
 * Whether the terms of a new order fit each other, as far as {@link TermsRule} does not see them in the order that leaves: quantity or
 * quote amount, trigger, expiry, display, flags. Each refusal names the field by its reason. No state, no allocation.
 */
public final class OrderTermsRule
{
    private static final long BPS = 10_000;
    /** No price is further from another, and sums of two and a price stay in 63 bits. */
    private static final long OFFSET_MAX = 1L << 60;

    private OrderTermsRule()
    {
    }

    /**
     * @param orderQtyLots what quantity or quote amount come to.
     * @param calendar     of the instrument.
     * @param netLots      the position that the order is about.
     * @return {@link RiskReason#NONE}, or what the refusal says then.
     */
    public static RiskReason check(
        final OrderTerms terms,
        final long orderQtyLots,
        final Market market,
        final MarketCalendar calendar,
        final long netLots,
        final long nowNs,
        final Refusal refusal)
    {
        if (terms.hasQuoteAmount() == (terms.quantityLots() != Nulls.NULL_LONG))
        {
            return refusal.because(RiskReason.QUANTITY_AND_QUOTE);
        }
        if (terms.isPlain() || !isSide(terms.side()))
        {
            return RiskReason.NONE;
        }
        RiskReason reason = checkExpiry(terms, calendar, nowNs, refusal);
        if (reason == RiskReason.NONE)
        {
            reason = checkTrigger(terms, market, refusal);
        }
        if (reason == RiskReason.NONE)
        {
            reason = checkFlags(terms, orderQtyLots, netLots, refusal);
        }
        return reason == RiskReason.NONE ? checkDisplay(terms, orderQtyLots, market.instrument(), refusal) : reason;
    }

    private static boolean isSide(final Side side)
    {
        return side == Side.BUY || side == Side.SELL;
    }

    private static RiskReason checkExpiry(
        final OrderTerms terms, final MarketCalendar calendar, final long nowNs, final Refusal refusal)
    {
        final long expireTimeNs = terms.expireTimeNs();
        final boolean isWanted = terms.timeInForce() == TimeInForce.GOOD_TILL_DATE;
        if (isWanted ? expireTimeNs <= nowNs : expireTimeNs != Nulls.NULL_TIME_NS)
        {
            return refusal.because(RiskReason.EXPIRE_TIME, nowNs, expireTimeNs);
        }
        final boolean isBeyond = terms.timeInForce() == TimeInForce.DAY
            ? calendar.dayEndNs(nowNs) == MarketCalendar.BEYOND
            : isWanted && expireTimeNs > calendar.horizonNs();
        return isBeyond
            ? refusal.because(RiskReason.EXPIRE_BEYOND_CALENDAR, calendar.horizonNs(), expireTimeNs)
            : RiskReason.NONE;
    }

    private static RiskReason checkTrigger(final OrderTerms terms, final Market market, final Refusal refusal)
    {
        final boolean isTriggered = OrderTypes.isTriggered(terms.ordType());
        final boolean isTrailing = OrderTypes.isTrailing(terms.ordType());
        final boolean hasPrice = terms.triggerPxTicks() != Nulls.NULL_PRICE_TICKS;
        final boolean hasOffset = terms.trailingOffset() != Nulls.NULL_LONG;
        final boolean hasLimitOffset = terms.limitOffsetTicks() != Nulls.NULL_LONG;
        final boolean isComplete = hasPrice == (isTriggered && !isTrailing) && hasOffset == isTrailing &&
            hasLimitOffset == (terms.ordType() == OrdType.TRAILING_STOP_LIMIT) &&
            (isTriggered || terms.triggerSource() == TriggerSource.NULL_VAL);
        if (!isComplete)
        {
            return refusal.because(RiskReason.TRIGGER_MISSING);
        }
        if (!isTrailing && terms.activationPxTicks() != Nulls.NULL_PRICE_TICKS)
        {
            return refusal.because(RiskReason.ACTIVATION_PRICE);
        }
        return isTriggered ? checkTriggered(terms, market, isTrailing, refusal) : RiskReason.NONE;
    }

    private static RiskReason checkTriggered(
        final OrderTerms terms, final Market market, final boolean isTrailing, final Refusal refusal)
    {
        final PriceStream stream = PriceStream.of(terms.triggerSource(), terms.side());
        final boolean isRising = OrderTypes.isRising(terms.ordType(), terms.side());
        final long marketTicks = stream == null ? Nulls.NULL_PRICE_TICKS : stream.ticks(market, isRising);
        if (stream == null || marketTicks == Nulls.NULL_PRICE_TICKS && !terms.waitsForList())
        {
            return refusal.because(RiskReason.TRIGGER_SOURCE);
        }
        if (isTrailing)
        {
            return checkTrailing(terms, market, isRising, marketTicks, refusal);
        }
        final long triggerTicks = terms.triggerPxTicks();
        if (triggerTicks <= 0)
        {
            return refusal.because(RiskReason.TRIGGER_MISSING, 1, triggerTicks);
        }
        return isPassed(terms, market, isRising, marketTicks)
            ? refusal.because(RiskReason.TRIGGER_WRONG_SIDE, marketTicks, triggerTicks)
            : RiskReason.NONE;
    }

    /** A market that cannot be relied on says nothing of sides; part of a list may be born through its trigger. */
    private static boolean isPassed(
        final OrderTerms terms, final Market market, final boolean isRising, final long marketTicks)
    {
        final boolean isReached = isRising
            ? marketTicks >= terms.triggerPxTicks()
            : marketTicks <= terms.triggerPxTicks();
        return isReached && !terms.waitsForList() && market.isLive();
    }

    private static RiskReason checkTrailing(
        final OrderTerms terms,
        final Market market,
        final boolean isRising,
        final long marketTicks,
        final Refusal refusal)
    {
        final long offset = terms.trailingOffset();
        final boolean isInUnit = terms.offsetUnit() == OffsetUnit.TICKS ||
            terms.offsetUnit() == OffsetUnit.BASIS_POINTS && offset < BPS;
        final boolean isBelowZero = terms.offsetUnit() == OffsetUnit.TICKS && !isRising &&
            marketTicks != Nulls.NULL_PRICE_TICKS && offset >= marketTicks;
        if (offset <= 0 || offset > OFFSET_MAX || !isInUnit || isBelowZero || isBad(terms.limitOffsetTicks()))
        {
            return refusal.because(RiskReason.TRAILING_OFFSET, Nulls.NULL_LONG, offset);
        }
        return checkActivation(terms, market, isRising, marketTicks, refusal);
    }

    private static boolean isBad(final long limitOffsetTicks)
    {
        return limitOffsetTicks != Nulls.NULL_LONG && (limitOffsetTicks < 0 || limitOffsetTicks > OFFSET_MAX);
    }

    /** A trailing stop is to follow a market that moves away from its trigger: from a price that lies there. */
    private static RiskReason checkActivation(
        final OrderTerms terms,
        final Market market,
        final boolean isRising,
        final long marketTicks,
        final Refusal refusal)
    {
        final long activationTicks = terms.activationPxTicks();
        if (activationTicks == Nulls.NULL_PRICE_TICKS)
        {
            return RiskReason.NONE;
        }
        final boolean isPassed = !terms.waitsForList() && market.isLive() &&
            (isRising ? activationTicks >= marketTicks : activationTicks <= marketTicks);
        return activationTicks <= 0 || isPassed
            ? refusal.because(RiskReason.ACTIVATION_PRICE, marketTicks, activationTicks)
            : RiskReason.NONE;
    }

    private static RiskReason checkDisplay(
        final OrderTerms terms, final long orderQtyLots, final Instrument instrument, final Refusal refusal)
    {
        final long lots = terms.displayQtyLots();
        final boolean isRight = lots == Nulls.NULL_LONG || lots > 0 && lots % instrument.orderLots() == 0 &&
            lots <= orderQtyLots && rests(terms);
        return isRight ? RiskReason.NONE : refusal.because(RiskReason.DISPLAY_QUANTITY, orderQtyLots, lots);
    }

    private static boolean rests(final OrderTerms terms)
    {
        return OrderTypes.working(terms.ordType()) == OrdType.LIMIT &&
            terms.timeInForce() != TimeInForce.IMMEDIATE_OR_CANCEL &&
            terms.timeInForce() != TimeInForce.FILL_OR_KILL;
    }

    private static RiskReason checkFlags(
        final OrderTerms terms, final long orderQtyLots, final long netLots, final Refusal refusal)
    {
        if (terms.isPostOnlySlide() && !terms.isPostOnly())
        {
            return refusal.because(RiskReason.POST_ONLY);
        }
        final boolean isNothingLeft = orderQtyLots == 0 && terms.quantityLots() != 0;
        return terms.isReduceOnly() && !terms.waitsForList() && isNothingLeft
            ? refusal.because(RiskReason.REDUCE_ONLY_NO_POSITION, netLots, Nulls.NULL_LONG)
            : RiskReason.NONE;
    }
}
