package io.lockstep.verification.simulation.audit;

import io.lockstep.codecs.Instrument;
import io.lockstep.core.position.PositionView;

import java.math.BigInteger;

/**
 * What one owner holds of one instrument, at average cost, in numbers without bounds; amounts in the instrument's cash units.
 */
final class LegLedger
{
    private final Instrument instrument;
    private long lots;
    private BigInteger cash = BigInteger.ZERO;
    private BigInteger openCost = BigInteger.ZERO;
    private BigInteger realized = BigInteger.ZERO;
    private BigInteger fees = BigInteger.ZERO;

    LegLedger(final Instrument instrument)
    {
        this.instrument = instrument;
    }

    long lots()
    {
        return lots;
    }

    /** Bought is positive. What closes takes its share of the cost with it, rounded down. */
    void onFill(final long priceTicks, final long signedLots, final BigInteger fee)
    {
        final BigInteger fillCash = cash(priceTicks, signedLots);
        cash = cash.add(fillCash);
        fees = fees.add(fee);
        final long closedLots = closedBy(signedLots);
        take(closedLots);
        final BigInteger closingCash = cash(priceTicks, Long.signum(signedLots) * closedLots);
        realized = realized.add(closingCash);
        openCost = openCost.add(fillCash).subtract(closingCash);
        lots += signedLots;
    }

    private BigInteger cash(final long priceTicks, final long signedLots)
    {
        final int exponent = instrument.tick().exponent() + instrument.lot().exponent() +
            instrument.multiplier().exponent() - instrument.cashExponent();
        return BigInteger.valueOf(-priceTicks).multiply(BigInteger.valueOf(signedLots))
            .multiply(BigInteger.valueOf(instrument.tick().mantissa()))
            .multiply(BigInteger.valueOf(instrument.lot().mantissa()))
            .multiply(BigInteger.valueOf(instrument.multiplier().mantissa()))
            .multiply(BigInteger.TEN.pow(exponent));
    }

    private long closedBy(final long signedLots)
    {
        return Long.signum(lots) == -Long.signum(signedLots) ? Math.min(Math.abs(lots), Math.abs(signedLots)) : 0;
    }

    private void take(final long closedLots)
    {
        if (closedLots > 0)
        {
            final BigInteger share = share(openCost, closedLots, lots);
            realized = realized.add(share);
            openCost = openCost.subtract(share);
        }
    }

    private static BigInteger share(final BigInteger amount, final long part, final long whole)
    {
        final BigInteger[] parts = amount.multiply(BigInteger.valueOf(Math.abs(part)))
            .divideAndRemainder(BigInteger.valueOf(Math.abs(whole)));
        return parts[1].signum() < 0 ? parts[0].subtract(BigInteger.ONE) : parts[0];
    }

    /** Lots with their share of the cost become another's. */
    void transferTo(final LegLedger receiver, final long given)
    {
        final BigInteger share = share(openCost, given, lots);
        openCost = openCost.subtract(share);
        cash = cash.subtract(share);
        lots -= given;
        receiver.cash = receiver.cash.add(share);
        final long closedLots = receiver.closedBy(given);
        receiver.take(closedLots);
        final BigInteger closing = share(share, closedLots, given);
        receiver.realized = receiver.realized.add(closing);
        receiver.openCost = receiver.openCost.add(share).subtract(closing);
        receiver.lots += given;
    }

    /** Takes in what another one has come to. */
    void add(final LegLedger other)
    {
        lots += other.lots;
        cash = cash.add(other.cash);
        openCost = openCost.add(other.openCost);
        realized = realized.add(other.realized);
        fees = fees.add(other.fees);
    }

    void requireEqual(final String owner, final PositionView position)
    {
        final String of = owner + " instrumentId=" + instrument.id();
        equal(of + " lots", lots, position.netLots());
        equal(of + " cash", cash, position.cash());
        equal(of + " realized", realized, position.realized());
        equal(of + " openCost", openCost, position.openCost());
        equal(of + " fees", fees, position.fees());
    }

    private static void equal(final String name, final Object ledger, final Object node)
    {
        if (!ledger.toString().equals(node.toString()))
        {
            throw new SimulationFailure(
                Invariant.INSTANCES_APART, name + ": by its fills=" + ledger + " node=" + node);
        }
    }
}
