package io.lockstep.gateways.venue;

/**
 * The venue's own account of one instrument, by plain addition of its fills. Position in lots, cash and fees in the
 * instrument's cash units. For the venue's thread; overflow throws {@link ArithmeticException}.
 */
public final class VenueLedger
{
    private long positionLots;
    private long cash;
    private long fees;
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
    public long cash()
    {
        return cash;
    }

    /** Sum of commissions; positive is paid. */
    public long fees()
    {
        return fees;
    }

    public long fills()
    {
        return fills;
    }

    void onFill(final long signedLots, final long fillCash, final long commission)
    {
        positionLots = Math.addExact(positionLots, signedLots);
        cash = Math.addExact(cash, fillCash);
        fees = Math.addExact(fees, commission);
        fills++;
    }
}
