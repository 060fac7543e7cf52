package io.lockstep.core.risk;

import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.Int128;
import io.lockstep.codecs.MutableInt128;
import io.lockstep.codecs.Nulls;
import io.lockstep.codecs.Xxh64;
import io.lockstep.core.market.Market;
import io.lockstep.core.order.OpenOrders;
import io.lockstep.core.position.CashRule;
import io.lockstep.core.position.Position;
import io.lockstep.core.position.QuoteLots;
import io.lockstep.sbe.LimitType;
import io.lockstep.sbe.OrdType;
import io.lockstep.sbe.RiskReason;
import io.lockstep.sbe.RiskSectionDecoder;
import io.lockstep.sbe.RiskSectionEncoder;
import io.lockstep.sbe.Side;
import io.lockstep.sbe.TradingMode;

/**
 * The pre-trade checks of one instrument. Every order and every replace passes here, whoever asked for it; the first check
 * that fails gives the reason, with the limit and the value that broke it.
 */
public final class RiskGate
{
    private static final long BPS = 10_000;
    /** No order may make a position worth more cash units: gains of a hundred times as much can still be counted. */
    private static final int POSITION_BITS_MAX = 120;

    private final Instrument instrument;
    private final Market market;
    private final Position position;
    private final OpenOrders openOrders;
    private final CashRule cashRule;
    private final RiskLimits limits;
    private final LimitOrigins origins = new LimitOrigins();
    private final OrderRate rate = new OrderRate();
    private final TotalLimits totals;

    /** Price of the newest order or fill. */
    private long referenceTicks = Nulls.NULL_PRICE_TICKS;
    /** What the instrument counts with in the total; follows from the price above, the position and the open orders. */
    private final MutableInt128 notional = new MutableInt128();
    /** Whether that is all it is worth: what cannot be counted is not in the sum. */
    private boolean isInTotal = true;

    private long limitValue = Nulls.NULL_LONG;
    private long limitValueHigh = Nulls.NULL_LONG;
    private long actualValue = Nulls.NULL_LONG;
    private long actualValueHigh = Nulls.NULL_LONG;

    private final MutableInt128 amount = new MutableInt128();
    private final MutableInt128 sum = new MutableInt128();

    public RiskGate(
        final Market market,
        final Position position,
        final OpenOrders openOrders,
        final CashRule cashRule,
        final TotalLimits totals)
    {
        this.totals = totals;
        this.instrument = market.instrument();
        this.market = market;
        this.position = position;
        this.openOrders = openOrders;
        this.cashRule = cashRule;
        this.limits = new RiskLimits(instrument, cashRule);
    }

    public RiskLimits limits()
    {
        return limits;
    }

    /** As {@link RiskLimits#set}. */
    public boolean limit(final LimitType type, final long mantissa, final int exponent)
    {
        if (!limits.set(type, mantissa, exponent))
        {
            return false;
        }
        if (type == LimitType.MAX_ORDERS_PER_SECOND)
        {
            rate.limit(limits.bound(type));
        }
        return true;
    }

    /** The limit does not bind from now on. */
    public void unlimit(final LimitType type)
    {
        limits.unset(type);
        if (type == LimitType.MAX_ORDERS_PER_SECOND)
        {
            rate.limit(OrderRate.UNLIMITED);
        }
    }

    /** Who has set limits of this instrument alone. */
    public LimitOrigins origins()
    {
        return origins;
    }

    /** The limit that the last refusal was about, in the unit of the check, or null. */
    public long limitValue()
    {
        return limitValue;
    }

    /** Its upper half, null when the lower half alone is the number. */
    public long limitValueHigh()
    {
        return limitValueHigh;
    }

    /** What the order would have made of it, or null, likewise where that has more than 127 bits. */
    public long actualValue()
    {
        return actualValue;
    }

    /** Its upper half, null when the lower half alone is the number. */
    public long actualValueHigh()
    {
        return actualValueHigh;
    }

