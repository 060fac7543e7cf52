package io.lockstep.gateways.recording.binance;

import io.lockstep.gateways.recording.finding.MalformedLine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class JsonCursorTest
{
    private final JsonCursor json = new JsonCursor();

    @ParameterizedTest
    @ValueSource(strings =
    {
        "0", "-0", "12", "-1.50", "1e5", "1E-5", "0.25e+3", "true", "false", "null", "\"\"", "\"\\u00e9\\n\\\"\"", "[]",
        "[ ]", "[1, \"2\" ,[3]]", "{}", "{ }", "{\"a\":1, \"b\" : {\"c\":[]} }"})
    void passesAValueUpToItsEnd(final String value)
    {
        wrap("? " + value + " ,", 2);
        json.skipValue(0);
        assertThat(json.position()).isEqualTo(2 + value.length());
        assertThat(json.isAtEnd()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', value =
    {
        "01        | 3 | ',' or ']'",
        "+1        | 2 | a JSON value",
        ".5        | 2 | a JSON value",
        "1.        | 4 | a JSON value",
        "1e        | 4 | a JSON value",
        "tru       | 2 | a JSON value",
        "\"\\x\"   | 4 | an escape that JSON knows",
        "\"\\u12g4\" | 7 | four hexadecimal digits",
        "[1 2]     | 5 | ',' or ']'",
        "[1,]      | 5 | a JSON value",
        "{\"a\" 1} | 7 | ':'",
        "{\"a\":1,} | 9 | a name in quotes",
        "{1:2}     | 3 | a name in quotes"})
    void saysWhatItExpectedAndWhere(final String value, final int column, final String expected)
    {
        wrap("[" + value + "]", 0);
        assertThatThrownBy(() -> json.skipValue(0)).isInstanceOf(MalformedLine.class)
            .hasMessageContaining(": expected " + expected)
            .hasMessageEndingWith(" at column " + column);
    }

    @Test
    void refusesTextWithoutEndAndWithControlCharacters()
    {
        wrap("\"abc", 0);
        assertThatThrownBy(() -> json.skipValue(0)).hasMessageContaining("'\"' at the end of text at column 5");
        wrap("\"a\tc\"", 0);
        assertThatThrownBy(() -> json.skipValue(0)).hasMessageContaining("no control character in text at column 3");
    }

    @Test
    void refusesDeepNesting()
    {
        wrap("[".repeat(100_000), 0);
        assertThatThrownBy(() -> json.skipValue(0)).isInstanceOf(MalformedLine.class)
            .hasMessageContaining("nested at most");
    }

    @Test
    void walksMembersByName()
    {
        final String text = "{ \"ab\" : 1 , \"\":[]}";
        wrap(text, 0);
        assertThat(json.enter('}')).isTrue();
        json.skipName();
        assertThat(text.substring(json.nameStart(), json.nameEnd())).isEqualTo("ab");
        assertThat(json.peek()).isEqualTo('1');
        json.skipValue(0);
        assertThat(json.next('}')).isTrue();
        json.skipName();
        assertThat(json.nameEnd()).isEqualTo(json.nameStart());
        json.skipValue(0);
        assertThat(json.next('}')).isFalse();
        assertThat(json.isAtEnd()).isTrue();
        assertThat(json.peek()).isEqualTo(-1);
    }

    private void wrap(final String text, final int start)
    {
        final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        json.wrap(bytes, 0, start, bytes.length);
    }
}
