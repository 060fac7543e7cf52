package io.lockstep.sequencer.config;

import io.lockstep.codecs.Decimal;
import io.lockstep.core.signal.ModelWeight;
import io.lockstep.sbe.LimitScope;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An entry of {@code strategies}: one instance of a strategy with several legs, or one on each of several instruments.
 *
 * @param name        of the instance; of several instances the part before {@code @}.
 * @param strategy    as its factory says; the entry's name where it does not say.
 * @param className   of a factory that is not built in, or null.
 * @param legs        names of the instruments of the one instance; empty for an instance on each of the instruments.
 * @param instruments names; empty for all.
 * @param weight      null where the entry does not say.
 * @param capital     null where the entry does not say.
 * @param limits      of each instance, on each of its instruments.
 * @param strategyLimits of each instance, on all its instruments together.
 */
public record ConfiguredStrategy(
    String name,
    String strategy,
    String className,
    List<String> legs,
    List<String> instruments,
    Map<String, ParameterValue> parameters,
    OnFailure onFailure,
    Decimal weight,
    Decimal capital,
    List<Limit> limits,
    List<Limit> strategyLimits)
{
    private static final String ALL = "all";
    private static final int LEGS_MAX = 64;

    /** What becomes of an instance's open orders when it is suspended. */
    public enum OnFailure
    {
        /** They are cancelled. */
        CANCEL,
        /** They stay open at the venue. */
        KEEP
    }

    /** Reads the list and refuses two instances of one name, with both places. */
    static List<ConfiguredStrategy> readAll(final YamlSection root, final List<String> allInstruments)
    {
        final List<ConfiguredStrategy> strategies = new ArrayList<>();
        final Map<String, String> whereByInstance = new HashMap<>();
        for (final YamlSection section : root.sections("strategies"))
        {
            final int problems = section.problems().count();
            final ConfiguredStrategy strategy = read(section);
            if (section.problems().count() > problems)
            {
                continue;
            }
            strategies.add(strategy);
            for (final String name : strategy.instanceNames(allInstruments.isEmpty() ? List.of(ALL) : allInstruments))
            {
                final String earlier = whereByInstance.putIfAbsent(name, section.where("name"));
                if (earlier != null)
                {
                    section.refuse("name", strategy.name,
                        "a name of its own for each instance, " + name + " stands at " + earlier + " as well");
                }
            }
        }
        return List.copyOf(strategies);
    }

    private static ConfiguredStrategy read(final YamlSection section)
    {
        section.require("name");
        final String name = section.name("name", "");
        final ConfiguredStrategy strategy = new ConfiguredStrategy(
            name,
            section.name("strategy", name),
            section.text("class", null),
            List.copyOf(section.names("legs")),
            List.copyOf(section.names("instruments")),
            parameters(section.section("parameters")),
            section.constant("onFailure", OnFailure.class, OnFailure.CANCEL),
            weight(section),
            capital(section),
            Limit.read(section.section("limits"), (type) -> Limit.isPossible(type, LimitScope.LEG)),
            Limit.read(section.section("strategyLimits"), (type) -> Limit.isPossible(type, LimitScope.STRATEGY)));
        section.refuseUnknown();
        strategy.requireOneKindOfInstruments(section);
        return strategy;
    }

    private static Map<String, ParameterValue> parameters(final YamlSection section)
    {
        final Map<String, ParameterValue> parameters = new LinkedHashMap<>();
        for (final String key : section.keys())
        {
            parameters.put(key, ParameterValue.read(section, key));
        }
        return parameters;
    }

    private static Decimal weight(final YamlSection section)
    {
        final Decimal weight = section.decimal("weight");
        if (weight != null && !ModelWeight.isOne(weight))
        {
            section.refuse("weight", weight, ModelWeight.BOUNDS);
        }
        return weight;
    }

    private static Decimal capital(final YamlSection section)
    {
        final Decimal capital = section.decimal("capital");
        if (capital != null && capital.mantissa() < 0)
        {
            section.refuse("capital", capital, "a decimal that is not negative");
        }
        return capital;
    }

    private void requireOneKindOfInstruments(final YamlSection section)
    {
        if (section.has("legs") && section.has("instruments"))
        {
            section.refuse("legs", legs, "'legs' for one instance over all of them, or 'instruments' for one on each");
        }
        else if (section.has("legs") && (legs.isEmpty() || legs.size() > LEGS_MAX))
        {
            section.refuse("legs", legs, "1 to " + LEGS_MAX + " instruments");
        }
        for (final String key : List.of("legs", "instruments"))
        {
            final List<String> names = key.equals("legs") ? legs : instruments;
            if (Set.copyOf(names).size() < names.size())
            {
                section.refuse(key, names, "each instrument once");
            }
        }
    }

    /** What the entry is about, among the instruments that there are. */
    List<String> instrumentNames(final List<String> allInstruments)
    {
        return !legs.isEmpty() ? legs : instruments.isEmpty() ? allInstruments : instruments;
    }

    private List<String> instanceNames(final List<String> allInstruments)
    {
        return legs.isEmpty()
            ? instrumentNames(allInstruments).stream().map(this::nameOn).toList()
            : List.of(name);
    }

    private String nameOn(final String instrument)
    {
        return name + "@" + instrument;
    }

    /** The instances of the entry, in the order of their instruments. */
    public List<ConfiguredInstance> instances(final List<String> allInstruments)
    {
        return legs.isEmpty()
            ? instrumentNames(allInstruments).stream()
                .map((instrument) -> instance(nameOn(instrument), List.of(instrument), allInstruments)).toList()
            : List.of(instance(name, legs, allInstruments));
    }

    private ConfiguredInstance instance(
        final String instanceName, final List<String> instanceLegs, final List<String> allInstruments)
    {
        final Map<String, ParameterValue> typed = new LinkedHashMap<>();
        parameters.forEach((key, value) -> typed.put(key, value.among(allInstruments)));
        return new ConfiguredInstance(instanceName, strategy, instanceLegs, typed, onFailure == OnFailure.KEEP, weight,
            capital, limits, strategyLimits);
    }

    /** The same for some of the instruments; none when it is for none of these. */
    Optional<ConfiguredStrategy> among(final List<String> names)
    {
        if (!legs.isEmpty())
        {
            return names.containsAll(legs) ? Optional.of(this) : Optional.empty();
        }
        final List<String> common = instruments.isEmpty()
            ? names
            : instruments.stream().filter(Set.copyOf(names)::contains).toList();
        return common.isEmpty()
            ? Optional.empty()
            : Optional.of(new ConfiguredStrategy(
                name, strategy, className, legs, common, parameters, onFailure, weight, capital, limits,
                strategyLimits));
    }

    /**
     * The strategies that a configuration in a journal names, with nothing but their names and classes. What the configuration was
     * has been checked by the build that wrote it; whether this build would still take all of it does not matter here.
     *
     * @throws ConfigurationException when it cannot be read at all.
     */
    public static List<ConfiguredStrategy> recorded(final Path file, final String text)
    {
        final List<ConfiguredStrategy> strategies = new ArrayList<>();
        for (final YamlSection section : YamlSection.parse(file, text, Problems.collected()).sections("strategies"))
        {
            final String name = section.text("name", "");
            strategies.add(new ConfiguredStrategy(name, section.text("strategy", name), section.text("class", null),
                List.of(), List.of(), Map.of(), OnFailure.CANCEL, null, null, List.of(), List.of()));
        }
        return strategies;
    }
}
