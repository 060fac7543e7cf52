package io.lockstep.cli.operate;

import io.lockstep.cli.argument.UsageException;
import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.text.Escapes;
import io.lockstep.gateways.control.CommandScope;
import io.lockstep.sbe.LimitScope;
import io.lockstep.sequencer.counters.InstanceLines;
import picocli.CommandLine.Option;

import java.util.ArrayList;
import java.util.List;

/**
 * What a command about a limit or a trading mode is for: all, or a strategy, an instrument, a venue or an account, or a strategy on one
 * of its instruments.
 */
final class ScopeOptions
{
    @Option(names = "--instrument", paramLabel = "NAME", description = "For limits and trading modes: only this one, e.g. BTCUSDT.BINANCE_USDM; with --strategy a limit of that instance on it.")
    private String instrument;

    @Option(names = "--strategy", paramLabel = "NAME", description = "For limits and trading modes: only this strategy's instance, on all its instruments.")
    private String strategy;

    @Option(names = "--venue", paramLabel = "NAME", description = "For limits and trading modes: only what is traded at this venue.")
    private String venue;

    @Option(names = "--account", paramLabel = "NAME", description = "For limits and trading modes: only what is traded on this account, or on that of the venue of this name.")
    private String account;

    /** Found when the node is asked. */
    private Instrument limited;

    private List<String> given()
    {
        final List<String> given = new ArrayList<>();
        add(given, "--instrument", instrument);
        add(given, "--strategy", strategy);
        add(given, "--venue", venue);
        add(given, "--account", account);
        return given;
    }

    private static void add(final List<String> given, final String option, final String value)
    {
        if (value != null)
        {
            given.add(option + "=" + value);
        }
    }

    boolean isGiven()
    {
        return !given().isEmpty();
    }

    /** Refuses any of them. */
    void requireNone(final String expected)
    {
        if (isGiven())
        {
            throw new UsageException(given().get(0) + ": " + expected);
        }
    }

    /** Refuses more than one, but an instance on an instrument where that may be meant. */
    void requireOne(final boolean mayBeLeg)
    {
        final boolean isLeg = mayBeLeg && strategy != null && instrument != null && given().size() == 2;
        if (given().size() > 1 && !isLeg)
        {
            throw new UsageException(String.join(" ", given()) + ": expected one of them" +
                (mayBeLeg ? ", or --strategy with --instrument" : ""));
        }
    }

    LimitScope scope()
    {
        if (strategy != null)
        {
            return instrument == null ? LimitScope.STRATEGY : LimitScope.LEG;
        }
        if (instrument != null)
        {
            return LimitScope.INSTRUMENT;
        }
        if (venue != null)
        {
            return LimitScope.VENUE;
        }
        return account == null ? LimitScope.NODE : LimitScope.ACCOUNT;
    }

    /**
     * @throws UnknownNameException when the node does not know the name.
     */
    CommandScope find(final NodeNames names)
    {
        return switch (scope())
        {
            case LEG -> ofLeg(names);
            case STRATEGY -> CommandScope.ofStrategy(instance(names).id());
            case INSTRUMENT -> CommandScope.ofInstrument(find(names, instrument).id());
            case VENUE -> CommandScope.ofVenue(names.venueId("--venue", venue));
            case ACCOUNT -> CommandScope.ofAccount(names.venueId("--account", account));
            case NODE, NULL_VAL, SBE_UNKNOWN -> CommandScope.ALL;
        };
    }

    private Instrument find(final NodeNames names, final String name)
    {
        limited = names.instrument("--instrument", name);
        return limited;
    }

    private InstanceLines.Line instance(final NodeNames names)
    {
        if (strategy.equals(NodeNames.OPERATOR))
        {
            throw new UsageException("--strategy=" + strategy +
                ": expected a strategy's instance, for an operator's own orders have the instrument's limits alone");
        }
        return names.strategy("--strategy", strategy);
    }

    private CommandScope ofLeg(final NodeNames names)
    {
        final InstanceLines.Line instance = instance(names);
        final List<String> legs = instance.legs().stream().map(InstanceLines.Leg::instrument).toList();
        if (!legs.contains(instrument))
        {
            throw new UsageException(
                "--instrument=" + instrument + ": expected one that " + strategy + " trades: " + legs);
        }
        return CommandScope.ofLeg(instance.id(), find(names, instrument).id());
    }

    /** The instrument, once found; null of other scopes. */
    Instrument instrument()
    {
        return limited;
    }

    /** Null where none is named. */
    String strategy()
    {
        return strategy;
    }

    /** For people, fit for a terminal. */
    String text()
    {
        return switch (scope())
        {
            case LEG -> Escapes.line(strategy) + " on " + Escapes.line(instrument);
            case STRATEGY -> "strategy " + Escapes.line(strategy);
            case INSTRUMENT -> Escapes.line(instrument);
            case VENUE -> "venue " + Escapes.line(venue);
            case ACCOUNT -> "account " + Escapes.line(account);
            case NODE, NULL_VAL, SBE_UNKNOWN -> "all";
        };
    }
}
