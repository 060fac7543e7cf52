package io.lockstep.core.risk;

import io.lockstep.codecs.Increment;
import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.Int128;
import io.lockstep.codecs.MutableInt128;
import io.lockstep.core.position.CashRule;
import io.lockstep.sbe.LimitType;
import io.lockstep.sbe.RiskSectionDecoder;
import io.lockstep.sbe.RiskSectionEncoder;

import java.util.Arrays;
import java.util.List;

/**
 * The pre-trade limits of one instrument, in its own units: lots, quote currency units ({@link CashRule#quoteExponent()}),
 * counts, basis points, nanoseconds; each in 128 bits. A limit that was never set does not bind.
 */
public final class RiskLimits
{
    /** The rate is checked against the times of so many orders at most. */
    public static final long ORDERS_PER_SECOND_MAX = 10_000;
    private static final int EXPONENT_MAX = 18;
    private static final long NANOS_PER_MILLI = 1_000_000;

    /** Those that each instrument has a place for, their codes from 1 on. */
    public static final List<LimitType> TYPES = Arrays.stream(LimitType.values())
        .filter((type) -> type.ordinal() < LimitType.MAX_TOTAL_OPEN_ORDERS.ordinal()).toList();

    private final Increment lot;
    private final int quoteExponent;
    private final LimitTable limits = new LimitTable(TYPES.size() + 1);
    private final MutableInt128 converted = new MutableInt128();
    private long hash;

    public RiskLimits(final Instrument instrument, final CashRule cashRule)
    {
        lot = instrument.lot();
        quoteExponent = cashRule.quoteExponent();
        hash = hash();
    }

    public boolean isSet(final LimitType type)
    {
        return limits.isSet(type.value());
    }

    /** In the unit of the check; means nothing when it is not set. */
    public Int128 value(final LimitType type)
    {
        return limits.value(type.value());
    }

    /** The largest long that is not beyond the limit. */
    long bound(final LimitType type)
    {
        return limits.bound(type.value());
    }

    boolean isBeyond(final LimitType type, final Int128 actual)
    {
        return limits.isBeyond(type.value(), actual);
    }

    /**
     * Sets a limit from its decimal. A limit finer than the instrument's unit is rounded down, to the stricter side.
     *
     * @return false when it is no limit of this instrument, see {@link #fits}; nothing is changed then.
     */
    public boolean set(final LimitType type, final long mantissa, final int exponent)
    {
        if (!fits(type, mantissa, exponent))
        {
            return false;
        }
        limits.set(type.value(), converted);
        hash = hash();
        return true;
    }

    public void unset(final LimitType type)
    {
        limits.unset(type.value());
        hash = hash();
    }

    /** Whether it is {@link #isValid valid}, a limit of an instrument, and in this one's unit has no more than 127 bits. */
    public boolean fits(final LimitType type, final long mantissa, final int exponent)
    {
        if (!TYPES.contains(type) || !isValid(type, mantissa, exponent))
        {
            return false;
        }
        try
        {
            convert(type, mantissa, exponent);
            return true;
        }
        catch (final ArithmeticException ex)
        {
            return false;
        }
    }

    /** Whether it can be a limit, of whatever instrument or of all together. */
    public static boolean isValid(final LimitType type, final long mantissa, final int exponent)
    {
        if (mantissa < 0 || exponent < -EXPONENT_MAX || exponent > EXPONENT_MAX)
        {
            return false;
        }
        return switch (type)
        {
            case MAX_ORDER_QUANTITY, MAX_POSITION_QUANTITY, MAX_ORDER_NOTIONAL, MAX_POSITION_NOTIONAL, MAX_OPEN_ORDERS,
                PRICE_COLLAR_BPS -> true;
            case MAX_TOTAL_OPEN_ORDERS, MAX_TOTAL_NOTIONAL -> true;
            case MAX_ORDERS_PER_SECOND, MAX_TOTAL_ORDERS_PER_SECOND -> isAtMost(
                mantissa, exponent, ORDERS_PER_SECOND_MAX);
            case MAX_MARKET_DATA_AGE_MS, DUPLICATE_WINDOW_MS, MAX_RATE_AGE_MS -> isAtMost(
                mantissa, exponent, Long.MAX_VALUE / NANOS_PER_MILLI);
            case MIN_ORDER_QUANTITY, MIN_ORDER_NOTIONAL, MAX_LONG_POSITION, MAX_SHORT_POSITION, MAX_NET_EXPOSURE,
                MAX_GROSS_EXPOSURE, MAX_CURRENCY_EXPOSURE, MAX_ORDER_TO_TRADE_RATIO, PRICE_COLLAR_TICKS -> true;
            case MAX_CANCELS_PER_SECOND -> isAtMost(mantissa, exponent, ORDERS_PER_SECOND_MAX);
            case SELF_TRADE -> isFromOne(mantissa, exponent, SelfTradePolicy.CODE_MAX);
            case MAX_DAILY_REALIZED_LOSS, MAX_DAILY_LOSS, MAX_DRAWDOWN, MAX_TRADE_LOSS, MAX_CONSECUTIVE_LOSSES -> true;
            case SHORT_SELLING, BALANCE, TRADING_HOURS -> mantissa == 0 || is(mantissa, exponent, 1);
            case NULL_VAL, SBE_UNKNOWN -> false;
        };
    }

