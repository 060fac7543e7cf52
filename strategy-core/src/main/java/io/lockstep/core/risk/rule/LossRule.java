package io.lockstep.core.risk.rule;

import io.lockstep.codecs.Int128;
import io.lockstep.codecs.MutableInt128;
import io.lockstep.codecs.Nulls;
import io.lockstep.core.account.ConversionRates;
import io.lockstep.core.profit.ScopeProfit;
import io.lockstep.core.risk.RiskSubject;
import io.lockstep.sbe.LimitScope;
import io.lockstep.sbe.LimitType;
import io.lockstep.sbe.RiskReason;

import java.util.function.Predicate;

/**
 * What the legs of a scope have lost together is no more than that: in units of 10^{@value ConversionRates#VALUE_EXPONENT} of a
 * settlement currency. An order that can but make the position of its own leg smaller passes.
 */
abstract class LossRule extends Rule implements Predicate<RiskSubject>
{
    private final MutableInt128 most = new MutableInt128();
    /** One leg of the scope: the others are those that share with it what the scope is of. */
    private RiskSubject member;

    LossRule(final LimitType type, final LimitScope scope)
    {
        super(type, scope);
    }

    @Override
    void onLimit()
    {
        try
        {
            most.decimalFloor(mantissa(), exponent() - ConversionRates.VALUE_EXPONENT);
        }
        catch (final ArithmeticException ex)
        {
            // Above all that can be counted.
            most.set(Long.MAX_VALUE, -1);
        }
    }

    final boolean isBeyond(final Int128 loss)
    {
        return loss.compareTo(most) > 0;
    }

    /** Whether the rule has nothing to say of the order. */
    static boolean isReducing(final OrderCheck order)
    {
        return order.reduces(LimitScope.LEG);
    }

    /** Sums up the scope that the leg is of, as {@link ScopeProfit#add}. */
    final RiskReason add(final RiskSubject leg, final ScopeProfit.Kind kind, final String currency)
    {
        member = leg;
        return leg.profits().add(this, kind, currency);
    }

    @Override
    public final boolean test(final RiskSubject leg)
    {
        return switch (scope())
        {
            case LEG -> leg == member;
            case STRATEGY -> leg.strategyId() == member.strategyId();
            case INSTRUMENT -> leg.risk() == member.risk();
            case VENUE, ACCOUNT -> leg.risk().venueId() == member.risk().venueId();
            case NODE -> true;
            case NULL_VAL, SBE_UNKNOWN -> false;
        };
    }

    final RiskReason refuse(final OrderCheck order, final RiskReason reason, final Int128 loss)
    {
        return refuse(order, reason, most, loss);
    }

    /** It cannot be said what was lost. */
    final RiskReason refuseUnknown(final OrderCheck order, final RiskReason doubt)
    {
        return refuse(order, doubt, Nulls.NULL_LONG, Nulls.NULL_LONG);
    }
}
