package io.lockstep.core.risk;

import io.lockstep.codecs.Nulls;
import io.lockstep.codecs.Xxh64;
import io.lockstep.sbe.BooleanType;
import io.lockstep.sbe.CoreSectionDecoder;
import io.lockstep.sbe.CoreSectionEncoder;
import io.lockstep.sbe.LimitType;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.RiskSectionDecoder;
import io.lockstep.sbe.RiskSectionEncoder;

import java.util.Arrays;

/**
 * Who has set which limit, of one instrument or of all: the value that was configured last, and what an operator has set since.
 * The operator's holds until the configured value changes or he takes it back. As decimals; with nothing set it adds nothing to
 * a state hash. Allocates nothing after construction.
 */
public final class LimitOrigins
{
    /** Who set a limit. */
    public enum Origin
    {
        CONFIGURED, OPERATOR
    }

    private static final LimitType[] TYPES = Arrays.stream(LimitType.values())
        .filter((type) -> RiskLimits.TYPES.contains(type) || TotalLimits.isTotal(type)).toArray(LimitType[]::new);
    private static final Origin[] ORIGINS = Origin.values();
    private static final int LENGTH = TYPES.length * ORIGINS.length;
    private static final long NOT_SET = -1;
    private static final int BASE = 10;

    private final long[] mantissas = new long[LENGTH];
    private final int[] exponents = new int[LENGTH];
    private final long[] sequences = new long[LENGTH];
    private int count;

    public LimitOrigins()
    {
        Arrays.fill(mantissas, NOT_SET);
    }

    private static int index(final Origin origin, final LimitType type)
    {
        return origin.ordinal() * TYPES.length + type.ordinal();
    }

    public boolean isEmpty()
    {
        return count == 0;
    }

    public boolean isSet(final Origin origin, final LimitType type)
    {
        return type.ordinal() < TYPES.length && mantissas[index(origin, type)] != NOT_SET;
    }

    /** Whether there is a value of either. */
    public boolean isSet(final LimitType type)
    {
        return isSet(Origin.OPERATOR, type) || isSet(Origin.CONFIGURED, type);
    }

    /** Whose value holds here: the operator's where there is one. Null without any. */
    public Origin inForce(final LimitType type)
    {
        return isSet(Origin.OPERATOR, type)
            ? Origin.OPERATOR
            : isSet(Origin.CONFIGURED, type) ? Origin.CONFIGURED : null;
    }

    public long mantissa(final Origin origin, final LimitType type)
    {
        return mantissas[index(origin, type)];
    }

    public int exponent(final Origin origin, final LimitType type)
    {
        return exponents[index(origin, type)];
    }

    /** Sequence of the input that has set it. */
    public long sequence(final Origin origin, final LimitType type)
    {
        return sequences[index(origin, type)];
    }

    /** Whether it is set to this number, however that is written. */
    public boolean isEqual(final Origin origin, final LimitType type, final long mantissa, final int exponent)
    {
        final int zeros = zeros(mantissa);
        return isSet(origin, type) && mantissa(origin, type) == shortened(mantissa, zeros) &&
            exponent(origin, type) == (mantissa == 0 ? 0 : exponent + zeros);
    }

    /** The value must be {@link RiskLimits#isValid valid}. */
    public void set(
        final Origin origin, final LimitType type, final long mantissa, final int exponent, final long sequence)
    {
        final int index = index(origin, type);
        final int zeros = zeros(mantissa);
        count += mantissas[index] == NOT_SET ? 1 : 0;
        mantissas[index] = shortened(mantissa, zeros);
        exponents[index] = mantissa == 0 ? 0 : exponent + zeros;
        sequences[index] = sequence;
    }

    public void unset(final Origin origin, final LimitType type)
    {
        final int index = index(origin, type);
        count -= mantissas[index] == NOT_SET ? 0 : 1;
        mantissas[index] = NOT_SET;
        exponents[index] = 0;
        sequences[index] = 0;
    }

    private static int zeros(final long mantissa)
    {
        int zeros = 0;
        for (long rest = mantissa; rest != 0 && rest % BASE == 0; rest /= BASE)
        {
            zeros++;
        }
        return zeros;
    }

    private static long shortened(final long mantissa, final int zeros)
    {
        long rest = mantissa;
        for (int i = 0; i < zeros; i++)
        {
            rest /= BASE;
        }
        return rest;
    }

