package io.lockstep.cli.config;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

import static org.assertj.core.api.Assertions.assertThat;

/** The page on configuration has every key that is read, and the defaults that are taken. */
class ConfigurationPageTest
{
    private static final Path PAGE = Path.of(System.getProperty("lockstep.root", ".."), "docs", "configuration.md");

    @Test
    void everyKeyStandsOnThePage() throws IOException
    {
        final String page = Files.readString(PAGE);
        final Set<String> missing = new TreeSet<>();
        for (final ConfigurationFile.Kind kind : ConfigurationFile.Kind.values())
        {
            final ConfigurationReport report = ConfigurationReport.of(Path.of("sample.yaml"),
                ConfigCommand.text(kind.name().toLowerCase(Locale.ROOT)), kind, false);
            assertThat(report.problems()).isEmpty();
            report.settings().forEach((setting) ->
            {
                final String key = setting.key().replaceAll("\\[[0-9]+\\]", "[]")
                    .replaceAll("parameters\\..*", "parameters.NAME")
                    .replaceAll("^(instruments|shards|strategies)\\[\\]\\.limits\\..*", "limits.maxOpenOrders")
                    .replaceAll("^(venues|strategies)\\[\\]\\.(limits|accountLimits|strategyLimits)\\..*",
                        "limits.maxOpenOrders");
                if (!page.contains("`" + key + "`"))
                {
                    missing.add(key);
                }
            });
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void theDefaultsOfTheNodeAreThosePrinted() throws IOException
    {
        final String page = Files.readString(PAGE);
        ConfigurationReport.of(Path.of("empty.yaml"), "node: {directory: node}\n", ConfigurationFile.Kind.NODE, false)
            .settings().stream()
            .filter((setting) -> setting.isDefault() && setting.value() != null && setting.key().startsWith("node."))
            .forEach((setting) ->
            {
                final String row = page.lines().filter((line) -> line.startsWith("| `" + setting.key() + "` "))
                    .findFirst()
                    .orElse("");
                assertThat(row.replace("`", "")).as(setting.key()).contains("| " + setting.value() + " |");
            });
    }
}
