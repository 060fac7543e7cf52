package io.lockstep.core.position;

/** Floating point where money is: proof that the rule against it can fail, in each of the ways it can be used. */
public final class ImpureMoney
{
    private ImpureMoney()
    {
    }

    public static final class DoubleField
    {
        double price;
    }

    public static final class FloatArray
    {
        float[] prices;
    }

    public static final class DoubleParameter
    {
        void price(final double value)
        {
        }
    }

    public static final class FloatResult
    {
        float price()
        {
            return 0;
        }
    }

    /** Nothing but the instructions shows it. */
    public static final class HiddenInTheMiddle
    {
        long share(final long cash, final long part, final long whole)
        {
            return (long)((double)cash * part / whole);
        }
    }

    public static final class HiddenConstant
    {
        long scaled(final long cash)
        {
            return (long)(cash * 0.1f);
        }
    }

    public static final class Rounded
    {
        long root(final long value)
        {
            return (long)Math.sqrt(value);
        }
    }

    /** What the rule leaves alone: the load factor of a map. */
    public static final class LoadFactor
    {
        static final float LOAD_FACTOR = 0.55f;
        final org.agrona.collections.Long2LongHashMap map = new org.agrona.collections.Long2LongHashMap(16, LOAD_FACTOR,
            -1);
    }
}
