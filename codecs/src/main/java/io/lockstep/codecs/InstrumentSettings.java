package io.lockstep.codecs;

import io.lockstep.sbe.BooleanType;
import io.lockstep.sbe.InstrumentDefinitionDecoder;
import io.lockstep.sbe.InstrumentDefinitionEncoder;

/**
 * What is set for an instrument and is no term of its contract: another value does not change what a journal counts in.
 * Immutable, any thread.
 *
 * @param orderVenueId    of the venue that takes its orders, from 0.
 * @param lockedIsCrossed whether a best bid at the best ask counts as a crossed book.
 * @param crossedHealNs   for how long a book may be crossed before a snapshot of it is asked for, more than 0; or
 *                        {@link #NEVER}.
 */
public record InstrumentSettings(int orderVenueId, boolean lockedIsCrossed, long crossedHealNs)
{
    /** The venue that there was when there was but one. */
    public static final int FIRST_VENUE_ID = 0;
    /** No snapshot is asked for, however long the book is crossed. */
    public static final long NEVER = Nulls.NULL_LONG;
    /** Of an instrument of which nothing is said: the first venue, a locked book is not crossed, a crossed one waits. */
    public static final InstrumentSettings DEFAULT = new InstrumentSettings(FIRST_VENUE_ID, false, NEVER);

    public InstrumentSettings
    {
        if (orderVenueId < 0)
        {
            throw new IllegalArgumentException("expected a venue's id, from 0: orderVenueId=" + orderVenueId);
        }
        if (crossedHealNs <= 0 && crossedHealNs != NEVER)
        {
            throw new IllegalArgumentException("expected more than 0: crossedHealNs=" + crossedHealNs);
        }
    }

    void encode(final InstrumentDefinitionEncoder encoder)
    {
        encoder.orderVenueId(orderVenueId)
            .lockedIsCrossed(lockedIsCrossed ? BooleanType.TRUE : BooleanType.FALSE)
            .crossedHealNs(crossedHealNs);
    }

    /** A message of before there were settings has the default ones. */
    static InstrumentSettings decode(final InstrumentDefinitionDecoder decoder)
    {
        final int orderVenueId = decoder.orderVenueId();
        return new InstrumentSettings(
            orderVenueId == InstrumentDefinitionDecoder.orderVenueIdNullValue() ? FIRST_VENUE_ID : orderVenueId,
            decoder.lockedIsCrossed() == BooleanType.TRUE, decoder.crossedHealNs());
    }
}
