package io.lockstep.core.decision;

import io.lockstep.codecs.Nulls;
import io.lockstep.sbe.OrderCauseEncoder;

/**
 * Why a strategy asks for an order: a number of its own for the signal, and which features had which values against which
 * thresholds. Filled before the order is sent, and empty again behind it. Allocates nothing after construction.
 */
public final class Cause
{
    /** Features of one order; more are left out. */
    public static final int FEATURES_MAX = 16;
    public static final int NO_SIGNAL = OrderCauseEncoder.signalCodeNullValue();

    private final int[] featureCodes = new int[FEATURES_MAX];
    private final long[] mantissas = new long[FEATURES_MAX];
    private final int[] exponents = new int[FEATURES_MAX];
    private final long[] thresholdMantissas = new long[FEATURES_MAX];
    private int signalCode = NO_SIGNAL;
    private int count;

    /**
     * Begins anew.
     *
     * @param newSignalCode the strategy's own number.
     */
    public Cause signal(final int newSignalCode)
    {
        signalCode = newSignalCode;
        count = 0;
        return this;
    }

    /**
     * A feature's value, and what it was held against, both times 10^exponent.
     *
     * @param featureCode the strategy's own number.
     * @param exponent    from -128 to 127.
     */
    public Cause feature(final int featureCode, final long mantissa, final int exponent, final long thresholdMantissa)
    {
        if (exponent < Byte.MIN_VALUE || exponent > Byte.MAX_VALUE)
        {
            throw new IllegalArgumentException("exponent=" + exponent + " expected from -128 to 127");
        }
        if (count < FEATURES_MAX)
        {
            featureCodes[count] = featureCode;
            mantissas[count] = mantissa;
            exponents[count] = exponent;
            thresholdMantissas[count] = thresholdMantissa;
            count++;
        }
        return this;
    }

    /** A feature's value alone; as {@link #feature(int, long, int, long)}. */
    public Cause feature(final int featureCode, final long mantissa, final int exponent)
    {
        return feature(featureCode, mantissa, exponent, Nulls.NULL_LONG);
    }

    public void clear()
    {
        signalCode = NO_SIGNAL;
        count = 0;
    }

    public boolean isEmpty()
    {
        return count == 0;
    }

    public int signalCode()
    {
        return signalCode;
    }

    public int count()
    {
        return count;
    }

    public int featureCode(final int index)
    {
        return featureCodes[index];
    }

    public long mantissa(final int index)
    {
        return mantissas[index];
    }

    public int exponent(final int index)
    {
        return exponents[index];
    }

    /** What the feature was held against, or {@link Nulls#NULL_LONG}. */
    public long thresholdMantissa(final int index)
    {
        return thresholdMantissas[index];
    }
}
