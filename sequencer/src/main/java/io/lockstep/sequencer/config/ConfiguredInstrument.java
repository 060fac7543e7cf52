package io.lockstep.sequencer.config;

import io.lockstep.codecs.Increment;
import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.Nulls;
import io.lockstep.core.risk.TotalLimits;
import io.lockstep.sbe.ContractType;

import java.util.List;

/**
 * An instrument as configuration describes it, with the limits that are its own.
 */
public record ConfiguredInstrument(Instrument instrument, List<Limit> limits)
{
    /** Reads the section and refuses keys it does not know. */
    public static ConfiguredInstrument read(final YamlSection section)
    {
        final Instrument instrument;
        try
        {
            instrument = instrument(section);
        }
        catch (final IllegalArgumentException ex)
        {
            throw new ConfigurationException(
                section.problem("symbol", section.text("symbol", ""), "what an instrument can be: " + ex.getMessage()));
        }
        final List<Limit> limits = Limit.read(
            section.section("limits"), (type) -> !TotalLimits.isTotal(type));
        section.refuseUnknown();
        return new ConfiguredInstrument(instrument, limits);
    }

    private static Instrument instrument(final YamlSection section)
    {
        final ContractType type = section.constant("contractType", ContractType.class, ContractType.LINEAR);
        final Increment tick = increment(section, "tickSize", null);
        final Increment lot = increment(section, "lotSize", null);
        final String base = section.text("baseCurrency", "");
        final String quote = section.text("quoteCurrency", "");
        return new Instrument(
            Nulls.NULL_INSTRUMENT_ID,
            ascii(section, "symbol", section.requiredText("symbol")),
            ascii(section, "venue", section.requiredText("venue")),
            type,
            tick,
            lot,
            multiple(section, "orderTickSize", tick),
            multiple(section, "orderLotSize", lot),
            increment(section, "multiplier", new Increment(1, 0)),
            ascii(section, "baseCurrency", base),
            ascii(section, "quoteCurrency", quote),
            ascii(section, "settlementCurrency",
                section.text("settlementCurrency", type == ContractType.INVERSE ? base : quote)));
    }

    private static String ascii(final YamlSection section, final String key, final String text)
    {
        if (text.chars().anyMatch((character) -> character > 127))
        {
            throw new ConfigurationException(section.problem(key, text, "ASCII"));
        }
        return text;
    }

    private static Increment increment(final YamlSection section, final String key, final Increment defaultValue)
    {
        if (defaultValue != null && !section.has(key))
        {
            return defaultValue;
        }
        final String text = section.decimal(key) == null ? section.requiredText(key) : section.decimal(key).toString();
        try
        {
            return Increment.parse(text);
        }
        catch (final IllegalArgumentException ex)
        {
            throw new ConfigurationException(section.problem(key, text, "a positive decimal such as 0.01"));
        }
    }

    private static long multiple(final YamlSection section, final String key, final Increment unit)
    {
        if (!section.has(key))
        {
            return 1;
        }
        final String text = section.decimal(key).toString();
        final long units = unit.units(text);
        if (units <= 0)
        {
            throw new ConfigurationException(section.problem(key, text, "a multiple of " + unit));
        }
        return units;
    }
}
