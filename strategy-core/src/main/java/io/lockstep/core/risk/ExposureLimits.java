package io.lockstep.core.risk;

import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.Int128;
import io.lockstep.codecs.MutableInt128;
import io.lockstep.codecs.Nulls;
import io.lockstep.codecs.Xxh64;
import io.lockstep.core.position.CashRule;
import io.lockstep.sbe.LimitScope;
import io.lockstep.sbe.LimitType;
import io.lockstep.sbe.RiskReason;
import io.lockstep.sbe.RiskSectionDecoder;
import io.lockstep.sbe.RiskSectionEncoder;
import io.lockstep.sbe.Side;

/**
 * The limits of one scope on one instrument that are about orders and exposure: quantity and notional of an order and of the
 * position, open orders, orders in a second. The instrument has one, whoever trades; a strategy's instance may have one of its
 * own for its leg there.
 * <p>
 * A position limit bounds the position in either direction, all open orders of the order's side filled. An order that can but
 * make the position smaller ({@link OrderIntent#reduces}) is held against no quantity and no notional, of the order or of the
 * position; it counts as an order all the same. Setting a rate allocates; nothing else does.
 */
public final class ExposureLimits
{
    /** No order may make a position worth more cash units: gains of a hundred times as much can still be counted. */
    private static final int POSITION_BITS_MAX = 120;

    private final Exposure exposure;
    private final CashRule cashRule;
    private final LimitScope scope;
    private final RiskLimits limits;
    private final LimitOrigins origins = new LimitOrigins();
    private final OrderRate rate = new OrderRate();
    private final MutableInt128 amount = new MutableInt128();

    /**
     * @param exposure that is bounded.
     * @param scope    whose limits these are, for refusals.
     */
    public ExposureLimits(
        final Instrument instrument, final Exposure exposure, final CashRule cashRule, final LimitScope scope)
    {
        this.exposure = exposure;
        this.cashRule = cashRule;
        this.scope = scope;
        this.limits = new RiskLimits(instrument, cashRule);
    }

    /** Whether a limit of the type is checked for every scope, and not by the instrument's market alone. */
    public static boolean isAboutExposure(final LimitType type)
    {
        return switch (type)
        {
            case MAX_ORDER_QUANTITY, MAX_ORDER_NOTIONAL, MAX_POSITION_QUANTITY, MAX_POSITION_NOTIONAL, MAX_OPEN_ORDERS,
                MAX_ORDERS_PER_SECOND -> true;
            case PRICE_COLLAR_BPS, MAX_MARKET_DATA_AGE_MS, MAX_TOTAL_OPEN_ORDERS, MAX_TOTAL_ORDERS_PER_SECOND,
                MAX_TOTAL_NOTIONAL, NULL_VAL, SBE_UNKNOWN -> false;
            case MIN_ORDER_QUANTITY, MIN_ORDER_NOTIONAL, MAX_LONG_POSITION, MAX_SHORT_POSITION,
                MAX_NET_EXPOSURE, MAX_GROSS_EXPOSURE, MAX_CURRENCY_EXPOSURE, MAX_CANCELS_PER_SECOND,
                MAX_ORDER_TO_TRADE_RATIO, PRICE_COLLAR_TICKS, DUPLICATE_WINDOW_MS, SELF_TRADE, MAX_RATE_AGE_MS,
                SHORT_SELLING, BALANCE, MAX_DAILY_REALIZED_LOSS, MAX_DAILY_LOSS, MAX_DRAWDOWN,
                MAX_TRADE_LOSS, MAX_CONSECUTIVE_LOSSES, TRADING_HOURS -> false;
        };
    }

    public RiskLimits limits()
    {
        return limits;
    }

