package io.lockstep.sequencer.config;

/**
 * What the sequenced time of an input is, the time the core knows as now. Either way it never decreases.
 */
public enum SequencedTime
{
    /** The clock at SEQUENCE: live. */
    WALL,
    /** The gateway's own time: a recording is played, and staleness and timers are to mean what they meant then. */
    RECORDED
}
