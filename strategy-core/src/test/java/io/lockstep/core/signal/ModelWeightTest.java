package io.lockstep.core.signal;

import io.lockstep.codecs.Decimal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class ModelWeightTest
{
    @ParameterizedTest
    @CsvSource(
    {"1,0,1000000,true", "0,5,0,true", "7,-1,700000,true", "1,-6,1,true", "10,-7,1,true", "15,-7,1,false",
        "1,-7,0,false", "1,6,1000000000000,true", "1000001,0,1000000000000,false", "1,18,1000000000000,false",
        "1,127,1000000000000,false", "1,-127,0,false", "0,127,0,true", "999999999999999999,-24,0,false",
        "9223372036854775807,0,1000000000000,false"})
    void shouldCountInMillionths(
        final long mantissa, final int exponent, final long units, final boolean isOne)
    {
        final Decimal weight = new Decimal(mantissa, exponent);

        assertThat(ModelWeight.units(weight)).isEqualTo(units);
        assertThat(ModelWeight.isOne(weight)).isEqualTo(isOne);
    }
}
