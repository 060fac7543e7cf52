package io.lockstep.core.risk;

import io.lockstep.codecs.Int128;
import io.lockstep.codecs.MutableInt128;
import io.lockstep.core.order.OrderStore;
import io.lockstep.sbe.CoreSectionDecoder;
import io.lockstep.sbe.CoreSectionEncoder;
import io.lockstep.sbe.LimitType;

import java.util.List;

/**
 * The limits that bind all instruments of a core together, and what counts towards them. Where a node has several shards, each
 * of them has a share of what binds the node, and keeps to it without asking the others; it knows the whole only so as not to
 * be given more. A limit that was never set does not bind.
 * <p>
 * The notional is a sum over the instruments, in units of 10^{@value #NOTIONAL_EXPONENT} of their common quote currency: each
 * counts with the largest position that its open orders can make, at its mark, see {@link Valuation}. All of it has 128 bits. Setting the rate's limit allocates; nothing
 * else does.
 */
public final class TotalLimits
{
    public static final int NOTIONAL_EXPONENT = -8;
    /** An instrument that counts with more is one too many for the sum of all to be counted: 2^16 of them may be 2^127. */
    private static final int PART_BITS_MAX = 110;

    public static final List<LimitType> TYPES = List.of(LimitType.MAX_TOTAL_OPEN_ORDERS,
        LimitType.MAX_TOTAL_ORDERS_PER_SECOND, LimitType.MAX_TOTAL_NOTIONAL);
    private static final int FIRST = LimitType.MAX_TOTAL_OPEN_ORDERS.value();

    private final OrderStore orders;
    private final OrderRate rate = new OrderRate();
    private final LimitTable limits = new LimitTable(TYPES.size());
    private final LimitTable totals = new LimitTable(TYPES.size());
    private final TotalNotional notional = new TotalNotional();
    private final MutableInt128 converted = new MutableInt128();

    /**
     * @param orders whose open ones are counted.
     */
    public TotalLimits(final OrderStore orders)
    {
        this.orders = orders;
    }

    /** Whether limits of the type bind all instruments together, rather than each. */
    public static boolean isTotal(final LimitType type)
    {
        return TYPES.contains(type);
    }

    public boolean isSet(final LimitType type)
    {
        return limits.isSet(index(type));
    }

    /** In the unit of the check; means nothing when it is not set. */
    public Int128 value(final LimitType type)
    {
        return limits.value(index(type));
    }

    /** Whether there is one that binds all shards together. */
    public boolean isTotalSet(final LimitType type)
    {
        return totals.isSet(index(type));
    }

    /** What binds all shards together, in the same unit; means nothing when it is not set. */
    public Int128 total(final LimitType type)
    {
        return totals.value(index(type));
    }

    private static int index(final LimitType type)
    {
        return type.value() - FIRST;
    }

    /** The largest long that is not beyond the limit. */
    long bound(final LimitType type)
    {
        return limits.bound(index(type));
    }

    /**
     * Sets what binds here. A limit finer than the unit is rounded down, to the stricter side.
     *
     * @return false when the value is no limit, or more than what binds all shards together; nothing is changed then.
     */
    public boolean set(final LimitType type, final long mantissa, final int exponent)
    {
        if (!fits(type, mantissa, exponent, converted) ||
            totals.isBeyond(index(type), units(type, mantissa, exponent, converted)))
        {
            return false;
        }
        limits.set(index(type), converted);
        limitRate(type);
        return true;
    }

    public void unset(final LimitType type)
    {
        limits.unset(index(type));
        limitRate(type);
    }

    private void limitRate(final LimitType type)
    {
        if (type == LimitType.MAX_TOTAL_ORDERS_PER_SECOND)
        {
            rate.limit(isSet(type) ? bound(type) : OrderRate.UNLIMITED);
        }
    }

    /** Takes back the limit: neither this shard's share nor the total of all shards binds from now on. */
    public void unsetAll(final LimitType type)
    {
        unset(type);
        totals.unset(index(type));
    }

    /** Sets what binds all shards together; the share is set by itself, and to be checked before. */
    public void total(final LimitType type, final long mantissa, final int exponent)
    {
        totals.set(index(type), units(type, mantissa, exponent, converted));
    }

    /**
     * Whether it is {@link RiskLimits#isValid valid}, a limit of all together, and has no more than 127 bits.
     *
     * @param scratch is overwritten.
     */
    public static boolean fits(
        final LimitType type, final long mantissa, final int exponent, final MutableInt128 scratch)
    {
        if (!isTotal(type) || !RiskLimits.isValid(type, mantissa, exponent))
        {
            return false;
        }
        try
        {
            units(type, mantissa, exponent, scratch);
            return true;
        }
        catch (final ArithmeticException ex)
        {
            return false;
        }
    }

