package io.lockstep.core.risk;

import io.lockstep.codecs.Increment;
import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.Xxh64;
import io.lockstep.core.position.CashRule;
import io.lockstep.sbe.LimitType;
import io.lockstep.sbe.RiskSectionDecoder;
import io.lockstep.sbe.RiskSectionEncoder;

import java.util.Arrays;

/**
 * The pre-trade limits of one instrument, in its own units: lots, quote
 * currency units ({@link CashRule#quoteExponent()}), counts, basis points, nanoseconds. A limit
 * that was never set does not bind.
 */
public final class RiskLimits
{
    public static final long UNLIMITED = Long.MAX_VALUE;
    /** The rate is checked against the times of so many orders at most. */
    public static final long ORDERS_PER_SECOND_MAX = 10_000;
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final Increment WHOLE = new Increment(1, 0);

    /** Those that bind an instrument by itself, their codes from 1 on. */
    private static final LimitType[] TYPES = Arrays.stream(LimitType.values())
        .filter((type) -> type != LimitType.NULL_VAL && type != LimitType.SBE_UNKNOWN && !TotalLimits.isTotal(type))
        .toArray(LimitType[]::new);

    private final Increment lot;
    private final Increment quoteUnit;
    private final long[] values = new long[TYPES.length + 1];
    private long hash;

    public RiskLimits(final Instrument instrument, final CashRule cashRule)
    {
        lot = instrument.lot();
        quoteUnit = new Increment(1, cashRule.quoteExponent());
        Arrays.fill(values, UNLIMITED);
        hash = hash();
    }

    public long value(final LimitType type)
    {
        return values[type.value()];
    }

    /**
     * Sets a limit from its decimal. A limit finer than the instrument's unit is rounded down, to the stricter side.
     *
     * @return false when the value is negative, too large or otherwise no limit of an instrument; nothing is changed then.
     */
    public boolean set(final LimitType type, final long mantissa, final int exponent)
    {
        if (!isValid(type, mantissa, exponent) || TotalLimits.isTotal(type))
        {
            return false;
        }
        values[type.value()] = convert(type, mantissa, exponent);
        hash = hash();
        return true;
    }

    /** Whether it can be a limit, of whatever instrument or of all together. */
    public static boolean isValid(final LimitType type, final long mantissa, final int exponent)
    {
        if (mantissa < 0 || exponent < -18 || exponent > 18)
        {
            return false;
        }
        return switch (type)
        {
            case MAX_ORDER_QUANTITY, MAX_POSITION_QUANTITY, MAX_ORDER_NOTIONAL, MAX_POSITION_NOTIONAL, MAX_OPEN_ORDERS,
                PRICE_COLLAR_BPS -> true;
            case MAX_TOTAL_OPEN_ORDERS, MAX_TOTAL_NOTIONAL -> true;
            case MAX_ORDERS_PER_SECOND, MAX_TOTAL_ORDERS_PER_SECOND -> WHOLE.floor(
                mantissa, exponent) <= ORDERS_PER_SECOND_MAX;
            case MAX_MARKET_DATA_AGE_MS -> WHOLE.floor(mantissa, exponent) <= Long.MAX_VALUE / NANOS_PER_MILLI;
            case NULL_VAL, SBE_UNKNOWN -> false;
        };
    }

    private long convert(final LimitType type, final long mantissa, final int exponent)
    {
        return switch (type)
        {
            case MAX_ORDER_QUANTITY, MAX_POSITION_QUANTITY -> lot.floor(mantissa, exponent);
            case MAX_ORDER_NOTIONAL, MAX_POSITION_NOTIONAL -> quoteUnit.floor(mantissa, exponent);
            case MAX_OPEN_ORDERS, PRICE_COLLAR_BPS, MAX_ORDERS_PER_SECOND -> WHOLE.floor(mantissa, exponent);
            case MAX_MARKET_DATA_AGE_MS -> WHOLE.floor(mantissa, exponent) * NANOS_PER_MILLI;
            case MAX_TOTAL_OPEN_ORDERS, MAX_TOTAL_ORDERS_PER_SECOND, MAX_TOTAL_NOTIONAL, NULL_VAL, SBE_UNKNOWN ->
                throw new IllegalArgumentException("no limit of an instrument: type=" + type);
        };
    }

    /** Writes the message's group; what comes before it must have been written. */
    void save(final RiskSectionEncoder section)
    {
        int count = 0;
        for (final LimitType type : TYPES)
        {
            count += isSet(type) ? 1 : 0;
        }
        final RiskSectionEncoder.LimitsEncoder limits = section.limitsCount(count);
        for (final LimitType type : TYPES)
        {
            if (isSet(type))
            {
                limits.next().limitType(type).value(value(type));
            }
        }
    }

    /** Reads the message's group. */
    void restore(final RiskSectionDecoder section)
    {
        for (final RiskSectionDecoder.LimitsDecoder limit : section.limits())
        {
            final LimitType type = limit.limitType();
            if (type == LimitType.NULL_VAL || type == LimitType.SBE_UNKNOWN || TotalLimits.isTotal(type))
            {
                throw new IllegalArgumentException("no limit: limitType=" + type);
            }
            values[type.value()] = limit.value();
        }
        hash = hash();
    }

    private boolean isSet(final LimitType type)
    {
        return value(type) != UNLIMITED;
    }

    /** Kept, for limits are set seldom. */
    public long stateHash()
    {
        return hash;
    }

    private long hash()
    {
        long newHash = 0;
        for (final long value : values)
        {
            newHash = Xxh64.chain(newHash, value);
        }
        return newHash;
    }
}
