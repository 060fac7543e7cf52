package io.lockstep.core.risk.rule;

import io.lockstep.codecs.Decimal;
import io.lockstep.codecs.Xxh64;
import io.lockstep.core.risk.LimitOrigins.Origin;
import io.lockstep.sbe.LimitType;

import java.util.Arrays;

/**
 * A limit of one scope: its rule, the value that was configured last, and what an operator has set since, which holds until the configured
 * value changes or he takes it back. Setting one allocates.
 */
public final class ScopedLimit
{
    private static final int ORIGINS = Origin.values().length;

    private final ScopeKey key;
    private final Rule rule;
    /** By origin; null where it has set none. */
    private final Decimal[] values = new Decimal[ORIGINS];
    private final long[] sequences = new long[ORIGINS];

    ScopedLimit(final ScopeKey key, final LimitType type)
    {
        this.key = key;
        rule = ScopedTypes.newRule(type, key.scope());
    }

    public ScopeKey key()
    {
        return key;
    }

    public LimitType type()
    {
        return rule.type();
    }

    Rule rule()
    {
        return rule;
    }

    public boolean isSet(final Origin origin)
    {
        return values[origin.ordinal()] != null;
    }

    boolean isEmpty()
    {
        return Arrays.stream(values).noneMatch((value) -> value != null);
    }

    /** Whose value holds: the operator's where there is one. */
    public Origin inForce()
    {
        return isSet(Origin.OPERATOR) ? Origin.OPERATOR : Origin.CONFIGURED;
    }

    /** What it has set; only where {@link #isSet}. */
    public Decimal value(final Origin origin)
    {
        return values[origin.ordinal()];
    }

    /** Sequence of the input that has set it. */
    public long sequence(final Origin origin)
    {
        return sequences[origin.ordinal()];
    }

    /** Whether it is set to this number, however that is written. */
    public boolean isEqual(final Origin origin, final Decimal value)
    {
        return isSet(origin) && value(origin).isSameNumber(value);
    }

    /** What of it is used up now, in the unit of the check, where its rule counts that itself; else null. */
    public long used(final long nowNs)
    {
        return rule.used(nowNs);
    }

    void set(final Origin origin, final Decimal value, final long sequence)
    {
        values[origin.ordinal()] = value;
        sequences[origin.ordinal()] = sequence;
    }

    void unset(final Origin origin)
    {
        values[origin.ordinal()] = null;
        sequences[origin.ordinal()] = 0;
    }

    /** Puts in force the value that counts; there is one. */
    void apply()
    {
        final Decimal value = value(inForce());
        rule.limit(value.mantissa(), value.exponent());
    }

    long stateHash()
    {
        long hash = Xxh64.chain((long)key.scope().value() << 8 | type().value(), key.scopedId());
        hash = Xxh64.chain(hash, key.instrumentId());
        for (int i = 0; i < ORIGINS; i++)
        {
            hash = values[i] == null
                ? Xxh64.chain(hash, i)
                : Xxh64.chain(Xxh64.chain(Xxh64.chain(hash, values[i].mantissa()), values[i].exponent()), sequences[i]);
        }
        return Xxh64.chain(hash, rule.stateHash());
    }
}