    /** An order or replace that passed has been sent. */
    public void onSent(final Side side, final OrdType ordType, final long priceTicks, final long nowNs)
    {
        rate.onOrder(nowNs);
        totals.onOrder(nowNs);
        referenceTicks = pricedAt(side, ordType, priceTicks);
        reckon();
    }

    /** The position has changed by a fill, and what is open of its order. */
    public void onFill(final long priceTicks)
    {
        referenceTicks = priceTicks;
        reckon();
    }

    /**
     * Position or open orders have changed, and with them what the instrument counts with in the total of all: the largest
     * position that its open orders can make, at the price of the newest order or fill. Without a limit nothing is counted.
     */
    public void reckon()
    {
        if (totals.countsNotional())
        {
            final boolean isCountable = reckon(amount);
            if (isCountable != isInTotal)
            {
                isInTotal = isCountable;
                totals.countable(isCountable);
            }
            if (notional.compareTo(amount) != 0)
            {
                totals.change(notional, amount);
                notional.set(amount);
            }
        }
    }

    /** Sets the result to what the instrument counts with, or to 0 and returns false when that cannot be counted. */
    private boolean reckon(final MutableInt128 result)
    {
        try
        {
            final long lots = Math.max(Math.absExact(position.netLots()), largestLots(0, 0));
            if (lots == 0)
            {
                result.set(0);
                return true;
            }
            if (TotalLimits.isCountable(value(referenceTicks, lots, result)))
            {
                return true;
            }
        }
        catch (final ArithmeticException ex)
        {
            // More than 127 bits, which is more than can be counted, too.
        }
        result.set(0);
        return false;
    }

    /** Of the position, as if all that is open on a side were filled, with so many lots more bought or sold. */
    private long largestLots(final long moreBought, final long moreSold)
    {
        final long bought = Math.addExact(position.netLots(), openOrders.exposureLots(Side.BUY) + moreBought);
        final long sold = Math.subtractExact(openOrders.exposureLots(Side.SELL) + moreSold, position.netLots());
        return Math.max(bought, sold);
    }

    private MutableInt128 value(final long priceTicks, final long lots, final MutableInt128 result)
    {
        return TotalLimits.notional(
            cashRule.quoteNotional(priceTicks, lots, result), cashRule.quoteExponent());
    }

    /**
     * Checks an order of so many lots, or the lots a replace may trade from now on.
     *
     * @param replacedLots lots of the order being replaced that count as exposure now; 0 for a new order.
     * @return {@link RiskReason#NONE} when it may be sent.
     */
    public RiskReason check(
        final TradingMode mode,
        final Side side,
        final OrdType ordType,
        final long priceTicks,
        final long quantityLots,
        final long replacedLots,
        final long nowNs)
    {
        refuse(RiskReason.NONE, Nulls.NULL_LONG, Nulls.NULL_LONG);
        RiskReason reason = checkMode(mode, side, quantityLots, replacedLots);
        if (reason == RiskReason.NONE)
        {
            reason = checkTerms(ordType, priceTicks, quantityLots);
        }
        if (reason == RiskReason.NONE)
        {
            reason = checkMarket(nowNs);
        }
        if (reason == RiskReason.NONE)
        {
            reason = checkLimits(side, ordType, priceTicks, quantityLots, replacedLots, nowNs);
        }
        return reason;
    }

    private RiskReason checkMode(
        final TradingMode mode, final Side side, final long quantityLots, final long replacedLots)
    {
        return switch (mode)
        {
            case RUNNING -> RiskReason.NONE;
            case REDUCE_ONLY -> reduces(side, quantityLots, replacedLots) ? RiskReason.NONE : RiskReason.REDUCE_ONLY;
            case HALTED -> RiskReason.HALTED;
            case KILLED, NULL_VAL, SBE_UNKNOWN -> RiskReason.KILLED;
        };
    }

