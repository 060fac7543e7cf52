package io.lockstep.core.host;

import io.lockstep.core.TradingCore;

/**
 * What the host must know of the core's venues: which venue an instrument trades on, whose order gateway a source is, and how many
 * requests have left for each venue. Answers change with inputs alone. No allocation.
 */
public interface VenueView
{
    /** The venue that is there before any definition. */
    int FIRST_VENUE = 0;
    /** Stands for a venue's id where there is none. */
    int NO_VENUE = -1;
    /** In place of an order gateway's source id: the venue is not defined, and any gateway may take its decisions. */
    int ANY_SOURCE = 0;

    /** The venues of a core. */
    static VenueView of(final TradingCore core)
    {
        return new CoreVenues(core);
    }

    /** Venues, at least one; their ids count from 0. */
    int count();

    /** The venue whose orders an instrument takes. */
    int venueOf(int instrumentId);

    /** The venue whose order gateway a source is; the first, whatever the source, while nothing was defined; else {@link #NO_VENUE}. */
    int venueOfSource(int sourceId);

    /** Source id of a venue's order gateway, or {@link #ANY_SOURCE}. */
    int orderSourceId(int venueId);

    /** Requests that may wait for the acknowledgement of a venue's order gateway. */
    int egressRequests(int venueId);

    /** Egress sequence of the newest request that left, or is to leave, for a venue; from 1. */
    long egressSequence(int venueId);

    /** Times that the core wants a venue asked how its orders stand, while some are in doubt. */
    long inquiries(int venueId);

    /** ExecID up to which the core lacks no execution that a source reports of a venue, 0 before any. */
    long lastExecId(int venueId, int sourceId);
}
