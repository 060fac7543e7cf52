package io.lockstep.codecs;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.math.BigDecimal;
import java.math.BigInteger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class IncrementTest
{
    /** The largest number of units that the class promises. */
    private static final long UNITS_MAX = 9_223_372_036_854_775_799L;

    @ParameterizedTest
    @CsvSource(
    {
        "0.25, 25, -2, 0.25",
        "0.5, 5, -1, 0.5",
        "1e-8, 1, -8, 0.00000001",
        "0.00000100, 1, -6, 0.000001",
        "100, 1, 2, 100",
        "250, 25, 1, 250",
        "1, 1, 0, 1",
        "1.000, 1, 0, 1",
        "0.000000000000000001, 1, -18, 0.000000000000000001",
        "123456789.123456789, 123456789123456789, -9, 123456789.123456789"})
    void shouldParse(final String text, final long mantissa, final int exponent, final String printed)
    {
        final Increment increment = Increment.parse(text);

        assertThat(increment).isEqualTo(new Increment(mantissa, exponent));
        assertThat(increment).hasToString(printed);
    }

    @ParameterizedTest
    @ValueSource(strings =
    {"", "0", "0.00", "-1", "x", "1,5", " 1", "0x10", "1e-19", "1e19", "10E+2147483647",
        "1234567890123456789", "NaN", "Infinity", "--1"})
    void shouldRefuseWhatIsNoIncrement(final String text)
    {
        assertThatThrownBy(() -> Increment.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource(
    {"0, 0", "-1, 0", "1, -19", "1, 19"})
    void shouldRefuseFieldsOutOfRange(final long mantissa, final int exponent)
    {
        assertThatThrownBy(() -> new Increment(mantissa, exponent))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("mantissa=" + mantissa)
            .hasMessageContaining("exponent=" + exponent);
    }

    @ParameterizedTest
    @CsvSource(
    {
        "0.25, 0.75, 3",
        "0.25, -0.75, -3",
        "0.25, +0.75, 3",
        "0.25, 0.7500000000000000000000000000000, 3",
        "0.25, 000000000000000000000000000000.75, 3",
        "0.25, .75, 3",
        "0.25, 1., 4",
        "0.5, 0, 0",
        "0.5, -0.0, 0",
        "1e-8, 0.00000001, 1",
        "1e-8, 57012.12345678, 5701212345678",
        "100, 100, 1",
        "100, 12300, 123",
        "100, 12300.000, 123",
        "100, 100000000000000000000, 1000000000000000000",
        "250, 1000, 4",
        "2.5, 7.5, 3",
        "1, 9223372036854775799, 9223372036854775799",
        "1, -9223372036854775799, -9223372036854775799"})
    void shouldCountUnits(final String increment, final String text, final long expected)
    {
        assertThat(Increment.parse(increment).units(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings =
    {"", "-", "+", ".", "-.", "1.2.3", "1e3", "1 ", " 1", "1,000", "0x1", "--1", "1-", "abc", "NaN",
        "\u0661"})
    void shouldRefuseWhatIsNoNumber(final String text)
    {
        assertThat(Increment.parse("0.01").units(text)).isEqualTo(Increment.NOT_A_NUMBER);
    }

    @ParameterizedTest
    @CsvSource(
    {"0.25, 0.3", "0.25, 0.125", "0.5, 0.25", "1e-8, 0.000000001", "100, 50", "100, 0.01", "1, 1.5", "1, -1.5",
        "250, 260", "0.01, 0.00000000000000000000000000000000000001"})
    void shouldRefuseWhatIsOffTheGrid(final String increment, final String text)
    {
        assertThat(Increment.parse(increment).units(text)).isEqualTo(Increment.OFF_GRID);
    }

    @ParameterizedTest
    @CsvSource(
    {
        "1, 9223372036854775800",
        "1, -9223372036854775805",
        "1, -9223372036854775806",
        "1, -9223372036854775807",
        "1, -9223372036854775808",
        "1, 9223372036854775808",
        "1, 18446744073709551616",
        "1, 18446744073709551617",
        "1, 36893488147419103233",
        "1e-8, 92233720368.54775808",
        "1e-8, 184467440737.09551617",
        "1e-18, 100",
        "1, 100000000000000000000000000000000000000000",
        "1, 100000000000000000000000000000000000000001"})
    void shouldRefuseWhatIsTooLarge(final String increment, final String text)
    {
        assertThat(Increment.parse(increment).units(text)).isEqualTo(Increment.TOO_LARGE);
    }

    @Test
    void shouldReadAPartOfTheText()
    {
        assertThat(Increment.parse("0.01").units("price=12.34;", 6, 11)).isEqualTo(1_234);
        assertThat(Increment.parse("0.01").units("12.34", 2, 2)).isEqualTo(Increment.NOT_A_NUMBER);
    }

    @Test
    void shouldTellErrorsFromUnits()
    {
        assertThat(Increment.isError(Increment.NOT_A_NUMBER)).isTrue();
        assertThat(Increment.isError(Increment.OFF_GRID)).isTrue();
        assertThat(Increment.isError(Increment.TOO_LARGE)).isTrue();
        assertThat(Increment.isError(Nulls.NULL_LONG)).isFalse();
        assertThat(Increment.isError(-UNITS_MAX)).isFalse();
        assertThat(Increment.isError(UNITS_MAX)).isFalse();
        assertThat(Increment.isError(0)).isFalse();
    }

    @Test
    void shouldRefuseToScaleANegativeValue()
    {
        assertThatThrownBy(() -> Increment.parse("1").fromScaled(-5, 3))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("value=-5");
    }

    @Test
    void shouldKnowPowersOfTen()
    {
        for (int i = 0; i <= 18; i++)
        {
            assertThat(BigInteger.valueOf(Increment.powerOfTen(i))).isEqualTo(BigInteger.TEN.pow(i));
        }
    }

    @Property
    void shouldInvertItsOwnText(@ForAll("increments") final Increment increment, @ForAll final long anyUnits)
    {
        // Any number of units that the increment's own grid of powers of ten can hold.
        final long units = anyUnits % (UNITS_MAX / increment.mantissa());

        assertThat(increment.units(increment.text(units))).isEqualTo(units);
        assertThat(new BigDecimal(increment.text(units)))
            .isEqualByComparingTo(BigDecimal.valueOf(units).multiply(size(increment)));
    }

    @Property
    void shouldGiveTextOfTheIncrementsPlaces(
        @ForAll("increments") final Increment increment,
        @ForAll @LongRange(min = -100_000, max = 100_000) final long units)
    {
        final String text = increment.text(units);
        final int point = text.indexOf('.');

        assertThat(text).matches("-?[0-9]+(\\.[0-9]+)?");
        assertThat(point < 0 ? 0 : text.length() - point - 1).isEqualTo(Math.max(0, -increment.exponent()));
    }

    /** Text on and off the grid, far beyond it and within, with zeros and sign: always the exact answer or an error. */
    @Property(tries = 20_000)
    void shouldNeverGiveAWrongNumber(
        @ForAll("increments") final Increment increment,
        @ForAll("digits") final String digits,
        @ForAll @IntRange(max = 45) final int places,
        @ForAll @IntRange(max = 20) final int leadingZeros,
        @ForAll @IntRange(max = 20) final int trailingZeros,
        @ForAll("signs") final String sign)
    {
        final String text = sign + "0".repeat(leadingZeros) + withPoint(digits, places) + "0".repeat(trailingZeros);

        assertAgreesWithBigDecimal(increment, text);
    }

    /** Numbers right on the grid, and next to it, around the limit of what fits. */
    @Property(tries = 5_000)
    void shouldBeExactNearTheLimit(
        @ForAll("increments") final Increment increment,
        @ForAll @LongRange(min = -40, max = 40) final long distance,
        @ForAll @IntRange(min = -2, max = 2) final int finer,
        @ForAll("signs") final String sign)
    {
        final BigDecimal limit = BigDecimal.valueOf(UNITS_MAX / increment.mantissa() + distance)
            .multiply(size(increment));
        final BigDecimal nudge = BigDecimal.valueOf(finer).scaleByPowerOfTen(increment.exponent() - 1);

        final BigDecimal number = limit.add(nudge);
        assertAgreesWithBigDecimal(
            increment, (number.signum() < 0 ? "-" : sign) + number.abs().toPlainString());
    }

    @Property
    void shouldScaleExactly(
        @ForAll("increments") final Increment increment,
        @ForAll @LongRange(max = Long.MAX_VALUE) final long value,
        @ForAll @IntRange(min = -40, max = 40) final int valueExponent)
    {
        assertAgreesWithBigDecimal(
            increment, BigDecimal.valueOf(value).scaleByPowerOfTen(valueExponent),
            increment.fromScaled(value, valueExponent));
    }

    /** The same on any text at all: a number that BigDecimal does not know is none. */
    @Property(tries = 5_000)
    void shouldRefuseAnythingElse(@ForAll("nearlyNumbers") final String text)
    {
        final long units = Increment.parse("0.01").units(text);
        if (!text.matches("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)"))
        {
            assertThat(units).as("text='%s'", text).isIn(Increment.NOT_A_NUMBER, Increment.TOO_LARGE);
        }
        else
        {
            assertAgreesWithBigDecimal(Increment.parse("0.01"), new BigDecimal(text), units);
        }
    }

    @Provide
    Arbitrary<Increment> increments()
    {
        final Arbitrary<Increment> common = Arbitraries
            .of("0.25", "0.5", "1e-8", "100", "0.01", "0.1", "1", "0.05", "0.00001", "2.5", "250", "0.125", "1e-18",
                "1e18",
                "0.000000003", "123456789.123456789")
            .map(Increment::parse);
        final Arbitrary<Increment> any = Combinators.combine(
            Arbitraries.oneOf(Arbitraries.longs().between(1, 1_000),
                Arbitraries.longs().between(1, 999_999_999_999_999_999L)),
            Arbitraries.integers().between(-18, 18)).as(Increment::new);
        return Arbitraries.oneOf(common, any);
    }

    @Provide
    Arbitrary<String> digits()
    {
        return Arbitraries.oneOf(
            Arbitraries.longs().between(0, 1_000_000).map(String::valueOf),
            Arbitraries.longs().between(0, Long.MAX_VALUE).map(String::valueOf),
            Arbitraries.strings().withCharRange('0', '9').ofMinLength(1).ofMaxLength(30));
    }

    @Provide
    Arbitrary<String> signs()
    {
        return Arbitraries.of("", "-", "+");
    }

    @Provide
    Arbitrary<String> nearlyNumbers()
    {
        return Arbitraries.strings().withChars("0123456789+-. eE,x").ofMaxLength(8);
    }

    private static String withPoint(final String digits, final int places)
    {
        final String padded = "0".repeat(Math.max(0, places + 1 - digits.length())) + digits;
        return padded.substring(0, padded.length() - places) + "." + padded.substring(padded.length() - places);
    }

    private static void assertAgreesWithBigDecimal(final Increment increment, final String text)
    {
        assertAgreesWithBigDecimal(increment, new BigDecimal(text), increment.units(text));
    }

    private static void assertAgreesWithBigDecimal(
        final Increment increment, final BigDecimal number, final long units)
    {
        final BigDecimal limit = BigDecimal.valueOf(UNITS_MAX);
        final BigDecimal plain = number.stripTrailingZeros();
        final boolean tooLarge = number.abs().scaleByPowerOfTen(-increment.exponent()).compareTo(limit) > 0 ||
            new BigDecimal(plain.unscaledValue().abs()).compareTo(limit) > 0;
        final BigDecimal[] parts = number.divideAndRemainder(size(increment));
        final boolean onGrid = parts[1].signum() == 0;
        if (onGrid && !tooLarge)
        {
            assertThat(units).as("%s in units of %s", number, increment).isEqualTo(parts[0].longValueExact());
        }
        else if (onGrid)
        {
            assertThat(units).as("%s in units of %s", number, increment).isEqualTo(Increment.TOO_LARGE);
        }
        else if (tooLarge)
        {
            assertThat(units).as("%s in units of %s", number, increment).isIn(Increment.TOO_LARGE, Increment.OFF_GRID);
        }
        else
        {
            assertThat(units).as("%s in units of %s", number, increment).isEqualTo(Increment.OFF_GRID);
        }
    }

    private static BigDecimal size(final Increment increment)
    {
        return BigDecimal.valueOf(increment.mantissa()).scaleByPowerOfTen(increment.exponent());
    }
}
