package io.lockstep.core.market;

import io.lockstep.codecs.Nulls;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** From when data is, whatever gateways say. */
class ReceiptTimeTest
{
    private static final long NOW_NS = 1_000;

    @ParameterizedTest
    @CsvSource(
    {
        "900, , 900", "900, 50, 850", "0, , 1000", "0, 50, 950", "-1, , 1000", "1001, , 1000",
        "9223372036854775807, 50, 950",
        "900, -50, 900", "900, 900, 0", "900, 9223372036854775807, 0", "1000, 0, 1000"
    })
    void shouldBeTheGatewaysTimeLessTheDelay(final long gatewayTimeNs, final Long delayNs, final long expectedNs)
    {
        assertThat(ReceiptTime.of(gatewayTimeNs, delayNs == null ? Nulls.NULL_LONG : delayNs, NOW_NS))
            .isEqualTo(expectedNs);
    }
}
