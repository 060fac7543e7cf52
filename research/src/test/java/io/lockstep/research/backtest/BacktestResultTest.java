package io.lockstep.research.backtest;

import com.fasterxml.jackson.databind.JsonNode;
import io.lockstep.cli.CommandRun;
import io.lockstep.cli.TestData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** What a backtest says of itself, on bars whose figures were computed elsewhere. */
class BacktestResultTest
{
    private static final String STRATEGY = """
        strategies:
          - name: scripted-trades
            class: io.lockstep.research.backtest.ScriptedTrades$Factory
            parameters: {event1: 1, lots1: 10}
        venue: {orderLatencyUs: 0, reportLatencyUs: 0, makerFeePpm: 0, takerFeePpm: 0}
        """;
    /** Closes of 30 bars. */
    private static final List<String> CLOSES = List.of("100", "101", "100.5", "102", "101.5", "103", "102.2", "104",
        "103.1", "105", "104.4", "106", "105.2", "107", "106.1", "108", "107.3", "109", "108.2", "110", "109.1", "111",
        "110.4", "112", "111.3", "113", "112.2", "114", "113.1", "115");

    @TempDir
    private Path directory;

    private Path bars(final String name, final ChronoUnit unit, final int count)
    {
        final LocalDateTime start = LocalDateTime.parse("2024-01-01T00:00:00");
        final List<String> lines = new ArrayList<>(List.of("timestamp,open,high,low,close,volume"));
        for (int i = 0; i < count; i++)
        {
            final String close = CLOSES.get(i);
            lines.add(start.plus(i, unit).toString().replace('T', ' ') + ":00," + String.join(",", close, close, close,
                close, "1000"));
        }
        return TestData.write(directory.resolve(name), lines);
    }

    private CommandRun run(final String config, final Path data, final Object... more)
    {
        final List<Object> arguments = new ArrayList<>(List.of("backtest", "--config",
            TestData.write(directory.resolve("c.yaml"), List.of(config)), "--data", data, "--no-journal"));
        arguments.addAll(List.of(more));
        return CommandRun.of(arguments.toArray());
    }

