package io.lockstep.cli.config;

import io.lockstep.sequencer.config.ConfigurationException;
import io.lockstep.sequencer.config.ConfigurationProblem;
import io.lockstep.sequencer.config.Problems;
import io.lockstep.sequencer.config.Setting;
import io.lockstep.sequencer.config.YamlSection;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One character is wrong in a configuration, whichever and wherever: either it is refused, with line and column, or whatever does
 * not stand on that line is what it was. Nothing is ever dropped or moved without a word.
 */
class ConfigurationMutationTest
{
    private static final Path DEPLOY = Path.of(System.getProperty("lockstep.root", ".."), "deploy");
    /** In turn, so that each meets every kind of place. */
    private static final String REPLACEMENTS = "x0 #:-\n\t\"'[]{},&*!|>?%@`~.=A";
    private static final int REPLACEMENTS_A_PLACE = 3;
    /** Comments make up more than half of the samples; within one place is like another. */
    private static final int PLACES_BETWEEN_TRIES_IN_A_COMMENT = 11;

    private static List<Path> samples() throws IOException
    {
        final List<Path> samples = new ArrayList<>();
        ConfigCommand.EXAMPLES.forEach((example) -> samples.add(Path.of(example)));
        final Set<String> texts = new LinkedHashSet<>();
        try (Stream<Path> files = Files.walk(DEPLOY))
        {
            for (final Path file : files.filter((name) -> name.toString().endsWith(".yaml")).sorted().toList())
            {
                if (texts.add(Files.readString(file)))
                {
                    samples.add(file);
                }
            }
        }
        assertThat(samples).hasSizeGreaterThan(8);
        return samples;
    }

    private static String text(final Path sample) throws IOException
    {
        return ConfigCommand.EXAMPLES.contains(sample.toString())
            ? ConfigCommand.text(sample.toString())
            : Files.readString(sample);
    }

    /** What came of a text. */
    private record Reading(List<ConfigurationProblem> problems, Map<String, Setting> writtenByKey)
    {
        static Reading of(final String text, final ConfigurationFile.Kind kind)
        {
            final Problems problems = Problems.collected();
            try
            {
                final YamlSection root = YamlSection.parse(Path.of("c.yaml"), text, problems);
                switch (kind)
                {
                    case NODE, BACKTEST -> ConfigurationFile.node(root, text, kind, false);
                    case DRIVER -> ConfigurationFile.driver(root, false);
                    case GATEWAY -> ConfigurationFile.gateway(root, false);
                }
                final Map<String, Setting> writtenByKey = new TreeMap<>();
                root.settings().stream().filter((setting) -> !setting.isDefault())
                    .forEach((setting) -> writtenByKey.put(setting.key(), setting));
                return new Reading(problems.list(), writtenByKey);
            }
            catch (final ConfigurationException ex)
            {
                return new Reading(ex.problems(), Map.of());
            }
        }

        /** Values by key, without those of some lines. */
        Map<String, String> without(final int firstLine, final int lastLine)
        {
            final Map<String, String> values = new LinkedHashMap<>();
            writtenByKey.forEach((key, setting) ->
            {
                if (setting.place().line() < firstLine || setting.place().line() > lastLine)
                {
                    values.put(key, setting.value());
                }
            });
            return values;
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void oneWrongCharacterIsRefusedOrChangesItsLineAlone(final Path sample) throws IOException
    {
        final String text = text(sample);
        final ConfigurationFile.Kind kind = ConfigurationFile.Kind.of(YamlSection.parse(sample, text));
        final Reading original = Reading.of(text, kind);
        assertThat(original.problems).isEmpty();
        assertThat(original.writtenByKey).hasSizeGreaterThan(3);
        int line = 1;
        int refused = 0;
        int taken = 0;
        for (int i = 0; i < text.length(); i++)
        {
            final List<String> mutants = new ArrayList<>();
            if (isWithinComment(text, i) && i % PLACES_BETWEEN_TRIES_IN_A_COMMENT != 0)
            {
                continue;
            }
            mutants.add(text.substring(0, i) + text.substring(i + 1));
            mutants.add(text.substring(0, i) + " " + text.substring(i));
            for (int j = 0; j < REPLACEMENTS_A_PLACE; j++)
            {
                final int next = (i * REPLACEMENTS_A_PLACE + j) % REPLACEMENTS.length();
                mutants.add(text.substring(0, i) + REPLACEMENTS.charAt(next) + text.substring(i + 1));
            }
            for (final String mutant : mutants)
            {
                if (isRefused(original, text, mutant, line, kind))
                {
                    refused++;
                }
                else
                {
                    taken++;
                }
            }
            line += text.charAt(i) == '\n' ? 1 : 0;
        }
        assertThat(refused).isGreaterThan(text.length() / 5);
        assertThat(taken).isGreaterThan(text.length() / 5);
    }

    private static boolean isWithinComment(final String text, final int position)
    {
        final int lineBegin = text.lastIndexOf('\n', position - 1) + 1;
        return text.charAt(position) != '\n' && text.substring(lineBegin, position).contains("#");
    }

    private static boolean isRefused(
        final Reading original,
        final String text,
        final String mutant,
        final int line,
        final ConfigurationFile.Kind kind)
    {
        final Reading reading = Reading.of(mutant, kind);
        if (!reading.problems.isEmpty())
        {
            for (final ConfigurationProblem problem : reading.problems)
            {
                assertThat(problem.line()).isPositive();
                assertThat(problem.column()).isPositive();
                assertThat(problem.message()).isNotEmpty();
            }
            return true;
        }
        assertThat(reading.writtenByKey.keySet()).as("every key is used").isEqualTo(leaves(mutant));
        final long linesMore = lines(mutant) - lines(text);
        assertThat(reading.without(line, line + (linesMore > 0 ? 1 : 0)))
            .as(() -> "line " + line + " became: " + mutant.lines().skip(line - 1).limit(2).toList())
            .isEqualTo(original.without(line, line + (linesMore < 0 ? 1 : 0)));
        return false;
    }

    /** The keys of all values that another reader of the same parser finds. */
    private static Set<String> leaves(final String text)
    {
        final Set<String> leaves = new TreeSet<>();
        addLeaves("", new Load(LoadSettings.builder().build()).loadFromString(text), leaves);
        return leaves;
    }

    private static void addLeaves(final String path, final Object value, final Set<String> leaves)
    {
        if (value instanceof Map<?, ?> map)
        {
            map.forEach((key, below) -> addLeaves(path.isEmpty() ? key.toString() : path + "." + key, below, leaves));
        }
        else if (value instanceof List<?> list && !list.isEmpty() && list.get(0) instanceof Map)
        {
            for (int i = 0; i < list.size(); i++)
            {
                addLeaves(path + "[" + i + "]", list.get(i), leaves);
            }
        }
        else
        {
            leaves.add(path);
        }
    }

    private static long lines(final String text)
    {
        return text.chars().filter((character) -> character == '\n').count();
    }
}
