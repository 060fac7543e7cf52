package io.lockstep.core.risk.rule;

import io.lockstep.codecs.MutableInt128;
import io.lockstep.codecs.Nulls;
import io.lockstep.core.profit.ScopeProfit;
import io.lockstep.core.risk.RiskSubject;
import io.lockstep.sbe.LimitScope;
import io.lockstep.sbe.LimitType;
import io.lockstep.sbe.RiskReason;

/**
 * How far the equity of the scope has fallen from the highest that it had since the limit was set, in the settlement currency of the
 * instrument that was looked at first. It is looked at with each market event of the scope and each order of it.
 */
final class DrawdownRule extends LossRule
{
    private static final int NUMBERS = 3;

    private final MutableInt128 peak = new MutableInt128();
    private final MutableInt128 fall = new MutableInt128();
    private int currencyOf = Nulls.NULL_INSTRUMENT_ID;

    DrawdownRule(final LimitScope scope)
    {
        super(LimitType.MAX_DRAWDOWN, scope);
    }

    @Override
    void onLimit()
    {
        super.onLimit();
        currencyOf = Nulls.NULL_INSTRUMENT_ID;
        peak.set(0);
    }

    @Override
    boolean isWatching()
    {
        return true;
    }

    @Override
    void onMarket(final RiskSubject leg)
    {
        look(leg);
    }

    @Override
    RiskReason check(final OrderCheck order)
    {
        if (isReducing(order))
        {
            return RiskReason.NONE;
        }
        final RiskReason doubt = look(order.leg());
        if (doubt != RiskReason.NONE)
        {
            return refuseUnknown(order, doubt);
        }
        return isBeyond(fall) ? refuse(order, RiskReason.MAX_DRAWDOWN, fall) : RiskReason.NONE;
    }

    private RiskReason look(final RiskSubject leg)
    {
        final boolean isFirst = currencyOf == Nulls.NULL_INSTRUMENT_ID;
        final int instrumentId = isFirst ? leg.risk().instrument().id() : currencyOf;
        final RiskReason doubt = add(leg, ScopeProfit.Kind.EQUITY, leg.profits().settlementCurrency(instrumentId));
        if (doubt == RiskReason.NONE)
        {
            final MutableInt128 equity = leg.profits().sum();
            if (isFirst || equity.compareTo(peak) > 0)
            {
                currencyOf = instrumentId;
                peak.set(equity);
            }
            fall.set(peak).subtract(equity);
        }
        return doubt;
    }

    @Override
    int numbers()
    {
        return NUMBERS;
    }

    @Override
    long number(final int index)
    {
        return switch (index)
        {
            case 0 -> currencyOf;
            case 1 -> peak.high();
            default -> peak.low();
        };
    }

    @Override
    void restore(final long[] numbers)
    {
        if (numbers.length != NUMBERS || numbers[0] != (int)numbers[0])
        {
            throw new IllegalArgumentException("no peak of equity: numbers=" + numbers.length);
        }
        currencyOf = (int)numbers[0];
        peak.set(numbers[1], numbers[2]);
    }
}
