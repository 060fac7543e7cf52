package io.lockstep.research.backtest;

import com.fasterxml.jackson.databind.JsonNode;
import io.lockstep.cli.CommandRun;
import io.lockstep.cli.TestData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** docs/backtesting.md explains every key of the result, and of the venue. */
class BacktestPageTest
{
    @TempDir
    private Path directory;

    @Test
    void everyKeyIsExplained() throws IOException
    {
        final String page = Files.readString(
            Path.of(System.getProperty("lockstep.root"), "docs", "backtesting.md"));
        final Path bars = TestData.write(directory.resolve("ABCUSDT_1d.csv"),
            List.of("timestamp,open,high,low,close,volume", "2024-01-01,1,1,1,1,1"));
        final Path config = TestData.write(directory.resolve("c.yaml"), List.of("strategies: []", "venue: {",
            "orderLatencyUs: 0, reportLatencyUs: 0, makerFeePpm: 200, takerFeePpm: 500, minNotional: 1,",
            "minQuantityLots: 1, maxQuantityLots: 1000, priceBandBps: 0}", "backtest: {calendar: sessions}"));
        final JsonNode result = CommandRun
            .of("backtest", "--config", config, "--data", bars, "--no-journal", "--json").exits(0).json();
        result.fieldNames().forEachRemaining((key) -> assertThat(page).contains("`" + key + "`"));
        for (final String key : List.of("orderLatencyUs", "reportLatencyUs", "makerFeePpm", "takerFeePpm",
            "minNotional", "minQuantityLots", "maxQuantityLots", "priceBandBps"))
        {
            assertThat(page).contains("`" + key + "`");
        }
    }
}
