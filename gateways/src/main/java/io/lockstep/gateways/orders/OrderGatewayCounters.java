package io.lockstep.gateways.orders;

/**
 * What an order gateway has done since it started. Written on its thread; any thread may read, and sees each count a little
 * late.
 */
public final class OrderGatewayCounters
{
    private volatile long handedOver;
    private volatile long notSent;
    private volatile long repeats;
    private volatile long conflicts;
    private volatile long stale;
    private volatile long inquiries;
    private volatile long inDoubt;
    private volatile long unlogged;
    private volatile long executionsMissing;

    void onHandedOver()
    {
        handedOver = handedOver + 1;
    }

    void onNotSent()
    {
        notSent = notSent + 1;
    }

    void onRepeat()
    {
        repeats = repeats + 1;
    }

    void onConflict()
    {
        conflicts = conflicts + 1;
    }

    void onStale()
    {
        stale = stale + 1;
    }

    void onInquiry()
    {
        inquiries = inquiries + 1;
    }

    void onInDoubt(final long requests)
    {
        inDoubt = inDoubt + requests;
    }

    void onUnlogged()
    {
        unlogged = unlogged + 1;
    }

    void onExecutionsMissing(final long executions)
    {
        executionsMissing = executionsMissing + executions;
    }

    /** Requests handed to the venue. */
    public long handedOver()
    {
        return handedOver;
    }

    /** Requests that the gateway has answered itself: the venue has not got them and can no longer get them. */
    public long notSent()
    {
        return notSent;
    }

    /** Requests that came again, the same in every byte; they were not handed over again. */
    public long repeats()
    {
        return repeats;
    }

    /** Requests whose ClOrdID another request has had; they were not handed over. */
    public long conflicts()
    {
        return conflicts;
    }

    /** Requests older than what the log has handled, which it no longer remembers; they were not handed over. */
    public long stale()
    {
        return stale;
    }

    /** How often the venue was asked about a request. */
    public long inquiries()
    {
        return inquiries;
    }

    /** Requests without an answer when the connection they were handed to had ended, or the process. */
    public long inDoubt()
    {
        return inDoubt;
    }

    /** Cancels handed over without being in the log, for it could not be written. */
    public long unlogged()
    {
        return unlogged;
    }

    /** Executions that were asked for and that the venue no longer keeps. */
    public long executionsMissing()
    {
        return executionsMissing;
    }
}
