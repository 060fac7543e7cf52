package io.lockstep.codecs;

/**
 * The absent values; equal to what SBE encodes as null for the same primitive.
 */
public final class Nulls
{
    public static final long NULL_LONG = Long.MIN_VALUE;
    public static final long NULL_PRICE_TICKS = NULL_LONG;
    public static final long NULL_UPDATE_ID = NULL_LONG;
    public static final long NULL_TIME_NS = NULL_LONG;
    public static final long NULL_SEQUENCE = -1;
    public static final int NULL_INSTRUMENT_ID = Integer.MIN_VALUE;

    private Nulls()
    {
    }
}
