package io.lockstep.codecs.text;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class EscapesTest
{
    @ParameterizedTest
    @ValueSource(strings =
    {"BTCUSDT", "币安USDT", "Größe", "ΑΒΓ", "a b", "C:\\x", "😀", "नेपाल", ""})
    void shouldLeaveWhatPeopleCanRead(final String text)
    {
        assertThat(Escapes.line(text)).isEqualTo(text);
    }

    @Test
    void shouldEscapeForALine()
    {
        assertThat(Escapes.line("a\u001b[31mb")).isEqualTo("a\\u001b[31mb");
        assertThat(Escapes.line("a\nb\r\tc\0\u007f\u009b")).isEqualTo("a\\nb\\r\\tc\\u0000\\u007f\\u009b");
        assertThat(Escapes.line("\u202eabc\u2066\u200b\ufeff\u2028"))
            .isEqualTo("\\u202eabc\\u2066\\u200b\\ufeff\\u2028");
        assertThat(Escapes.line("\ud83d")).isEqualTo("\\ud83d");
        assertThat(Escapes.line(new StringBuilder().appendCodePoint(0xe0041))).isEqualTo("\\udb40\\udc41");
    }

    @Test
    void shouldEscapeTwiceAsOnce()
    {
        final String once = Escapes.line("a\u001bb\\u001b");

        assertThat(Escapes.line(once)).isEqualTo(once);
    }

    @Test
    void shouldKeepLines()
    {
        assertThat(Escapes.lines("a\n\tb\u001b\r\n")).isEqualTo("a\n\tb\\u001b\\r\n");
    }

    @Test
    void shouldEscapeForJson()
    {
        assertThat(Escapes.json("a\"b\\c\n币\u202e")).isEqualTo("\"a\\\"b\\\\c\\n币\\u202e\"");
    }

    @ParameterizedTest
    @CsvSource(
    {
        "BTCUSDT, BTCUSDT",
        "BTCUSDT.BINANCE_USDM, BTCUSDT.BINANCE_USDM",
        "币安, 币安",
        "no, \"no\"",
        "NULL, \"NULL\"",
        "y, \"y\"",
        "010, \"010\"",
        "0x1f, \"0x1f\"",
        "1e3, \"1e3\"",
        "1:30, \"1:30\"",
        "2026-03-01T08:30:00Z, \"2026-03-01T08:30:00Z\"",
        ".inf, \".inf\"",
        "~, \"~\"",
        "a: b, \"a: b\"",
        "a #b, \"a #b\"",
        "!int, \"!int\"",
        "'', \"\""})
    void shouldWriteYamlThatIsTextToEveryParser(final String text, final String expected)
    {
        assertThat(Escapes.yaml(text)).isEqualTo(expected);
    }

    @Test
    void shouldEscapeForYaml()
    {
        assertThat(Escapes.yaml("a\"\\\n\u001b")).isEqualTo("\"a\\\"\\\\\\n\\u001b\"");
        assertThat(Escapes.yaml(new StringBuilder().appendCodePoint(0xe0041))).isEqualTo("\"\\U000e0041\"");
    }

    @Test
    void shouldEscapeForCsv()
    {
        assertThat(Escapes.csv("plain 币")).isEqualTo("plain 币");
        assertThat(Escapes.csv("a,b")).isEqualTo("\"a,b\"");
        assertThat(Escapes.csv("a\"b")).isEqualTo("\"a\"\"b\"");
        assertThat(Escapes.csv("a\nb\u001b")).isEqualTo("a\\nb\\u001b");
        assertThat(Escapes.csv("-0.5")).isEqualTo("-0.5");
        assertThat(Escapes.csv("-1;-2;;3")).isEqualTo("-1;-2;;3");
        assertThat(Escapes.csv("-1+cmd")).isEqualTo("'-1+cmd");
        assertThat(Escapes.csv("=1+2")).isEqualTo("'=1+2");
        assertThat(Escapes.csv("@SUM(1,2)")).isEqualTo("\"'@SUM(1,2)\"");
    }

    @Test
    void shouldEscapeForHtml()
    {
        assertThat(Escapes.html("<a href='x'>\"&币\u202e</a>"))
            .isEqualTo("&lt;a href=&#39;x&#39;&gt;&quot;&amp;币\\u202e&lt;/a&gt;");
    }
}
