package io.lockstep.strategies;

import io.lockstep.core.strategy.Parameters;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** The parameters of a strategy as a table of its page: what the code knows of each, with unit and meaning in words. */
final class ParameterTable
{
    private final Map<String, String[]> unitAndMeaning = new LinkedHashMap<>();

    ParameterTable add(final String name, final String unit, final String meaning)
    {
        unitAndMeaning.put(name, new String[]{unit, meaning});
        return this;
    }

    /**
     * Of a strategy that has been made with these parameters.
     *
     * @throws AssertionError when the code knows others than were added.
     */
    String text(final Parameters parameters)
    {
        final StringBuilder text = new StringBuilder("""
            | parameter | unit | default | allowed | meaning |
            |---|---|---|---|---|
            """);
        for (final Parameters.Known known : parameters.known())
        {
            final String[] words = unitAndMeaning.get(known.name());
            assertThat(words).as(known.name()).isNotNull();
            text.append("| `").append(known.name()).append("` | ").append(words[0]).append(" | ")
                .append(known.defaultValue()).append(" | ")
                .append(known.bounds().isEmpty() ? "decimal, more than 0" : known.bounds()).append(" | ")
                .append(words[1]).append(" |\n");
        }
        assertThat(parameters.known()).hasSameSizeAs(unitAndMeaning.keySet());
        return text.toString();
    }

    /** The page says this; with {@code -Dlockstep.reference=write} it is made to. */
    static void requirePage(final String fileName, final String expected) throws IOException
    {
        final Path page = Path.of(System.getProperty("lockstep.root"), "docs", "reference", fileName);
        if ("write".equals(System.getProperty("lockstep.reference")))
        {
            Files.writeString(page, expected);
        }
        assertThat(page).as("run this test with -Dlockstep.reference=write").hasContent(expected);
    }
}
