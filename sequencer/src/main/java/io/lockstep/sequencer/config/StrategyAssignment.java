package io.lockstep.sequencer.config;

import io.lockstep.codecs.Decimal;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A strategy, the instruments that run it, and its parameters.
 *
 * @param name        as its factory says.
 * @param className   of a factory that is not built in, or null.
 * @param instruments names; empty for all.
 */
public record StrategyAssignment(
    String name, String className, List<String> instruments, Map<String, Decimal> parameters)
{
    /** The same for some of the instruments; none when it is for none of these. */
    Optional<StrategyAssignment> among(final List<String> names)
    {
        final List<String> common = instruments.isEmpty()
            ? names
            : instruments.stream().filter(Set.copyOf(names)::contains).toList();
        return common.isEmpty()
            ? Optional.empty()
            : Optional.of(new StrategyAssignment(name, className, common, parameters));
    }

    /**
     * @throws ConfigurationException when an instrument is given to two strategies, with both places: a machine runs
     * one; unless problems are collected.
     */
    static List<StrategyAssignment> read(final List<YamlSection> sections)
    {
        final List<StrategyAssignment> assignments = new ArrayList<>();
        final List<YamlSection> readSections = new ArrayList<>();
        for (final YamlSection section : sections)
        {
            final StrategyAssignment assignment = read(section);
            if (assignment != null)
            {
                for (int i = 0; i < assignments.size(); i++)
                {
                    requireDisjoint(assignments.get(i), readSections.get(i), assignment, section);
                }
                assignments.add(assignment);
                readSections.add(section);
            }
        }
        return assignments;
    }

    /** Null when it is not one, where problems are collected. */
    private static StrategyAssignment read(final YamlSection section)
    {
        final int problems = section.problems().count();
        final YamlSection parameterSection = section.section("parameters");
        final Map<String, Decimal> parameters = new LinkedHashMap<>();
        for (final String key : parameterSection.keys())
        {
            parameters.put(key, parameterSection.decimal(key));
        }
        section.require("name");
        final StrategyAssignment assignment = new StrategyAssignment(section.name("name", ""),
            section.text("class", null), section.names("instruments"), parameters);
        section.refuseUnknown();
        return section.problems().count() > problems ? null : assignment;
    }

    /**
     * The strategies that a configuration in a journal names, with nothing but their names and classes. What the configuration was
     * has been checked by the build that wrote it; whether this build would still take all of it does not matter here.
     *
     * @throws ConfigurationException when it cannot be read at all.
     */
    public static List<StrategyAssignment> recorded(final Path file, final String text)
    {
        final List<StrategyAssignment> assignments = new ArrayList<>();
        for (final YamlSection section : YamlSection.parse(file, text, Problems.collected()).sections("strategies"))
        {
            assignments.add(new StrategyAssignment(
                section.text("name", ""), section.text("class", null), List.of(), Map.of()));
        }
        return assignments;
    }

    private static void requireDisjoint(
        final StrategyAssignment first,
        final YamlSection firstSection,
        final StrategyAssignment second,
        final YamlSection secondSection)
    {
        final List<String> common = first.instruments.isEmpty()
            ? second.instruments
            : first.instruments.stream()
                .filter((name) -> second.instruments.isEmpty() || second.instruments.contains(name)).toList();
        if (!common.isEmpty() || first.instruments.isEmpty())
        {
            final String key = second.instruments.isEmpty() ? "name" : "instruments";
            secondSection.refuse(key,
                second.instruments.isEmpty() ? second.name : second.instruments,
                "one strategy for an instrument, but " + (common.isEmpty() ? "all instruments" : common) +
                    (common.size() == 1 ? " is" : " are") + " given to " + first.name + " at " +
                    firstSection.where("name") + " and to " + second.name + " at " + secondSection.where("name"));
        }
    }
}
