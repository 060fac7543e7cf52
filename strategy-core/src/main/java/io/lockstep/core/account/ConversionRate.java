package io.lockstep.core.account;

import io.lockstep.codecs.Increment;
import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.Int128;
import io.lockstep.codecs.MutableInt128;
import io.lockstep.codecs.Nulls;

/**
 * What an asset is worth in a currency, by an instrument that trades the one for the other: its mark is the rate, and the age of
 * the mark is checked. All of it is of the journal, so that a replay converts alike. Amounts are in 10^-18 of either and rounded
 * towards minus infinity, against the account. One thread; allocates when it is made.
 */
public final class ConversionRate
{
    /** What became of a conversion. */
    public enum Result
    {
        CONVERTED,
        /** There is no mark, or none above 0. */
        NO_RATE,
        /** The mark is older than allowed. */
        STALE,
        /** It does not fit. */
        OVERFLOW
    }

    private final int instrumentId;
    /** Else it divides: the source trades the currency for the asset. */
    private final boolean multiplies;
    private final long tickMantissa;
    private final int tickExponent;
    private final long ageMaxNs;

    private ConversionRate(final Instrument source, final boolean multiplies, final long ageMaxNs)
    {
        instrumentId = source.id();
        this.multiplies = multiplies;
        tickMantissa = source.tick().mantissa();
        tickExponent = source.tick().exponent();
        this.ageMaxNs = ageMaxNs;
    }

    /**
     * @param source   its price is of the one in the other, either way.
     * @param ageMaxNs a mark that is older is no rate.
     * @throws IllegalArgumentException when the instrument does not trade the asset for the currency.
     */
    public static ConversionRate of(
        final Instrument source, final String asset, final String currency, final long ageMaxNs)
    {
        if (asset.equals(source.baseCurrency()) && currency.equals(source.quoteCurrency()))
        {
            return new ConversionRate(source, true, ageMaxNs);
        }
        if (asset.equals(source.quoteCurrency()) && currency.equals(source.baseCurrency()))
        {
            return new ConversionRate(source, false, ageMaxNs);
        }
        throw new IllegalArgumentException(
            "instrument=" + source.name() + " trades " + source.baseCurrency() + " for " +
                source.quoteCurrency() + ": expected one that trades " + asset + " for " + currency);
    }

    /** Whose mark is the rate. */
    public int instrumentId()
    {
        return instrumentId;
    }

    /**
     * Sets the result to what the amount is worth.
     *
     * @param markTicks of the source; {@link Nulls#NULL_PRICE_TICKS} for none.
     * @param ageNs     of the mark.
     * @return what became of it; unless it is CONVERTED the result has no meaning.
     */
    public Result convert(final Int128 amount, final long markTicks, final long ageNs, final MutableInt128 result)
    {
        if (markTicks == Nulls.NULL_PRICE_TICKS || markTicks <= 0)
        {
            return Result.NO_RATE;
        }
        if (ageNs > ageMaxNs)
        {
            return Result.STALE;
        }
        try
        {
            convert(amount, markTicks, result);
            return Result.CONVERTED;
        }
        catch (final ArithmeticException ex)
        {
            return Result.OVERFLOW;
        }
    }

    private void convert(final Int128 amount, final long markTicks, final MutableInt128 result)
    {
        final long price = Math.multiplyExact(
            Math.multiplyExact(markTicks, tickMantissa), Increment.powerOfTen(Math.max(0, tickExponent)));
        final long fraction = Increment.powerOfTen(Math.max(0, -tickExponent));
        result.set(amount).mulDivFloor(multiplies ? price : fraction, multiplies ? fraction : price);
    }
}
