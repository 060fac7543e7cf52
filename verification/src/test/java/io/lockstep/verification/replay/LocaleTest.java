package io.lockstep.verification.replay;

import com.fasterxml.jackson.databind.JsonNode;
import io.lockstep.cli.ChildCommand;
import io.lockstep.cli.CommandRun;
import io.lockstep.cli.LockstepCommand;
import io.lockstep.cli.output.ExitStatus;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Commands under locales whose digits, or whose cases of letters, are others: what they write is the same, byte for byte.
 */
class LocaleTest
{
    private static final String BARS = """
        timestamp,open,high,low,close,volume
        1700000000,10.5,11.0,10.0,10.5,100
        1700000060,10.5,11.5,10.5,11.0,100
        1700000120,11.0,11.5,10.5,11.5,100
        """;

    @TempDir
    private Path work;

    @ParameterizedTest
    @ValueSource(strings =
    {"fa-IR", "ar-EG", "bn-BD", "mr-IN", "ne-NP", "tr-TR"})
    void shouldWorkAsInEnglish(final String locale) throws IOException
    {
        final Path config = Files.writeString(work.resolve("c.yaml"), "strategies: []\n");
        final Path bars = Files.writeString(work.resolve("ITIUSDT_1m.csv"), BARS);
        final List<String> options = List.of("-Duser.language=" + locale.substring(0, 2),
            "-Duser.country=" + locale.substring(3));
        final Path english = work.resolve("english");
        CommandRun.of("backtest", "--config", config, "--data", bars, "--out", english).exits(ExitStatus.DONE);

        final Path out = work.resolve("out");
        final JsonNode backtest = run(options, "backtest", "--json", "--config", config, "--data", bars, "--out", out);
        final JsonNode replay = run(options, "replay", "--verify", "--json", "--journal", english);

        assertThat(backtest.get("stateHash")).isEqualTo(replay.get("stateHash"));
        assertThat(Files.isDirectory(out.resolve("journal/000001"))).isTrue();
        assertThat(run(options, "journal", "info", "--json", english).get("lastSequence").asLong()).isPositive();
    }

    private JsonNode run(final List<String> options, final Object... arguments)
    {
        try (ChildCommand child = ChildCommand.start(Path.of(System.getProperty("java.home")), options,
            LockstepCommand.class, work, arguments))
        {
            return child.run().exits(ExitStatus.DONE).json();
        }
    }
}
