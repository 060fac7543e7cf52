package io.lockstep.core.position;

import io.lockstep.codecs.Increment;
import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.MutableInt128;

/**
 * How fills of an instrument become cash, exactly, in its cash units ({@link Instrument#cashExponent()}), in 128 bits.
 * <p>
 * Linear: value = price x quantity x multiplier, without rounding where the unit is as fine as tick, lot and multiplier
 * together. Inverse: value = quantity x multiplier / price. A value that does not come out whole is rounded towards minus
 * infinity as signed cash, so that rounding is always against the account, by less than one unit a fill. Fees are rounded up,
 * likewise against the account. Every method sets the result it is given and returns it, and throws
 * {@link ArithmeticException} when that needs more than 127 bits; the result may have changed then.
 */
public final class CashRule
{
    private static final long PARTS_PER_MILLION = 1_000_000;
    private static final int POWER_MAX = 18;

    private final boolean inverse;
    private final long unit;
    private final int quoteExponent;
    private final long numerator;
    private final long denominator;
    /** Values are divided by 10 to this power; not 0 where the unit of cash is coarser than what a lot at a tick is worth. */
    private final int coarserBy;

    /** @throws IllegalArgumentException when its increments are too large, or too far apart, to be counted. */
    public CashRule(final Instrument instrument)
    {
        inverse = instrument.isInverse();
        final int valueExponent = instrument.lot().exponent() + instrument.multiplier().exponent();
        final int finerBy = inverse
            ? valueExponent - instrument.tick().exponent() - instrument.cashExponent()
            : valueExponent + instrument.tick().exponent() - instrument.cashExponent();
        if (finerBy > POWER_MAX || inverse && finerBy < 0)
        {
            throw outsideRange(instrument);
        }
        quoteExponent = inverse ? valueExponent : instrument.cashExponent();
        coarserBy = Math.max(0, -finerBy);
        denominator = inverse ? instrument.tick().mantissa() : 1;
        try
        {
            unit = Math.multiplyExact(instrument.lot().mantissa(), instrument.multiplier().mantissa());
            final long scaled = Math.multiplyExact(unit, Increment.powerOfTen(Math.max(0, finerBy)));
            numerator = inverse ? scaled : Math.multiplyExact(scaled, instrument.tick().mantissa());
        }
        catch (final ArithmeticException ex)
        {
            throw outsideRange(instrument);
        }
    }

    private static IllegalArgumentException outsideRange(final Instrument instrument)
    {
        return new IllegalArgumentException("cannot be counted in units of 1e" + instrument.cashExponent() + " " +
            instrument.settlementCurrency() + ": instrument=" + instrument.name() + " tick=" + instrument.tick() +
            " lot=" + instrument.lot() + " multiplier=" + instrument.multiplier());
    }

    /**
     * Absolute value of so many lots at a price in the quote currency, in units of 10^{@link #quoteExponent()}, rounded up:
     * what limits are about, whatever the contract settles in. The notional of an inverse contract does not depend on the
     * price.
     */
    public MutableInt128 quoteNotional(final long priceTicks, final long quantityLots, final MutableInt128 result)
    {
        return inverse
            ? result.product(quantityLots, unit).abs()
            : notional(priceTicks, quantityLots, result);
    }

    public int quoteExponent()
    {
        return quoteExponent;
    }

    /**
     * Absolute value of so many lots at a price in the settlement currency, rounded up: what fees are about. The price of a
     * linear contract may be negative.
     */
    public MutableInt128 notional(final long priceTicks, final long quantityLots, final MutableInt128 result)
    {
        if (inverse)
        {
            return signedValue(priceTicks, Math.negateExact(Math.absExact(quantityLots)), result).negate();
        }
        final long product = priceTicks * quantityLots;
        final long value = product * numerator;
        if (coarserBy == 0 && value >= 0 && Math.multiplyHigh(priceTicks, quantityLots) == product >> Long.SIZE - 1 &&
            Math.multiplyHigh(product, numerator) == 0)
        {
            return result.set(value);
        }
        result.product(priceTicks, quantityLots).abs().multiply(numerator);
        return coarserBy == 0 ? result : result.divideCeilByPowerOfTen(coarserBy);
    }

    /**
     * Change of cash by a fill. Linear: buying pays. Inverse: a bought contract is worth base currency at its entry price,
     * so buying credits and selling debits; the sum over a round trip is the profit in the base currency.
     *
     * @param signedQuantityLots positive bought, negative sold.
     */
    public MutableInt128 fillCash(final long priceTicks, final long signedQuantityLots, final MutableInt128 result)
    {
        return signedValue(
            priceTicks, inverse ? signedQuantityLots : Math.negateExact(signedQuantityLots), result);
    }

    /** What closing a position at the price would add to cash. */
    public MutableInt128 closingCash(final long priceTicks, final long positionLots, final MutableInt128 result)
    {
        return fillCash(priceTicks, Math.negateExact(positionLots), result);
    }

    /** Turns a value into the fee on it at a rate in parts per million, rounded up; negative rates are rebates. */
    public static MutableInt128 fee(final MutableInt128 notional, final long partsPerMillion)
    {
        return notional.mulDivCeil(partsPerMillion, PARTS_PER_MILLION);
    }

    private MutableInt128 signedValue(
        final long priceTicks, final long signedQuantityLots, final MutableInt128 result)
    {
        if (inverse)
        {
            return result.product(signedQuantityLots, numerator).divideFloor(priceTicks).divideFloor(denominator);
        }
        result.product(priceTicks, signedQuantityLots).multiply(numerator);
        return coarserBy == 0 ? result : result.divideFloorByPowerOfTen(coarserBy);
    }
}
