package io.lockstep.gateways.recording;

import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.NameRule;
import io.lockstep.gateways.feed.MarketSource;
import io.lockstep.gateways.recording.finding.BadInputException;
import io.lockstep.gateways.recording.finding.BadInputPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SymbolsTest
{
    private static final String CHINESE = "\u5e01\u5b89\u4eba\u751fUSDT";
    private static final String ESCAPED = "\\u5e01\\u5b89\\u4EBA\\u751fUSDT";

    @TempDir
    private Path directory;

    @Test
    void symbolsAreTextHoweverTheyAreWritten() throws IOException
    {
        final Path file = file("a.txt", trade(1, CHINESE), trade(2, ESCAPED), trade(3, CHINESE), trade(4, ESCAPED));
        try (Recording recording = open(BadInputPolicy.REFUSE, file); MarketSource source = recording.source(i -> 7))
        {
            assertThat(recording.instruments()).extracting(Instrument::name).containsExactly(CHINESE + ".BINANCE_SPOT");
            assertThat(recording.instruments().get(0).quoteCurrency()).isEqualTo("USDT");
            assertThat(RecordedMessages.drain(source)).hasSize(4).allMatch(text -> text.startsWith("7 trade"));
        }
    }

    @Test
    void aStreamNamesItsSymbolToo() throws IOException
    {
        final String quote = "{\"stream\":\"%s@bookTicker\",\"data\":" +
            "{\"u\":1,\"b\":\"1\",\"B\":\"1\",\"a\":\"2\",\"A\":\"1\"}}";
        final Path file = file("a.txt",
            "1000000000001 " + String.format(Locale.ROOT, quote, "\u00e9usdt"),
            "1000000000002 " + String.format(Locale.ROOT, quote, "\\u00e9usdt"));
        try (Recording recording = open(BadInputPolicy.REFUSE, file); MarketSource source = recording.source(i -> 0))
        {
            assertThat(recording.instruments()).extracting(Instrument::symbol).containsExactly("\u00c9USDT");
            assertThat(RecordedMessages.drain(source)).hasSize(2);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value =
    {
        "\\u001b[31mX | character 1 is U+001B",
        "\\u0000 | character 1 is U+0000",
        "a b | character 2 is U+0020",
        "a\\u3000b | character 2 is U+3000",
        "a\\nb | character 2 is U+000A",
        "../../etc | it holds '..'",
        "a\\/b | character 2 is U+002F",
        "a\\\\b | character 2 is U+005C",
        "\\ud83d | character 1 is U+D83D",
        "a\\u202eb | character 2 is U+202E"})
    void othersAreRefusedWithTheirLine(final String symbol, final String expected) throws IOException
    {
        final Path file = file("a.txt", trade(1, "BTCUSDT"), trade(2, symbol));
        assertThatThrownBy(() -> open(BadInputPolicy.REFUSE, file)).isInstanceOf(BadInputException.class)
            .hasMessageStartingWith(file + ":2: s=")
            .hasMessageContaining("expected a name of 1 to 64 letters").hasMessageEndingWith(expected);
        try (Recording recording = open(BadInputPolicy.REPORT, file); MarketSource source = recording.source(i -> 0))
        {
            assertThat(RecordedMessages.drain(source)).hasSize(1);
            assertThat(recording.badLines()).isEqualTo(1);
        }
    }

    @Test
    void aLongOneIsRefusedAndShownInPart() throws IOException
    {
        final Path file = file("a.txt", trade(1, "A".repeat(70_000)));
        assertThatThrownBy(() -> open(BadInputPolicy.REFUSE, file)).isInstanceOf(BadInputException.class)
            .hasMessage(file + ":1: s=" + "A".repeat(40) + "...: expected " + NameRule.EXPECTED +
                ": it has 70000 characters, 70000 bytes");
    }

    @Test
    void bytesThatAreNoTextAreRefused() throws IOException
    {
        final byte[] line = (trade(1, "X\u00ff") + "\n").getBytes(StandardCharsets.ISO_8859_1);
        final Path file = Files.write(directory.resolve("a.txt"), line);
        assertThatThrownBy(() -> open(BadInputPolicy.REFUSE, file)).isInstanceOf(BadInputException.class)
            .hasMessageContaining(":1: s=X").hasMessageContaining("expected text in UTF-8");
    }

    @Test
    void theNameOfAFileOfBarsIsASymbol() throws IOException
    {
        final String[] lines = {"timestamp,open,high,low,close,volume", "1514764800000,1,2,1,2,3"};
        try (Recording recording = open(BadInputPolicy.REFUSE, file(CHINESE + "_1h.csv", lines)))
        {
            assertThat(recording.instruments()).extracting(Instrument::symbol).containsExactly(CHINESE);
        }
        final Path blank = file("BTC USDT_1h.csv", lines);
        for (final BadInputPolicy policy : BadInputPolicy.values())
        {
            assertThatThrownBy(() -> open(policy, blank)).isInstanceOf(BadInputException.class)
                .hasMessage(blank + ": symbol=BTC USDT: expected the name of a file of bars to begin with " +
                    NameRule.EXPECTED + ": character 4 is U+0020");
        }
    }

    private static String trade(final int id, final String symbol)
    {
        return "100000000000" + id + " {\"e\":\"trade\",\"s\":\"" + symbol + "\",\"t\":" + id +
            ",\"p\":\"100\",\"q\":\"1\",\"m\":true,\"M\":true}";
    }

    private Path file(final String name, final String... lines) throws IOException
    {
        return Files.write(directory.resolve(name), List.of(lines));
    }

    private static Recording open(final BadInputPolicy policy, final Path... files)
    {
        return Recording.open(List.of(files), null, policy, List.of());
    }
}
