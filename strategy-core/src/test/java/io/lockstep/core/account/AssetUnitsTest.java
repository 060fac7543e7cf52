package io.lockstep.core.account;

import io.lockstep.codecs.MutableInt128;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

import static org.assertj.core.api.Assertions.assertThat;

class AssetUnitsTest
{
    private static final BigInteger END = BigInteger.TWO.pow(AssetUnits.BITS_MAX);

    private final AssetUnits units = new AssetUnits();

    @Property(tries = 5_000)
    void shouldScaleAsDecimalsDo(
        @ForAll final BigInteger anyValue, @ForAll @IntRange(min = -127, max = 127) final int exponent)
    {
        final BigInteger value = anyValue.mod(END.shiftLeft(1)).subtract(END);
        final BigDecimal exact = new BigDecimal(value).scaleByPowerOfTen(exponent - AssetUnits.EXPONENT);
        final BigInteger floor = exact.setScale(0, RoundingMode.FLOOR).toBigInteger();
        final MutableInt128 scaled = MutableInt128.of(value);
        final long rounded = units.rounded;

        final boolean isAmount = units.scale(scaled, exponent);

        assertThat(isAmount).isEqualTo(floor.abs().compareTo(END) < 0);
        if (isAmount)
        {
            assertThat(scaled.toBigInteger()).isEqualTo(floor);
            assertThat(units.rounded - rounded).isEqualTo(exact.compareTo(new BigDecimal(floor)) == 0 ? 0 : 1);
        }
    }

    @Property(tries = 5_000)
    void shouldUnscaleAsDecimalsDo(
        @ForAll final BigInteger anyValue, @ForAll @IntRange(min = -60, max = 60) final int exponent)
    {
        final BigInteger value = anyValue.mod(END.shiftLeft(1)).subtract(END.subtract(BigInteger.ONE)).min(
            END.subtract(BigInteger.ONE));
        final BigInteger floor = new BigDecimal(value).scaleByPowerOfTen(AssetUnits.EXPONENT - exponent)
            .setScale(0, RoundingMode.FLOOR).toBigInteger();
        final MutableInt128 whole = MutableInt128.of(value);

        final boolean fits = AssetUnits.unscale(whole, exponent);

        assertThat(fits).isEqualTo(floor.abs().compareTo(END) < 0);
        if (fits)
        {
            assertThat(whole.toBigInteger()).isEqualTo(floor);
        }
    }

    /** The largest amounts and the smallest numbers beyond. */
    @Test
    void shouldBoundAmounts()
    {
        final BigInteger largest = END.subtract(BigInteger.ONE);

        assertThat(AssetUnits.isAmount(MutableInt128.of(largest))).isTrue();
        assertThat(AssetUnits.isAmount(MutableInt128.of(largest.negate()))).isTrue();
        assertThat(AssetUnits.isAmount(MutableInt128.of(END))).isFalse();
        assertThat(AssetUnits.isAmount(MutableInt128.of(END.negate()))).isFalse();
    }

    @Test
    void shouldTakeAnAbsentExponentForNoAmount()
    {
        assertThat(units.scale(new MutableInt128(0), Byte.MIN_VALUE)).isFalse();
        assertThat(units.unreadable).isEqualTo(1);
    }
}
