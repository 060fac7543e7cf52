package io.lockstep.core.order;

/**
 * The best price that trailing stops have seen: one for all that have seen the same.
 */
public interface Watermark
{
    /** In ticks; null before the first price that could be relied on. */
    long ticks();
}
