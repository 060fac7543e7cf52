package io.lockstep.core.risk;

import io.lockstep.codecs.MutableInt128;
import io.lockstep.codecs.Nulls;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.math.BigInteger;

import static org.assertj.core.api.Assertions.assertThat;

class LimitTableTest
{
    private final LimitTable table = new LimitTable(1);

    private static MutableInt128 number(final String value)
    {
        return MutableInt128.of(new BigInteger(value));
    }

    /** The largest long is what messages say of a limit that is not set; one that is set to it is another. */
    @ParameterizedTest
    @ValueSource(strings =
    {"0", "1", "9223372036854775806", "9223372036854775807", "9223372036854775808", "18446744073709551615",
        "170141183460469231731687303715884105727"})
    void shouldBindAtItsBoundaryAndComeBackFromAMessage(final String text)
    {
        final MutableInt128 limit = number(text);
        final LimitTable restored = new LimitTable(1);
        table.set(0, limit);

        restored.restore(0, table.low(0), table.highOrNull(0));

        for (final LimitTable each : new LimitTable[]{table, restored})
        {
            assertThat(each.isSet(0)).isTrue();
            assertThat(each.value(0)).isEqualTo(limit);
            assertThat(each.isBeyond(0, limit)).isFalse();
            if (!text.startsWith("1701"))
            {
                assertThat(each.isBeyond(0, number(text).add(1))).isTrue();
            }
            assertThat(each.bound(0)).isEqualTo(limit.fitsLong() ? limit.low() : Long.MAX_VALUE);
        }
        assertThat(restored.chain(7, 0)).isEqualTo(table.chain(7, 0));
        assertThat(table.chain(7, 0)).isNotEqualTo(new LimitTable(1).chain(7, 0));
    }

    @Test
    void shouldNotBindWhenItIsNotSet()
    {
        table.set(0, number("5"));
        table.unset(0);

        assertThat(table.isSet(0)).isFalse();
        assertThat(table.isBeyond(0, number("170141183460469231731687303715884105727"))).isFalse();
        assertThat(table.bound(0)).isEqualTo(Long.MAX_VALUE);
        assertThat(table.chain(7, 0)).isEqualTo(new LimitTable(1).chain(7, 0));
        table.restore(0, table.low(0), table.highOrNull(0));
        assertThat(table.isSet(0)).isFalse();
    }

    /** As snapshots of earlier versions have it. */
    @Test
    void shouldTakeALowHalfAloneForTheNumber()
    {
        table.restore(0, 17, Nulls.NULL_LONG);
        assertThat(table.value(0)).isEqualTo(number("17"));
        table.restore(0, Long.MAX_VALUE, Nulls.NULL_LONG);
        assertThat(table.isSet(0)).isFalse();
    }
}
