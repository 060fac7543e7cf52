package io.lockstep.perf.latency.load;

/**
 * An update id of the venue's within an instrument, and the number it is given on a tape. Numbers are in the order of the
 * venue's ids, so that whatever the core concludes from comparing two of them stays; even numbers make orders.
 */
final class TapeId implements Comparable<TapeId>
{
    private final int era;
    private final long venueId;
    private boolean isOrdering;
    private long number;

    /**
     * @param era how often the venue has begun to count anew.
     */
    TapeId(final int era, final long venueId)
    {
        this.era = era;
        this.venueId = venueId;
    }

    void makeOrder()
    {
        isOrdering = true;
    }

    boolean makesOrder()
    {
        return isOrdering;
    }

    /**
     * @param rank among the instrument's ids, from 1.
     */
    void rank(final long rank)
    {
        number = TapeRecorder.ORDER_MULTIPLE * rank + (isOrdering ? 0 : 1);
    }

    long number()
    {
        return number;
    }

    @Override
    public int compareTo(final TapeId other)
    {
        return era != other.era ? Integer.compare(era, other.era) : Long.compare(venueId, other.venueId);
    }

    @Override
    public boolean equals(final Object other)
    {
        return other instanceof TapeId id && compareTo(id) == 0;
    }

    @Override
    public int hashCode()
    {
        return 31 * era + Long.hashCode(venueId);
    }
}
