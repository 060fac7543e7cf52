package io.lockstep.sequencer.recovery;

/**
 * How far the incarnation before counts.
 *
 * @param lastSequence of its newest input.
 * @param chain        of its newest record.
 * @param records      that it has journaled.
 */
public record Predecessor(long lastSequence, long chain, long records)
{
    /** There was no incarnation before. */
    public static final Predecessor NONE = new Predecessor(0, 0, 0);
}
