package io.lockstep.sequencer.loop;

/**
 * The stages of the loop, in order. {@link Sequencer#doWork} walks them; live, recovery, replay and backtest differ in what
 * stands at the two ends, never in the middle.
 */
public enum Stage
{
    /** Take at most a batch of messages from the sources: Aeron, a journal, a recording, a test. */
    INGRESS,
    /** Give each the next sequence and its time; timers that are due come first. */
    SEQUENCE,
    /** Append all inputs of the batch to the journal as one document. */
    JOURNAL_INPUT,
    /** Give each input to the core, in order. */
    DISPATCH,
    /** The core drives the strategies with the input and writes its decisions. */
    DECIDE,
    /** Append all decisions of the batch to the journal as one document. */
    JOURNAL_DECISION,
    /** Send the decisions that leave, and acknowledge to the sources what is now in the journal. */
    EGRESS
}
