package io.lockstep.research.recording;

import com.fasterxml.jackson.databind.JsonNode;
import io.lockstep.cli.CommandRun;
import io.lockstep.cli.TestData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Small recordings of kinds that are easily read wrongly, through the commands. */
class RecordingCasesTest
{
    private static final String HEADER = "timestamp,open,high,low,close,volume";
    private static final String CROSSOVER = """
        strategies:
          - name: moving-average-crossover
            parameters: {fast: 1, slow: 3, confirmations: 0, orderNotional: 10000}
        """;
    private static final String BUY_TEN = """
        strategies:
          - name: scripted-trades
            class: io.lockstep.research.backtest.ScriptedTrades$Factory
            parameters: {event1: 1, lots1: 10}
        venue: {orderLatencyUs: 0, reportLatencyUs: 0, makerFeePpm: 0, takerFeePpm: 0}
        """;

    @TempDir
    private Path directory;

    private String err;

    private Path file(final String name, final String... lines)
    {
        return TestData.write(directory.resolve(name), String.join("\n", lines) + "\n");
    }

    private JsonNode backtest(final int exitCode, final String config, final Path... data)
    {
        final CommandRun run = CommandRun.of("backtest", "--config", file("config.yaml", config), "--no-journal",
            "--json", "--data", List.of(data)).exits(exitCode);
        err = run.err();
        return run.json();
    }

    @Test
    void shouldTradeTheSameWithANoisyCellAndWithout()
    {
        final JsonNode clean = backtest(0, CROSSOVER, noisy("A", "4.81"));
        final JsonNode noisy = backtest(0, CROSSOVER, noisy("B", "4.8100000000000005"));

        assertThat(noisy.get("netPnl")).isEqualTo(clean.get("netPnl"));
        assertThat(noisy.get("netPnl").decimalValue()).isEqualByComparingTo("-213.894");
        assertThat(noisy.get("rounded").asInt()).isEqualTo(1);
        assertThat(err).contains("BUSDT_1m.csv:3: high=4.8100000000000005: rounded to 4.81");
    }

    private Path noisy(final String symbol, final String cell)
    {
        return file(symbol + "USDT_1m.csv", HEADER, "1723161240,4.8,4.8,4.8,4.8,90000",
            "1723161300,4.81," + cell + ",4.81,4.81,90000", "1723161360,4.7,4.7,4.7,4.7,90000",
            "1723161420,4.6,4.6,4.6,4.6,90000", "1723161480,4.5,4.5,4.5,4.5,90000", "1723161540,4.9,4.9,4.9,4.9,90000",
            "1723161600,4.9,4.9,4.9,4.9,90000", "1723161660,4.8,4.8,4.8,4.8,90000", "1723161720,4.7,4.7,4.7,4.7,90000",
            "1723161780,4.7,4.7,4.7,4.7,90000");
    }

    @Test
    void shouldValueNothingAtAPriceOfZero()
    {
        final JsonNode result = backtest(1, BUY_TEN, file("ABCUSDT_1h.csv", HEADER,
            "2024-01-01 00:00:00,100,101,99,100,1000", "2024-01-01 01:00:00,100,101,99,100,1000",
            "2024-01-01 02:00:00,0,0,0,0,0", "2024-01-01 03:00:00,100,101,99,100,1000"));

        assertThat(result.get("fills").asInt()).isEqualTo(1);
        assertThat(result.get("maxDrawdown").decimalValue()).isZero();
        assertThat(result.get("zeroPrices").asInt()).isEqualTo(1);
        assertThat(err).contains("ABCUSDT_1h.csv:4: open=0 high=0 low=0 close=0 volume=0: left out");
    }

    @Test
    void shouldTradeWhereThereAreTradesAlone()
    {
        final JsonNode result = backtest(0, BUY_TEN, file("agg.txt", aggregate(1, "100.0", "9"),
            aggregate(2, "100.1", "9"), aggregate(3, "100.2", "9"), aggregate(4, "100.3", "9")));

        assertThat(result.get("orders").asInt()).isEqualTo(1);
        assertThat(result.get("fills").asInt()).isEqualTo(1);
        assertThat(result.get("netPnl").decimalValue()).isEqualByComparingTo("2.7");
    }

    private static String aggregate(final int id, final String price, final String quantity)
    {
        return "175622046" + id + "000000000 {\"e\":\"aggTrade\",\"E\":175622046" + id + "000,\"s\":\"ABCUSDT\",\"a\":"
            +
            id + ",\"p\":\"" + price + "\",\"q\":\"" + quantity + "\",\"f\":1,\"l\":1,\"T\":175622046" + id +
            "000,\"m\":false}";
    }

