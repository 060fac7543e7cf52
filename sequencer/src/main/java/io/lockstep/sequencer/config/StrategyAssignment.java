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
            assignments.add(new StrategyAssignment(section.requiredText("name"), section.text("class", null),
                section.texts("instruments"), parameters));
            section.refuseUnknown();
        }
        return assignments;
    }
}
