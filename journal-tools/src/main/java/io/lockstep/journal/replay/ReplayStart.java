package io.lockstep.journal.replay;

/**
 * Where a replay begins: the journal's start, the newest snapshot, or a sequence.
 *
 * @param isSnapshot whether the newest snapshot is meant.
 * @param sequence   of the first input, 1 for the start.
 */
public record ReplayStart(boolean isSnapshot, long sequence)
{
    public static final ReplayStart START = new ReplayStart(false, 1);
    public static final ReplayStart SNAPSHOT = new ReplayStart(true, 1);
}
