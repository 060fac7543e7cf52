package io.lockstep.core.risk;

import io.lockstep.codecs.MutableInt128;
import io.lockstep.core.position.CashRule;
import io.lockstep.sbe.Side;

/** What an instrument counts with in the total: the largest position that its open orders can make, at its mark. */
final class InstrumentNotional implements NotionalPart
{
    private final RiskGate gate;
    private final Exposure exposure;
    private final CashRule cashRule;
    private final MarketRule marketRule;
    private final Valuation valuation;
    private int place = NOT_EXPOSED;
    private boolean doubtful;

    InstrumentNotional(
        final RiskGate gate,
        final Exposure exposure,
        final CashRule cashRule,
        final MarketRule marketRule,
        final Valuation valuation)
    {
        this.gate = gate;
        this.exposure = exposure;
        this.cashRule = cashRule;
        this.marketRule = marketRule;
        this.valuation = valuation;
    }

    @Override
    public boolean value(final long nowNs, final MutableInt128 result)
    {
        return value(0, 0, nowNs, result);
    }

    /** As {@link #value(long, MutableInt128)}, when the order is sent. */
    boolean valueWith(final OrderIntent intent, final long nowNs, final MutableInt128 result)
    {
        final long moreLots = intent.leavesLots() - intent.replacedLots();
        return intent.side() == Side.BUY
            ? value(moreLots, 0, nowNs, result)
            : value(0, moreLots, nowNs, result);
    }

    private boolean value(
        final long moreBought, final long moreSold, final long nowNs, final MutableInt128 result)
    {
        try
        {
            return valueOf(largestLots(moreBought, moreSold), nowNs, result);
        }
        catch (final ArithmeticException ex)
        {
            // More lots than 63 bits, which is more than can be counted, too.
            doubtful = false;
            return false;
        }
    }

    /** As {@link #value(long, MutableInt128)}, of so many lots. */
    boolean valueOf(final long lots, final long nowNs, final MutableInt128 result)
    {
        final boolean isPriced = valuation.take(marketRule.ageMaxNs(), nowNs);
        doubtful = !isPriced || valuation.isOld();
        if (!isPriced)
        {
            return false;
        }
        try
        {
            cashRule.quoteNotional(valuation.priceTicks(), lots, result);
            return TotalLimits.isCountable(TotalLimits.notional(result, cashRule.quoteExponent()));
        }
        catch (final ArithmeticException ex)
        {
            // More than 127 bits, which is more than can be counted, too.
            return false;
        }
    }

    /** The larger position, in either direction, that filling all open orders of a side, and so many lots more, would make. */
    private long largestLots(final long moreBought, final long moreSold)
    {
        final long net = exposure.netLots();
        final long bought = Math.addExact(exposure.exposureLots(Side.BUY), moreBought);
        final long sold = Math.addExact(exposure.exposureLots(Side.SELL), moreSold);
        final long largest = Math.max(Math.addExact(net, bought), Math.subtractExact(sold, net));
        return Math.max(Math.absExact(net), largest);
    }

    @Override
    public RiskGate gate()
    {
        return gate;
    }

    @Override
    public boolean isDoubtful()
    {
        return doubtful;
    }

    @Override
    public int place()
    {
        return place;
    }

    @Override
    public void place(final int newPlace)
    {
        place = newPlace;
    }
}
