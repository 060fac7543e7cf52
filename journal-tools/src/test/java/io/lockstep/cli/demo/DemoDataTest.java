package io.lockstep.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.lockstep.cli.CommandRun;
import io.lockstep.cli.TestData;
import io.lockstep.gateways.recording.SyntheticRecording.Product;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

import static org.assertj.core.api.Assertions.assertThat;

/** The demo on recordings: made ones, and those of the venue itself where they are present. */
class DemoDataTest
{
    private static final Pattern CONVERTIBLE = Pattern.compile(
        "\"e\":\"(depthUpdate|trade|aggTrade|bookTicker)\"|@bookTicker\"|\"lastUpdateId\"");

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource(Product.class)
    void playsEachProduct(final Product product) throws IOException
    {
        final Path file = TestData.recording(directory, "x.gz", product, 3, 8_000);
        final JsonNode demo = demo(2, List.of(file));
        assertThat(demo.get("orders").asLong()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings =
    {
        "2024-08-08/usdm/btcusdt_20240808.gz;2024-08-08/usdm/ethusdt_20240808.gz",
        "2024-08-08/spot/btcusdt_20240808.gz;2024-08-08/spot/btcusdt_20240809.gz",
        "2024-08-08/cm/btcusd_perp_20240808.gz;2024-08-08/cm/ethusd_perp_20240808.gz",
        "2024-07-23-nexousdt-24h/nexousdt_20240723.dat.gz;2024-07-23-nexousdt-24h/nexousdt_20240724.dat.gz"})
    void playsRecordingsOfTheVenue(final String names) throws IOException
    {
        final JsonNode demo = demo(10,
            Arrays.stream(names.split(";")).map((name) -> TestData.real("binance/tick/" + name)).toList());
        for (final String key : List.of("orders", "partialFills", "fullFills", "cancels", "riskRejects",
            "venueRejects"))
        {
            assertThat(demo.get(key).asLong()).as(key + " " + demo).isPositive();
        }
    }

    private JsonNode demo(final int seconds, final List<Path> files) throws IOException
    {
        final Path node = directory.resolve("node");
        final JsonNode demo = CommandRun
            .of("demo", "--seconds", seconds, "--dir", node, "--json", "--data", files).exits(0).json();
        assertThat(demo.get("divergences").asInt()).isZero();
        assertThat(demo.get("whole").asBoolean()).isTrue();
        long lines = 0;
        for (final Path file : files)
        {
            lines += convertibleLines(file);
        }
        assertThat(demo.get("marketEvents").asLong()).isEqualTo(lines);
        assertThat(demo.get("recoveredAtSequence").asLong()).isPositive();
        return demo;
    }

    private static long convertibleLines(final Path file) throws IOException
    {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
            new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8)))
        {
            return reader.lines().filter((line) -> CONVERTIBLE.matcher(line).find()).count();
        }
    }
}