    /** Sets the result to a limit that {@link #fits}, in the unit of the check, and returns it. */
    public static MutableInt128 units(
        final LimitType type, final long mantissa, final int exponent, final MutableInt128 result)
    {
        return result.decimalFloor(
            mantissa, type == LimitType.MAX_TOTAL_NOTIONAL ? exponent - NOTIONAL_EXPONENT : exponent);
    }

    /** Orders and replaces in the second that ends now, as far as a limit has them counted. */
    public long ordersWithinSecond(final long nowNs)
    {
        return rate.within(nowNs);
    }

    /** Orders open now, of all instruments. */
    public int openOrders()
    {
        return orders.openCount();
    }

    /** As {@link OrderRate#excess}. */
    long rateExcess(final long nowNs)
    {
        return isSet(LimitType.MAX_TOTAL_ORDERS_PER_SECOND)
            ? rate.excess(bound(LimitType.MAX_TOTAL_ORDERS_PER_SECOND), nowNs)
            : 0;
    }

    void onOrder(final long nowNs)
    {
        rate.onOrder(nowNs);
    }

    /** Without a limit nothing is counted. */
    boolean countsNotional()
    {
        return isSet(LimitType.MAX_TOTAL_NOTIONAL);
    }

    /** Whether an instrument can count with so much. */
    static boolean isCountable(final Int128 part)
    {
        return part.high() >>> PART_BITS_MAX - Long.SIZE == 0;
    }

    /** Instruments that have a position or open orders. */
    public int exposedCount()
    {
        return notional.count();
    }

    /** The checks of one of them, in no particular order: what is made of it must not depend on that. */
    public RiskGate exposed(final int index)
    {
        return notional.exposed(index).gate();
    }

    /** The instruments that have exposure. */
    TotalNotional notional()
    {
        return notional;
    }

    boolean isBeyond(final Int128 notional)
    {
        return limits.isBeyond(index(LimitType.MAX_TOTAL_NOTIONAL), notional);
    }

    /**
     * Turns a notional in units of 10^exponent into the unit of the sum, rounded up.
     *
     * @throws ArithmeticException when it needs more than 127 bits.
     */
    public static MutableInt128 notional(final MutableInt128 value, final int exponent)
    {
        final int shift = exponent - NOTIONAL_EXPONENT;
        if (shift == 0)
        {
            return value;
        }
        return shift >= 0 ? value.multiplyByPowerOfTen(shift) : value.divideCeilByPowerOfTen(-shift);
    }

    /** Writes the message's fields; groups come after. */
    public void saveFields(final CoreSectionEncoder section)
    {
        section.newestTotalOrderTime(rate.newest()).countedTotalOrders(rate.count());
    }

    /** Writes the message's groups; what comes before them must have been written. */
    public void saveGroups(final CoreSectionEncoder section)
    {
        final CoreSectionEncoder.TotalLimitsEncoder group = section.totalLimitsCount(TYPES.size());
        for (final LimitType type : TYPES)
        {
            group.next().limitType(type).value(limits.low(index(type))).valueHigh(limits.highOrNull(index(type)))
                .total(totals.low(index(type))).totalHigh(totals.highOrNull(index(type)));
        }
        final CoreSectionEncoder.TotalOrderTimesEncoder times = section.totalOrderTimesCount(rate.length());
        for (int i = 0; i < rate.length(); i++)
        {
            times.next().timeNs(rate.timeNs(i));
        }
    }

    /** Reads the message's fields and groups; what the instruments count with follows with each of them. */
    public void restore(final CoreSectionDecoder section)
    {
        final CoreSectionDecoder.TotalLimitsDecoder group = section.totalLimits();
        if (group.count() != TYPES.size())
        {
            throw new IllegalArgumentException("totalLimits=" + group.count() + " expected=" + TYPES.size());
        }
        for (final LimitType type : TYPES)
        {
            if (group.next().limitType() != type)
            {
                throw new IllegalArgumentException("limitType=" + group.limitType() + " expected=" + type);
            }
            limits.restore(index(type), group.value(), group.valueHigh());
            totals.restore(index(type), group.total(), group.totalHigh());
        }
        final CoreSectionDecoder.TotalOrderTimesDecoder times = section.totalOrderTimes();
        rate.restore(times.count(), section.newestTotalOrderTime(), section.countedTotalOrders());
        for (int i = 0; times.hasNext(); i++)
        {
            rate.timeNs(i, times.next().timeNs());
        }
    }

    public long stateHash()
    {
        long hash = rate.stateHash();
        for (int i = 0; i < TYPES.size(); i++)
        {
            hash = totals.chain(limits.chain(hash, i), i);
        }
        return hash;
    }
}
