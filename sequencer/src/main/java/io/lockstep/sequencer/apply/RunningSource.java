package io.lockstep.sequencer.apply;

import io.lockstep.sbe.SourceRole;

/**
 * A role that the core knows.
 *
 * @param id      of the source, or the first of a range of ids.
 * @param lastId  of the range; the same for one id alone.
 * @param venueId of an order gateway; {@link #NO_VENUE} for other roles.
 */
public record RunningSource(int id, int lastId, SourceRole role, int venueId)
{
    /** In place of a venue's id. */
    public static final int NO_VENUE = -1;
}
