package io.lockstep.verification.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lockstep.cli.CommandRun;
import io.lockstep.cli.TestData;
import io.lockstep.gateways.recording.SyntheticRecording.Product;
import io.lockstep.journal.text.Json;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/** What people and other programs read of a journal. */
class JournalFormatsTest
{
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int SAMPLE = 400;
    private static final String WITHOUT_CONFIGURATION = "template != RunMetadata and template != ConfigurationText";

    @TempDir
    private static Path directory;
    private static Path journal;

    @BeforeAll
    static void makeJournal() throws IOException
    {
        journal = directory.resolve("node");
        final Path config = TestData.backtestConfig(directory);
        Files.writeString(config, Files.readString(config).replaceAll("(?m)^limits:.*\n(?:  .*\n)*", "") +
            "limits:\n  maxOrderNotional: 0.5\n  maxMarketDataAgeMs: 5000\n  maxOpenOrders: 4\n");
        CommandRun.of("backtest", "--config", config, "--json", "--out", journal, "--data",
            TestData.recording(directory, "x.gz", Product.USDM, 1, 2_000)).exits(0);
    }

    private static String print(final Object... options)
    {
        return CommandRun.of("journal", "print", journal, List.of(options)).exits(0).out();
    }

    private static JsonNode json(final String template) throws JsonProcessingException
    {
        return MAPPER.readTree(print("--format", "json", "--template", template).lines().findFirst().orElseThrow());
    }

    @Test
    void shouldPrintTextWithUnits()
    {
        assertThat(print("--template", "OrderRefused").lines().findFirst().orElseThrow())
            .matches("\\d+\\.\\d+ \\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{9}Z DECISION OrderRefused " +
                "instrument=BTCUSDT\\.BINANCE_USDM, side=(BUY|SELL), .*reason=MAX_ORDER_NOTIONAL, price=[\\d.]+ USDT, "
                +
                "orderQty=[\\d.]+ BTC, limitValue=0\\.5 USDT, actualValue=[\\d.]+ USDT.*");
        assertThat(print("--template", "SetLimit")).contains("limitType=MAX_MARKET_DATA_AGE_MS, value=5 s,",
            "limitType=MAX_OPEN_ORDERS, value=4 orders,", "limitType=MAX_ORDER_NOTIONAL, value=0.5 USDT,");
        assertThat(print("--template", "CleanEnd"))
            .matches("(?s).* stateHash=[0-9a-f]{16}, decisionHash=[0-9a-f]{16}\n");
        assertThat(print("--where", WITHOUT_CONFIGURATION).lines())
            .noneMatch((line) -> line.contains("instrumentId=0") ||
                line.contains("{") || line.contains("0E-8") || line.contains("null"));
    }

    @Test
    void shouldPrintJsonWithRawValuesAndDecimals() throws JsonProcessingException
    {
        final JsonNode record = json("OrderRefused");
        final JsonNode refused = record.get("message");

        assertThat(record.get("sequencerTime").asText()).endsWith("Z").hasSize(30);
        assertThat(refused.get("instrument").asText()).isEqualTo("BTCUSDT.BINANCE_USDM");
        assertThat(refused.get("instrumentId").isInt()).isTrue();
        assertThat(refused.get("limitValue").isIntegralNumber()).isTrue();
        assertThat(refused.get("limitValueDecimal").asText()).isEqualTo("0.5");
        assertThat(refused.get("limitValueUnit").asText()).isEqualTo("USDT");
        assertThat(refused.get("priceTicksDecimal").isTextual()).isTrue();
        assertThat(json("InstrumentDefinition").get("message").get("tickSizeDecimal").asText()).startsWith("0.");
    }

