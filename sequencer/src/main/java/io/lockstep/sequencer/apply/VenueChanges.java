package io.lockstep.sequencer.apply;

import io.lockstep.codecs.InstrumentSettings;
import io.lockstep.sbe.BooleanType;
import io.lockstep.sbe.SourceDefinitionEncoder;
import io.lockstep.sbe.SourceRole;
import io.lockstep.sbe.VenueDefinitionEncoder;
import io.lockstep.sequencer.config.AccountContext;
import io.lockstep.sequencer.config.NodeContext;
import io.lockstep.sequencer.config.SourceContext;
import io.lockstep.sequencer.config.VenueContext;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Venues with their accounts, and what sources may send. A configuration that lists no venues leaves those that there are as they are.
 */
final class VenueChanges
{
    private final NodeContext context;
    private final RunningConfiguration running;
    private final ChangeList changes;
    private final Map<String, Integer> idByName = new HashMap<>();

    VenueChanges(final NodeContext context, final RunningConfiguration running, final ChangeList changes)
    {
        this.context = context;
        this.running = running;
        this.changes = changes;
        for (final RunningVenue known : running.venues())
        {
            if (known.venue() != null)
            {
                idByName.put(known.venue().name(), known.id());
            }
        }
        nameTheFirst();
        for (final VenueContext venue : context.venues())
        {
            idByName.putIfAbsent(venue.name(), idByName.size());
        }
    }

    /** The venue that had no definition took the orders of the instruments that there are. */
    private void nameTheFirst()
    {
        if (context.venues().isEmpty() || running.venues().get(InstrumentSettings.FIRST_VENUE_ID).venue() != null)
        {
            return;
        }
        final String ofFirst = running.instrumentCount() == 0 ? "" : running.instrument(0).venue();
        final VenueContext first = context.venues().stream().filter((venue) -> venue.name().equals(ofFirst)).findFirst()
            .orElse(context.venues().get(0));
        idByName.put(first.name(), InstrumentSettings.FIRST_VENUE_ID);
    }

    /** Of the venue that takes the orders of an instrument whose venue has this name. */
    int idOf(final String name)
    {
        return context.venues().isEmpty() ? InstrumentSettings.FIRST_VENUE_ID : idByName.get(name);
    }

    void add()
    {
        context.venues().stream().sorted((one, other) -> idOf(one.name()) - idOf(other.name())).forEach(this::define);
        context.sources().forEach(this::define);
    }

    private void define(final VenueContext venue)
    {
        final int id = idOf(venue.name());
        final VenueContext before = id < running.venues().size() ? running.venues().get(id).venue() : null;
        if (before != null && isSame(before, venue))
        {
            return;
        }
        final AccountContext account = venue.account();
        final VenueDefinitionEncoder definition = new VenueDefinitionEncoder();
        definition.wrapAndApplyHeader(changes.buffer(), 0, changes.header())
            .venueId(id)
            .orderSourceId(venue.source())
            .egressRequests(venue.egressBuffer())
            .accountType(account.type())
            .haltOnDifference(account.haltOnDifference() ? BooleanType.TRUE : BooleanType.FALSE)
            .positionToleranceLots(account.positionToleranceLots())
            .positionMode(account.positionMode())
            .inDoubtAfterNs(venue.inDoubtAfterNs());
        definition.balanceTolerance().mantissa(account.balanceTolerance().mantissa())
            .exponent((byte)account.balanceTolerance().exponent());
        definition.name(venue.name()).account(account.name());
        changes.add(ConfigurationChange.Kind.VENUE, venue.name(), before == null ? null : text(before), text(venue),
            definition);
    }

    private static boolean isSame(final VenueContext one, final VenueContext other)
    {
        final AccountContext account = one.account();
        final AccountContext otherAccount = other.account();
        return one.source() == other.source() && one.egressBuffer() == other.egressBuffer() &&
            one.inDoubtAfterNs() == other.inDoubtAfterNs() &&
            account.name().equals(otherAccount.name()) && account.type() == otherAccount.type() &&
            account.positionMode() == otherAccount.positionMode() &&
            account.haltOnDifference() == otherAccount.haltOnDifference() &&
            account.balanceTolerance().isSameNumber(otherAccount.balanceTolerance()) &&
            account.positionToleranceLots() == otherAccount.positionToleranceLots();
    }

    private static String text(final VenueContext venue)
    {
        final AccountContext account = venue.account();
        return "source " + venue.source() + ", egressBuffer " + venue.egressBuffer() + ", inDoubtAfter " +
            inDoubtAfter(venue) + ", account " +
            (account.name().isEmpty() ? "" : account.name() + " ") + lower(account.type()) + ", positionMode " +
            lower(account.positionMode()) + ", haltOnDifference " +
            account.haltOnDifference() + ", balanceTolerance " + account.balanceTolerance() +
            ", positionToleranceLots " + account.positionToleranceLots();
    }

    private static String inDoubtAfter(final VenueContext venue)
    {
        return venue.inDoubtAfterNs() == VenueDefinitionEncoder.inDoubtAfterNsNullValue()
            ? "never"
            : venue.inDoubtAfterNs() + "ns";
    }

    private static String lower(final Enum<?> constant)
    {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private void define(final SourceContext source)
    {
        final int venueId = source.venue() == null ? idOfNone(source) : idOf(source.venue());
        final RunningSource wanted = new RunningSource(source.id(), source.lastId(), source.role(), venueId);
        final RunningSource before = running.sources().stream().filter((known) -> known.id() == source.id())
            .findFirst().orElse(null);
        if (wanted.equals(before))
        {
            return;
        }
        final SourceDefinitionEncoder definition = new SourceDefinitionEncoder();
        definition.wrapAndApplyHeader(changes.buffer(), 0, changes.header())
            .definedSourceId(source.id())
            .role(source.role())
            .venueId(venueId == RunningSource.NO_VENUE ? SourceDefinitionEncoder.venueIdNullValue() : venueId)
            .lastSourceId(source.lastId() == source.id()
                ? SourceDefinitionEncoder.lastSourceIdNullValue()
                : source.lastId())
            .name(source.name());
        changes.add(ConfigurationChange.Kind.SOURCE,
            source.id() + (source.lastId() == source.id() ? "" : " to " + source.lastId()),
            before == null ? null : lower(before.role()), lower(source.role()), definition);
    }

    /** The order gateway of a node that lists no venues is that of the first. */
    private static int idOfNone(final SourceContext source)
    {
        return source.role() == SourceRole.ORDER_GATEWAY
            ? InstrumentSettings.FIRST_VENUE_ID
            : RunningSource.NO_VENUE;
    }
}
