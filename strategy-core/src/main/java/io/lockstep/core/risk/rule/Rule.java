package io.lockstep.core.risk.rule;

import io.lockstep.codecs.Int128;
import io.lockstep.codecs.Nulls;
import io.lockstep.codecs.Xxh64;
import io.lockstep.core.risk.RiskSubject;
import io.lockstep.sbe.LimitScope;
import io.lockstep.sbe.LimitType;
import io.lockstep.sbe.RiskReason;

/**
 * One limit of one scope, and what it counts. Only setting a limit may allocate; one thread.
 */
public abstract class Rule
{
    private final LimitType type;
    private final LimitScope scope;
    private long mantissa;
    private int exponent;

    /**
     * @param type of the limit.
     * @param scope that it binds, for refusals.
     */
    protected Rule(final LimitType type, final LimitScope scope)
    {
        this.type = type;
        this.scope = scope;
    }

    public final LimitType type()
    {
        return type;
    }

    public final LimitScope scope()
    {
        return scope;
    }

    /** The limit is mantissa x 10^exponent in the unit of its type. */
    final long mantissa()
    {
        return mantissa;
    }

    final int exponent()
    {
        return exponent;
    }

    /** Sets the limit, which must be {@link io.lockstep.core.risk.RiskLimits#isValid valid}. */
    final void limit(final long newMantissa, final int newExponent)
    {
        mantissa = newMantissa;
        exponent = newExponent;
        onLimit();
    }

    /** The limit has been set. */
    void onLimit()
    {
        // Most rules read it when they need it.
    }

    /**
     * @return {@link RiskReason#NONE} when the order may be sent as far as this rule is concerned; else the refusal says more.
     * @throws ArithmeticException when something needs more bits than can be counted.
     */
    abstract RiskReason check(OrderCheck order);

    /** As {@link #check}, of a cancel that a strategy asks for. */
    RiskReason checkCancel(final OrderCheck order)
    {
        return RiskReason.NONE;
    }

    /** Whether it holds of an order already when the engine is to hold it, for that one is open from then on. */
    boolean isAboutOpenOrders()
    {
        return false;
    }

    /** Whether it is told of what is sent, cancelled and filled. */
    boolean isCounting()
    {
        return false;
    }

    /** An order or replace that passed has been sent. */
    void onSent(final OrderCheck order)
    {
        // Not counted.
    }

    /** A strategy's cancel that passed has been sent. */
    void onCancel(final long nowNs)
    {
        // Not counted.
    }

    /** An order of the scope was filled, in part or whole. */
    void onFill(final long nowNs)
    {
        // Not counted.
    }

    /** A round trip of the scope has ended; the result is in cash units of the leg's instrument. */
    void onTripEnded(final RiskSubject leg, final Int128 result)
    {
        // Not counted.
    }

    /** Whether it is told of the market of the scope. */
    boolean isWatching()
    {
        return false;
    }

    /** The market of the leg's instrument has changed. */
    void onMarket(final RiskSubject leg)
    {
        // Not looked at.
    }

    /** What of the limit is used up now, in the unit of the check, where the rule itself counts that; else null. */
    long used(final long nowNs)
    {
        return Nulls.NULL_LONG;
    }

    /** How many numbers its state has. */
    int numbers()
    {
        return 0;
    }

    /** One number of its state. */
    long number(final int index)
    {
        throw new IndexOutOfBoundsException(index);
    }

    /**
     * Takes up the numbers of its state.
     *
     * @throws IllegalArgumentException when they are none of such a rule with this limit.
     */
    void restore(final long[] numbers)
    {
        if (numbers.length != 0)
        {
            throw new IllegalArgumentException("a rule without state: type=" + type + " numbers=" + numbers.length);
        }
    }

    /** Of what it has counted; 0 of a rule that counts nothing. */
    long stateHash()
    {
        long hash = 0;
        for (int i = 0; i < numbers(); i++)
        {
            hash = Xxh64.chain(hash, number(i));
        }
        return hash;
    }

    /** A refusal with limit and value. */
    final RiskReason refuse(final OrderCheck order, final RiskReason reason, final long limit, final long actual)
    {
        return order.refusal().because(reason, scope, limit, actual);
    }

    /** Likewise; the value is null when it has more than 127 bits. */
    final RiskReason refuse(
        final OrderCheck order, final RiskReason reason, final Int128 limit, final Int128 actualOrNull)
    {
        return order.refusal().because(reason, scope, limit, actualOrNull);
    }
}
