package io.lockstep.gateways.feed;

import org.agrona.DirectBuffer;

/**
 * Passes on what another source says, for those who see or change one thing of it. Owns the other; allocates nothing of its own.
 */
public abstract class ForwardingSource implements MarketSource
{
    private final MarketSource source;

    protected ForwardingSource(final MarketSource source)
    {
        this.source = source;
    }

    @Override
    public boolean next()
    {
        return source.next();
    }

    @Override
    public SnapshotAnswer requestSnapshot(final int instrumentId)
    {
        return source.requestSnapshot(instrumentId);
    }

    @Override
    public long timeNs()
    {
        return source.timeNs();
    }

    @Override
    public long gatewayTimeNs()
    {
        return source.gatewayTimeNs();
    }

    @Override
    public long venueTimeNs()
    {
        return source.venueTimeNs();
    }

    @Override
    public boolean isEventEnd()
    {
        return source.isEventEnd();
    }

    @Override
    public DirectBuffer buffer()
    {
        return source.buffer();
    }

    @Override
    public int offset()
    {
        return source.offset();
    }

    @Override
    public int length()
    {
        return source.length();
    }

    @Override
    public void close()
    {
        source.close();
    }
}