    private boolean reduces(final Side side, final long quantityLots, final long replacedLots)
    {
        final long held = side == Side.SELL ? position.netLots() : -position.netLots();
        final long openLots = openOrders.exposureLots(side) - replacedLots;
        return openLots <= held && quantityLots <= held - openLots;
    }

    private RiskReason checkTerms(final OrdType ordType, final long priceTicks, final long quantityLots)
    {
        if (quantityLots <= 0 || quantityLots % instrument.orderLots() != 0)
        {
            return refuse(RiskReason.INVALID_QUANTITY, instrument.orderLots(), quantityLots);
        }
        if (quantityLots == QuoteLots.TOO_MANY)
        {
            return refuse(RiskReason.ARITHMETIC_OVERFLOW, QuoteLots.TOO_MANY - 1, Nulls.NULL_LONG);
        }
        if (ordType == OrdType.LIMIT && (priceTicks <= 0 || priceTicks % instrument.orderTicks() != 0))
        {
            return refuse(RiskReason.INVALID_PRICE, instrument.orderTicks(), priceTicks);
        }
        return RiskReason.NONE;
    }

    private RiskReason checkMarket(final long nowNs)
    {
        if (!market.isLive() || market.markTicks() == Nulls.NULL_PRICE_TICKS)
        {
            return refuse(RiskReason.INSTRUMENT_NOT_TRADABLE, Nulls.NULL_LONG, market.reason().value());
        }
        final long ageNs = nowNs - market.lastEventNs();
        final long ageMaxNs = limits.bound(LimitType.MAX_MARKET_DATA_AGE_MS);
        return ageNs > ageMaxNs ? refuse(RiskReason.STALE_MARKET_DATA, ageMaxNs, ageNs) : RiskReason.NONE;
    }

    private RiskReason checkLimits(
        final Side side,
        final OrdType ordType,
        final long priceTicks,
        final long quantityLots,
        final long replacedLots,
        final long nowNs)
    {
        try
        {
            final long pricedAt = pricedAt(side, ordType, priceTicks);
            RiskReason reason = checkSize(pricedAt, quantityLots);
            if (reason == RiskReason.NONE)
            {
                reason = checkPosition(side, pricedAt, quantityLots, replacedLots);
            }
            if (reason == RiskReason.NONE)
            {
                reason = checkActivity(replacedLots, nowNs);
            }
            if (reason == RiskReason.NONE && ordType == OrdType.LIMIT)
            {
                reason = checkCollar(side, priceTicks);
            }
            return reason == RiskReason.NONE
                ? checkTotals(side, pricedAt, quantityLots, replacedLots, nowNs)
                : reason;
        }
        catch (final ArithmeticException ex)
        {
            return refuse(RiskReason.ARITHMETIC_OVERFLOW, Nulls.NULL_LONG, Nulls.NULL_LONG);
        }
    }

    private long pricedAt(final Side side, final OrdType ordType, final long priceTicks)
    {
        return ordType == OrdType.LIMIT ? priceTicks : marketPriceTicks(side);
    }

    private long marketPriceTicks(final Side side)
    {
        final long touch = side == Side.BUY ? market.bestAskTicks() : market.bestBidTicks();
        return touch != Nulls.NULL_PRICE_TICKS ? touch : market.markTicks();
    }

    private RiskReason checkSize(final long priceTicks, final long quantityLots)
    {
        if (quantityLots > limits.bound(LimitType.MAX_ORDER_QUANTITY))
        {
            return refuse(RiskReason.MAX_ORDER_QUANTITY, LimitType.MAX_ORDER_QUANTITY, quantityLots);
        }
        return limits.isSet(LimitType.MAX_ORDER_NOTIONAL)
            ? checkNotional(
                RiskReason.MAX_ORDER_NOTIONAL, LimitType.MAX_ORDER_NOTIONAL, count(priceTicks, quantityLots))
            : RiskReason.NONE;
    }

