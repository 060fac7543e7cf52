package io.lockstep.sequencer.config;

import io.lockstep.sbe.LimitScope;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Where orders go: a venue with its order gateway and its account; an entry of {@code venues}.
 *
 * @param name         as the instruments' {@code venue} has it.
 * @param source       source id of its order gateway.
 * @param egressBuffer   requests that may wait for the gateway's acknowledgement.
 * @param inDoubtAfterNs for how long a request may have no answer before its order is in doubt, or the definition's null for ever.
 * @param calendar       that its instruments go by, unless they name another; null for none.
 * @param limits         of all that is traded there.
 * @param accountLimits  of all that is traded on its account.
 */
public record VenueContext(
    String name,
    int source,
    int egressBuffer,
    long inDoubtAfterNs,
    AccountContext account,
    String calendar,
    List<Limit> limits,
    List<Limit> accountLimits)
{
    /** After which an order is in doubt where the configuration says nothing. */
    public static final long DEFAULT_IN_DOUBT_AFTER_NS = TimeUnit.SECONDS.toNanos(5);
    private static final long IN_DOUBT_AFTER_MIN_NS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long IN_DOUBT_AFTER_MAX_NS = TimeUnit.HOURS.toNanos(1);
    private static final int EGRESS_BUFFER_MIN = 32;
    private static final int EGRESS_BUFFER_MAX = 1 << 20;
    private static final int DEFAULT_EGRESS_BUFFER = 1 << 16;

    /** One without limits. */
    public VenueContext(
        final String name,
        final int source,
        final int egressBuffer,
        final long inDoubtAfterNs,
        final AccountContext account,
        final String calendar)
    {
        this(name, source, egressBuffer, inDoubtAfterNs, account, calendar, List.of(), List.of());
    }

    /** Reads the list and refuses venues of one name, or with one order gateway; empty when there is no list. */
    static List<VenueContext> readAll(final YamlSection root)
    {
        final List<YamlSection> sections = root.sections("venues");
        final List<VenueContext> venues = new ArrayList<>();
        final Map<String, String> whereByName = new HashMap<>();
        final Map<Integer, VenueContext> venueBySource = new HashMap<>();
        for (final YamlSection section : sections)
        {
            final int problems = section.problems().count();
            final VenueContext venue = read(section, sections.size() == 1);
            if (section.problems().count() == problems)
            {
                requireOnce(section, venue, whereByName.putIfAbsent(venue.name, section.where("name")),
                    venueBySource.putIfAbsent(venue.source, venue));
                venues.add(venue);
            }
        }
        return List.copyOf(venues);
    }

    private static VenueContext read(final YamlSection section, final boolean isOnly)
    {
        section.require("name");
        if (!isOnly)
        {
            section.require("source");
        }
        final VenueContext venue = new VenueContext(
            section.name("name", ""),
            (int)section.whole("source", SourceContext.ORDER_GATEWAY, 1, SourceContext.ID_MAX),
            (int)section.whole("egressBuffer", DEFAULT_EGRESS_BUFFER, EGRESS_BUFFER_MIN, EGRESS_BUFFER_MAX),
            section.durationNs(
                "inDoubtAfter", DEFAULT_IN_DOUBT_AFTER_NS, IN_DOUBT_AFTER_MIN_NS, IN_DOUBT_AFTER_MAX_NS),
            AccountContext.read(section.section("account")),
            section.has("calendar") ? section.name("calendar", "") : null,
            Limit.read(section.section("limits"), (type) -> Limit.isPossible(type, LimitScope.VENUE)),
            Limit.read(section.section("accountLimits"), (type) -> Limit.isPossible(type, LimitScope.ACCOUNT)));
        section.refuseUnknown();
        return venue;
    }

    private static void requireOnce(
        final YamlSection section, final VenueContext venue, final String sameName, final VenueContext sameSource)
    {
        if (sameName != null)
        {
            section.refuse("name", venue.name, "each venue once, it stands at " + sameName + " as well");
        }
        else if (sameSource != null)
        {
            section.refuse("source", venue.source,
                "an order gateway of its own for each venue, that is the gateway of " + sameSource.name);
        }
    }
}
