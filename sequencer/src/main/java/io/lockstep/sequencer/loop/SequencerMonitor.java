package io.lockstep.sequencer.loop;

import io.lockstep.core.host.CoreHost;

/**
 * What the loop tells the outside of itself. Called on the sequencer's thread; must neither block nor allocate.
 */
public interface SequencerMonitor
{
    SequencerMonitor NONE = new SequencerMonitor()
    {
        @Override
        public void onBatch(final int inputs, final CoreHost host, final long sequence, final long timeNs)
        {
        }

        @Override
        public void onTickToTrade(final long durationNs)
        {
        }

        @Override
        public void onTimeBackwards(final long byNs)
        {
        }
    };

    /**
     * The loop comes to this stage; for whoever measures how long each takes. Told of the stages that a batch goes through
     * as a whole: INGRESS at the top of every duty cycle, then JOURNAL_INPUT, DISPATCH, JOURNAL_DECISION and EGRESS for
     * every batch. Whoever measures reads a clock of its own; the loop itself reads none for this.
     */
    default void onStage(final Stage stage)
    {
    }

    /** A batch has gone through all stages. */
    void onBatch(int inputs, CoreHost host, long sequence, long timeNs);

    /** From the top of the duty cycle that took the input to the end of egress, for batches that sent something. */
    void onTickToTrade(long durationNs);

    /** An input's time was earlier than that of the input before; it was given the later one. */
    void onTimeBackwards(long byNs);
}
