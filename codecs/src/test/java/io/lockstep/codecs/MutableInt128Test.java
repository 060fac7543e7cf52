package io.lockstep.codecs;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.math.BigInteger;
import java.util.function.Function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Each operation against {@link BigInteger}: the same number, or an overflow that leaves the number alone. */
class MutableInt128Test
{
    private static final BigInteger TWO = BigInteger.TWO;
    private static final BigInteger MAX = TWO.pow(127).subtract(BigInteger.ONE);
    private static final BigInteger MIN = TWO.pow(127).subtract(TWO.pow(64)).negate();
    private static final BigInteger[] EDGES = {MIN, TWO.pow(126).negate(), TWO.pow(64).negate(), TWO.pow(63).negate(),
        BigInteger.ZERO, TWO.pow(31), TWO.pow(32), TWO.pow(63), TWO.pow(64), TWO.pow(95), TWO.pow(96), TWO.pow(126),
        MAX};

    /** Of every width, and around the edges. */
    @Provide
    Arbitrary<BigInteger> wide()
    {
        final Arbitrary<BigInteger> anyWidth = Arbitraries.integers().between(1, 126).flatMap((bits) -> Arbitraries
            .bigIntegers().between(TWO.pow(bits).negate(), TWO.pow(bits)).withoutEdgeCases());
        final Arbitrary<BigInteger> edges = Arbitraries.of(EDGES).flatMap((edge) -> Arbitraries.integers()
            .between(-2, 2).map((change) -> edge.add(BigInteger.valueOf(change)).max(MIN).min(MAX)));
        return Arbitraries.oneOf(anyWidth, edges);
    }

    @Provide
    Arbitrary<Long> narrow()
    {
        final Arbitrary<Long> anyWidth = Arbitraries.integers().between(0, 63).flatMap((shift) -> Arbitraries.longs()
            .withoutEdgeCases().map((value) -> value >> shift));
        return Arbitraries.oneOf(anyWidth, Arbitraries.longs());
    }

    @Provide
    Arbitrary<Long> divisors()
    {
        return narrow().map((value) -> value == Long.MIN_VALUE ? Long.MAX_VALUE : Math.max(1, Math.abs(value)));
    }

    @Property(tries = 5_000)
    void shouldAddAndSubtract(@ForAll("wide") final BigInteger a, @ForAll("wide") final BigInteger b)
    {
        check(a, (number) -> number.add(MutableInt128.of(b)), a.add(b));
        check(a, (number) -> number.subtract(MutableInt128.of(b)), a.subtract(b));
    }

    @Property(tries = 5_000)
    void shouldAddAndSubtractLongs(@ForAll("wide") final BigInteger a, @ForAll("narrow") final long b)
    {
        check(a, (number) -> number.add(b), a.add(BigInteger.valueOf(b)));
        check(a, (number) -> number.subtract(b), a.subtract(BigInteger.valueOf(b)));
    }

    @Property(tries = 5_000)
    void shouldMultiply(@ForAll("wide") final BigInteger a, @ForAll("narrow") final long b)
    {
        check(a, (number) -> number.multiply(b), a.multiply(BigInteger.valueOf(b)));
    }

    @Property(tries = 5_000)
    void shouldMakeAProduct(@ForAll("narrow") final long a, @ForAll("narrow") final long b)
    {
        assertThat(new MutableInt128().product(a, b).toBigInteger())
            .isEqualTo(BigInteger.valueOf(a).multiply(BigInteger.valueOf(b)));
    }

    @Property(tries = 20_000)
    void shouldDivideAProductOf192Bits(
        @ForAll("wide") final BigInteger a, @ForAll("narrow") final long factor, @ForAll("divisors") final long divisor)
    {
        final BigInteger product = a.multiply(BigInteger.valueOf(factor));
        final BigInteger floor = floor(product, BigInteger.valueOf(divisor));
        final BigInteger ceil = floor(product.negate(), BigInteger.valueOf(divisor)).negate();
        check(a, (number) -> number.mulDivFloor(factor, divisor), floor);
        check(a, (number) -> number.mulDivCeil(factor, divisor), ceil);
    }

    @Property(tries = 5_000)
    void shouldDivide(@ForAll("wide") final BigInteger a, @ForAll("divisors") final long divisor)
    {
        check(a, (number) -> number.divideFloor(divisor), floor(a, BigInteger.valueOf(divisor)));
        check(a, (number) -> number.divideCeil(divisor), floor(a.negate(), BigInteger.valueOf(divisor)).negate());
    }

    @Property(tries = 5_000)
    void shouldDivideByWhatIsWide(@ForAll("wide") final BigInteger a, @ForAll("wide") final BigInteger b)
    {
        if (a.signum() >= 0 && b.signum() > 0)
        {
            check(a, (number) -> number.divideFloor(MutableInt128.of(b)), a.divide(b));
        }
        else
        {
            assertThatThrownBy(() -> MutableInt128.of(a).divideFloor((Int128)MutableInt128.of(b)))
                .isInstanceOf(ArithmeticException.class);
        }
    }

