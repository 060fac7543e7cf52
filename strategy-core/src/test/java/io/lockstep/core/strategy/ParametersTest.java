package io.lockstep.core.strategy;

import io.lockstep.codecs.Decimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ParametersTest
{
    private static Parameters with(final long mantissa, final int exponent)
    {
        return new Parameters().put("x", new Decimal(mantissa, exponent));
    }

    @ParameterizedTest
    @CsvSource(
    {"-5, 0, -5", "-50, -1, -5", "-1, 3, -1000", "0, 0, 0", "0, 100, 0", "7, 0, 7", "70, -1, 7",
        "1, 18, 1000000000000000000",
        "-1, 18, -1000000000000000000"})
    void aWholeNumberMayBeNegative(final long mantissa, final int exponent, final long expected)
    {
        assertThat(with(mantissa, exponent).whole("x", 3, -2_000_000_000_000_000_000L, 2_000_000_000_000_000_000L))
            .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
    {"-11, 0, -11", "-11, -1, -1.1", "11, 0, 11", "15, -1, 1.5", "1, 30, 1000000000000000000000000000000",
        "-1, 30, -1000000000000000000000000000000", "-9223372036854775808, 0, -9223372036854775808"})
    void whatIsNoWholeNumberWithinTheBoundsIsRefused(final long mantissa, final int exponent, final String text)
    {
        assertThatThrownBy(() -> with(mantissa, exponent).whole("x", 0, -10, 10))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessage("parameter x=" + text + ": expected a whole number from -10 to 10");
    }

    @Test
    void theBoundsThemselvesAreAllowed()
    {
        assertThat(with(-10, 0).whole("x", 0, -10, 10)).isEqualTo(-10);
        assertThat(with(10, 0).whole("x", 0, -10, 10)).isEqualTo(10);
    }

    @Test
    void whatIsNotGivenIsTheDefault()
    {
        assertThat(new Parameters().whole("x", -3, -10, 10)).isEqualTo(-3);
    }

    @Test
    void aParameterThatNobodyReadIsRefused()
    {
        assertThatThrownBy(() -> with(1, 0).refuseUnknown()).isInstanceOf(IllegalArgumentException.class)
            .hasMessage("unknown parameter x: expected one of []");
    }
}
