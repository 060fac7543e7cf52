package io.lockstep.core.venue;

import io.lockstep.codecs.Xxh64;
import io.lockstep.core.account.AccountPort;
import io.lockstep.core.account.AccountTerms;
import io.lockstep.core.account.LotsByInstrument;
import io.lockstep.sbe.CommandReason;
import io.lockstep.sbe.AccountType;
import io.lockstep.sbe.VenueDefinitionDecoder;

import java.util.Arrays;

/**
 * The venues by their dense ids. The first is there from the beginning: whatever names no venue is traded on it, and until it is
 * defined any source may be its order gateway. Only a definition allocates.
 */
public final class Venues
{
    public static final int VENUES_MAX = 64;
    /** The venue of what names none. */
    public static final int FIRST = 0;

    private final NodeState node;
    private final LotsByInstrument lots;
    private final AccountPort port;
    private Venue[] venues;

    /**
     * @param lots of the accounts.
     * @param port takes what the accounts cause.
     */
    public Venues(final NodeState node, final LotsByInstrument lots, final AccountPort port)
    {
        this.node = node;
        this.lots = lots;
        this.port = port;
        venues = new Venue[]{new Venue(FIRST, node, lots, port)};
    }

    public int count()
    {
        return venues.length;
    }

    /** The id must be a known one. */
    public Venue get(final int id)
    {
        return venues[id];
    }

    /** Null when there is none of this id; the first when the id is null. */
    public Venue find(final int idOrNull)
    {
        final int id = idOrNull == VenueDefinitionDecoder.venueIdNullValue() ? FIRST : idOrNull;
        return id >= 0 && id < venues.length ? venues[id] : null;
    }

    /** The venue whose order gateway the source is, or null. */
    public Venue ofSource(final int sourceId)
    {
        for (final Venue venue : venues)
        {
            if (venue.orderSourceId() == sourceId || venue.orderSourceId() == Venue.ANY_SOURCE)
            {
                return venue;
            }
        }
        return null;
    }

    /** Defines the next venue, or gives a known one other terms; its name stays. */
    public CommandReason define(final VenueDefinitionDecoder message)
    {
        final int id = message.venueId();
        if (id < 0 || id > venues.length || id >= VENUES_MAX)
        {
            return id >= VENUES_MAX ? CommandReason.CAPACITY : CommandReason.UNKNOWN_VENUE;
        }
        if (!isValid(message))
        {
            return CommandReason.INVALID_VALUE;
        }
        final boolean isNew = id == venues.length;
        final boolean wasUndefined = !isNew && venues[id].orderSourceId() == Venue.ANY_SOURCE;
        final int after = message.limit();
        final String name = message.name();
        message.limit(after);
        if (!isNew && !wasUndefined && !venues[id].name().equals(name))
        {
            return CommandReason.VENUE_REDEFINED;
        }
        if (!isNew && !wasUndefined && !venues[id].holdings().terms().canBecome(AccountTerms.decode(message)))
        {
            return CommandReason.VENUE_REDEFINED;
        }
        if (isTaken(id, name, message.orderSourceId()))
        {
            return CommandReason.NAME_TAKEN;
        }
        if (isNew)
        {
            venues = Arrays.copyOf(venues, id + 1);
            venues[id] = new Venue(id, node, lots, port);
        }
        final long before = venues[id].stateHash();
        venues[id].define(message);
        return !isNew && venues[id].stateHash() == before ? CommandReason.NO_CHANGE : CommandReason.ACCEPTED;
    }

    private static boolean isValid(final VenueDefinitionDecoder message)
    {
        return message.orderSourceId() > 0 && message.egressRequests() > 0 && message.positionToleranceLots() >= 0 &&
            (message.inDoubtAfterNs() > 0 || message.inDoubtAfterNs() == Venue.NEVER) &&
            message.balanceTolerance().mantissa() >= 0 && message.accountType() != AccountType.NULL_VAL &&
            message.accountType() != AccountType.SBE_UNKNOWN;
    }

    private boolean isTaken(final int id, final String name, final int orderSourceId)
    {
        for (final Venue venue : venues)
        {
            if (venue.id() != id && (venue.name().equals(name) || venue.orderSourceId() == orderSourceId))
            {
                return true;
            }
        }
        return false;
    }

    /** Takes up a definition of a snapshot; they come by id. */
    public Venue restore(final VenueDefinitionDecoder message)
    {
        final int id = message.venueId();
        if (id < 0 || id > venues.length || id >= VENUES_MAX)
        {
            throw new IllegalArgumentException("venueId=" + id + " expected=" + venues.length);
        }
        if (id == venues.length)
        {
            venues = Arrays.copyOf(venues, id + 1);
            venues[id] = new Venue(id, node, lots, port);
        }
        venues[id].define(message);
        return venues[id];
    }

    public long stateHash()
    {
        long hash = venues.length;
        for (final Venue venue : venues)
        {
            hash = Xxh64.chain(hash, venue.stateHash());
        }
        return hash;
    }
}