    private RiskReason checkPosition(
        final Side side, final long priceTicks, final long quantityLots, final long replacedLots)
    {
        final long held = side == Side.BUY ? position.netLots() : -position.netLots();
        final long asked = Math.addExact(openOrders.exposureLots(side) - replacedLots, quantityLots);
        final long worst = Math.addExact(held, asked);
        // An order that cannot leave more behind than there is now makes nothing worse.
        if (worst <= Math.absExact(held))
        {
            return RiskReason.NONE;
        }
        if (worst > limits.bound(LimitType.MAX_POSITION_QUANTITY))
        {
            return refuse(RiskReason.MAX_POSITION_QUANTITY, LimitType.MAX_POSITION_QUANTITY, worst);
        }
        final boolean isCounted = count(priceTicks, worst);
        final RiskReason reason = limits.isSet(LimitType.MAX_POSITION_NOTIONAL)
            ? checkNotional(RiskReason.MAX_POSITION_NOTIONAL, LimitType.MAX_POSITION_NOTIONAL, isCounted)
            : RiskReason.NONE;
        final boolean hasRoom = isCounted && amount.high() >>> POSITION_BITS_MAX - Long.SIZE == 0;
        return hasRoom || reason != RiskReason.NONE
            ? reason
            : refuse(RiskReason.ARITHMETIC_OVERFLOW, Nulls.NULL_LONG, Nulls.NULL_LONG);
    }

    /** Counts what so many lots are worth; false when it is more than 127 bits. */
    private boolean count(final long priceTicks, final long lots)
    {
        try
        {
            cashRule.quoteNotional(priceTicks, lots, amount);
            return true;
        }
        catch (final ArithmeticException ex)
        {
            return false;
        }
    }

    /** What was counted is beyond every limit when it could not be counted. */
    private RiskReason checkNotional(final RiskReason reason, final LimitType type, final boolean isCounted)
    {
        return isCounted && !limits.isBeyond(type, amount)
            ? RiskReason.NONE
            : refuse(reason, limits.value(type), isCounted ? amount : null);
    }

    private RiskReason checkActivity(final long replacedLots, final long nowNs)
    {
        if (replacedLots == 0 && openOrders.count() >= limits.bound(LimitType.MAX_OPEN_ORDERS))
        {
            return refuse(RiskReason.MAX_OPEN_ORDERS, LimitType.MAX_OPEN_ORDERS, openOrders.count() + 1L);
        }
        final long excess = rate.excess(limits.bound(LimitType.MAX_ORDERS_PER_SECOND), nowNs);
        return excess > 0
            ? refuse(RiskReason.MAX_ORDER_RATE, LimitType.MAX_ORDERS_PER_SECOND, excess)
            : RiskReason.NONE;
    }

    private RiskReason checkTotals(
        final Side side, final long pricedAt, final long quantityLots, final long replacedLots, final long nowNs)
    {
        final long openMax = totals.bound(LimitType.MAX_TOTAL_OPEN_ORDERS);
        if (replacedLots == 0 && totals.openOrders() >= openMax)
        {
            return refuse(RiskReason.MAX_TOTAL_OPEN_ORDERS, openMax, totals.openOrders() + 1L);
        }
        final long excess = totals.rateExcess(nowNs);
        if (excess > 0)
        {
            return refuse(RiskReason.MAX_TOTAL_ORDER_RATE, totals.bound(LimitType.MAX_TOTAL_ORDERS_PER_SECOND), excess);
        }
        return totals.countsNotional()
            ? checkTotalNotional(side, pricedAt, quantityLots - replacedLots)
            : RiskReason.NONE;
    }

    private RiskReason checkTotalNotional(final Side side, final long pricedAt, final long moreLots)
    {
        final boolean buys = side == Side.BUY;
        final long heldLots = Math.absExact(position.netLots());
        final long sideLots = openOrders.exposureLots(side) + moreLots
            + (buys ? position.netLots() : -position.netLots());
        // An order that cannot leave more behind than there is now makes nothing worse.
        if (sideLots <= heldLots)
        {
            return RiskReason.NONE;
        }
        final long lots = Math.max(heldLots, buys ? largestLots(moreLots, 0) : largestLots(0, moreLots));
        final boolean isCountable = TotalLimits.isCountable(value(pricedAt, lots, amount)) &&
            totals.sumWith(notional, amount, isInTotal, sum);
        return isCountable && !totals.isBeyond(sum)
            ? RiskReason.NONE
            : refuse(RiskReason.MAX_TOTAL_NOTIONAL, totals.value(LimitType.MAX_TOTAL_NOTIONAL),
                isCountable ? sum : null);
    }

