package io.lockstep.sequencer.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What makes cash of an amount in another asset; an entry of {@code rates}.
 *
 * @param asset      that fees and entries are in.
 * @param currency   that profit is counted in.
 * @param instrument whose mark is the rate, as {@code SYMBOL.VENUE}.
 * @param ageMaxNs   an older mark is no rate.
 */
public record RateContext(String asset, String currency, String instrument, long ageMaxNs)
{
    /** Reads the list and refuses two rates of one asset and currency; empty when there is no list. */
    static List<RateContext> readAll(final YamlSection root)
    {
        final List<RateContext> rates = new ArrayList<>();
        final Map<String, String> whereByPair = new HashMap<>();
        for (final YamlSection section : root.sections("rates"))
        {
            final int problems = section.problems().count();
            final RateContext rate = read(section);
            if (section.problems().count() == problems)
            {
                requireOnce(section, rate, whereByPair.putIfAbsent(rate.pair(), section.where("asset")));
                rates.add(rate);
            }
        }
        return List.copyOf(rates);
    }

    private static RateContext read(final YamlSection section)
    {
        List.of("asset", "currency", "instrument", "maxAge").forEach(section::require);
        final RateContext rate = new RateContext(section.name("asset", ""), section.name("currency", ""),
            section.name("instrument", ""), section.durationNs("maxAge", 0, 1, Long.MAX_VALUE));
        section.refuseUnknown();
        return rate;
    }

    private static void requireOnce(final YamlSection section, final RateContext rate, final String samePair)
    {
        if (samePair != null)
        {
            section.refuse("asset", rate.asset,
                "one rate for each asset and currency, that of " + rate.pair() + " stands at " + samePair + " as well");
        }
    }

    /** What it is for, for people. */
    public String pair()
    {
        return asset + " in " + currency;
    }
}
