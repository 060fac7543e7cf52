package io.lockstep.verification.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lockstep.cli.CommandRun;
import io.lockstep.cli.TestData;
import io.lockstep.gateways.recording.SyntheticRecording.Product;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

import static org.assertj.core.api.Assertions.assertThat;

/** What is selected by an option is what the same records, selected one by one, are. */
class JournalPrintTest
{
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @TempDir
    private static Path directory;
    private static Path journal;
    private static List<JsonNode> all;

    @BeforeAll
    static void makeJournal()
    {
        journal = directory.resolve("journal-of-two");
        CommandRun.of("backtest", "--config", TestData.backtestConfig(directory), "--json", "--out", journal,
            "--data", TestData.recording(directory, "x.gz", Product.USDM, 1, 2_000),
            TestData.recording(directory, "y.gz", Product.SPOT, 2, 2_000)).exits(0);
        all = print();
        assertThat(all).hasSizeGreaterThan(5_000);
    }

    private static List<JsonNode> print(final Object... options)
    {
        final List<JsonNode> records = new ArrayList<>();
        CommandRun.of("journal", "print", journal, "--format", "json", List.of(options)).exits(0).out().lines()
            .forEach((line) -> records.add(parse(line)));
        return records;
    }

    private static JsonNode parse(final String line)
    {
        try
        {
            return MAPPER.readTree(line);
        }
        catch (final JsonProcessingException ex)
        {
            throw new AssertionError(line, ex);
        }
    }

    private static void assertSelects(final Predicate<JsonNode> expected, final Object... options)
    {
        final List<JsonNode> selected = all.stream().filter(expected).toList();
        assertThat(selected).isNotEmpty().hasSizeLessThan(all.size());
        assertThat(print(options)).isEqualTo(selected);
    }

    private static JsonNode field(final JsonNode record, final String name)
    {
        return record.get("message").path(name);
    }

    @Test
    void byTemplateOrderAndSequence()
    {
        assertSelects((record) -> record.get("template").asText().equals("Trade"), "--template", "Trade");
        assertSelects((record) -> record.get("sequence").asLong() >= 900 && record.get("sequence").asLong() <= 1_000,
            "--from", 900, "--to", 1_000);
        final String order = field(all.stream()
            .filter((record) -> record.get("template").asText().equals("NewOrderSingle")).findFirst().orElseThrow(),
            "clOrdId").asText();
        assertSelects((record) -> field(record, "clOrdId").asText().equals(order) ||
            field(record, "origClOrdId").asText().equals(order), "--order", order);
        assertThat(print("--order", order).size()).isGreaterThan(1);
    }

    @Test
    void byInstrumentOfAnyName()
    {
        final int id = all.stream().filter((record) -> field(record, "symbol").asText().equals("BTCUSDT") &&
            field(record, "venue").asText().equals("BINANCE_USDM"))
            .findFirst().map((record) -> field(record, "instrumentId").asInt()).orElseThrow();
        final Predicate<JsonNode> expected = (record) -> field(record, "instrumentId").isInt() &&
            field(record, "instrumentId").asInt() == id;
        assertSelects(expected, "--instrument", "BTCUSDT.BINANCE_USDM");
        assertSelects(expected, "--instrument", id);
        assertSelects(expected.and((record) -> record.get("template").asText().equals("Trade")),
            "--instrument", "BTCUSDT.BINANCE_USDM", "--template", "Trade");
        assertThat(CommandRun.of("journal", "print", journal, "--instrument", "BTCUSDT").exits(2).err())
            .contains("--instrument=BTCUSDT").contains("BTCUSDT.BINANCE_USDM").contains("BTCUSDT.BINANCE_SPOT");
        assertThat(CommandRun.of("journal", "print", journal, "--instrument", "7").exits(2).out()).isEmpty();
    }