    private RiskReason checkCollar(final Side side, final long priceTicks)
    {
        if (!limits.isSet(LimitType.PRICE_COLLAR_BPS))
        {
            return RiskReason.NONE;
        }
        // A buy may not be priced too far above the offer, nor a sale too far below the bid: that is what costs money.
        final boolean beyond = countCollar(side) &&
            (side == Side.BUY ? amount.compareTo(priceTicks) < 0 : amount.compareTo(priceTicks) > 0);
        return beyond
            ? refuse(RiskReason.PRICE_COLLAR, amount, sum.set(priceTicks))
            : RiskReason.NONE;
    }

    /** Counts the price that is the bound; false when that is more than 127 bits, so that no price is beyond. */
    private boolean countCollar(final Side side)
    {
        final long touch = marketPriceTicks(side);
        try
        {
            sum.set(limits.value(LimitType.PRICE_COLLAR_BPS)).mulDivFloor(Math.absExact(touch), BPS);
            amount.set(touch).add(side == Side.BUY ? sum : sum.negate());
            return true;
        }
        catch (final ArithmeticException ex)
        {
            return false;
        }
    }

    private RiskReason refuse(final RiskReason reason, final LimitType type, final long actual)
    {
        refuse(reason, Nulls.NULL_LONG, actual);
        limitValue = limits.value(type).low();
        limitValueHigh = limits.value(type).highOrNull();
        return reason;
    }

    private RiskReason refuse(final RiskReason reason, final Int128 limit, final Int128 actualOrNull)
    {
        limitValue = limit.low();
        limitValueHigh = limit.highOrNull();
        actualValue = actualOrNull == null ? Nulls.NULL_LONG : actualOrNull.low();
        actualValueHigh = actualOrNull == null ? Nulls.NULL_LONG : actualOrNull.highOrNull();
        return reason;
    }

    /** A refusal of the caller's own, with what it is about; returns the reason. */
    public RiskReason refuse(final RiskReason reason, final long limit, final long actual)
    {
        limitValue = limit;
        limitValueHigh = Nulls.NULL_LONG;
        actualValue = actual;
        actualValueHigh = Nulls.NULL_LONG;
        return reason;
    }

    /** Writes the message's fields and group; the times of orders are saved apart. The encoder must be wrapped. */
    public void save(final RiskSectionEncoder section)
    {
        section.orderTimes(rate.length()).newestOrderTime(rate.newest()).countedOrders(rate.count())
            .referenceTicks(referenceTicks);
        limits.save(section);
        origins.save(section);
    }

    /** Takes up all but the times of orders, as many as the message says. */
    public void restore(final RiskSectionDecoder section)
    {
        rate.restore(section.orderTimes(), section.newestOrderTime(), section.countedOrders());
        referenceTicks = section.referenceTicks();
        limits.restore(section);
        origins.restore(section);
    }

    /** Length of the ring in which the times of orders are kept. */
    public int orderTimes()
    {
        return rate.length();
    }

    /** By its index in the ring. */
    public long orderTimeNs(final int index)
    {
        return rate.timeNs(index);
    }

    public void orderTimeNs(final int index, final long timeNs)
    {
        rate.timeNs(index, timeNs);
    }

    public long stateHash()
    {
        final long hash = Xxh64.chain(Xxh64.chain(limits.stateHash(), rate.stateHash()), referenceTicks);
        return origins.isEmpty() ? hash : Xxh64.chain(hash, origins.stateHash());
    }
}