    @Test
    void shouldTakeNoMarkOfNoTradeForATrade()
    {
        final String[] lines = {trade(1, "100.0", "9", "MARKET"), trade(2, "0", "0", "NA"),
            trade(3, "100.1", "9", "MARKET")};
        final JsonNode result = backtest(0, BUY_TEN, file("trades.txt", lines));

        assertThat(result.get("marketEvents").asInt()).isEqualTo(2);
        assertThat(result.get("noTrades").asInt()).isEqualTo(1);
        assertThat(result.get("maxDrawdown").decimalValue()).isZero();
        assertThat(err).contains("trades.txt:2: p=0 q=0: no trade, left out");
    }

    private static String trade(final int id, final String price, final String quantity, final String kind)
    {
        return "175622046" + id + "000000000 {\"e\":\"trade\",\"T\":1756220461000,\"s\":\"ABCUSDT\",\"t\":" + id +
            ",\"p\":\"" + price + "\",\"q\":\"" + quantity + "\",\"X\":\"" + kind + "\",\"m\":false}";
    }

    @Test
    void shouldGiveTheSameForBarsInWhateverOrder()
    {
        final String[] bars = {"2024-01-01 00:00:00,100,100,100,100,1000", "2024-01-01 01:00:00,101,101,101,101,1000",
            "2024-01-01 02:00:00,102,102,102,102,1000"};
        final JsonNode ascending = backtest(0, BUY_TEN, file("ABCUSDT_1h.csv", HEADER, bars[0], bars[1], bars[2]));
        final JsonNode descending = backtest(0, BUY_TEN, file("ABCUSDT_1h.csv", HEADER, bars[2], bars[1], bars[0]));

        assertThat(descending.get("decisionHash")).isEqualTo(ascending.get("decisionHash"));
        assertThat(descending.get("netPnl").decimalValue()).isEqualByComparingTo("20");
        assertThat(descending.get("outOfOrder").asInt()).isEqualTo(2);
        assertThat(err).contains("2 bars before the bar above them; sorted by time");
    }

    @Test
    void shouldCountWhatIsThereTwiceAndWhatCannotBe()
    {
        final JsonNode result = backtest(1, "strategies: []", file("x_1m.csv", HEADER, "1723161240,10,12,8,11,1",
            "1723161240,10,12,8,11,1", "1723161240,10,12,8,11,2", "1723161300,10,9,11,50,1",
            "1723161360,10,12,8,11,1"));

        assertThat(result.get("marketEvents").asInt()).isEqualTo(2);
        assertThat(result.get("duplicates").asInt()).isEqualTo(1);
        assertThat(result.get("conflicting").asInt()).isEqualTo(1);
        assertThat(result.get("insane").asInt()).isEqualTo(1);
        final CommandRun text = CommandRun.of("backtest", "--config", directory.resolve("config.yaml"), "--no-journal",
            "--data", directory.resolve("x_1m.csv")).exits(1);
        assertThat(text.out()).containsPattern("duplicates +1").containsPattern("insane +1");
    }

    @ParameterizedTest
    @ValueSource(strings =
    {"5\u5e01\u5b89USDT", "5\\u5e01\\u5b89USDT"})
    void shouldRebuildTheBookOfASymbolOfAnyLanguage(final String symbol)
    {
        final Path data = file("x.txt",
            "1756220460000000000 {\"lastUpdateId\":100,\"bids\":[[\"0.1000\",\"5\"]],\"asks\":[[\"0.1010\",\"5\"]]}",
            "1756220460001000000 {\"e\":\"depthUpdate\",\"E\":1756220460000,\"s\":\"" + symbol +
                "\",\"U\":101,\"u\":101,\"pu\":100,\"b\":[[\"0.0980\",\"7\"]],\"a\":[[\"0\",\"1\"]]}");
        final Path csv = directory.resolve("book.csv");
        final CommandRun run = CommandRun.of("book", "--data", data, "--out", csv, "--json").exits(1);

        assertThat(csv).content().contains(",5\u5e01\u5b89USDT.BINANCE_USDM,");
        assertThat(run.json().get("zeroPrices").asInt()).isEqualTo(1);
        assertThat(run.err()).contains("x.txt:2: asks[0].price=0: no price, left out");
    }
}
