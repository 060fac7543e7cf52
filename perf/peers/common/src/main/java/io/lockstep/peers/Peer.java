package io.lockstep.peers;

import java.nio.file.Path;

/**
 * Something that events go into and that answers some of them. Called by the sender's thread.
 */
public interface Peer extends AutoCloseable
{
    /** Makes one. */
    interface Factory
    {
        /**
         * @param directory for its journal; empty, and deleted afterwards.
         * @param answers   takes its answers, from one thread.
         * @return when it takes events.
         */
        Peer start(PeerPlan plan, Path directory, Answers answers) throws Exception;
    }

    /** Takes answers. */
    interface Answers
    {
        /**
         * @param intendedNs of the event that is answered.
         */
        void onAnswer(long intendedNs);
    }

    /**
     * Sends an event.
     *
     * @param event      counts them, from 1.
     * @param isAsking   whether it is to be answered.
     * @param intendedNs when it was to be sent; it comes back in the answer.
     * @return false when it was not taken; to be tried again after {@link #poll}.
     */
    boolean offer(long event, boolean isAsking, long intendedNs);

    /** Takes the answers that have come, unless they come on another thread. */
    void poll();

    /**
     * Ends in order, then starts once more on what was journaled.
     *
     * @return how long it took from that start until every event was applied again; 0 when nothing is kept.
     */
    long restart() throws Exception;

    @Override
    void close();
}
