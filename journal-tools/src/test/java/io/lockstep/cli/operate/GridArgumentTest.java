package io.lockstep.cli.operate;

import io.lockstep.cli.argument.UsageException;
import io.lockstep.codecs.Increment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class GridArgumentTest
{
    private static final Increment TICK = Increment.parse("0.01");

    @Test
    void shouldCountUnitsExactly()
    {
        assertThat(GridArgument.positive("--price", "60000.10", TICK, 10, "order tick of X")).isEqualTo(6_000_010);
        assertThat(GridArgument.positive("--price", "0.1", TICK, 10, "order tick of X")).isEqualTo(10);
        assertThat(GridArgument.signed("--quantity", "-2.5", TICK, "lot of X")).isEqualTo(-250);
        assertThat(GridArgument.signed("--quantity", "2.5", TICK, "lot of X")).isEqualTo(250);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        60000.15  | --price=60000.15: expected a multiple of 0.1, the order tick of X
        0.001     | --price=0.001: expected a multiple of 0.1, the order tick of X
        0         | --price=0: expected a positive decimal such as 0.01
        -1        | --price=-1: expected a positive decimal such as 0.01
        1e3       | --price=1e3: expected a positive decimal such as 0.01
        ' 1'      | --price= 1: expected a positive decimal such as 0.01
        1,5       | --price=1,5: expected a positive decimal such as 0.01
        99999999999999999999 | --price=99999999999999999999: expected a number that 0.01 counts in 63 bits
        """)
    void shouldNameValueAndGrid(final String text, final String problem)
    {
        assertThatThrownBy(() -> GridArgument.positive("--price", text, TICK, 10, "order tick of X"))
            .isInstanceOf(UsageException.class).hasMessage(problem);
    }
}
