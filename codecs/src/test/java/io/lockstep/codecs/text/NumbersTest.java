package io.lockstep.codecs.text;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.math.BigDecimal;
import java.util.Locale;

import static org.assertj.core.api.Assertions.assertThat;

class NumbersTest
{
    private final Locale locale = Locale.getDefault();

    @AfterEach
    void restoreLocale()
    {
        Locale.setDefault(locale);
    }

    @ParameterizedTest
    @ValueSource(strings =
    {"en-US", "fa-IR", "ar-EG", "bn-BD", "mr-IN", "ne-NP", "tr-TR", "de-DE"})
    void shouldWriteTheSameDigitsUnderEveryLocale(final String tag)
    {
        Locale.setDefault(Locale.forLanguageTag(tag));

        assertThat(Numbers.padded(42, 6)).isEqualTo("000042");
        assertThat(Numbers.padded(-42, 6)).isEqualTo("-000042");
        assertThat(Numbers.padded(Long.MIN_VALUE, 1)).isEqualTo("-9223372036854775808");
        assertThat(Numbers.hex(0xabcL)).isEqualTo("0000000000000abc");
        assertThat(Numbers.hex(-1)).isEqualTo("ffffffff");
        assertThat(Numbers.grouped(-1_234_567)).isEqualTo("-1,234,567");
        assertThat(Numbers.grouped(-123)).isEqualTo("-123");
        assertThat(Numbers.grouped(123)).isEqualTo("123");
        assertThat(Numbers.fixed(1.25, 1)).isEqualTo("1.3");
        assertThat(Numbers.fixed(1234.5, 0)).isEqualTo("1235");
        assertThat(Numbers.fixed(Double.NaN, 1)).isEqualTo("NaN");
        assertThat(Times.iso(1_700_000_000_000_000_001L)).isEqualTo("2023-11-14T22:13:20.000000001Z");
        assertThat(Times.duration(1_500_000)).hasToString("1.5 ms");
    }

    @ParameterizedTest
    @CsvSource(
    {"0E-8, 0", "0.00, 0", "1.50, 1.5", "1E+3, 1000", "-0.10, -0.1", "100, 100"})
    void shouldWritePlainDecimals(final String value, final String expected)
    {
        assertThat(Decimals.plain(new BigDecimal(value))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
    {"0, 1970-01-01T00:00:00.000000000Z", "-1, 1969-12-31T23:59:59.999999999Z",
        "9223372036854775807, 2262-04-11T23:47:16.854775807Z", "-9223372036854775808, 1677-09-21T00:12:43.145224192Z"})
    void shouldWriteTimes(final long epochNs, final String expected)
    {
        assertThat(Times.iso(epochNs)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
    {"0, 0 s", "5000000000, 5 s", "1500000000, 1.5 s", "999999999, 999.999999 ms", "-2000000000, -2 s", "1, 1 ns",
        "1500, 1.5 us", "60000000000, 60 s"})
    void shouldWriteDurations(final long ns, final String expected)
    {
        assertThat(Times.duration(ns)).hasToString(expected);
    }
}
