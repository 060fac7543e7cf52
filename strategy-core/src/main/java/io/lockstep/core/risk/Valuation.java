package io.lockstep.core.risk;

import io.lockstep.codecs.Nulls;
import io.lockstep.core.market.Market;

/**
 * The price that exposure counts with: the mark; when the mark is older than allowed, the worse of the mark and the last trade,
 * which is the higher of the two, whichever way the position goes. The price of an order of our own never is.
 */
final class Valuation
{
    private final Market market;
    private long priceTicks = Nulls.NULL_PRICE_TICKS;
    private boolean old;

    Valuation(final Market market)
    {
        this.market = market;
    }

    /** Takes the price as of now; false when there is none. */
    boolean take(final long ageMaxNs, final long nowNs)
    {
        priceTicks = market.markTicks();
        if (priceTicks == Nulls.NULL_PRICE_TICKS)
        {
            return false;
        }
        old = market.ageNs(market.markKind(), nowNs) > ageMaxNs;
        if (old)
        {
            // The null price is below all others.
            priceTicks = Math.max(priceTicks, market.lastTradeTicks());
        }
        return true;
    }

    /** The price that was taken; null of a market without any. */
    long priceTicks()
    {
        return priceTicks;
    }

    /** Whether the mark was older than allowed. */
    boolean isOld()
    {
        return old;
    }
}
