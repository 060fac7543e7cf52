package io.lockstep.sequencer.config;

import io.lockstep.codecs.Decimal;

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
     * @throws ConfigurationException when an instrument is given to two strategies, with both places: a machine runs one.
     */
    static List<StrategyAssignment> read(final List<YamlSection> sections)
    {
        final List<StrategyAssignment> assignments = new ArrayList<>();
        for (final YamlSection section : sections)
        {
            final YamlSection parameterSection = section.section("parameters");
            final Map<String, Decimal> parameters = new LinkedHashMap<>();
            for (final String key : parameterSection.keys())
            {
                parameters.put(key, parameterSection.decimal(key));
            }
            final StrategyAssignment assignment = new StrategyAssignment(section.requiredText("name"),
                section.text("class", null), section.texts("instruments"), parameters);
            section.refuseUnknown();
            for (int i = 0; i < assignments.size(); i++)
            {
                requireDisjoint(assignments.get(i), sections.get(i), assignment, section);
            }
            assignments.add(assignment);
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
            throw new ConfigurationException(secondSection.problem(key,
                second.instruments.isEmpty() ? second.name : second.instruments,
                "one strategy for an instrument, but " + (common.isEmpty() ? "all instruments" : common) +
                    (common.size() == 1 ? " is" : " are") + " given to " + first.name + " at " + place(firstSection) +
                    " and to " + second.name + " at " + place(secondSection)));
        }
    }

    /** The file and the line of the strategy's name. */
    private static String place(final YamlSection section)
    {
        final String problem = section.problem("name", "", "");
        return problem.substring(0, problem.indexOf(": "));
    }
}