    /** Who has set limits of this scope on this instrument alone. */
    public LimitOrigins origins()
    {
        return origins;
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

    /** Orders and replaces in the second that ends now, as far as a limit has them counted. */
    public long ordersWithinSecond(final long nowNs)
    {
        return rate.within(nowNs);
    }

    /** An order or replace has been sent. */
    public void onSent(final long nowNs)
    {
        rate.onOrder(nowNs);
    }

    /**
     * @param pricedAtTicks what a lot of the order is worth.
     * @param valuation     of the instrument now.
     * @throws ArithmeticException when lots need more than 63 bits.
     */
    RiskReason check(
        final OrderIntent intent,
        final long pricedAtTicks,
        final Valuation valuation,
        final long nowNs,
        final Refusal refusal)
    {
        if (!intent.reduces(exposure))
        {
            RiskReason reason = checkSize(intent, pricedAtTicks, refusal);
            if (reason == RiskReason.NONE)
            {
                reason = checkPosition(intent, pricedAtTicks, valuation, refusal);
            }
            if (reason != RiskReason.NONE)
            {
                return reason;
            }
        }
        return checkActivity(intent, nowNs, refusal);
    }

    private RiskReason checkSize(final OrderIntent intent, final long pricedAtTicks, final Refusal refusal)
    {
        final long lots = intent.leavesLots();
        if (lots > limits.bound(LimitType.MAX_ORDER_QUANTITY))
        {
            return refuse(RiskReason.MAX_ORDER_QUANTITY, LimitType.MAX_ORDER_QUANTITY, lots, refusal);
        }
        if (!limits.isSet(LimitType.MAX_ORDER_NOTIONAL))
        {
            return RiskReason.NONE;
        }
        final boolean isCounted = count(pricedAtTicks, lots);
        return isWithin(LimitType.MAX_ORDER_NOTIONAL, isCounted)
            ? RiskReason.NONE
            : refuse(RiskReason.MAX_ORDER_NOTIONAL, LimitType.MAX_ORDER_NOTIONAL, isCounted, refusal);
    }

    private RiskReason checkPosition(
        final OrderIntent intent, final long pricedAtTicks, final Valuation valuation, final Refusal refusal)
    {
        final long worst = worstLots(intent);
        if (worst > limits.bound(LimitType.MAX_POSITION_QUANTITY))
        {
            return refuse(RiskReason.MAX_POSITION_QUANTITY, LimitType.MAX_POSITION_QUANTITY, worst, refusal);
        }
        if (limits.isSet(LimitType.MAX_POSITION_NOTIONAL))
        {
            final boolean isCounted = count(valuation.priceTicks(), worst);
            if (!isWithin(LimitType.MAX_POSITION_NOTIONAL, isCounted))
            {
                return refuse(valuation.isOld() ? RiskReason.NO_REFERENCE_PRICE : RiskReason.MAX_POSITION_NOTIONAL,
                    LimitType.MAX_POSITION_NOTIONAL, isCounted, refusal);
            }
        }
        return hasRoom(Math.max(pricedAtTicks, valuation.priceTicks()), worst)
            ? RiskReason.NONE
            : refusal.because(RiskReason.ARITHMETIC_OVERFLOW);
    }

    /** The position, positive in the order's direction, when all that is open on its side is filled and the order too. */
    private long worstLots(final OrderIntent intent)
    {
        final long net = exposure.netLots();
        final long asked = Math.addExact(
            exposure.exposureLots(intent.side()) - intent.replacedLots(), intent.leavesLots());
        return Math.addExact(intent.side() == Side.BUY ? net : Math.negateExact(net), asked);
    }

    private boolean hasRoom(final long priceTicks, final long lots)
    {
        return count(priceTicks, lots) && amount.high() >>> POSITION_BITS_MAX - Long.SIZE == 0;
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
    private boolean isWithin(final LimitType type, final boolean isCounted)
    {
        return isCounted && !limits.isBeyond(type, amount);
    }

    private RiskReason checkActivity(final OrderIntent intent, final long nowNs, final Refusal refusal)
    {
        final RiskReason reason = checkOpenOrders(intent, refusal);
        if (reason != RiskReason.NONE)
        {
            return reason;
        }
        final long excess = rate.excess(limits.bound(LimitType.MAX_ORDERS_PER_SECOND), nowNs);
        return excess > 0
            ? refuse(RiskReason.MAX_ORDER_RATE, LimitType.MAX_ORDERS_PER_SECOND, excess, refusal)
            : RiskReason.NONE;
    }

    /** Whether one more may be open. */
    RiskReason checkOpenOrders(final OrderIntent intent, final Refusal refusal)
    {
        final int openOrders = exposure.openOrderCount() + intent.besides();
        return !intent.isOpen() && openOrders >= limits.bound(LimitType.MAX_OPEN_ORDERS)
            ? refuse(RiskReason.MAX_OPEN_ORDERS, LimitType.MAX_OPEN_ORDERS, openOrders + 1L, refusal)
            : RiskReason.NONE;
    }

    private RiskReason refuse(
        final RiskReason reason, final LimitType type, final long actual, final Refusal refusal)
    {
        return refusal.because(reason, scope, limits.value(type), actual);
    }

    private RiskReason refuse(
        final RiskReason reason, final LimitType type, final boolean isCounted, final Refusal refusal)
    {
        final Int128 actualOrNull = isCounted ? amount : null;
        return refusal.because(reason, scope, limits.value(type), actualOrNull);
    }

    /** Writes the message's fields and group; the times of orders are saved apart. The encoder must be wrapped. */
    public void save(final RiskSectionEncoder section)
    {
        section.orderTimes(rate.length()).newestOrderTime(rate.newest()).countedOrders(rate.count())
            .referenceTicks(Nulls.NULL_PRICE_TICKS);
        limits.save(section);
        origins.save(section);
    }

    /** Takes up all but the times of orders, as many as the message says. */
    public void restore(final RiskSectionDecoder section)
    {
        if (section.sbeSchemaVersion() <= section.actingVersion() && section.referenceTicks() != Nulls.NULL_PRICE_TICKS)
        {
            throw new IllegalArgumentException("no price was kept: referenceTicks=" + section.referenceTicks());
        }
        rate.restore(section.orderTimes(), section.newestOrderTime(), section.countedOrders());
        limits.restore(section);
        origins.restore(section);
    }

    /** Length of the ring in which the times of orders are kept. */
    public int orderTimes()
    {
        return rate.length();
    }

    /** The time of an order, by its index in the ring. */
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
        final long hash = Xxh64.chain(limits.stateHash(), rate.stateHash());
        return origins.isEmpty() ? hash : Xxh64.chain(hash, origins.stateHash());
    }
}
