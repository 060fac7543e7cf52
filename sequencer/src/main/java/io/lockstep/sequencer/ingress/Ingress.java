package io.lockstep.sequencer.ingress;

/**
 * Where the sequencer takes messages from.
 */
public interface Ingress
{
    /**
     * Gives the sink at most so many messages, whatever the number of sources; never blocks.
     *
     * @param wallTimeNs the clock as it was read at the top of the duty cycle.
     * @return how much there was to do, 0 for nothing.
     */
    int poll(InputSink sink, int limit, long wallTimeNs);

    /**
     * What was polled is now in the journal.
     *
     * @param idle whether there was nothing else to do, so that even a small acknowledgement is worth sending.
     */
    void onJournaled(boolean idle);
}
