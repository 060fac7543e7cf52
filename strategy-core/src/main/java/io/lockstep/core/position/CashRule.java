package io.lockstep.core.position;

import io.lockstep.codecs.Increment;
import io.lockstep.codecs.Instrument;

/**
 * How fills of an instrument become cash, exactly, in its cash units ({@link Instrument#cashExponent()}).
 * <p>
 * Linear: value = price x quantity x multiplier, without rounding. Inverse: value = quantity x multiplier / price; a value
 * that does not come out whole is rounded towards minus infinity as signed cash, so that rounding is always against the
 * account, by less than one unit a fill. Fees are rounded up, likewise against the account. Every method throws
 * {@link ArithmeticException} when a result needs more than 63 bits.
 */
public final class CashRule
{
    private static final long PARTS_PER_MILLION = 1_000_000;

    private final boolean inverse;
    private final long unit;
    private final int quoteExponent;
    private final long numerator;
    private final long denominator;

    public CashRule(final Instrument instrument)
    {
        inverse = instrument.isInverse();
        unit = Math.multiplyExact(instrument.lot().mantissa(), instrument.multiplier().mantissa());
        quoteExponent = inverse
            ? instrument.lot().exponent() + instrument.multiplier().exponent()
            : instrument.cashExponent();
        if (inverse)
        {
            final int exponent = instrument.lot().exponent() + instrument.multiplier().exponent() -
                instrument.tick().exponent() - instrument.cashExponent();
            if (exponent < 0 || exponent > 18)
            {
                throw new IllegalArgumentException("inverse contract outside the range of cash units: instrument=" +
                    instrument.name() + " tick=" + instrument.tick() + " lot=" + instrument.lot());
            }
            numerator = Math.multiplyExact(unit, Increment.powerOfTen(exponent));
            denominator = instrument.tick().mantissa();
        }
        else
        {
            numerator = Math.multiplyExact(unit, instrument.tick().mantissa());
            denominator = 1;
        }
    }

    /**
     * Absolute value of so many lots at a price in the quote currency, in units of 10^{@link #quoteExponent()}: what limits
     * are about, whatever the contract settles in. Exact; the notional of an inverse contract does not depend on the price.
     */
    public long quoteNotional(final long priceTicks, final long quantityLots)
    {
        final long lots = Math.absExact(quantityLots);
        return inverse
            ? Math.multiplyExact(lots, unit)
            : Math.absExact(Math.multiplyExact(Math.multiplyExact(priceTicks, lots), numerator));
    }

    public int quoteExponent()
    {
        return quoteExponent;
    }

    /**
     * Absolute value of so many lots at a price in the settlement currency, rounded up: what fees are about. The price of a
     * linear contract may be negative.
     */
    public long notional(final long priceTicks, final long quantityLots)
    {
        final long value = signedValue(priceTicks, Math.negateExact(Math.absExact(quantityLots)));
        return Math.absExact(value);
    }

    /**
     * Change of cash by a fill. Linear: buying pays. Inverse: a bought contract is worth base currency at its entry price,
     * so buying credits and selling debits; the sum over a round trip is the profit in the base currency.
     *
     * @param signedQuantityLots positive bought, negative sold.
     */
    public long fillCash(final long priceTicks, final long signedQuantityLots)
    {
        return signedValue(priceTicks, inverse ? signedQuantityLots : Math.negateExact(signedQuantityLots));
    }

    /** What closing a position at the price would add to cash. */
    public long closingCash(final long priceTicks, final long positionLots)
    {
        return fillCash(priceTicks, Math.negateExact(positionLots));
    }

    /** Fee on a value at a rate in parts per million, rounded up; negative rates are rebates. */
    public static long fee(final long notional, final long partsPerMillion)
    {
        return ExactMath.mulDivCeil(notional, partsPerMillion, PARTS_PER_MILLION);
    }

    private long signedValue(final long priceTicks, final long signedQuantityLots)
    {
        return inverse
            ? ExactMath.mulDivFloor(signedQuantityLots, numerator, Math.multiplyExact(priceTicks, denominator))
            : Math.multiplyExact(Math.multiplyExact(priceTicks, signedQuantityLots), numerator);
    }
}
