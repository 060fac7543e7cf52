package io.lockstep.core.host;

import io.lockstep.core.TradingCore;
import io.lockstep.core.venue.Venue;

/** The venues of a core. */
final class CoreVenues implements VenueView
{
    private final TradingCore core;

    CoreVenues(final TradingCore core)
    {
        this.core = core;
    }

    @Override
    public int count()
    {
        return core.venueCount();
    }

    @Override
    public int venueOf(final int instrumentId)
    {
        return core.venueOf(instrumentId);
    }

    @Override
    public int venueOfSource(final int sourceId)
    {
        final Venue venue = core.venueOfSource(sourceId);
        return venue == null ? NO_VENUE : venue.id();
    }

    @Override
    public int orderSourceId(final int venueId)
    {
        final int sourceId = core.venue(venueId).orderSourceId();
        return sourceId == Venue.ANY_SOURCE ? ANY_SOURCE : sourceId;
    }

    @Override
    public int egressRequests(final int venueId)
    {
        return core.venue(venueId).egressRequests();
    }

    @Override
    public long egressSequence(final int venueId)
    {
        return core.venue(venueId).egressSequence();
    }

    @Override
    public long inquiries(final int venueId)
    {
        return core.venue(venueId).inquiries();
    }

    @Override
    public long lastExecId(final int venueId, final int sourceId)
    {
        return core.venue(venueId).executionIds().highest(sourceId);
    }
}
