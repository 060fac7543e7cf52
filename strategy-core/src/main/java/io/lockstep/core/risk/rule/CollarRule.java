package io.lockstep.core.risk.rule;

import io.lockstep.codecs.MutableInt128;
import io.lockstep.codecs.Nulls;
import io.lockstep.sbe.LimitScope;
import io.lockstep.sbe.LimitType;
import io.lockstep.sbe.OrdType;
import io.lockstep.sbe.RiskReason;

/**
 * How far a limit price lies beyond what the order would take, the best offer for a buy and the best bid for a sale, without that the
 * mark; of a market order, how far what it would take lies beyond the mark. Only what costs money is beyond. Limit, the farthest price,
 * and value, the order's, in ticks.
 */
abstract class CollarRule extends Rule
{
    private final RiskReason reason;
    private final MutableInt128 bound = new MutableInt128();
    private final MutableInt128 distance = new MutableInt128();

    CollarRule(final LimitType type, final LimitScope scope, final RiskReason reason)
    {
        super(type, scope);
        this.reason = reason;
    }

    /** Sets the result to the distance, in ticks, that is allowed from a price. */
    abstract void distance(long fromTicks, MutableInt128 result);

    @Override
    final RiskReason check(final OrderCheck order)
    {
        final long taken = order.gate().takenTicks(order.intent().side());
        final boolean isMarket = order.intent().ordType() == OrdType.MARKET;
        final long from = isMarket ? order.gate().markTicks() : taken;
        final long price = isMarket ? taken : order.intent().priceTicks();
        if (price == Nulls.NULL_PRICE_TICKS || from == Nulls.NULL_PRICE_TICKS)
        {
            return RiskReason.NONE;
        }
        distance(from, distance);
        bound.set(from).add(order.isBuy() ? distance : distance.negate());
        final int beyond = bound.compareTo(price);
        return (order.isBuy() ? beyond < 0 : beyond > 0)
            ? order.refusal().because(reason, scope(), bound, price)
            : RiskReason.NONE;
    }
}