    @Property(tries = 5_000)
    void shouldShiftByPowersOfTen(@ForAll("wide") final BigInteger a, @ForAll @IntRange(max = 60) final int exponent)
    {
        final BigInteger power = BigInteger.TEN.pow(exponent);
        check(a, (number) -> number.multiplyByPowerOfTen(exponent), a.multiply(power));
        check(a, (number) -> number.divideFloorByPowerOfTen(exponent), floor(a, power));
        check(a, (number) -> number.divideCeilByPowerOfTen(exponent), floor(a.negate(), power).negate());
    }

    @Property(tries = 5_000)
    void shouldCompare(@ForAll("wide") final BigInteger a, @ForAll("wide") final BigInteger b)
    {
        assertThat(MutableInt128.of(a).compareTo(MutableInt128.of(b))).isEqualTo(a.compareTo(b));
        assertThat(MutableInt128.of(a).equals(MutableInt128.of(b))).isEqualTo(a.equals(b));
        assertThat(MutableInt128.of(a).compareTo(b.longValue()))
            .isEqualTo(a.compareTo(BigInteger.valueOf(b.longValue())));
        assertThat(MutableInt128.of(a).signum()).isEqualTo(a.signum());
    }

    @Property(tries = 5_000)
    void shouldSurviveAMessage(@ForAll("wide") final BigInteger a)
    {
        final MutableInt128 number = MutableInt128.of(a);
        assertThat(new MutableInt128().decode(number.low(), number.highOrNull())).isEqualTo(number).hasToString(
            a.toString()).hasSameHashCodeAs(number);
        assertThat(number.fitsLong()).isEqualTo(a.bitLength() < Long.SIZE);
        if (number.fitsLong())
        {
            assertThat(number.toLongExact()).isEqualTo(a.longValueExact());
            assertThat(number.chain(7)).isEqualTo(Xxh64.chain(7, a.longValueExact()));
        }
        else
        {
            assertThatThrownBy(number::toLongExact).isInstanceOf(ArithmeticException.class).hasMessageContaining(a
                .toString());
            assertThat(number.chain(7)).isNotEqualTo(Xxh64.chain(7, number.low()));
        }
        check(a, MutableInt128::negate, a.negate());
        check(a, MutableInt128::abs, a.abs());
    }

    /** A reader that knows no high half, or a message from before there was one. */
    @ParameterizedTest
    @ValueSource(longs =
    {0, 1, -1, Long.MAX_VALUE, Long.MIN_VALUE + 1, Long.MIN_VALUE})
    void shouldTakeALowHalfAloneForTheNumber(final long value)
    {
        assertThat(new MutableInt128().decode(value, Nulls.NULL_LONG)).isEqualTo(new MutableInt128(value));
        assertThat(new MutableInt128(value).highOrNull()).isEqualTo(value == Nulls.NULL_LONG ? -1 : Nulls.NULL_LONG);
    }

    @Test
    void shouldNeverHaveTheAbsentValueAsItsHighHalf()
    {
        assertThat(MIN.shiftRight(64).longValueExact()).isEqualTo(Nulls.NULL_LONG + 1);
        assertThat(MutableInt128.of(MIN).toBigInteger()).isEqualTo(MIN);
        assertThatThrownBy(() -> MutableInt128.of(MIN.subtract(BigInteger.ONE)))
            .isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> MutableInt128.of(MAX.add(BigInteger.ONE))).isInstanceOf(ArithmeticException.class);
    }

    @ParameterizedTest
    @CsvSource(
    {"0", "-1", "-9223372036854775808"})
    void shouldRefuseDivisorsThatAreNotPositive(final long divisor)
    {
        assertThatThrownBy(() -> new MutableInt128(1).divideFloor(divisor)).isInstanceOf(ArithmeticException.class)
            .hasMessage("divisor must be positive: divisor=" + divisor);
    }

    private static BigInteger floor(final BigInteger a, final BigInteger positive)
    {
        final BigInteger[] parts = a.divideAndRemainder(positive);
        return parts[1].signum() < 0 ? parts[0].subtract(BigInteger.ONE) : parts[0];
    }

    private static void check(
        final BigInteger value, final Function<MutableInt128, MutableInt128> operation, final BigInteger expected)
    {
        final MutableInt128 number = MutableInt128.of(value);
        if (expected.compareTo(MIN) < 0 || expected.compareTo(MAX) > 0)
        {
            assertThatThrownBy(() -> operation.apply(number)).isInstanceOf(ArithmeticException.class);
            assertThat(number.toBigInteger()).isEqualTo(value);
        }
        else
        {
            assertThat(operation.apply(number)).isSameAs(number);
            assertThat(number.toBigInteger()).isEqualTo(expected);
        }
    }
}
