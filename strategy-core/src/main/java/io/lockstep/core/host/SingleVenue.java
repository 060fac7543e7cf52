package io.lockstep.core.host;

import io.lockstep.core.TradingCore;

/** The one venue of a core that knows no others. */
final class SingleVenue implements VenueView
{
    private static final int EGRESS_REQUESTS = 65_536;

    private final TradingCore core;

    SingleVenue(final TradingCore core)
    {
        this.core = core;
    }

    @Override
    public int count()
    {
        return 1;
    }

    @Override
    public int venueOf(final int instrumentId)
    {
        return FIRST_VENUE;
    }

    @Override
    public int venueOfSource(final int sourceId)
    {
        return FIRST_VENUE;
    }

    @Override
    public int orderSourceId(final int venueId)
    {
        return ANY_SOURCE;
    }

    @Override
    public int egressRequests(final int venueId)
    {
        return EGRESS_REQUESTS;
    }

    @Override
    public long egressSequence(final int venueId)
    {
        return core.egressSequence();
    }

    @Override
    public long lastExecId(final int venueId, final int sourceId)
    {
        return core.lastExecId(sourceId);
    }
}
