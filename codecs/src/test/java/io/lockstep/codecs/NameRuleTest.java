package io.lockstep.codecs;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class NameRuleTest
{
    @ParameterizedTest
    @ValueSource(strings =
    {"BTCUSDT", "BRK.B", "tBTCF0:USTF0", "BTC-27DEC24-50000-C", "^GSPC", "ES=F", "1000SHIB", "a", "币安人生USDT", "Ünïted",
        "نفط", "हिन्दी", "€STR", "BTCUSDT.BINANCE_USDM", "𝔄", "🚀USDT", "e\u0301"})
    void shouldTakeWhatVenuesUse(final String name)
    {
        assertThat(NameRule.problem(name)).isNull();
        assertThat(NameRule.isName(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings =
    {"", " ", "A B", "A\tB", "A\nB", "\u001b[31mA", "A\u0000", "A\u007f", "A\u0085", "A/B", "A\\B", "..", "A..B",
        "../..",
        "A,B", "A\"B", "A'B", "A`B", "A<B", "A>B", "A|B", "A;B", "A{B", "A}B", "A[B", "A]B", "A?B", "\u202eA",
        "A\u200bB",
        "A\u00a0B", "A\u2028B", "\ufeffA", "\ud800", "A\udc00", "\ue000", "\u0378"})
    void shouldRefuseWhatDoesHarmSomewhere(final String name)
    {
        assertThat(NameRule.problem(name)).isNotNull().matches("[ -~]+");
        assertThat(NameRule.isName(name)).isFalse();
    }

    @Test
    void shouldBoundTheLengthInCharactersAndInBytes()
    {
        assertThat(NameRule.problem("A".repeat(64))).isNull();
        assertThat(NameRule.problem("A".repeat(65))).isEqualTo("it has 65 characters, 65 bytes");
        assertThat(NameRule.problem("币".repeat(64))).isNull();
        assertThat(NameRule.problem("𝔄".repeat(48))).isNull();
        assertThat(NameRule.problem("𝔄".repeat(49))).isEqualTo("it has 49 characters, 196 bytes");
        assertThat(NameRule.problem("A".repeat(70_000))).contains("70000");
    }

    @Test
    void shouldSayWhichCharacter()
    {
        assertThat(NameRule.problem("AB\u001bC")).isEqualTo("character 3 is U+001B");
        assertThat(NameRule.problem("../..")).isEqualTo("it holds '..'");
        assertThat(NameRule.EXPECTED).startsWith("a name of 1 to 64 letters, digits and any of -_.");
    }
}
