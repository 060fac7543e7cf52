package io.lockstep.core.risk;

import io.lockstep.codecs.Increment;
import io.lockstep.codecs.Xxh64;
import io.lockstep.core.order.OrderStore;
import io.lockstep.sbe.CoreSectionDecoder;
import io.lockstep.sbe.CoreSectionEncoder;
import io.lockstep.sbe.LimitType;

import java.util.Arrays;
import java.util.List;

/**
 * The limits that bind all instruments of a core together, and what counts towards them. Where a node has several shards, each
 * of them has a share of what binds the node, and keeps to it without asking the others; it knows the whole only so as not to
 * be given more. A limit that was never set does not bind.
 * <p>
 * The notional is a sum over the instruments, in units of 10^{@value #NOTIONAL_EXPONENT} of their common quote currency:
 * {@link RiskGate#reckon()} says what each counts with. It needs more than 63 bits where the parts just do not, so it has 128.
 * Setting the rate's limit allocates; nothing else does.
 */
public final class TotalLimits
{
    public static final int NOTIONAL_EXPONENT = -8;

    private static final List<LimitType> TYPES = List.of(LimitType.MAX_TOTAL_OPEN_ORDERS,
        LimitType.MAX_TOTAL_ORDERS_PER_SECOND, LimitType.MAX_TOTAL_NOTIONAL);
    private static final int FIRST = LimitType.MAX_TOTAL_OPEN_ORDERS.value();
    private static final Increment WHOLE = new Increment(1, 0);
    private static final Increment NOTIONAL_UNIT = new Increment(1, NOTIONAL_EXPONENT);
    private static final int POWER_MAX = 18;

    private final OrderStore orders;
    private final OrderRate rate = new OrderRate();
    private final long[] values = new long[TYPES.size()];
    private final long[] totals = new long[TYPES.size()];
    private long sumLow;
    private long sumHigh;

    /**
     * @param orders whose open ones are counted.
     */
    public TotalLimits(final OrderStore orders)
    {
        this.orders = orders;
        Arrays.fill(values, RiskLimits.UNLIMITED);
        Arrays.fill(totals, RiskLimits.UNLIMITED);
    }

    /** Whether limits of the type bind all instruments together, rather than each. */
    public static boolean isTotal(final LimitType type)
    {
        return TYPES.contains(type);
    }

    /** In the unit of the check, or {@link RiskLimits#UNLIMITED}. */
    public long value(final LimitType type)
    {
        return values[type.value() - FIRST];
    }

    /** What binds all shards together, in the same unit. */
    public long total(final LimitType type)
    {
        return totals[type.value() - FIRST];
    }

    /**
     * Sets what binds here. A limit finer than the unit is rounded down, to the stricter side.
     *
     * @return false when the value is no limit, or more than what binds all shards together; nothing is changed then.
     */
    public boolean set(final LimitType type, final long mantissa, final int exponent)
    {
        if (!RiskLimits.isValid(type, mantissa, exponent) || units(type, mantissa, exponent) > total(type))
        {
            return false;
        }
        values[type.value() - FIRST] = units(type, mantissa, exponent);
        if (type == LimitType.MAX_TOTAL_ORDERS_PER_SECOND)
        {
            rate.limit(value(type));
        }
        return true;
    }

    /** Sets what binds all shards together; the share is set by itself, and to be checked before. */
    public void total(final LimitType type, final long mantissa, final int exponent)
    {
        totals[type.value() - FIRST] = units(type, mantissa, exponent);
    }

    /** A decimal in the unit of the check. */
    public static long units(final LimitType type, final long mantissa, final int exponent)
    {
        return (type == LimitType.MAX_TOTAL_NOTIONAL ? NOTIONAL_UNIT : WHOLE).floor(mantissa, exponent);
    }

    /** Orders open now, of all instruments. */
    int openOrders()
    {
        return orders.openCount();
    }

    /** As {@link OrderRate#excess}. */
    long rateExcess(final long nowNs)
    {
        return rate.excess(value(LimitType.MAX_TOTAL_ORDERS_PER_SECOND), nowNs);
    }

    void onOrder(final long nowNs)
    {
        rate.onOrder(nowNs);
    }

    /** Without a limit nothing is counted. */
    boolean countsNotional()
    {
        return value(LimitType.MAX_TOTAL_NOTIONAL) != RiskLimits.UNLIMITED;
    }

    /** The part of an instrument has changed by so much. */
    void add(final long change)
    {
        final long low = sumLow + change;
        sumHigh += carry(low, change);
        sumLow = low;
    }

    /** What the sum would be after a change; the largest long when it is no less than that. */
    long sumWith(final long change)
    {
        final long low = sumLow + change;
        return sumHigh + carry(low, change) != 0 || low < 0 ? Long.MAX_VALUE : low;
    }

    /** Of the addition to the high half: its sign there, and one more when the low half has turned over. */
    private long carry(final long low, final long change)
    {
        return (change >> Long.SIZE - 1) + (Long.compareUnsigned(low, sumLow) < 0 ? 1 : 0);
    }

    /**
     * A notional in the unit of the sum, rounded up.
     *
     * @throws ArithmeticException when it needs more than 63 bits.
     */
    static long notional(final long value, final int exponent)
    {
        final int shift = exponent - NOTIONAL_EXPONENT;
        if (shift >= 0)
        {
            return value == 0 ? 0 : Math.multiplyExact(value, power(shift));
        }
        final long divisor = power(Math.min(-shift, POWER_MAX));
        return value / divisor + (value % divisor > 0 ? 1 : 0);
    }

    private static long power(final int exponent)
    {
        if (exponent > POWER_MAX)
        {
            throw new ArithmeticException("long overflow");
        }
        return Increment.powerOfTen(exponent);
    }

    /** Writes the message's fields; groups come after. */
    public void saveFields(final CoreSectionEncoder section)
    {
        section.newestTotalOrderTime(rate.newest()).countedTotalOrders(rate.count());
    }

    /** Writes the message's groups; what comes before them must have been written. */
    public void saveGroups(final CoreSectionEncoder section)
    {
        final CoreSectionEncoder.TotalLimitsEncoder limits = section.totalLimitsCount(TYPES.size());
        for (final LimitType type : TYPES)
        {
            limits.next().limitType(type).value(value(type)).total(total(type));
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
        final CoreSectionDecoder.TotalLimitsDecoder limits = section.totalLimits();
        if (limits.count() != TYPES.size())
        {
            throw new IllegalArgumentException("totalLimits=" + limits.count() + " expected=" + TYPES.size());
        }
        for (final LimitType type : TYPES)
        {
            if (limits.next().limitType() != type)
            {
                throw new IllegalArgumentException("limitType=" + limits.limitType() + " expected=" + type);
            }
            values[type.value() - FIRST] = limits.value();
            totals[type.value() - FIRST] = limits.total();
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
        for (int i = 0; i < values.length; i++)
        {
            hash = Xxh64.chain(Xxh64.chain(hash, values[i]), totals[i]);
        }
        return hash;
    }
}
