package io.lockstep.gateways.recording;

/** What a reader does with a line that it cannot use. */
public enum BadInputPolicy
{
    /** Throws {@link BadInputException}: for offline commands, which then leave no output. */
    REFUSE,
    /** Marks the instrument stale by a FeedStatus message, skips the line and counts it: for a running node. */
    REPORT
}
