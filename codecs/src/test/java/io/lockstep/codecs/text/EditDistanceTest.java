package io.lockstep.codecs.text;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class EditDistanceTest
{
    @ParameterizedTest
    @CsvSource(
    {"'', '', 0", "'', abc, 3", "halt, halt, 0", "halt, hlt, 1", "halt, haltt, 1", "halt, hold, 2",
        "kitten, sitting, 3"})
    void shouldCountInsertedRemovedAndExchangedLettersInBothDirections(
        final String a, final String b, final int expected)
    {
        assertThat(EditDistance.between(a, b)).isEqualTo(expected);
        assertThat(EditDistance.between(b, a)).isEqualTo(expected);
    }
}
