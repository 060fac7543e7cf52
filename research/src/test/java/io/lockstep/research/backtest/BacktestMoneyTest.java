package io.lockstep.research.backtest;

import com.fasterxml.jackson.databind.JsonNode;
import io.lockstep.cli.CommandRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Sizes, fees and profits of instruments whose amounts need more than 63 bits, or are coarser than a fee. */
class BacktestMoneyTest
{
    private static final long START_S = 1_723_161_240;

    @TempDir
    private Path directory;

    private Path bars(final String name, final String volume, final String... prices) throws IOException
    {
        final StringBuilder text = new StringBuilder("timestamp,open,high,low,close,volume\n");
        for (int i = 0; i < prices.length; i++)
        {
            final String price = prices[i];
            text.append(START_S + 60 * i).append(',').append(String.join(",", price, price, price, price, volume))
                .append('\n');
        }
        return Files.writeString(directory.resolve(name), text);
    }

    private Path config(final String text) throws IOException
    {
        return Files.writeString(directory.resolve("c.yaml"), text);
    }

    private Path scripted(final String parameters, final String venue) throws IOException
    {
        return config("strategies:\n  - name: scripted-orders\n    class: " + ScriptedOrders.Factory.class.getName() +
            "\n    parameters: {" + parameters + "}\nvenue: {" + venue + "}\n");
    }

    private JsonNode backtest(final Path config, final Path data)
    {
        return CommandRun.of("backtest", "--config", config, "--data", data, "--out", directory.resolve("out"),
            "--json").exits(0).json();
    }

    private List<JsonNode> decisions(final String template)
    {
        return CommandRun.of("journal", "print", "--format", "json", directory.resolve("out")).exits(0).jsonLines()
            .stream().filter((record) -> record.get("template").asText().equals(template)).toList();
    }

    /** 10,000 at 10,300 are 0.97087378 whatever the decimals; in 63 bits of 1e-16 there was room for 922.34. */
    @ParameterizedTest
    @CsvSource(
    {"10000.12345678, 500.12345678, 97087378, 8", "10000.01, 500.01, 97, 2",
        "10000.123456789, 500.1234567891, 9708737864, 10"})
    void shouldBuyWhatTheNotionalIsWorth(
        final String first, final String volume, final long lots, final int lotPlaces) throws IOException
    {
        final Path data = bars(
            "SIZEUSDT_1m.csv", volume, first, first, "9900", "9800", "10300", "10300", "10290", "10280");
        backtest(config("strategies:\n  - name: moving-average-crossover\n    parameters: {fast: 1, slow: 3, " +
            "confirmations: 0, orderNotional: 10000}\n"), data);

        assertThat(decisions("NewOrderSingle").get(0).toString()).contains("\"orderQtyLots\":" + lots);
        assertThat(BigDecimal.valueOf(lots + 1, lotPlaces).multiply(BigDecimal.valueOf(10_300)))
            .isGreaterThan(BigDecimal.valueOf(10_000));
    }

    /** Bought for 916.7 and sold for 970.1, in units of 1e-16, of which 63 bits hold 922.34. */
    @Test
    void shouldLeaveAPositionWhoseGainIsBeyond63Bits() throws IOException
    {
        final Path data = bars("ABCUSDT_1m.csv", "500.12345678", "10300.12345678", "10300.12345678",
            "10300.12345678", "10300", "10900", "10900", "10900", "10900");

        final JsonNode result = backtest(
            scripted("n1: 2, q1: 8900000, n2: 6, q2: -8900000", "takerFeePpm: 0, makerFeePpm: 0"), data);

        assertThat(decisions("OrderRefused")).isEmpty();
        assertThat(result.get("fills").asInt()).isEqualTo(2);
        assertThat(new BigDecimal(result.get("realizedPnl").asText()))
            .isEqualByComparingTo(new BigDecimal("10900").subtract(new BigDecimal("10300.12345678"))
                .multiply(new BigDecimal("0.089")));
        assertThat(new BigDecimal(result.get("unrealizedPnl").asText())).isZero();
    }

    /** A million coins of a hundred thousand each: 1e27 units of cash, restored from the journal's end as they were. */
    @Test
    void shouldCountAmountsOfAnySize() throws IOException
    {
        final Path data = bars("BIGUSDT_1m.csv", "10000000.12345678", "100000.12345678", "100000.12345678",
            "100000.12345678", "250000.12345678", "250000.12345678", "250000.12345678");

        final JsonNode result = backtest(
            scripted("n1: 2, q1: 100000000000000, n2: 5, q2: -100000000000000", "takerFeePpm: 500, makerFeePpm: 0"),
            data);

        assertThat(result.get("fills").asInt()).isEqualTo(2);
        assertThat(new BigDecimal(result.get("realizedPnl").asText())).isEqualByComparingTo("150000000000");
        assertThat(new BigDecimal(result.get("fees").asText()))
            .isEqualByComparingTo("175000123.45678");
        CommandRun.of("replay", "--verify", "--journal", directory.resolve("out"), "--json").exits(0);
    }

    /** Four fills of 100 at 500 ppm are 0.20, whatever the decimals of the recording. */
    @ParameterizedTest
    @CsvSource(
    {"100, 1000, 1", "100.01, 1000.001, 1000"})
    void shouldChargeFeesInUnitsThatDoNotFollowTheRecordingsDecimals(
        final String otherPrice, final String volume, final long lots) throws IOException
    {
        final Path data = bars("FEEUSDT_1m.csv", volume, "100", "100", "100", "100", "100", otherPrice);

        final JsonNode result = backtest(scripted("n1: 1, q1: " + lots + ", n2: 2, q2: -" + lots + ", n3: 3, q3: " +
            lots + ", n4: 4, q4: -" + lots, "takerFeePpm: 500, makerFeePpm: -100"), data);

        assertThat(new BigDecimal(result.get("fees").asText()).multiply(new BigDecimal(100)))
            .isEqualByComparingTo("20");
    }
}
