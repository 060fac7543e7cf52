package io.lockstep.sequencer.config;

import io.lockstep.codecs.Decimal;
import io.lockstep.codecs.Increment;
import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.InstrumentSettings;
import io.lockstep.codecs.Nulls;
import io.lockstep.sbe.ContractType;
import io.lockstep.sbe.LimitScope;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * An instrument as configuration describes it, with the limits that are its own.
 *
 * @param calendar that it names; null for none.
 */
public record ConfiguredInstrument(Instrument instrument, List<Limit> limits, String calendar)
{
    private static final long CROSSED_HEAL_MIN_NS = 1_000_000;
    private static final long CROSSED_HEAL_MAX_NS = 86_400_000_000_000L;

    /** One that names no calendar. */
    public ConfiguredInstrument(final Instrument instrument, final List<Limit> limits)
    {
        this(instrument, limits, null);
    }

    /** What a best bid at the best ask is. */
    private enum LockedBook
    {
        ALLOWED, CROSSED
    }

    /** Reads the list and refuses instruments of one name. */
    public static List<ConfiguredInstrument> readAll(final YamlSection root)
    {
        final List<ConfiguredInstrument> instruments = new ArrayList<>();
        final Map<String, Place> placeByName = new HashMap<>();
        for (final YamlSection section : root.sections("instruments"))
        {
            final ConfiguredInstrument configured = read(section);
            if (configured == null)
            {
                continue;
            }
            instruments.add(configured);
            final Place first = placeByName.putIfAbsent(configured.instrument.name(), section.place("symbol"));
            if (first != null)
            {
                section.refuse("symbol", configured.instrument.name(),
                    "each instrument once, it stands in line " + first.line() + " as well");
            }
        }
        return List.copyOf(instruments);
    }

    /**
     * Reads the section and refuses keys it does not know.
     *
     * @return null when it is no instrument, where problems are collected.
     */
    public static ConfiguredInstrument read(final YamlSection section)
    {
        final int problems = section.problems().count();
        final Terms terms = Terms.read(section);
        final List<Limit> limits = Limit.read(section.section("limits"),
            (type) -> Limit.isPossible(type, LimitScope.INSTRUMENT));
        final String calendar = section.has("calendar") ? section.name("calendar", "") : null;
        section.refuseUnknown();
        if (section.problems().count() > problems)
        {
            return null;
        }
        try
        {
            return new ConfiguredInstrument(terms.instrument(), limits, calendar);
        }
        catch (final IllegalArgumentException ex)
        {
            section.refuse("symbol", terms.symbol, "what an instrument can be: " + ex.getMessage());
            return null;
        }
    }

    /** What a section says, before it is known to be an instrument. */
    private record Terms(
        String symbol,
        String venue,
        ContractType type,
        Increment tick,
        Increment lot,
        long orderTicks,
        long orderLots,
        Increment multiplier,
        String base,
        String quote,
        String settlement,
        InstrumentSettings settings)
    {
        static Terms read(final YamlSection section)
        {
            for (final String key : List.of("symbol", "venue", "tickSize", "lotSize"))
            {
                section.require(key);
            }
            final ContractType type = section.constant("contractType", ContractType.class, ContractType.LINEAR);
            final Increment tick = increment(section, "tickSize", null);
            final Increment lot = increment(section, "lotSize", null);
            final String base = section.name("baseCurrency", "");
            final String quote = section.name("quoteCurrency", "");
            return new Terms(section.name("symbol", ""), section.name("venue", ""), type, tick, lot,
                multiple(section, "orderTickSize", tick), multiple(section, "orderLotSize", lot),
                increment(section, "multiplier", new Increment(1, 0)), base, quote,
                section.name("settlementCurrency", type == ContractType.INVERSE ? base : quote), settings(section));
        }

        /** Which venue takes its orders the node says, by the name of the instrument's own. */
        private static InstrumentSettings settings(final YamlSection section)
        {
            final LockedBook lockedBook = section.constant("lockedBook", LockedBook.class, LockedBook.ALLOWED);
            final long healNs = section.has("crossedHeal")
                ? section.durationNs("crossedHeal", CROSSED_HEAL_MAX_NS, CROSSED_HEAL_MIN_NS, CROSSED_HEAL_MAX_NS)
                : InstrumentSettings.NEVER;
            return new InstrumentSettings(
                InstrumentSettings.FIRST_VENUE_ID, lockedBook == LockedBook.CROSSED, healNs);
        }

        Instrument instrument()
        {
            return new Instrument(Nulls.NULL_INSTRUMENT_ID, symbol, venue, type, tick, lot, orderTicks, orderLots,
                multiplier, base, quote, settlement).withSettings(settings);
        }

        private static Increment increment(
            final YamlSection section, final String key, final Increment defaultValue)
        {
            final Decimal value = section.decimal(key);
            if (value == null)
            {
                if (!section.has(key) && defaultValue != null)
                {
                    section.derived(key, defaultValue);
                }
                return defaultValue;
            }
            try
            {
                return Increment.parse(value.toString());
            }
            catch (final IllegalArgumentException ex)
            {
                section.refuse(key, value, "a positive decimal such as 0.01");
                return defaultValue;
            }
        }

        private static long multiple(final YamlSection section, final String key, final Increment unit)
        {
            final Decimal value = section.decimal(key);
            if (value == null && !section.has(key))
            {
                section.derived(key, unit);
            }
            if (value == null || unit == null)
            {
                return 1;
            }
            final long units = unit.units(value.toString());
            if (units <= 0)
            {
                section.refuse(key, value, "a multiple of " + unit);
                return 1;
            }
            return units;
        }
    }
}