    @Test
    void byExpression()
    {
        assertSelects((record) -> field(record, "side").asText().equals("BUY"), "--where", "message.side = BUY");
        assertSelects((record) -> field(record, "side").asText().equals("SELL"), "--where", "message.side != 'BUY'");
        assertSelects((record) -> record.get("sequence").asLong() < 1_000, "--where", "sequence < 1e3");
        assertSelects((record) -> record.get("sequence").asLong() >= 1_000, "--where", "sequence" +
            ">=1000.0");
        assertSelects((record) -> record.get("kind").asText().equals("DECISION") &&
            record.get("sequence").asLong() <= 1_500, "--where", "kind=DECISION and sequence<=1500");
        assertSelects((record) -> record.get("template").asText().equals("Trade") ||
            record.get("template").asText().equals("BookSnapshot") && record.get("sequence").asLong() > 60,
            "--where", "template = Trade or template = BookSnapshot and sequence > 60");
        assertSelects((record) -> (record.get("template").asText().equals("Trade") ||
            record.get("template").asText().equals("BookSnapshot")) && record.get("sequence").asLong() > 60,
            "--where", "(template = Trade OR template = \"BookSnapshot\") AND sequence > 60");
        assertSelects((record) -> record.get("message").has("priceTicks") && field(record, "priceTicks").isNull(),
            "--where", "message.priceTicks = null");
        assertSelects((record) -> record.get("template").asText().equals("BookUpdate") && anyBid(record, 100_000 - 3),
            "--where", "template = BookUpdate and message.bids.priceTicks = 99997");
        assertSelects((record) -> field(record, "tickSize").isObject(), "--where", "message.tickSize.exponent <= 0");
        assertSelects((record) -> field(record, "clOrdId").asText().compareTo("0") > 0, "--where",
            "message.clOrdId > ''");
        assertSelects((record) -> record.get("template").asText().equals("Trade") &&
            record.get("sequence").asLong() < 2_000, "--where", "sequence < 2000", "--template", "Trade");
        assertThat(print("--where", "sequence = BUY")).isEmpty();
        assertThat(print("--where", "message.clOrdId = null")).isEmpty();
    }

    private static boolean anyBid(final JsonNode record, final long priceTicks)
    {
        for (final JsonNode bid : field(record, "bids"))
        {
            if (bid.get("priceTicks").asLong() == priceTicks)
            {
                return true;
            }
        }
        return false;
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', value =
    {
        "``; at 1: the end: expected a name",
        "sequenc = 1; at 1: 'sequenc': expected the name of a field; did you mean 'sequence'?",
        "side = BUY; did you mean 'message.side'?",
        "message.sid = BUY; did you mean 'message.side'?",
        "sequence; at 9: the end: expected one of = != < <= > >=",
        "sequence 5; at 10: '5': expected one of",
        "sequence =; at 11: the end: expected a value",
        "sequence = = 5; at 12: '=': expected a value",
        "sequence = 5 5; at 14: '5': expected and, or, or the end",
        "sequence = 5 and; at 17: the end: expected a name",
        "(sequence = 5; at 14: the end: expected ')'",
        "sequence = 5); at 13: ')': expected and, or, or the end",
        "template = 'Trade; at 12: ''Trade': expected a name, an operator or a value",
        "sequence ! 5; at 10: '! 5'"})
    void saysWhereAnExpressionIsWrong(final String expression, final String problem)
    {
        final CommandRun run = CommandRun.of("journal", "print", journal, "--where", expression).exits(2);
        assertThat(run.err()).contains("--where=" + expression).contains(problem);
        assertThat(run.out()).isEmpty();
    }

    @Test
    void refusesWhatItDoesNotKnow()
    {
        assertThat(CommandRun.of("journal", "print", journal, "--template", "Trades").exits(2).err())
            .contains("--template=Trades").contains("'Trade'");
        assertThat(CommandRun.of("journal", "print", journal, "--format", "xml").exits(2).err())
            .contains("text, yaml, json, csv");
        CommandRun.of("journal", "print", journal, "--format", "JSON").exits(2);
        CommandRun.of("journal", "print", journal, "--json").exits(2);
        CommandRun.of("journal", "print", journal, "--from", "x").exits(2);
    }
}
