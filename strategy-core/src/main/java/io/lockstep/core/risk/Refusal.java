package io.lockstep.core.risk;

import io.lockstep.codecs.Int128;
import io.lockstep.codecs.Nulls;
import io.lockstep.sbe.LimitScope;
import io.lockstep.sbe.RiskReason;

/**
 * The result of the newest check: the reason, whose limit it was about, the limit, and what the order would have made of it.
 * Limit and value have 128 bits in the unit of the check, each half null where there is none. One thread, no allocation.
 */
public final class Refusal
{
    private RiskReason reason = RiskReason.NONE;
    private SelfTradePolicy selfTradePolicy = SelfTradePolicy.REFUSE_NEW;
    private boolean selfTradeOfOwn;
    private LimitScope scope = LimitScope.NULL_VAL;
    private long limitValue = Nulls.NULL_LONG;
    private long limitValueHigh = Nulls.NULL_LONG;
    private long actualValue = Nulls.NULL_LONG;
    private long actualValueHigh = Nulls.NULL_LONG;

    public RiskReason reason()
    {
        return reason;
    }

    /** What is to become of an order that {@link RiskReason#SELF_TRADE} refuses, and of those that it could trade with. */
    public SelfTradePolicy selfTradePolicy()
    {
        return selfTradePolicy;
    }

    /** Whether those are orders of the same leg alone. */
    public boolean isSelfTradeOfOwn()
    {
        return selfTradeOfOwn;
    }

    public void selfTradePolicy(final SelfTradePolicy policy, final boolean ofOwn)
    {
        selfTradePolicy = policy;
        selfTradeOfOwn = ofOwn;
    }

    /** Whose limit it was; null of a refusal that is about no limit. */
    public LimitScope scope()
    {
        return scope;
    }

    /** Lower half of the limit, or null. */
    public long limitValue()
    {
        return limitValue;
    }

    /** Its upper half, null when the lower half alone is the number. */
    public long limitValueHigh()
    {
        return limitValueHigh;
    }

    /** Lower half of what the order would have made of it, or null, likewise where that has more than 127 bits. */
    public long actualValue()
    {
        return actualValue;
    }

    /** Its upper half, null when the lower half alone is the number. */
    public long actualValueHigh()
    {
        return actualValueHigh;
    }

    /** Nothing is refused; returns that. */
    RiskReason none()
    {
        return because(RiskReason.NONE);
    }

    /** As the other is. */
    public void as(final Refusal other)
    {
        because(other.reason, other.scope, other.limitValue, other.actualValue);
        limitValueHigh = other.limitValueHigh;
        actualValueHigh = other.actualValueHigh;
    }

    /** A refusal that is about no limit; returns the reason, as all of these methods do. */
    public RiskReason because(final RiskReason newReason)
    {
        return because(newReason, Nulls.NULL_LONG, Nulls.NULL_LONG);
    }

    /** A refusal by a bound that nobody has set, with the bound and the value; returns the reason. */
    public RiskReason because(final RiskReason newReason, final long limit, final long actual)
    {
        return because(newReason, LimitScope.NULL_VAL, limit, actual);
    }

    public RiskReason because(
        final RiskReason newReason, final LimitScope newScope, final long limit, final long actual)
    {
        reason = newReason;
        scope = newScope;
        limitValue = limit;
        limitValueHigh = Nulls.NULL_LONG;
        actualValue = actual;
        actualValueHigh = Nulls.NULL_LONG;
        return newReason;
    }

    public RiskReason because(
        final RiskReason newReason, final LimitScope newScope, final Int128 limit, final long actual)
    {
        because(newReason, newScope, limit.low(), actual);
        limitValueHigh = limit.highOrNull();
        return newReason;
    }

    /**
     * @param actualOrNull null when it has more than 127 bits.
     */
    public RiskReason because(
        final RiskReason newReason, final LimitScope newScope, final Int128 limit, final Int128 actualOrNull)
    {
        because(newReason, newScope, limit, actualOrNull == null ? Nulls.NULL_LONG : actualOrNull.low());
        actualValueHigh = actualOrNull == null ? Nulls.NULL_LONG : actualOrNull.highOrNull();
        return newReason;
    }
}
