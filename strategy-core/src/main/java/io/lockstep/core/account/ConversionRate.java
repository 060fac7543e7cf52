package io.lockstep.core.account;

import io.lockstep.codecs.Increment;
import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.Int128;
import io.lockstep.codecs.MutableInt128;
import io.lockstep.codecs.Nulls;
import io.lockstep.codecs.Xxh64;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.charset.StandardCharsets;

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
        /** No rate is defined. */
        UNNAMED,
        /** There is no mark, or none above 0. */
        NO_RATE,
        /** The mark is older than allowed. */
        STALE,
        /** It does not fit. */
        OVERFLOW
    }

    private final String asset;
    private final byte[] assetBytes;
    private final String currency;
    private final long namesHash;
    private final int instrumentId;
    /** Else it divides: the source trades the currency for the asset. */
    private final boolean multiplies;
    private final long tickMantissa;
    private final int tickExponent;
    private final long ageMaxNs;

    private ConversionRate(
        final Instrument source,
        final String asset,
        final String currency,
        final boolean multiplies,
        final long ageMaxNs)
    {
        this.asset = asset;
        assetBytes = asset.getBytes(StandardCharsets.UTF_8);
        this.currency = currency;
        namesHash = Xxh64.chain(hash(assetBytes), hash(currency.getBytes(StandardCharsets.UTF_8)));
        instrumentId = source.id();
        this.multiplies = multiplies;
        tickMantissa = source.tick().mantissa();
        tickExponent = source.tick().exponent();
        this.ageMaxNs = ageMaxNs;
    }

    private static long hash(final byte[] bytes)
    {
        return Xxh64.hash(new UnsafeBuffer(bytes), 0, bytes.length, bytes.length);
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
            return new ConversionRate(source, asset, currency, true, ageMaxNs);
        }
        if (asset.equals(source.quoteCurrency()) && currency.equals(source.baseCurrency()))
        {
            return new ConversionRate(source, asset, currency, false, ageMaxNs);
        }
        throw new IllegalArgumentException(
            "instrument=" + source.name() + " trades " + source.baseCurrency() + " for " +
                source.quoteCurrency() + ": expected one that trades " + asset + " for " + currency);
    }

    public String asset()
    {
        return asset;
    }

    public String currency()
    {
        return currency;
    }

    /** A mark that is older is no rate. */
    public long ageMaxNs()
    {
        return ageMaxNs;
    }

    /** Whether it is of the asset with this name, in UTF-8, and of the currency. */
    boolean isOf(final DirectBuffer name, final int length, final String ofCurrency)
    {
        return currency.equals(ofCurrency) && isName(name, length, assetBytes);
    }

    private static boolean isName(final DirectBuffer name, final int length, final byte[] bytes)
    {
        if (length != bytes.length)
        {
            return false;
        }
        for (int i = 0; i < length; i++)
        {
            if (name.getByte(i) != bytes[i])
            {
                return false;
            }
        }
        return true;
    }

    long chain(final long hash)
    {
        return Xxh64.chain(Xxh64.chain(Xxh64.chain(hash, namesHash), instrumentId), ageMaxNs);
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
