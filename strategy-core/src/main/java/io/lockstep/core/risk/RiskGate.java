package io.lockstep.core.risk;

import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.MutableInt128;
import io.lockstep.codecs.Nulls;
import io.lockstep.core.market.Market;
import io.lockstep.core.position.CashRule;
import io.lockstep.sbe.LimitScope;
import io.lockstep.sbe.LimitType;
import io.lockstep.sbe.RiskReason;
import io.lockstep.sbe.Side;
import io.lockstep.sbe.TradingMode;

/**
 * The pre-trade checks of one instrument. Every order and every replace passes here, whoever asked for it; the first check that
 * fails gives the reason, with the limit and the value that broke it.
 * <p>
 * In this order: terms, trading mode, market, the instrument's limits, the collar, the limits of all instruments together. An
 * order that can but make the position smaller is held against no quantity, notional or total notional, so that a position can
 * always be left; terms, mode, market, collar, and how many orders there may be, hold for it as well. One thread; nothing but
 * setting a rate allocates.
 */
public final class RiskGate
{
    private final Market market;
    private final Exposure exposure;
    private final CashRule cashRule;
    private final TotalLimits totals;
    private final ExposureLimits limits;
    private final MarketRule marketRule;
    private final Valuation valuation;
    private final Refusal refusal = new Refusal();
    private final InstrumentNotional notional;
    private final MutableInt128 amount = new MutableInt128();

    /**
     * @param exposure of all that trade the instrument.
     */
    public RiskGate(
        final Market market, final Exposure exposure, final CashRule cashRule, final TotalLimits totals)
    {
        this.market = market;
        this.exposure = exposure;
        this.cashRule = cashRule;
        this.totals = totals;
        limits = new ExposureLimits(market.instrument(), exposure, cashRule, LimitScope.INSTRUMENT);
        marketRule = new MarketRule(market, limits.limits());
        valuation = new Valuation(market);
        notional = new InstrumentNotional(this, exposure, cashRule, marketRule, valuation);
    }

    public Instrument instrument()
    {
        return market.instrument();
    }

    /** Of the venue that takes the instrument's orders. */
    public int venueId()
    {
        return market.instrument().settings().orderVenueId();
    }

    /** Of all that trade the instrument. */
    public Exposure exposure()
    {
        return exposure;
    }

    public CashRule cashRule()
    {
        return cashRule;
    }

    /** What binds all instruments together, and which of them have exposure. */
    public TotalLimits totals()
    {
        return totals;
    }

    /** What an order of the side would take, else the mark, or null. */
    public long takenTicks(final Side side)
    {
        return marketRule.takenTicks(side);
    }

    /** The mark, or null. */
    public long markTicks()
    {
        return market.markTicks();
    }

    /** Age of what an order of the side relies on: the touch, or without one the mark. */
    public long dataAgeNs(final Side side, final long nowNs)
    {
        return marketRule.ageNs(side, nowNs);
    }

    /**
     * Sets the result to what an order is worth at the price that it may pay, in units of the quote currency.
     *
     * @return false when it has more than 127 bits.
     */
    public boolean orderNotional(final OrderIntent intent, final MutableInt128 result)
    {
        return count(marketRule.pricedAtTicks(intent), intent.leavesLots(), result);
    }

    /** As {@link #orderNotional}, of so many lots at the mark, as exposure is valued; false without a mark, too. */
    public boolean positionNotional(final long lots, final long nowNs, final MutableInt128 result)
    {
        return valuation.take(marketRule.ageMaxNs(), nowNs) && count(valuation.priceTicks(), lots, result);
    }

    private boolean count(final long priceTicks, final long lots, final MutableInt128 result)
    {
        try
        {
            cashRule.quoteNotional(priceTicks, lots, result);
            return true;
        }
        catch (final ArithmeticException ex)
        {
            return false;
        }
    }

    /** Whether the mark that a position was valued at last was older than allowed, or there was none. */
    public boolean isMarkOld()
    {
        return valuation.isOld() || market.markTicks() == Nulls.NULL_PRICE_TICKS;
    }

    public RiskLimits limits()
    {
        return limits.limits();
    }

    /** The limits about orders and exposure with what they count, to be saved and restored. */
    public ExposureLimits exposureLimits()
    {
        return limits;
    }

    /** As {@link RiskLimits#set}. */
    public boolean limit(final LimitType type, final long mantissa, final int exponent)
    {
        return limits.limit(type, mantissa, exponent);
    }

    /** The limit does not bind from now on. */
    public void unlimit(final LimitType type)
    {
        limits.unlimit(type);
    }

    /** Who has set limits of this instrument alone. */
    public LimitOrigins origins()
    {
        return limits.origins();
    }

    /** The result of the newest check, this gate's or the caller's own. */
    public Refusal refusal()
    {
        return refusal;
    }

    /** An order or replace that passed has been sent. */
    public void onSent(final long nowNs)
    {
        limits.onSent(nowNs);
        totals.onOrder(nowNs);
        reckon();
    }

    /** Position or open orders have changed, and with them perhaps whether there is something to be counted in the total. */
    public void reckon()
    {
        totals.notional().exposed(notional, !exposure.isFlat());
    }

    /**
     * Sets the result to what so many lots count with now, as in the total notional, in units of
     * 10^{@link TotalLimits#NOTIONAL_EXPONENT} of the quote currency.
     *
     * @return false when it cannot be counted: there is no price, or it is too much; the result means nothing then.
     */
    public boolean value(final long lots, final long nowNs, final MutableInt128 result)
    {
        return notional.valueOf(lots, nowNs, result);
    }

