package io.lockstep.core.position;

import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.MutableInt128;

/**
 * How many lots of an instrument an amount of its quote currency is worth: exact, whatever the amount, the price and the
 * decimals of either. No allocation but where an order of the least size cannot be counted.
 */
public final class QuoteLots
{
    /** More lots than an order can have. The pre-trade check refuses an order of so many. */
    public static final long TOO_MANY = Long.MAX_VALUE;

    private static final int DIGITS = 10;

    private final boolean inverse;
    private final long orderLots;
    private final long[] factors;
    private final int exponent;
    private final MutableInt128 amount = new MutableInt128();
    private final MutableInt128 step = new MutableInt128();
    private final MutableInt128 rest = new MutableInt128();
    private final MutableInt128 missing = new MutableInt128();
    private final MutableInt128 scratch = new MutableInt128();

    public QuoteLots(final Instrument instrument)
    {
        inverse = instrument.isInverse();
        orderLots = instrument.orderLots();
        exponent = instrument.lot().exponent() + instrument.multiplier().exponent() +
            (inverse ? 0 : instrument.tick().exponent());
        factors = new long[]{instrument.lot().mantissa(), instrument.multiplier().mantissa(),
            inverse ? 1 : instrument.tick().mantissa()};
    }

    /**
     * Lots worth {@code mantissa x 10^exponent} at the price, rounded down to a multiple of what orders are multiples of.
     *
     * @param priceTicks positive.
     * @param mantissa   positive.
     * @return 0 where that buys not even the least order, {@link #TOO_MANY} where an order cannot have so many.
     */
    public long at(final long priceTicks, final long mantissa, final int amountExponent)
    {
        final int shift = amountExponent - exponent;
        final boolean fits = decimal(mantissa, shift);
        if (!step(priceTicks))
        {
            return fits ? 0 : TOO_MANY;
        }
        final long steps = fits ? quotient() : longQuotient(mantissa, shift);
        return steps > TOO_MANY / orderLots ? TOO_MANY : steps * orderLots;
    }

    /** The amount in units of what a lot at a tick is worth; false when it has more than 127 bits. */
    private boolean decimal(final long mantissa, final int shift)
    {
        try
        {
            amount.decimalFloor(mantissa, shift);
            return true;
        }
        catch (final ArithmeticException ex)
        {
            return false;
        }
    }

    /** What the least order is worth, in the same unit; false when it has more than 127 bits. */
    private boolean step(final long priceTicks)
    {
        try
        {
            step.product(inverse ? 1 : priceTicks, orderLots);
            for (final long factor : factors)
            {
                step.multiply(factor);
            }
            return true;
        }
        catch (final ArithmeticException ex)
        {
            return false;
        }
    }

    private long quotient()
    {
        amount.divideFloor(step);
        return amount.fitsLong() ? amount.low() : TOO_MANY;
    }

    /** Divides an amount that has more digits than 128 bits hold: digit by digit, as on paper. */
    private long longQuotient(final long mantissa, final int shift)
    {
        rest.set(mantissa);
        long quotient = amount.set(rest).divideFloor(step).low();
        rest.subtract(scratch.set(step).multiply(quotient));
        for (int place = 0; place < shift; place++)
        {
            if (quotient > (TOO_MANY - DIGITS) / DIGITS)
            {
                return TOO_MANY;
            }
            quotient = quotient * DIGITS + nextDigit();
        }
        return quotient;
    }

    /** Ten times the rest, by additions, for the product may not fit; leaves the rest that remains. */
    private int nextDigit()
    {
        missing.set(step).subtract(rest);
        amount.set(0);
        int digit = 0;
        for (int i = 0; i < DIGITS; i++)
        {
            if (amount.compareTo(missing) >= 0)
            {
                amount.subtract(missing);
                digit++;
            }
            else
            {
                amount.add(rest);
            }
        }
        rest.set(amount);
        return digit;
    }
}
