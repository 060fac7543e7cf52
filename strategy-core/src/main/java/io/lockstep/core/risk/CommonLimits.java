package io.lockstep.core.risk;

import io.lockstep.codecs.Xxh64;
import io.lockstep.sbe.CoreSectionDecoder;
import io.lockstep.sbe.CoreSectionEncoder;
import io.lockstep.sbe.LimitType;

import java.util.Arrays;
import java.util.List;

/**
 * The newest limit of each type that was set for all instruments, as it came: an instrument that is defined later is bound by
 * it from its first order. Allocates nothing after construction.
 */
public final class CommonLimits
{
    private static final List<LimitType> TYPES = RiskLimits.TYPES;
    private static final long NOT_SET = -1;

    private final long[] mantissas = new long[TYPES.size()];
    private final int[] exponents = new int[TYPES.size()];

    public CommonLimits()
    {
        Arrays.fill(mantissas, NOT_SET);
    }

    /** The value must be {@link RiskLimits#isValid valid}. */
    public void set(final LimitType type, final long mantissa, final int exponent)
    {
        mantissas[type.ordinal()] = mantissa;
        exponents[type.ordinal()] = exponent;
    }

    public void unset(final LimitType type)
    {
        mantissas[type.ordinal()] = NOT_SET;
        exponents[type.ordinal()] = 0;
    }

    /**
     * To a new instrument. A limit with more than 127 bits in the instrument's unit is above all that can be counted there, and
     * an order that would make more is refused as such: left out, it is kept to all the same.
     */
    public void applyTo(final RiskGate risk)
    {
        for (final LimitType type : TYPES)
        {
            if (mantissas[type.ordinal()] != NOT_SET)
            {
                risk.limit(type, mantissas[type.ordinal()], exponents[type.ordinal()]);
            }
        }
    }

    /** Writes the message's group; what comes before it must have been written. */
    public void save(final CoreSectionEncoder section)
    {
        int count = 0;
        for (final long mantissa : mantissas)
        {
            count += mantissa != NOT_SET ? 1 : 0;
        }
        final CoreSectionEncoder.CommonLimitsEncoder limits = section.commonLimitsCount(count);
        for (final LimitType type : TYPES)
        {
            if (mantissas[type.ordinal()] != NOT_SET)
            {
                limits.next().limitType(type);
                limits.value().mantissa(mantissas[type.ordinal()]).exponent((byte)exponents[type.ordinal()]);
            }
        }
    }

    /** Reads the message's group. */
    public void restore(final CoreSectionDecoder section)
    {
        for (final CoreSectionDecoder.CommonLimitsDecoder limit : section.commonLimits())
        {
            set(limit.limitType(), limit.value().mantissa(), limit.value().exponent());
        }
    }

    public long stateHash()
    {
        long hash = 0;
        for (int i = 0; i < mantissas.length; i++)
        {
            hash = Xxh64.chain(Xxh64.chain(hash, mantissas[i]), exponents[i]);
        }
        return hash;
    }
}
