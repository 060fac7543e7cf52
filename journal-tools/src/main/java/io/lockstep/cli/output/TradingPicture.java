package io.lockstep.cli.output;

import io.lockstep.codecs.text.Escapes;
import io.lockstep.sequencer.counters.InstanceLines;
import io.lockstep.sequencer.counters.VenueLines;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Who trades and where: the strategies' instances with their positions and profits, the venues with their accounts.
 */
public final class TradingPicture
{
    private static final String NONE = "-";

    private final List<InstanceLines.Line> instances;
    private final List<VenueLines.Line> venues;

    public TradingPicture(final List<InstanceLines.Line> instances, final List<VenueLines.Line> venues)
    {
        this.instances = instances;
        this.venues = venues;
    }

    /** Under the keys {@code strategies} and {@code venues} of a JSON object. */
    public void putInto(final Map<String, Object> values)
    {
        values.put("strategies", instances.stream().map(TradingPicture::values).toList());
        values.put("venues", venues.stream().map(TradingPicture::values).toList());
    }

    private static Map<String, Object> values(final InstanceLines.Line instance)
    {
        final Map<String, Object> values = new LinkedHashMap<>();
        values.put("id", instance.id());
        values.put("name", instance.name());
        values.put("strategy", instance.strategy());
        values.put("status", lower(instance.status()));
        values.put("weight", instance.weight().toString());
        values.put("capital", instance.capital().mantissa() < 0 ? null : instance.capital().toString());
        values.put("legs", instance.legs().stream().map(TradingPicture::values).toList());
        return values;
    }

    private static Map<String, Object> values(final InstanceLines.Leg leg)
    {
        final Map<String, Object> values = new LinkedHashMap<>();
        values.put("instrument", leg.instrument());
        values.put("state", leg.state());
        values.put("position", leg.position());
        values.put("openOrders", leg.openOrders());
        values.put("realized", orNull(leg.realized()));
        values.put("unrealized", orNull(leg.unrealized()));
        values.put("currency", leg.currency());
        return values;
    }

    private static Map<String, Object> values(final VenueLines.Line venue)
    {
        final Map<String, Object> values = new LinkedHashMap<>();
        values.put("id", venue.id());
        values.put("name", venue.name());
        values.put("source", venue.source() < 0 ? null : venue.source());
        values.put("status", lower(venue.status()));
        values.put("unacknowledged", venue.unacknowledged());
        values.put("egressBuffer", venue.egressRequests());
        values.put("inDoubt", venue.inDoubt());
        final Map<String, Object> account = new LinkedHashMap<>();
        account.put("name", venue.account());
        account.put("type", venue.accountType());
        account.put("halted", venue.halted());
        account.put("balances", venue.balances().stream().map(TradingPicture::values).toList());
        values.put("account", account);
        return values;
    }

    private static Map<String, Object> values(final VenueLines.Balance balance)
    {
        final Map<String, Object> values = new LinkedHashMap<>();
        values.put("asset", balance.asset());
        values.put("amount", balance.amount());
        values.put("reported", orNull(balance.reported()));
        return values;
    }

    private static String orNull(final String text)
    {
        return text.isEmpty() ? null : text;
    }

    private static String lower(final Enum<?> constant)
    {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** A line for each instance, one for each of its legs below it, and one for each venue and balance. */
    public void print(final PrintWriter out)
    {
        if (!instances.isEmpty())
        {
            out.println();
            out.println("Strategies:");
            instances.forEach((instance) -> print(out, instance));
        }
        if (!venues.isEmpty())
        {
            out.println();
            out.println("Venues:");
            venues.forEach((venue) -> print(out, venue));
        }
    }

    private static void print(final PrintWriter out, final InstanceLines.Line instance)
    {
        out.printf(Locale.ROOT, "  %d %s%s: %s, weight %s, capital %s%n", instance.id(), Escapes.line(instance.name()),
            instance.strategy().isEmpty() ? "" : " (" + Escapes.line(instance.strategy()) + ")",
            lower(instance.status()), instance.weight(),
            instance.capital().mantissa() < 0 ? "unbounded" : instance.capital());
        for (final InstanceLines.Leg leg : instance.legs())
        {
            out.printf(Locale.ROOT, "    %-28s %-12s position %s, open orders %d, realized %s, unrealized %s %s%n",
                Escapes.line(leg.instrument()), leg.state(), leg.position(), leg.openOrders(), orNone(leg.realized()),
                orNone(leg.unrealized()), Escapes.line(leg.currency()));
        }
    }

    private static void print(final PrintWriter out, final VenueLines.Line venue)
    {
        out.printf(Locale.ROOT,
            "  %d %s: %s, order gateway %s, %d of %d requests unacknowledged, %d orders in doubt, %s account%s%s%n",
            venue.id(), Escapes.line(venue.name()), lower(venue.status()),
            venue.source() < 0 ? "any source" : "source " + venue.source(), venue.unacknowledged(),
            venue.egressRequests(), venue.inDoubt(), venue.accountType(),
            venue.account().isEmpty() ? "" : " " + Escapes.line(venue.account()),
            venue.halted() ? ", HALTED" : "");
        venue.balances().forEach((balance) -> out.printf(Locale.ROOT, "    %-12s %s, by the venue %s%n",
            Escapes.line(balance.asset()), balance.amount(), orNone(balance.reported())));
    }

    private static String orNone(final String text)
    {
        return text.isEmpty() ? NONE : text;
    }
}
