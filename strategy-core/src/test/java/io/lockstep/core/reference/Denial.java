package io.lockstep.core.reference;

import io.lockstep.sbe.LimitScope;
import io.lockstep.sbe.RiskReason;

import java.math.BigDecimal;

/**
 * Why an order is denied.
 *
 * @param scope  whose limit it is; null value: the reason says it.
 * @param limit  as text, or empty.
 * @param actual likewise.
 */
record Denial(RiskReason reason, LimitScope scope, String limit, String actual)
{
    static final Denial NONE = of(RiskReason.NONE);

    static Denial of(final RiskReason reason)
    {
        return new Denial(reason, LimitScope.NULL_VAL, "", "");
    }

    static Denial of(final RiskReason reason, final long limit, final long actual)
    {
        return of(reason, LimitScope.NULL_VAL, limit, actual);
    }

    static Denial of(final RiskReason reason, final LimitScope scope, final long limit, final long actual)
    {
        return new Denial(reason, scope, text(limit), text(actual));
    }

    static Denial of(final RiskReason reason, final LimitScope scope, final BigDecimal limit, final BigDecimal actual)
    {
        return new Denial(reason, scope, text(limit), text(actual));
    }

    static String text(final long value)
    {
        return value == Asked.NONE ? "" : Long.toString(value);
    }

    static String text(final BigDecimal value)
    {
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }

    boolean isNone()
    {
        return reason == RiskReason.NONE;
    }
}
