package io.lockstep.cli.operate;

import com.fasterxml.jackson.databind.JsonNode;
import io.lockstep.cli.CommandRun;
import io.lockstep.cli.TestData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

/** On a host whose kernel says nothing at all; what each check looks at is tested apart. */
class CheckHostCommandTest
{
    @TempDir
    private Path directory;

    private JsonNode missing(final Object... arguments)
    {
        return CommandRun.of("check-host", "--root", directory, "--json", java.util.List.of(arguments)).exits(1).json();
    }

    private static String found(final JsonNode result, final String name)
    {
        for (final JsonNode check : result.get("checks"))
        {
            if (check.get("name").asText().equals(name))
            {
                return check.get("found").asText();
            }
        }
        throw new AssertionError(name);
    }

    @Test
    void shouldSayOfEachWhatItCostsAndHowItIsSet()
    {
        final JsonNode result = missing();
        long missing = 0;
        for (final JsonNode check : result.get("checks"))
        {
            missing += check.get("ok").asBoolean() ? 0 : 1;
            for (final String key : java.util.List.of("found", "wanted", "cost", "remedy"))
            {
                assertThat(check.get(key).asText()).isNotBlank();
            }
        }
        assertThat(result.get("missing").asLong()).isPositive().isEqualTo(missing);
        final String text = CommandRun.of("check-host", "--root", directory).exits(1).out();
        assertThat(text).contains("MISSING timeSync").contains("ok      swap")
            .contains((result.get("checks").size() - missing) + " of " + result.get("checks").size() + " settings");
    }

    @Test
    void shouldGoByWhatIsConfigured()
    {
        final Path driver = TestData.write(directory.resolve("driver.yaml"),
            "aeron: {directory: /dev/shm/a}\ndriver: {termLength: 64MiB, socketBuffer: 1MiB}\n");
        assertThat(found(missing("--config", driver), "sharedMemory")).endsWith("needed 1536 MiB");
        final Path node = TestData.write(directory.resolve("node.yaml"),
            "node: {directory: " + directory + "/n}\njournal: {segmentSize: 64MiB, minFreeSpace: 2MiB}\n");
        assertThat(found(missing("--config", node), "freeSpace")).endsWith("needed 130 MiB");
        CommandRun.of("check-host", "--config", TestData.write(directory.resolve("bad.yaml"), "node: {cor: 1}\n"))
            .exits(2);
    }
}
