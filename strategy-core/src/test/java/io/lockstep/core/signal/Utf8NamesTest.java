package io.lockstep.core.signal;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;

/** Names of one to four bytes a character, compared without making text of them. */
class Utf8NamesTest
{
    @ParameterizedTest
    @CsvSource(
    {"BTCUSDT,BTCUSDT,true", "BTCUSDT,BTCUSD,false", "BTCUSD,BTCUSDT,false", "BTCUSDT,BTCUSDX,false",
        "größe,größe,true", "größe,grösse,false", "币安,币安,true", "币安,币,false", "🚀x,🚀x,true", "🚀x,🚁x,false",
        "'','',true", "'',a,false"})
    void shouldCompareNamesByteByByte(final String text, final String other, final boolean expected)
    {
        final byte[] bytes = ("--" + other).getBytes(StandardCharsets.UTF_8);

        assertThat(Utf8Names.isEqual(text, new UnsafeBuffer(bytes), 2, bytes.length - 2)).isEqualTo(expected);
    }
}
