package io.lockstep.sequencer.egress;

import io.lockstep.core.host.VenueView;

/** Venues by the source ids of their order gateways; every instrument trades on the venue of its own id. */
final class StubVenues implements VenueView
{
    private final int[] orderSourceIds;
    private long lastExecId;

    StubVenues(final int... orderSourceIds)
    {
        this.orderSourceIds = orderSourceIds;
    }

    /** Of every source. */
    void lastExecId(final long newLastExecId)
    {
        lastExecId = newLastExecId;
    }

    @Override
    public int count()
    {
        return orderSourceIds.length;
    }

    @Override
    public int venueOf(final int instrumentId)
    {
        return instrumentId;
    }

    @Override
    public int venueOfSource(final int sourceId)
    {
        for (int venueId = 0; venueId < orderSourceIds.length; venueId++)
        {
            if (orderSourceIds[venueId] == sourceId)
            {
                return venueId;
            }
        }
        return NO_VENUE;
    }

    @Override
    public int orderSourceId(final int venueId)
    {
        return orderSourceIds[venueId];
    }

    @Override
    public long inquiries(final int venueId)
    {
        return 0;
    }

    @Override
    public int egressRequests(final int venueId)
    {
        return 16;
    }

    @Override
    public long egressSequence(final int venueId)
    {
        return 0;
    }

    @Override
    public long lastExecId(final int venueId, final int sourceId)
    {
        return lastExecId;
    }
}
