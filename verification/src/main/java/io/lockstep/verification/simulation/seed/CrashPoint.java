package io.lockstep.verification.simulation.seed;

/**
 * Where a node can be killed.
 */
public enum CrashPoint
{
    /** Inputs polled, nothing journaled. */
    BEFORE_JOURNAL_INPUT,
    /** Inputs journaled, nothing decided. */
    AFTER_JOURNAL_INPUT,
    /** Decided, decisions not journaled. */
    BEFORE_JOURNAL_DECISION,
    /** Decisions journaled, nothing sent. */
    AFTER_JOURNAL_DECISION,
    /** Some sent. */
    EGRESS,
    /** A further segment made, nothing in it. */
    SEGMENT_STARTED,
    /** A snapshot begun and not whole. */
    SNAPSHOT,
    /** Records of the journal read back. */
    RECOVERY_READ,
    /** Between two turns of the loop. */
    AT_REST
}
