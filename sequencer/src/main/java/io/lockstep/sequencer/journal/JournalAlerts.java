package io.lockstep.sequencer.journal;

/**
 * What the keeper of the journal has found that an operator should know; may be read by any thread.
 */
public interface JournalAlerts
{
    /** Whether less space than configured is left on the journal's disk; false while that is not known. */
    boolean isDiskNearlyFull();

    /** Whether the file system did not answer the keeper's last question for its space; the keeper asks again and again. */
    boolean isFreeSpaceUnknown();

    /** Bytes the process may still use on the journal's disk, as of the keeper's last look; below 0 when that is not known. */
    long freeSpaceBytes();

    /** Bytes below which the disk counts as nearly full. */
    long minFreeSpaceBytes();

    /** What the keeper could not do the last time it tried, or null. */
    String problem();
}
