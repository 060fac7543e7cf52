package io.lockstep.gateways.simulated;

import org.agrona.DirectBuffer;

/**
 * Sees what a venue is asked and what it answers, so that another account of it can be kept. Called on the venue's thread;
 * the buffers are valid during the call only.
 */
public interface VenueObserver
{
    /** Sees nothing. */
    VenueObserver NONE = new VenueObserver()
    {
        @Override
        public void onRequest(final DirectBuffer buffer, final int offset, final int length)
        {
        }

        @Override
        public void onReport(final DirectBuffer buffer, final int offset, final int length)
        {
        }
    };

    /**
     * Before the venue takes it up.
     *
     * @param offset of the messageHeader.
     * @param length of header and body, with what aligns the record.
     */
    void onRequest(DirectBuffer buffer, int offset, int length);

    /**
     * The node asks for executions that the venue no longer keeps; it will find its orders filled further than it knows.
     *
     * @param lastExecId the newest that the node has.
     */
    default void onExecutionsMissing(final long lastExecId, final long missing)
    {
        // Counted by the gateway.
    }

    /**
     * Before it is given to the link, and not once more when the node asks for it again.
     *
     * @param offset of the messageHeader.
     * @param length of header and body.
     */
    void onReport(DirectBuffer buffer, int offset, int length);
}