    @Test
    void shouldSelectByDecimals()
    {
        final String refused = print("--template", "OrderRefused");

        assertThat(refused).isNotEmpty();
        assertThat(print("--where", "message.limitValueDecimal = 0.50 and template = OrderRefused")).isEqualTo(refused);
        assertThat(print("--where", "message.limitValueDecimal > 0.5 and template = OrderRefused")).isEmpty();
        assertThat(print("--where", "message.instrument = BTCUSDT.BINANCE_USDM", "--template", "OrderRefused"))
            .isEqualTo(refused);
    }

    @Test
    void shouldPrintYamlThatIsTheSameAsJson() throws JsonProcessingException
    {
        final List<Object> records = new ArrayList<>();
        print("--format", "json", "--to", SAMPLE).lines().forEach((line) -> records.add(Json.parse(line)));
        final Load load = new Load(LoadSettings.builder().build());
        final List<Object> documents = new ArrayList<>();

        load.loadAllFromString(print("--format", "yaml", "--to", SAMPLE)).forEach(documents::add);

        assertThat(MAPPER.<JsonNode>valueToTree(documents)).isEqualTo(MAPPER.<JsonNode>valueToTree(records));
        final Object state = load.loadFromString(CommandRun.of("journal", "state", journal).exits(0).out());
        assertThat(((Map<?, ?>)state).get("state")).isInstanceOf(List.class);
    }

    @Test
    void shouldPrintYamlThatPythonReadsTheSame() throws Exception
    {
        final Path yaml = Files.writeString(directory.resolve("p.yaml"), print("--format", "yaml", "--to", SAMPLE));
        final Path json = Files.writeString(directory.resolve("p.json"), print("--format", "json", "--to", SAMPLE));
        final Process python = new ProcessBuilder("python3", "-c", """
            import sys
            try:
                import yaml, json
            except ImportError:
                sys.exit(3)
            records = [json.loads(line) for line in open(sys.argv[2], encoding='utf-8')]
            sys.exit(0 if list(yaml.safe_load_all(open(sys.argv[1], encoding='utf-8'))) == records else 1)
            """, yaml.toString(), json.toString()).inheritIO().start();

        assertThat(python.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assumeThat(python.exitValue()).as("python3 has no yaml").isNotEqualTo(3);
        assertThat(python.exitValue()).isZero();
    }

    @Test
    void shouldPrintCsvWithAColumnAField() throws Exception
    {
        final List<String> all = print("--format", "csv").lines().toList();
        final int columns = all.get(0).split(",", -1).length;
        assertThat(all.get(0)).startsWith("sequence,ordinal,kind,template,")
            .contains(",message.limitValue,message.limitValueDecimal,message.limitValueUnit,");
        assertThat(all).allMatch((line) -> line.contains("\"") || line.split(",", -1).length == columns);
        assertThat(print("--format", "csv", "--where", WITHOUT_CONFIGURATION).lines())
            .noneMatch((line) -> line.contains("{") || line.contains("["));

        final List<String> refused = print("--format", "csv", "--template", "OrderRefused").lines().toList();
        final List<String> names = List.of(refused.get(0).split(","));
        final String[] first = refused.get(1).split(",", -1);
        assertThat(first).hasSize(names.size()).hasSizeLessThan(columns);
        assertThat(first[names.indexOf("message.limitValueDecimal")]).isEqualTo("0.5");
        assertThat(first[names.indexOf("message.instrument")]).isEqualTo("BTCUSDT.BINANCE_USDM");
    }

    @Test
    void shouldPrintTheStateWithUnits()
    {
        final String state = CommandRun.of("journal", "state", journal).exits(0).out();

        assertThat(state).contains("value: \"0.5 USDT\"", "instrument: BTCUSDT.BINANCE_USDM", "time: \"")
            .contains("section: PositionSection").doesNotContain("!int", "!!null", "0E-");
        assertThat(CommandRun.of("journal", "state", "--json", journal).exits(0).json().get("state").toString())
            .contains("\"cashDecimal\":\"", "\"cashUnit\":\"USDT\"");
    }
}
