package io.lockstep.core.account;

import io.lockstep.codecs.Int128;
import io.lockstep.codecs.MutableInt128;
import io.lockstep.codecs.Nulls;
import io.lockstep.codecs.Xxh64;
import io.lockstep.core.position.CashRule;

/**
 * What the lots of a margin account have cost, over all owners together: the venue knows one position, and so its profit is not
 * the sum of the owners'. By average cost, in the instrument's cash units; the cost of what is closed is its share, rounded
 * towards minus infinity, as with {@link io.lockstep.core.position.Position}. One thread, no allocation.
 */
final class MarginCost
{
    private final MutableInt128 cost = new MutableInt128();
    private long lots;

    private final MutableInt128 newCost = new MutableInt128();
    private final MutableInt128 cash = new MutableInt128();
    private final MutableInt128 part = new MutableInt128();

    /** Positive long, negative short. */
    long lots()
    {
        return lots;
    }

    /** Cash spent (negative) or received for them. */
    Int128 cost()
    {
        return cost;
    }

    void restore(final long newLots, final long low, final long highOrNull)
    {
        lots = newLots;
        cost.decode(low, highOrNull);
    }

    void adopt(final long newLots, final Int128 newCost)
    {
        lots = newLots;
        cost.set(newCost);
    }

    /**
     * @param signedLots positive bought, negative sold; 0 changes nothing.
     * @param realized   is set to the profit of what it closes.
     * @throws ArithmeticException when something does not fit; nothing has changed then, but perhaps what was realized.
     */
    void onFill(final CashRule rule, final long priceTicks, final long signedLots, final MutableInt128 realized)
    {
        realized.set(0);
        if (signedLots == 0)
        {
            return;
        }
        final long newLots = Math.addExact(lots, signedLots);
        rule.fillCash(priceTicks, signedLots, cash);
        newCost.set(cost);
        if (lots == 0 || lots > 0 == signedLots > 0)
        {
            newCost.add(cash);
        }
        else
        {
            close(rule, priceTicks, signedLots, realized);
        }
        cost.set(newCost);
        lots = newLots;
    }

    private void close(
        final CashRule rule, final long priceTicks, final long signedLots, final MutableInt128 realized)
    {
        final boolean flips = Math.absExact(signedLots) > Math.absExact(lots);
        final long closedLots = flips ? -lots : signedLots;
        part.set(cost).mulDivFloor(Math.absExact(closedLots), Math.absExact(lots));
        realized.add(part);
        newCost.subtract(part);
        part.set(cash);
        if (flips)
        {
            rule.fillCash(priceTicks, closedLots, part);
        }
        realized.add(part);
        newCost.add(cash).subtract(part);
    }

    /**
     * Takes in lots that the venue has and no fill has explained, without profit. Without a price what comes in costs what the
     * others do, and nothing where there are none.
     *
     * @throws ArithmeticException as {@link #onFill}.
     */
    void accept(final CashRule rule, final long priceTicks, final long signedLots, final MutableInt128 discarded)
    {
        if (priceTicks != Nulls.NULL_PRICE_TICKS)
        {
            onFill(rule, priceTicks, signedLots, discarded);
            return;
        }
        final long newLots = Math.addExact(lots, signedLots);
        final boolean isSameSide = lots != 0 && newLots != 0 && lots > 0 == newLots > 0;
        newCost.set(cost);
        cost.set(isSameSide ? newCost.mulDivFloor(Math.absExact(newLots), Math.absExact(lots)) : newCost.set(0));
        lots = newLots;
    }

    long chain(final long hash)
    {
        return cost.chain(Xxh64.chain(hash, lots));
    }
}
