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

    void onFill(final long signedLots, final Int128 fillCash, final Int128 commission)
    {
        positionLots = Math.addExact(positionLots, signedLots);
        cash.add(fillCash);
        fees.add(commission);
        fills++;
    }
}
