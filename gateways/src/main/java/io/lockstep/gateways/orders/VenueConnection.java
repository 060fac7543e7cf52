package io.lockstep.gateways.orders;

/**
 * How the present connection to the venue stands, and how far the venue's executions have been heard. Each connection has a
 * number of its own.
 */
final class VenueConnection
{
    private long number = LoggedRequest.EARLIER_PROCESS;
    private boolean isConnected;
    private boolean isStreamRequested;
    private boolean isReady;
    private long execId;

    /**
     * @param execId newest execution that the node is known to have.
     */
    VenueConnection(final long execId)
    {
        this.execId = execId;
    }

    void onConnected()
    {
        number++;
        isConnected = true;
    }

    void onDisconnected()
    {
        isConnected = false;
        isStreamRequested = false;
        isReady = false;
    }

    /** Asks for what was missed since the connection before. */
    void poll(final VenueSession session)
    {
        if (isConnected && !isStreamRequested)
        {
            isStreamRequested = session.requestExecutions(execId);
        }
    }

    /**
     * @return whether the connection has become ready by it.
     */
    boolean onExecutionsEnd(final long lastExecId)
    {
        // A venue that has begun anew counts from below.
        execId = Math.min(execId, lastExecId);
        final boolean becomesReady = !isReady;
        isReady = true;
        return becomesReady;
    }

    void onExecution(final long newExecId)
    {
        execId = Math.max(execId, newExecId);
    }

    /** Of the present connection, or of the last one. */
    long number()
    {
        return number;
    }

    /** Whether it is up, and all that was missed has been reported. */
    boolean isReady()
    {
        return isReady;
    }
}
