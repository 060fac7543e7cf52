package io.lockstep.sequencer.config;

import io.lockstep.codecs.text.Nearest;
import io.lockstep.sbe.SourceRole;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a gateway or another process beside the node is, and so which inputs it may send; an entry of {@code sources}.
 *
 * @param id     that its messages carry.
 * @param lastId of a range of ids with one role; else the same as {@code id}.
 * @param name   for people.
 * @param venue  whose orders an order gateway executes; null for other roles.
 */
public record SourceContext(int id, int lastId, SourceRole role, String name, String venue)
{
    /** The feed gateway, where the configuration does not say otherwise. */
    public static final int FEED = 1;
    /** The order gateway of the only venue, where the configuration does not say otherwise. */
    public static final int ORDER_GATEWAY = 2;
    /** Those above are given to commands as they come. */
    public static final int ID_MAX = 767;
    /** Of commands: each takes one of these for as long as it lasts. */
    public static final int OPERATOR_FIRST = ID_MAX + 1;
    /** The last of them. */
    public static final int OPERATOR_LAST = 1023;

    private static final List<SourceRole> ROLES = List.of(
        SourceRole.FEED, SourceRole.ORDER_GATEWAY, SourceRole.OPERATOR, SourceRole.CONTROL_PLANE);

    /**
     * Reads the list, and adds what it does not say: the feed, the order gateway of each venue, the operators' commands. Where
     * neither sources nor venues are listed there are none, and any source may send anything.
     *
     * @param venues of the configuration; empty for one that lists none.
     * @return by their ids.
     */
    static List<SourceContext> readAll(final YamlSection root, final List<VenueContext> venues)
    {
        final Map<Integer, SourceContext> sourceById = new HashMap<>();
        final Map<Integer, String> whereById = new HashMap<>();
        for (final YamlSection section : root.sections("sources"))
        {
            final int problems = section.problems().count();
            final SourceContext source = read(section, venues);
            final String earlier = whereById.putIfAbsent(source.id, section.where("id"));
            if (earlier != null && section.problems().count() == problems)
            {
                section.refuse("id", source.id, "each source once, it stands at " + earlier + " as well");
            }
            sourceById.put(source.id, source);
        }
        if (sourceById.isEmpty() && venues.isEmpty())
        {
            return List.of();
        }
        defaults(venues).forEach((source) -> sourceById.putIfAbsent(source.id, source));
        final List<SourceContext> sources = new ArrayList<>(sourceById.values());
        sources.sort(Comparator.comparingInt(SourceContext::id));
        return List.copyOf(sources);
    }

    private static List<SourceContext> defaults(final List<VenueContext> venues)
    {
        final List<SourceContext> sources = new ArrayList<>();
        if (venues.isEmpty())
        {
            sources.add(new SourceContext(ORDER_GATEWAY, ORDER_GATEWAY, SourceRole.ORDER_GATEWAY, "orders", null));
        }
        for (final VenueContext venue : venues)
        {
            sources.add(new SourceContext(
                venue.source(), venue.source(), SourceRole.ORDER_GATEWAY, venue.name(), venue.name()));
        }
        if (sources.stream().noneMatch((source) -> source.id == FEED))
        {
            sources.add(new SourceContext(FEED, FEED, SourceRole.FEED, "feed", null));
        }
        sources.add(new SourceContext(OPERATOR_FIRST, OPERATOR_LAST, SourceRole.OPERATOR, "operators", null));
        return sources;
    }

    private static SourceContext read(final YamlSection section, final List<VenueContext> venues)
    {
        section.require("id");
        section.require("role");
        final int id = (int)section.whole("id", 1, 1, ID_MAX);
        final SourceRole role = role(section);
        final String name = section.name("name", role == null ? "" : name(role) + "-" + id);
        final String venue = section.name("venue", null);
        section.refuseUnknown();
        final String ofId = venues.stream().filter((known) -> known.source() == id).map(VenueContext::name).findFirst()
            .orElse(null);
        if (role == SourceRole.ORDER_GATEWAY)
        {
            requireItsVenue(section, id, venue, ofId, venues);
        }
        else if (role != null)
        {
            requireNoVenue(section, role, id, venue, ofId);
        }
        return new SourceContext(id, id, role, name, role == SourceRole.ORDER_GATEWAY && venue == null ? ofId : venue);
    }

    private static SourceRole role(final YamlSection section)
    {
        final String text = section.text("role", null);
        if (text == null)
        {
            return null;
        }
        final List<String> names = ROLES.stream().map(SourceContext::name).toList();
        final int index = names.indexOf(text);
        if (index < 0)
        {
            section.refuse("role", text, "one of " + String.join(", ", names) + "; did you mean '" +
                Nearest.of(text, names) + "'?");
        }
        return index < 0 ? null : ROLES.get(index);
    }

    private static String name(final SourceRole role)
    {
        return role.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static void requireItsVenue(
        final YamlSection section,
        final int id,
        final String venue,
        final String ofId,
        final List<VenueContext> venues)
    {
        final List<String> names = venues.stream().map(VenueContext::name).toList();
        if (venue != null && !names.contains(venue))
        {
            section.refuse("venue", venue, names.isEmpty()
                ? "no such key without a list of venues, there is one for all instruments"
                : "a venue of the list, one of " + names);
        }
        else if (venue != null && !venue.equals(ofId))
        {
            section.refuse("venue", venue, "the venue whose 'source' is " + id +
                (ofId == null ? ", none is" : ", " + ofId));
        }
        else if (venue == null && ofId == null && (!venues.isEmpty() || id != ORDER_GATEWAY))
        {
            section.refuse("id", id, venues.isEmpty()
                ? "the order gateway " + ORDER_GATEWAY + ", another needs its venue in a list of venues"
                : "the 'source' of a venue of the list, one of " + names);
        }
    }

    private static void requireNoVenue(
        final YamlSection section, final SourceRole role, final int id, final String venue, final String ofId)
    {
        if (venue != null)
        {
            section.refuse("venue", venue, "no such key for a " + name(role));
        }
        else if (ofId != null)
        {
            section.refuse("role", name(role), "order-gateway, for source " + id + " is the gateway of " + ofId);
        }
    }
}
