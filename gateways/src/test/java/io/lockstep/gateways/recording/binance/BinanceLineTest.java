package io.lockstep.gateways.recording.binance;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.lockstep.gateways.recording.SyntheticRecording;
import io.lockstep.gateways.recording.binance.BinanceLine.Kind;
import io.lockstep.gateways.recording.finding.MalformedLine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class BinanceLineTest
{
    private final BinanceLine line = new BinanceLine();
    private final JsonFactory factory = new JsonFactory();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', value =
    {
        "DEPTH    | {\"stream\":\"x@depth@100ms\",\"data\":{\"e\":\"depthUpdate\",\"b\":[],\"a\":[]}}",
        "DEPTH    | {\"data\":{\"b\":[],\"a\":[],\"e\":\"depthUpdate\"},\"stream\":\"x@depth\"}",
        "DEPTH    | {\"e\":\"depthUpdate\"}",
        "UNKNOWN  | {\"stream\":\"x@depth20@100ms\",\"data\":{\"e\":\"depthUpdate\"}}",
        "UNKNOWN  | {\"stream\":\"x@depth5\",\"data\":{\"lastUpdateId\":1,\"bids\":[],\"asks\":[]}}",
        "SNAPSHOT | {\"lastUpdateId\":1,\"bids\":[],\"asks\":[]}",
        "SNAPSHOT | {\"stream\":\"x@depth\",\"data\":{\"lastUpdateId\":1,\"bids\":[],\"asks\":[]}}",
        "QUOTE    | {\"u\":1,\"s\":\"X\",\"b\":\"1\",\"B\":\"1\",\"a\":\"2\",\"A\":\"2\"}",
        "QUOTE    | {\"stream\":\"!bookTicker\",\"data\":{\"u\":1,\"s\":\"X\"}}",
        "TRADE    | {\"stream\":\"x@trade\",\"data\":{\"e\":\"trade\",\"b\":12,\"a\":13}}",
        "TRADE    | {\"e\":\"aggTrade\"}",
        "UNKNOWN  | {\"stream\":\"x@kline_1m\",\"data\":{\"e\":\"kline\",\"k\":{\"b\":[1,2]}}}",
        "UNKNOWN  | {\"result\":null,\"id\":1}",
        "UNKNOWN  | [{\"e\":\"24hrTicker\"}]",
        "UNKNOWN  | {}"})
    void recognises(final Kind kind, final String json)
    {
        parse("1700000000000 " + json);
        assertThat(line.kind()).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource(
    {
        "1700000000, 1700000000000000000",
        "1700000000123, 1700000000123000000",
        "1700000000123456, 1700000000123456000",
        "1700000000123456789, 1700000000123456789",
        "1700000000.5, 1700000000500000000",
        "1700000000123.25, 1700000000123250000"})
    void tellsTimeUnitsBySize(final String time, final long expectedNs)
    {
        parse(time + " {}");
        assertThat(line.localTimeNs()).isEqualTo(expectedNs);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', value =
    {"{}", "x {}", "12", "12 ", "12 5", "12 {", "12 {}}",
        "12 {\"a\" 1}", "12 {\"a\":01}", "12 {\"a\":\"b}", "12 {\"a\":[1,]}", "12 {\"a\":tru}", "12 {\"a\":1,}",
        "1. {}",
        "12 {\"e\":5}", "12 {\"a\":\"\\x\"}", "-5 {}"})
    void refusesWhatIsNoTimeAndJson(final String text)
    {
        assertThatThrownBy(() -> parse(text)).isInstanceOf(MalformedLine.class).hasMessageContaining("expected");
    }

    @Test
    void acceptsTheJsonThatAReferenceParserAccepts()
    {
        final List<String> valid = SyntheticRecording.lines(SyntheticRecording.Product.USDM, "BTCUSDT", 3, 40);
        final String alphabet = "{}[]\",:.0123456789-+eEtrufalsn\\ bx";
        final Random random = new Random(20260101);
        int accepted = 0;
        int refused = 0;
        for (int i = 0; i < 40_000; i++)
        {
            final StringBuilder text = new StringBuilder(valid.get(random.nextInt(valid.size())));
            final int json = text.indexOf(" ") + 1;
            for (int edits = 1 + random.nextInt(2); edits > 0; edits--)
            {
                final int at = json + random.nextInt(Math.min(text.length() - json, 250));
                final char c = alphabet.charAt(random.nextInt(alphabet.length()));
                switch (random.nextInt(4))
                {
                    case 0 -> text.deleteCharAt(at);
                    case 1 -> text.insert(at, c);
                    case 2 -> text.setCharAt(at, c);
                    default -> text.setLength(Math.max(at, json + 1));
                }
            }
            final boolean expected = isObject(text.substring(json));
            assertThat(isAccepted(text.toString())).as(text.toString()).isEqualTo(expected);
            accepted += expected ? 1 : 0;
            refused += expected ? 0 : 1;
        }
        assertThat(accepted).isGreaterThan(1_000);
        assertThat(refused).isGreaterThan(1_000);
    }

    private boolean isAccepted(final String text)
    {
        try
        {
            parse(text);
            return true;
        }
        catch (final MalformedLine ex)
        {
            // An event type that is no text is refused although it is JSON.
            return ex.getMessage().startsWith("e=");
        }
    }

    private boolean isObject(final String json)
    {
        try (JsonParser parser = factory.createParser(json))
        {
            final JsonToken first = parser.nextToken();
            if (first != JsonToken.START_OBJECT && first != JsonToken.START_ARRAY)
            {
                return false;
            }
            parser.skipChildren();
            return parser.nextToken() == null;
        }
        catch (final IOException ex)
        {
            return false;
        }
    }

    private void parse(final String text)
    {
        final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        line.parse(bytes, 0, bytes.length);
    }
}
