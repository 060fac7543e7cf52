package io.lockstep.sequencer.apply;

import io.lockstep.sequencer.config.VenueContext;

/**
 * A venue as the core has it.
 *
 * @param id      dense, from 0.
 * @param venue   as its newest definition says; null for the first venue while nothing has defined it.
 */
public record RunningVenue(int id, VenueContext venue)
{
}
