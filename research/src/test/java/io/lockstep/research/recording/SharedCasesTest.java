package io.lockstep.research.recording;

import com.fasterxml.jackson.databind.JsonNode;
import io.lockstep.cli.CommandRun;
import io.lockstep.cli.TestData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** The small inputs that lie beside the project, with the values that they ought to give; skipped where they are not there. */
class SharedCasesTest
{
    @TempDir
    private Path directory;

    private String err;

    private static Path shared(final String name)
    {
        final Path path = Path.of(System.getProperty("lockstep.root"), "..", "shared", "cases", name);
        assumeTrue(Files.exists(path), () -> "not present: " + path);
        return path;
    }

    /** With the test's own class in the place of the one that has no package. */
    private Path config(final String name)
    {
        try
        {
            return TestData.write(directory.resolve("config.yaml"), Files.readString(shared(name))
                .replace("class: Scripted$Factory", "class: io.lockstep.research.backtest.ScriptedLimits$Factory"));
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    private JsonNode backtest(final int exitCode, final String config, final String data)
    {
        final CommandRun run = CommandRun.of("backtest", "--config", config(config), "--data", shared(data), "--out",
            directory.resolve("out"), "--json").exits(exitCode);
        err = run.err();
        return run.json();
    }

    private String bars()
    {
        return CommandRun.of("journal", "print", "--template", "Bar", "--format", "json", directory.resolve("out"))
            .exits(0).out();
    }

    @ParameterizedTest
    @ValueSource(strings =
    {"CLEANUSDT", "TICKUSDT"})
    void floatNoise(final String symbol)
    {
        final JsonNode result = backtest(0, "float-noise/c.yaml", "float-noise/" + symbol + "_1m.csv");
        assertThat(result.get("netPnl").decimalValue()).isEqualByComparingTo("-213.894");
        assertThat(result.get("rounded").asInt()).isEqualTo("CLEANUSDT".equals(symbol) ? 0 : 4);
    }

    @Test
    void zeroPriceInOneBar()
    {
        final JsonNode result = backtest(1, "zero-price/limit.yaml", "zero-price/NZDUSD_1h.csv");
        assertThat(result.get("orders").asInt()).isEqualTo(1);
        assertThat(result.get("fills").asInt()).isZero();
        assertThat(result.get("zeroPrices").asInt()).isEqualTo(1);
    }

    @Test
    void barOfZeros()
    {
        final JsonNode result = backtest(1, "zero-price/hold.yaml", "zero-price/ABCUSDT_1h.csv");
        assertThat(result.get("fills").asInt()).isEqualTo(1);
        assertThat(result.get("maxDrawdown").decimalValue()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
    {"with.txt,1", "without.txt,0"})
    void naTrade(final String file, final int noTrades)
    {
        final JsonNode result = backtest(0, "na-trade/c.yaml", "na-trade/" + file);
        assertThat(result.get("orders").asInt()).isZero();
        assertThat(result.get("noTrades").asInt()).isEqualTo(noTrades);
    }

    @ParameterizedTest
    @CsvSource(
    {"trades.txt,2", "trades-without.txt,0"})
    void naTradeAmongTradesAlone(final String file, final int noTrades)
    {
        final JsonNode result = backtest(0, "na-trade/hold.yaml", "na-trade/" + file);
        assertThat(result.get("maxDrawdown").decimalValue()).isZero();
        assertThat(result.get("netPnl").decimalValue()).isEqualByComparingTo("0.5");
        assertThat(result.get("noTrades").asInt()).isEqualTo(noTrades);
    }

    @ParameterizedTest
    @ValueSource(strings =
    {"SPY.csv", "SPY_1d.csv"})
    void yyyymmdd(final String file)
    {
        backtest(0, "plain.yaml", "yyyymmdd/" + file);
        assertThat(bars()).contains("1722816000000000000", "1723161600000000000").doesNotContain("20240805000000000");
    }

    @Test
    void yyyymmddhhmmss()
    {
        backtest(0, "plain.yaml", "yyyymmdd/EURUSD_1m.csv");
        assertThat(bars()).contains("1723121820000000000", "1723122060000000000");
    }

    @ParameterizedTest
    @CsvSource(
    {"ABCUSDT_1h.csv,5", "ABCUSDT.csv,5", "SORTEDUSDT_1h.csv,0"})
    void newestFirst(final String file, final int outOfOrder)
    {
        final JsonNode result = backtest(0, "sharpe/c.yaml", "newest-first/" + file);
        assertThat(result.get("netPnl").decimalValue()).isEqualByComparingTo("50");
        assertThat(result.get("outOfOrder").asInt()).isEqualTo(outOfOrder);
    }

    @Test
    void dst()
    {
        backtest(0, "plain.yaml", "dst/SPY.csv");
        // 2024-03-07T05:00Z and 2024-03-11T04:00Z
        assertThat(bars()).contains("1709787600000000000", "1710129600000000000")
            .doesNotContain("1709784000000000000");
    }

    @Test
    void duplicateBars()
    {
        final JsonNode result = backtest(0, "plain.yaml", "duplicate-bars/dup_1m.csv");
        assertThat(result.get("marketEvents").asInt()).isEqualTo(2);
        assertThat(result.get("duplicates").asInt()).isEqualTo(1);
        assertThat(err).contains("dup_1m.csv:3: ");
    }

    @Test
    void insaneBar()
    {
        final JsonNode result = backtest(1, "plain.yaml", "insane-bar/insane_1m.csv");
        assertThat(result.get("insane").asInt()).isEqualTo(1);
        assertThat(err).contains("insane_1m.csv:2: open=10 high=9 low=11 close=50");
    }

    @Test
    void tradesOnly()
    {
        assertThat(backtest(0, "sharpe/c.yaml", "trades-only/agg.txt").get("fills").asInt()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings =
    {"raw.txt", "escaped.txt"})
    void unicodeSymbol(final String file)
    {
        final Path csv = directory.resolve("book.csv");
        CommandRun.of("book", "--data", shared("unicode-symbol/" + file), "--out", csv).exits(0);
        assertThat(csv).content().contains(",\u5e01\u5b89\u4eba\u751fUSDT.BINANCE_USDM,");
    }
}