    /**
     * @return {@link RiskReason#NONE} when the order may be sent, as far as the instrument and all together are concerned;
     *         else {@link #refusal()} says more.
     */
    public RiskReason check(final TradingMode mode, final OrderIntent intent, final long nowNs)
    {
        refusal.none();
        RiskReason reason = TermsRule.check(intent, market.instrument(), refusal);
        if (reason == RiskReason.NONE)
        {
            reason = checkMode(mode, intent);
        }
        if (reason == RiskReason.NONE)
        {
            reason = marketRule.check(intent, nowNs, refusal);
        }
        return reason == RiskReason.NONE ? checkLimits(intent, nowNs) : reason;
    }

    /**
     * What holds of an order already when the engine is to hold it: terms, trading mode, and how many orders there may be. The rest is
     * checked when it is to leave.
     *
     * @param ownOrNull limits of a narrower scope, too.
     */
    public RiskReason checkHeld(final TradingMode mode, final OrderIntent intent, final ExposureLimits ownOrNull)
    {
        refusal.none();
        RiskReason reason = TermsRule.check(intent, market.instrument(), refusal);
        if (reason == RiskReason.NONE)
        {
            reason = checkMode(mode, intent);
        }
        if (reason == RiskReason.NONE)
        {
            reason = limits.checkOpenOrders(intent, refusal);
        }
        if (reason == RiskReason.NONE && ownOrNull != null)
        {
            reason = ownOrNull.checkOpenOrders(intent, refusal);
        }
        return reason == RiskReason.NONE ? checkTotalOpenOrders(intent) : reason;
    }

    /**
     * Whether the market can be relied on for the order: all that the check of an order on its way out asks of the market, and a price of
     * this age beside it.
     */
    public boolean isMarketReliable(final OrderIntent intent, final long ageNs, final long nowNs)
    {
        return ageNs <= marketRule.ageMaxNs() && marketRule.check(intent, nowNs, refusal) == RiskReason.NONE;
    }

    /**
     * The limits of a narrower scope, of a strategy's instance on this instrument, for an order that {@link #check} has passed.
     */
    public RiskReason check(final ExposureLimits own, final OrderIntent intent, final long nowNs)
    {
        try
        {
            valuation.take(marketRule.ageMaxNs(), nowNs);
            return own.check(intent, marketRule.pricedAtTicks(intent), valuation, nowNs, refusal);
        }
        catch (final ArithmeticException ex)
        {
            return refusal.because(RiskReason.ARITHMETIC_OVERFLOW);
        }
    }

    private RiskReason checkMode(final TradingMode mode, final OrderIntent intent)
    {
        return switch (mode)
        {
            case RUNNING -> RiskReason.NONE;
            case REDUCE_ONLY -> intent.reduces(exposure)
                ? RiskReason.NONE
                : refusal.because(RiskReason.REDUCE_ONLY);
            case HALTED -> refusal.because(RiskReason.HALTED);
            case KILLED, NULL_VAL, SBE_UNKNOWN -> refusal.because(RiskReason.KILLED);
        };
    }

    private RiskReason checkLimits(final OrderIntent intent, final long nowNs)
    {
        RiskReason reason = check(limits, intent, nowNs);
        if (reason == RiskReason.NONE)
        {
            reason = marketRule.checkCollar(intent, nowNs, refusal);
        }
        return reason == RiskReason.NONE ? checkTotals(intent, nowNs) : reason;
    }

    private RiskReason checkTotals(final OrderIntent intent, final long nowNs)
    {
        final RiskReason reason = checkTotalOpenOrders(intent);
        if (reason != RiskReason.NONE)
        {
            return reason;
        }
        final long excess = totals.rateExcess(nowNs);
        if (excess > 0)
        {
            return refusal.because(RiskReason.MAX_TOTAL_ORDER_RATE, LimitScope.NODE,
                totals.bound(LimitType.MAX_TOTAL_ORDERS_PER_SECOND), excess);
        }
        return totals.countsNotional() && !intent.reduces(exposure)
            ? checkTotalNotional(intent, nowNs)
            : RiskReason.NONE;
    }

    private RiskReason checkTotalOpenOrders(final OrderIntent intent)
    {
        final long openMax = totals.bound(LimitType.MAX_TOTAL_OPEN_ORDERS);
        final long openOrders = totals.openOrders() + intent.besides();
        return !intent.isOpen() && openOrders >= openMax
            ? refusal.because(RiskReason.MAX_TOTAL_OPEN_ORDERS, LimitScope.NODE, openMax, openOrders + 1L)
            : RiskReason.NONE;
    }

    private RiskReason checkTotalNotional(final OrderIntent intent, final long nowNs)
    {
        final boolean isCountable = notional.valueWith(intent, nowNs, amount);
        final TotalNotional total = totals.notional();
        final MutableInt128 sum = total.sumWith(notional, amount, nowNs);
        final boolean isKnown = isCountable && total.isCountable();
        if (isKnown && !totals.isBeyond(sum))
        {
            return RiskReason.NONE;
        }
        final boolean isDoubtful = notional.isDoubtful() || total.isDoubtful();
        return refusal.because(isDoubtful ? RiskReason.NO_REFERENCE_PRICE : RiskReason.MAX_TOTAL_NOTIONAL,
            LimitScope.NODE, totals.value(LimitType.MAX_TOTAL_NOTIONAL), isKnown ? sum : null);
    }

    public long stateHash()
    {
        return limits.stateHash();
    }
}
