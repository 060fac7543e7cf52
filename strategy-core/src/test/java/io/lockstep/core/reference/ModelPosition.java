package io.lockstep.core.reference;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** A position by its average cost. What is closed takes its share of the cost with it, rounded down to the unit of cash. */
final class ModelPosition
{
    private final ModelInstrument instrument;
    private long net;
    private BigDecimal cost = BigDecimal.ZERO;
    private BigDecimal realized = BigDecimal.ZERO;
    private BigDecimal fees = BigDecimal.ZERO;

    ModelPosition(final ModelInstrument instrument)
    {
        this.instrument = instrument;
    }

    long net()
    {
        return net;
    }

    BigDecimal cost()
    {
        return cost;
    }

    BigDecimal realized()
    {
        return realized;
    }

    BigDecimal fees()
    {
        return fees;
    }

    /** A fill that goes beyond the position closes it first and opens another with the rest. */
    void fill(final long priceTicks, final long signedLots, final BigDecimal fee)
    {
        fees = fees.add(fee);
        final BigDecimal cash = instrument.cash(priceTicks, signedLots);
        if (net == 0 || net > 0 == signedLots > 0)
        {
            cost = cost.add(cash);
        }
        else
        {
            close(priceTicks, signedLots, cash);
        }
        net += signedLots;
    }

    private void close(final long priceTicks, final long signedLots, final BigDecimal cash)
    {
        final boolean isBeyond = Math.abs(signedLots) > Math.abs(net);
        final long closed = isBeyond ? -net : signedLots;
        final BigDecimal share = cost.multiply(BigDecimal.valueOf(Math.abs(closed)))
            .divide(BigDecimal.valueOf(Math.abs(net)), -instrument.cashExponent(), RoundingMode.FLOOR);
        final BigDecimal closing = isBeyond ? instrument.cash(priceTicks, closed) : cash;
        realized = realized.add(share).add(closing);
        cost = cost.subtract(share).add(cash).subtract(closing);
    }
}
