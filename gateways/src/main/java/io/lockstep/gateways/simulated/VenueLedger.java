package io.lockstep.gateways.simulated;

import io.lockstep.codecs.Int128;
import io.lockstep.codecs.MutableInt128;

/**
 * The venue's own account of one instrument, by plain addition of its fills. Position in lots, cash and fees in the
 * instrument's cash units, of 128 bits. For the venue's thread; overflow throws {@link ArithmeticException}.
 */
public final class VenueLedger
{
    private long positionLots;
    private final MutableInt128 cash = new MutableInt128();
    private final MutableInt128 fees = new MutableInt128();
    private final MutableInt128 openCost = new MutableInt128();
    private final MutableInt128 share = new MutableInt128();
    private long fills;

    VenueLedger()
    {
    }

    /** Bought less sold. */
    public long positionLots()
    {
        return positionLots;
    }

    /** Sum of the fills' cash by {@link io.lockstep.core.position.CashRule#fillCash}, before fees. */
    public Int128 cash()
    {
        return cash;
    }

    /** Sum of commissions; positive is paid. */
    public Int128 fees()
    {
        return fees;
    }

    public long fills()
    {
        return fills;
    }

    /**
     * Cash of the position that is open now, at average cost: the cash of its fills, less the share of what was closed, which
     * is rounded towards minus infinity. The rest of the cash is profit.
     */
    public Int128 openCost()
    {
        return openCost;
    }

    /** How many lots of a fill, with its sign, would close what is open. */
    long closedBy(final long signedLots)
    {
        if (0 == positionLots || positionLots > 0 == signedLots > 0)
        {
            return 0;
        }
        return Math.abs(signedLots) < Math.abs(positionLots) ? signedLots : -positionLots;
    }

    /**
     * @param closingCash of the fill's cash, what the lots had that close.
     */
    void onFill(final long signedLots, final Int128 fillCash, final Int128 closingCash, final Int128 commission)
    {
        final long closedLots = closedBy(signedLots);
        if (0 != closedLots)
        {
            openCost.subtract(share.set(openCost).mulDivFloor(Math.abs(closedLots), Math.abs(positionLots)));
        }
        openCost.add(fillCash).subtract(closingCash);
        positionLots = Math.addExact(positionLots, signedLots);
        cash.add(fillCash);
        fees.add(commission);
        fills++;
    }
}
