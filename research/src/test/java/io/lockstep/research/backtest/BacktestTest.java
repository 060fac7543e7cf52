package io.lockstep.research.backtest;

import com.fasterxml.jackson.databind.JsonNode;
import io.lockstep.cli.ChildCommand;
import io.lockstep.cli.CommandRun;
import io.lockstep.cli.Jdks;
import io.lockstep.cli.TestData;
import io.lockstep.gateways.recording.SyntheticRecording.Product;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Equal data and configuration give equal decisions, in whatever process, on whatever JDK, in whatever order of files. */
class BacktestTest
{
    private static final int EVENTS = 6_000;
    private static final List<String> KEYS = List.of("marketEvents", "dataPoints", "inputs", "decisions", "orders",
        "fills", "realizedPnl", "unrealizedPnl", "fees", "netPnl", "currency", "maxDrawdown", "sharpe", "stateHash",
        "decisionHash", "eventsPerSecond", "journal", "report");

    @TempDir
    private Path directory;
    private Path config;

    @BeforeEach
    void writeConfig()
    {
        config = TestData.backtestConfig(directory);
    }

    private static void assertEqual(final JsonNode actual, final JsonNode expected)
    {
        for (final String key : KEYS)
        {
            if (!key.equals("eventsPerSecond") && !key.equals("journal"))
            {
                assertThat(actual.get(key)).as(key).isEqualTo(expected.get(key));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Product.class)
    void isTheSameInEveryProcessAndItsJournalReplays(final Product product) throws IOException
    {
        final Path data = TestData.recording(directory, "x.gz", product, 1, EVENTS);
        final Path out = directory.resolve("out");
        final JsonNode first = CommandRun.of(
            "backtest", "--config", config, "--data", data, "--out", out, "--json").exits(0).json();
        for (final String key : KEYS)
        {
            assertThat(first.has(key)).as(key).isTrue();
        }
        for (final String key : List.of("marketEvents", "dataPoints", "inputs", "decisions", "orders", "fills",
            "eventsPerSecond"))
        {
            assertThat(first.get(key).asLong()).as(key).isPositive();
        }
        assertThat(first.get("currency").asText()).isEqualTo(product == Product.COINM ? "BTC" : "USDT");
        assertThat(first.get("journal").asText()).isEqualTo(out.toString());

        try (ChildCommand one = ChildCommand.start(
            directory, "backtest", "--config", config, "--data", data, "--no-journal", "--json");
            ChildCommand two = ChildCommand.start(
                directory, "backtest", "--config", config, "--data", data, "--out", "two", "--json"))
        {
            final JsonNode withoutJournal = one.run().exits(0).json();
            assertEqual(withoutJournal, first);
            assertThat(withoutJournal.get("journal").isNull()).isTrue();
            assertEqual(two.run().exits(0).json(), first);
        }
        for (final Path journal : List.of(out, directory.resolve("two")))
        {
            final JsonNode replay = CommandRun.of("replay", "--verify", "--journal", journal, "--json").exits(0)
                .json();
            for (final String key : List.of("inputs", "decisions", "stateHash", "decisionHash"))
            {
                assertThat(replay.get(key)).as(key).isEqualTo(first.get(key));
            }
            assertThat(
                CommandRun.of("journal", "verify", journal, "--json").exits(0).json().get("cleanEnd").asBoolean())
                .isTrue();
        }
    }

    @Test
    void isTheSameOnAnotherJdkAndItsJournalReplaysThere()
    {
        final Path other = otherJdk();
        final Path data = TestData.recording(directory, "x.gz", Product.USDM, 2, EVENTS);
        final JsonNode here = CommandRun.of(
            "backtest", "--config", config, "--data", data, "--out", directory.resolve("here"), "--json").exits(0)
            .json();
        try (ChildCommand backtest = ChildCommand.start(
            other, directory, "backtest", "--config", config, "--data", data, "--out", "there", "--json"))
        {
            final CommandRun run = backtest.run().exits(0);
            assertEqual(run.json(), here);
            assertThat(run.err()).doesNotContain("WARNING");
        }
        try (ChildCommand replay = ChildCommand.start(
            other, directory, "replay", "--verify", "--journal", "here", "--json"))
        {
            final JsonNode there = replay.run().exits(0).json();
            assertThat(there.get("decisionHash")).isEqualTo(here.get("decisionHash"));
            assertThat(there.get("stateHash")).isEqualTo(here.get("stateHash"));
        }
        CommandRun.of("replay", "--verify", "--journal", directory.resolve("there")).exits(0);
    }

    private static Path otherJdk()
    {
        final Optional<Path> home = Jdks.features().stream()
            .filter((feature) -> feature != Runtime.version().feature())
            .map(Jdks::home).filter(Objects::nonNull).findFirst();
        assumeTrue(home.isPresent(), "no second JDK: looked at " + Jdks.WHERE);
        return home.get();
    }

    @Test
    void takesFilesInAnyOrder() throws IOException
    {
        final List<String> lines = TestData.lines(Product.USDM, EVENTS);
        final Path early = TestData.write(directory.resolve("b.gz"), lines.subList(0, lines.size() / 2));
        final Path late = TestData.write(directory.resolve("a.gz"), lines.subList(lines.size() / 2, lines.size()));
        final Path spot = TestData.recording(directory, "spot", Product.SPOT, 5, EVENTS / 2);
        final Path whole = TestData.write(directory.resolve("whole.gz"), lines);
        final JsonNode once = backtest(List.of(early, late, spot));
        assertEqual(backtest(List.of(spot, late, early)), once);
        assertEqual(backtest(List.of(late, spot, early)), once);
        assertEqual(backtest(List.of(whole, spot)), once);
        assertThat(once.get("currencies")).hasSize(1);
    }

    @Test
    void differentDataOrConfigurationGiveDifferentDecisions() throws IOException
    {
        final Path data = TestData.recording(directory, "x", Product.USDM, 1, EVENTS);
        final Path other = TestData.recording(directory, "y", Product.USDM, 2, EVENTS);
        final JsonNode once = backtest(List.of(data));
        assertThat(backtest(List.of(other)).get("decisionHash")).isNotEqualTo(once.get("decisionHash"));
        TestData.write(config, TestData.BACKTEST.replace("fast: 4", "fast: 5"));
        assertThat(backtest(List.of(data)).get("decisionHash")).isNotEqualTo(once.get("decisionHash"));
    }

    private JsonNode backtest(final List<Path> files)
    {
        return CommandRun.of("backtest", "--config", config, "--no-journal", "--json", "--data", files).exits(0)
            .json();
    }

    @Test
    void severalCurrenciesAreNotAddedUp() throws IOException
    {
        final JsonNode both = backtest(List.of(
            TestData.recording(directory, "x", Product.USDM, 1, EVENTS / 4),
            TestData.recording(directory, "y", Product.COINM, 1, EVENTS / 4)));
        assertThat(both.get("netPnl").isNull()).isTrue();
        assertThat(both.get("currencies")).hasSize(2);
        assertThat(both.get("currencies").get(0).get("currency").asText()).isEqualTo("BTC");
        assertThat(both.get("currencies").get(1).get("currency").asText()).isEqualTo("USDT");
    }

    @ParameterizedTest
    @ValueSource(strings =
    {"INT", "TERM"})
    void interruptedItLeavesTheOutputAsItWas(final String signal) throws IOException
    {
        final Path data = TestData.recording(directory, "x.gz", Product.USDM, 1, 60_000);
        final Path fresh = directory.resolve("fresh");
        final Path empty = Files.createDirectory(directory.resolve("empty"));
        for (final Path out : List.of(fresh, empty))
        {
            try (ChildCommand child = ChildCommand.start(
                directory, "backtest", "--config", config, "--data", data, "--out", out, "--json"))
            {
                final Path aside = out.resolve("." + child.pid() + ".tmp/journal/000001");
                child.await(() -> Files.exists(aside));
                child.signal(signal);
                final CommandRun run = child.run().exits(signal.equals("INT") ? 130 : 143);
                assertThat(run.out()).isEmpty();
            }
        }
        assertThat(fresh).doesNotExist();
        assertThat(empty).isEmptyDirectory();
    }
}