    private static boolean isFromOne(final long mantissa, final int exponent, final long most)
    {
        for (long number = 1; number <= most; number++)
        {
            if (is(mantissa, exponent, number))
            {
                return true;
            }
        }
        return false;
    }

    /** However it is written. */
    private static boolean is(final long mantissa, final int exponent, final long number)
    {
        final long power = Increment.powerOfTen(Math.abs(exponent));
        return exponent < 0
            ? mantissa % power == 0 && mantissa / power == number
            : mantissa <= number / power && mantissa * power == number;
    }

    /** Its whole part. */
    private static boolean isAtMost(final long mantissa, final int exponent, final long most)
    {
        final long power = Increment.powerOfTen(Math.abs(exponent));
        return exponent < 0 ? mantissa / power <= most : mantissa <= most / power;
    }

    private void convert(final LimitType type, final long mantissa, final int exponent)
    {
        switch (type)
        {
            case MAX_ORDER_QUANTITY, MAX_POSITION_QUANTITY -> lot.floor(mantissa, exponent, converted);
            case MAX_ORDER_NOTIONAL, MAX_POSITION_NOTIONAL -> converted.decimalFloor(
                mantissa, exponent - quoteExponent);
            case MAX_OPEN_ORDERS, PRICE_COLLAR_BPS, MAX_ORDERS_PER_SECOND -> converted.decimalFloor(mantissa, exponent);
            case MAX_MARKET_DATA_AGE_MS -> converted.decimalFloor(mantissa, exponent).multiply(NANOS_PER_MILLI);
            case MAX_TOTAL_OPEN_ORDERS, MAX_TOTAL_ORDERS_PER_SECOND, MAX_TOTAL_NOTIONAL, NULL_VAL, SBE_UNKNOWN,
                MIN_ORDER_QUANTITY, MIN_ORDER_NOTIONAL, MAX_LONG_POSITION, MAX_SHORT_POSITION,
                MAX_NET_EXPOSURE, MAX_GROSS_EXPOSURE, MAX_CURRENCY_EXPOSURE, MAX_CANCELS_PER_SECOND,
                MAX_ORDER_TO_TRADE_RATIO, PRICE_COLLAR_TICKS, DUPLICATE_WINDOW_MS, SELF_TRADE, MAX_RATE_AGE_MS,
                SHORT_SELLING, BALANCE, MAX_DAILY_REALIZED_LOSS, MAX_DAILY_LOSS, MAX_DRAWDOWN,
                MAX_TRADE_LOSS, MAX_CONSECUTIVE_LOSSES, TRADING_HOURS ->
                throw new IllegalArgumentException("no limit of an instrument: type=" + type);
        }
    }

    /** Writes the message's group; what comes before it must have been written. */
    void save(final RiskSectionEncoder section)
    {
        int count = 0;
        for (final LimitType type : TYPES)
        {
            count += isSet(type) ? 1 : 0;
        }
        final RiskSectionEncoder.LimitsEncoder group = section.limitsCount(count);
        for (final LimitType type : TYPES)
        {
            if (isSet(type))
            {
                group.next().limitType(type).value(limits.low(type.value()))
                    .valueHigh(limits.highOrNull(type.value()));
            }
        }
    }

    /** Reads the message's group. */
    void restore(final RiskSectionDecoder section)
    {
        for (final RiskSectionDecoder.LimitsDecoder limit : section.limits())
        {
            final LimitType type = limit.limitType();
            if (!TYPES.contains(type))
            {
                throw new IllegalArgumentException("no limit: limitType=" + type);
            }
            limits.restore(type.value(), limit.value(), limit.valueHigh());
        }
        hash = hash();
    }

    /** Kept, for limits are set seldom. */
    public long stateHash()
    {
        return hash;
    }

    private long hash()
    {
        long newHash = 0;
        for (int index = 0; index <= TYPES.size(); index++)
        {
            newHash = limits.chain(newHash, index);
        }
        return newHash;
    }
}
