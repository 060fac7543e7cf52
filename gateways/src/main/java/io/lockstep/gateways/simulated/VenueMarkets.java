package io.lockstep.gateways.simulated;

import io.lockstep.codecs.Instrument;

import java.util.Arrays;

/** The markets of the defined instruments, by instrument id. Allocates in {@link #define} only. */
final class VenueMarkets
{
    private static final int INITIAL_CAPACITY = 16;

    private final VenueRules rules;
    /** Null where an id is not defined. */
    private VenueMarket[] marketById = new VenueMarket[INITIAL_CAPACITY];

    VenueMarkets(final VenueRules rules)
    {
        this.rules = rules;
    }

    /**
     * @throws IllegalArgumentException for an id below 0 or one that another definition has.
     */
    void define(final Instrument instrument)
    {
        final int id = instrument.id();
        if (id < 0)
        {
            throw new IllegalArgumentException(
                "instrument without an id: instrument=" + instrument.name() + " id=" + id);
        }
        final VenueMarket known = market(id);
        if (known == null)
        {
            add(id, new VenueMarket(instrument, rules));
        }
        else if (!known.instrument().equals(instrument))
        {
            throw new IllegalArgumentException("instrument id used twice: id=" + id + " instrument=" +
                instrument.name() + " known=" + known.instrument().name());
        }
    }

    /** Null when it is not defined. */
    VenueMarket market(final int instrumentId)
    {
        return instrumentId >= 0 && instrumentId < marketById.length ? marketById[instrumentId] : null;
    }

    /** Ids below this may be defined. */
    int idLimit()
    {
        return marketById.length;
    }

    private void add(final int id, final VenueMarket market)
    {
        if (id >= marketById.length)
        {
            marketById = Arrays.copyOf(marketById, Math.max(id + 1, marketById.length * 2));
        }
        marketById[id] = market;
    }
}
