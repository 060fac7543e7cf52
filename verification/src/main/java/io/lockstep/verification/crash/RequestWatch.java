package io.lockstep.verification.crash;

import io.lockstep.gateways.simulated.VenueObserver;
import org.agrona.DirectBuffer;

/**
 * Counts the requests that a venue receives, for whoever waits for one on another thread, and passes on what it sees.
 */
final class RequestWatch implements VenueObserver
{
    private final VenueObserver observer;
    private volatile long requests;

    RequestWatch(final VenueObserver observer)
    {
        this.observer = observer;
    }

    @Override
    public void onRequest(final DirectBuffer buffer, final int offset, final int length)
    {
        observer.onRequest(buffer, offset, length);
        requests = requests + 1;
    }

    @Override
    public void onReport(final DirectBuffer buffer, final int offset, final int length)
    {
        observer.onReport(buffer, offset, length);
    }

    long requests()
    {
        return requests;
    }
}
