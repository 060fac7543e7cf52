package io.lockstep.sequencer.config;

/**
 * What the journal has done with a record before a decision that follows from it leaves.
 */
public enum Durability
{
    /** Written to memory that the operating system keeps: outlives the process, not the operating system. */
    MAPPED,
    /** As {@link #MAPPED}, and on the disk within the sync interval. */
    SYNC_INTERVAL,
    /** On the disk, before a decision leaves or a source is acknowledged. */
    SYNC_EACH
}