    @ParameterizedTest
    @CsvSource(
    {"DAYS, every-day, 7.879311189645091", "DAYS, sessions, 6.546996235954133", "WEEKS, every-day, 2.818053467025462"})
    void theSharpeRatioIsOfProfitByTheDay(final ChronoUnit unit, final String calendar, final double expected)
    {
        final Path data = bars("ABCUSDT_" + (unit == ChronoUnit.DAYS ? "1d" : "1w") + ".csv", unit, CLOSES.size());
        final JsonNode result = run(STRATEGY + "backtest: {calendar: " + calendar + "}\n", data, "--json").exits(0)
            .json();
        assertThat(result.get("sharpe").asDouble()).isEqualTo(expected, within(1e-9));
        assertThat(result.get("netPnl").decimalValue()).isEqualByComparingTo("150");
        assertThat(result.get("maxDrawdown").decimalValue()).isEqualByComparingTo("9");
        assertThat(result.get("warnings")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings =
    {"MINUTES", "HOURS", "DAYS"})
    void whereItWouldMeanNothingItIsNullAndTheReasonIsSaid(final ChronoUnit unit)
    {
        final int count = unit == ChronoUnit.DAYS ? 4 : CLOSES.size();
        final Path data = bars("ABCUSDT_1" + unit.name().toLowerCase(java.util.Locale.ROOT).charAt(0) + ".csv", unit,
            count);
        final JsonNode result = run(STRATEGY, data, "--json").exits(0).json();
        assertThat(result.get("sharpe").isNull()).isTrue();
        assertThat(result.get("currencies").get(0).get("sharpe").isNull()).isTrue();
        assertThat(result.get("warnings").get(0).asText())
            .startsWith("sharpe of USDT is not shown: too short for an annual figure: ");
        assertThat(run(STRATEGY, data).exits(0).out())
            .contains("warning: sharpe of USDT is not shown: too short for an annual figure: ")
            .containsPattern("(?m)^sharpe +-$");
    }

    @Test
    void theTextHasAmountsWithoutExponentsAndWithoutZerosBehind()
    {
        assertThat(run(STRATEGY, bars("ABCUSDT_1d.csv", ChronoUnit.DAYS, CLOSES.size())).exits(0).out())
            .containsPattern("(?m)^realizedPnl +0$")
            .containsPattern("(?m)^netPnl +150$");
    }

    @Test
    void theDrawdownIsThatOfEveryEventAndNotOfSamples()
    {
        // Within one minute of the next: no sample by the minute or by the day sees the fall to 95.
        final Path data = TestData.write(directory.resolve("t.txt"), List.of(
            quote(1, "100.0", "100.1"), quote(2, "100.0", "100.1"), quote(3, "95.0", "95.1"),
            quote(4, "100.0", "100.1")));
        final JsonNode result = run(STRATEGY, data, "--json").exits(0).json();
        // Bought at the offer of 100.1, valued at the mid of 95.05, in ticks rounded down.
        assertThat(result.get("maxDrawdown").decimalValue()).isEqualByComparingTo("51");
    }

    private static String quote(final int second, final String bid, final String ask)
    {
        final long ms = 1_756_220_461_000L + second * 1_000L;
        return ms + "000000 {\"e\":\"bookTicker\",\"u\":" + second + ",\"E\":" + ms + ",\"T\":" + ms +
            ",\"s\":\"ABCUSDT\",\"b\":\"" + bid + "\",\"B\":\"100\",\"a\":\"" + ask + "\",\"A\":\"100\"}";
    }

    @Test
    void refusalsAreCountedByReasonAndTheCommandsThatShowThemWork() throws IOException
    {
        final Path data = bars("ABCUSDT_1d.csv", ChronoUnit.DAYS, 4);
        final Path config = TestData.write(directory.resolve("limits.yaml"), List.of(
            STRATEGY.replace("lots1: 10", "lots1: 10, event2: 2, lots2: -3, event3: 3, lots3: 1") +
                "limits: {maxOrderQuantity: 2}\n"));
        final Path out = directory.resolve("out put");
        final CommandRun run = CommandRun.of("backtest", "--config", config, "--data", data, "--out", out, "--json")
            .exits(0);
        assertThat(run.json().get("refusals").toString()).isEqualTo("{\"MAX_ORDER_QUANTITY\":2}");
        assertThat(run.json().get("venueRefusals")).isEmpty();
        assertThat(run.json().get("orders").asInt()).isEqualTo(1);
        final String text = CommandRun.of("backtest", "--config", config, "--data", data, "--out",
            directory.resolve("out put 2")).exits(0).out();
        assertThat(text).contains("refused by the engine's own checks:\n  MAX_ORDER_QUANTITY 2: ./lockstep journal " +
            "print --template OrderRefused --where \"message.reason = MAX_ORDER_QUANTITY\" '" + directory);
        assertThat(CommandRun.of("journal", "print", "--template", "OrderRefused", "--where",
            "message.reason = MAX_ORDER_QUANTITY", "--format", "json", out).exits(0).out().lines()).hasSize(2);
    }

    @Test
    void theVenuesRefusalsAreCountedToo() throws IOException
    {
        final Path data = bars("ABCUSDT_1d.csv", ChronoUnit.DAYS, 4);
        final Path config = TestData.write(directory.resolve("venue.yaml"),
            List.of(STRATEGY.replace("venue: {", "venue: {minNotional: 1000000, ")));
        final Path out = directory.resolve("out");
        final JsonNode result = CommandRun.of("backtest", "--config", config, "--data", data, "--out", out, "--json")
            .exits(0).json();
        assertThat(result.get("venueRefusals").toString()).isEqualTo("{\"NOTIONAL_BELOW_MINIMUM\":1}");
        assertThat(result.get("refusals")).isEmpty();
        assertThat(result.get("warnings").get(0).asText())
            .isEqualTo("nothing was traded: the venue refused all 1 orders: NOTIONAL_BELOW_MINIMUM 1");
        assertThat(CommandRun.of("journal", "print", "--template", "ExecutionReport", "--where",
            "message.execType = REJECTED and message.ordRejReason = NOTIONAL_BELOW_MINIMUM", "--format", "json", out)
            .exits(0).out().lines()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value =
    {"strategies: []|nothing was traded: no strategy is assigned to any instrument",
        "scripted, limits: {maxOrderNotional: 1}|nothing was traded: all 1 orders were refused by the engine's own " +
            "checks: MAX_ORDER_NOTIONAL 1",
        "never|nothing was traded: the strategies asked for no order",
        "slow|ABCUSDT.BARS gave moving-average-crossover 4 of the 50 prices that it needs before its first signal"})
    void aRunThatTradedNothingSaysWhy(final String configuration, final String expected)
    {
        final String config = switch (configuration)
        {
            case "never" -> STRATEGY.replace("event1: 1", "event1: 1000");
            case "slow" -> "strategies:\n  - name: moving-average-crossover\n";
            case "strategies: []" -> configuration + "\n";
            default -> STRATEGY + configuration.substring(configuration.indexOf(' ') + 1) + "\n";
        };
        final Path data = bars("ABCUSDT_1d.csv", ChronoUnit.DAYS, 4);
        final List<String> warnings = new ArrayList<>();
        run(config, data, "--json").exits(0).json().get("warnings").forEach((node) -> warnings.add(node.asText()));
        assertThat(warnings).contains(expected);
        assertThat(run(config, data).exits(0).out()).contains("warning: " + expected);
    }

    @Test
    void depthWithoutASnapshotIsSaid()
    {
        final Path data = TestData.write(directory.resolve("d.txt"), List.of(
            "1756220461000000000 {\"e\":\"depthUpdate\",\"E\":1756220461000,\"T\":1756220461000,\"s\":\"ABCUSDT\"," +
                "\"U\":5,\"u\":6,\"pu\":4,\"b\":[[\"100.0\",\"1\"]],\"a\":[[\"100.1\",\"1\"]]}"));
        assertThat(run(STRATEGY, data).exits(1).out())
            .contains("was never tradable: its 1 depth changes had no snapshot to apply to");
    }

    @Test
    void aStrategyThatFailsIsSuspendedAndNamedWithItsFrame() throws IOException
    {
        final Path data = bars("ABCUSDT_1d.csv", ChronoUnit.DAYS, 4);
        final Path config = TestData.write(directory.resolve("fails.yaml"),
            List.of(STRATEGY.replace("lots1: 10", "lots1: 10, failAt: 3")));
        final Path out = directory.resolve("out");
        final CommandRun run = CommandRun.of("backtest", "--config", config, "--data", data, "--out", out, "--json")
            .exits(1);
        assertThat(run.err()).containsPattern("strategy scripted-trades@ABCUSDT.BARS is suspended: sequence=\\d+ " +
            "instrument=ABCUSDT.BARS callback=WATCH at=io.lockstep.research.backtest.ScriptedTrades" +
            ".fail\\(ScriptedTrades.java:\\d+\\): java.lang.ArrayIndexOutOfBoundsException")
            .doesNotContain("unexpected error");
        assertThat(run.json().get("orders").asLong()).as("what it had decided stands").isEqualTo(1);
        final JsonNode replay = CommandRun.of("replay", "--verify", "--journal", out, "--json").exits(0).json();
        assertThat(replay.get("divergences").asLong()).isZero();
        assertThat(CommandRun.of("backtest", "--config", config, "--data", data, "--no-journal").exits(1).err())
            .contains("strategy scripted-trades@ABCUSDT.BARS is suspended");
    }

    /** Cannot be made. */
    public static final class FailsWhenMade
    {
        public FailsWhenMade()
        {
            throw new IllegalStateException("no such port");
        }
    }

    /** Cannot be loaded. */
    public static final class FailsWhenLoaded
    {
        static final int VALUE = Integer.parseInt("none");
    }

    @ParameterizedTest
    @CsvSource(
    {"FailsWhenMade, IllegalStateException: no such port at ", "FailsWhenLoaded, NumberFormatException: ",
        "NoSuchClass, ClassNotFoundException: "})
    void aStrategyClassThatCannotBeHadIsBadConfiguration(final String name, final String expected)
    {
        final CommandRun run = run(
            STRATEGY.replace("io.lockstep.research.backtest.ScriptedTrades$Factory",
                BacktestResultTest.class.getName() + "$" + name),
            bars("ABCUSDT_1d.csv", ChronoUnit.DAYS, 4)).exits(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("c.yaml").contains("strategies").contains("class=").contains(expected);
    }

    @Test
    void aStrategyThatCannotBeMadeIsBadConfiguration()
    {
        assertThat(run(STRATEGY.replace("lots1: 10", "lots1: 10, failAt: -1"),
            bars("ABCUSDT_1d.csv", ChronoUnit.DAYS, 4)).exits(2).err()).contains("c.yaml").contains(
                "strategy scripted-trades cannot be made: java.lang.IllegalStateException: fails when made at " +
                    "io.lockstep.research.backtest.ScriptedTrades.<init>(ScriptedTrades.java:");
    }

    @Test
    void anUnknownCalendarIsRefusedWithItsPlace()
    {
        assertThat(run(STRATEGY + "backtest:\n  calendar: 364\n", bars("ABCUSDT_1d.csv", ChronoUnit.DAYS, 4)).exits(2)
            .err()).contains("c.yaml:7:3: backtest.calendar=364: expected ").contains("every-day").contains("sessions");
    }
}
