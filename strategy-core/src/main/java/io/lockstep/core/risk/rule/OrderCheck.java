package io.lockstep.core.risk.rule;

import io.lockstep.codecs.Instrument;
import io.lockstep.core.risk.Exposure;
import io.lockstep.core.risk.OrderIntent;
import io.lockstep.core.risk.Refusal;
import io.lockstep.core.risk.RiskGate;
import io.lockstep.core.risk.RiskSubject;
import io.lockstep.sbe.LimitScope;
import io.lockstep.sbe.Side;

/**
 * One order on its way through the rules: who asks, for what, and what several rules need to know of it, found once. Filled again for
 * each order, so it allocates nothing.
 */
final class OrderCheck
{
    private RiskSubject leg;
    private OrderIntent intent;
    private long nowNs;
    private Refusal refusal;
    private final Held ofLeg = new Held();
    private final Held ofInstrument = new Held();

    /** What is held and open on the order's side, found when the first rule asks. */
    private static final class Held
    {
        private boolean found;
        private long openLots;
        private boolean reduces;
    }

    OrderCheck of(final RiskSubject newLeg, final OrderIntent newIntent, final long newNowNs, final Refusal newRefusal)
    {
        leg = newLeg;
        intent = newIntent;
        nowNs = newNowNs;
        refusal = newRefusal;
        ofLeg.found = false;
        ofInstrument.found = false;
        return this;
    }

    RiskSubject leg()
    {
        return leg;
    }

    RiskGate gate()
    {
        return leg.risk();
    }

    Instrument instrument()
    {
        return leg.risk().instrument();
    }

    OrderIntent intent()
    {
        return intent;
    }

    boolean isBuy()
    {
        return intent.side() == Side.BUY;
    }

    long nowNs()
    {
        return nowNs;
    }

    Refusal refusal()
    {
        return refusal;
    }

    /** Whether a scope counts the strategy's own position on an instrument; else that of all that trade there. */
    static boolean isOwn(final LimitScope scope)
    {
        return scope == LimitScope.LEG || scope == LimitScope.STRATEGY;
    }

    /** What the scope has on the order's instrument. */
    Exposure exposure(final LimitScope scope)
    {
        return isOwn(scope) ? leg : leg.risk().exposure();
    }

    private Held held(final LimitScope scope)
    {
        final Held held = isOwn(scope) ? ofLeg : ofInstrument;
        if (!held.found)
        {
            final Exposure exposure = exposure(scope);
            held.openLots = exposure.exposureLots(intent.side()) - intent.replacedLots();
            final long signedLots = isBuy() ? -exposure.netLots() : exposure.netLots();
            held.reduces = held.openLots <= signedLots && intent.leavesLots() <= signedLots - held.openLots;
            held.found = true;
        }
        return held;
    }

    /** Whether it can but make the position of the scope smaller, as {@link OrderIntent#reduces}. */
    boolean reduces(final LimitScope scope)
    {
        return held(scope).reduces;
    }

    /**
     * The position of the scope on the instrument, positive in the order's direction, when all that is open on its side is filled and
     * the order too.
     *
     * @throws ArithmeticException when it needs more than 63 bits.
     */
    long worstLots(final LimitScope scope)
    {
        final long net = exposure(scope).netLots();
        final long asked = Math.addExact(held(scope).openLots, intent.leavesLots());
        return Math.addExact(isBuy() ? net : Math.negateExact(net), asked);
    }
}