    /** Writes the message's group; what comes before it must have been written. */
    public void save(final CoreSectionEncoder section)
    {
        final CoreSectionEncoder.LimitOriginsEncoder group = section.limitOriginsCount(count);
        for (int i = 0; i < LENGTH; i++)
        {
            if (mantissas[i] != NOT_SET)
            {
                group.next().limitType(TYPES[i % TYPES.length]).givenByOperator(of(i)).sequence(sequences[i]);
                group.value().mantissa(mantissas[i]).exponent((byte)exponents[i]);
            }
        }
    }

    /** Writes the message's group; what comes before it must have been written. */
    public void save(final RiskSectionEncoder section)
    {
        final RiskSectionEncoder.LimitOriginsEncoder group = section.limitOriginsCount(count);
        for (int i = 0; i < LENGTH; i++)
        {
            if (mantissas[i] != NOT_SET)
            {
                group.next().limitType(TYPES[i % TYPES.length]).givenByOperator(of(i)).sequence(sequences[i]);
                group.value().mantissa(mantissas[i]).exponent((byte)exponents[i]);
            }
        }
    }

    private static BooleanType of(final int index)
    {
        return index / TYPES.length == Origin.OPERATOR.ordinal() ? BooleanType.TRUE : BooleanType.FALSE;
    }

    /** Reads the message's group. */
    public void restore(final CoreSectionDecoder section)
    {
        final CoreSectionDecoder.LimitOriginsDecoder entries = section.limitOrigins();
        check(entries.actingVersion(), entries.actingBlockLength(),
            CoreSectionDecoder.LimitOriginsDecoder.sbeBlockLength());
        for (final CoreSectionDecoder.LimitOriginsDecoder entry : entries)
        {
            restore(entry.givenByOperator(), entry.limitType(), entry.value().mantissa(), entry.value().exponent(),
                entry.sequence());
        }
    }

    /** Reads the message's group. */
    public void restore(final RiskSectionDecoder section)
    {
        final RiskSectionDecoder.LimitOriginsDecoder entries = section.limitOrigins();
        check(entries.actingVersion(), entries.actingBlockLength(),
            RiskSectionDecoder.LimitOriginsDecoder.sbeBlockLength());
        for (final RiskSectionDecoder.LimitOriginsDecoder entry : entries)
        {
            restore(entry.givenByOperator(), entry.limitType(), entry.value().mantissa(), entry.value().exponent(),
                entry.sequence());
        }
    }

    /** A section of an earlier version has no such group, and one of this version has its length also when it is empty. */
    private static void check(final int version, final int blockLength, final int expected)
    {
        if (version == MessageHeaderDecoder.SCHEMA_VERSION && blockLength != expected)
        {
            throw new IllegalArgumentException("limitOrigins: blockLength=" + blockLength + " expected=" + expected);
        }
    }

    private void restore(
        final BooleanType isOperator, final LimitType type, final long mantissa, final int exponent,
        final long sequence)
    {
        if (type.ordinal() >= TYPES.length || !RiskLimits.isValid(type, mantissa, exponent))
        {
            throw new IllegalArgumentException("no limit: limitType=" + type + " mantissa=" + mantissa);
        }
        set(isOperator == BooleanType.TRUE ? Origin.OPERATOR : Origin.CONFIGURED, type, mantissa, exponent, sequence);
    }

    /** 0 when nothing is set, to be left out then. */
    public long stateHash()
    {
        long hash = 0;
        for (int i = 0; i < LENGTH && count > 0; i++)
        {
            if (mantissas[i] != NOT_SET)
            {
                hash = Xxh64.chain(Xxh64.chain(Xxh64.chain(Xxh64.chain(hash, i), mantissas[i]), exponents[i]),
                    sequences[i]);
            }
        }
        return hash;
    }

    /** The value in force here, or {@link Nulls#NULL_LONG}. */
    public long mantissaInForce(final LimitType type)
    {
        final Origin origin = inForce(type);
        return origin == null ? Nulls.NULL_LONG : mantissa(origin, type);
    }

    /** Its exponent, 0 without one. */
    public int exponentInForce(final LimitType type)
    {
        final Origin origin = inForce(type);
        return origin == null ? 0 : exponent(origin, type);
    }
}
