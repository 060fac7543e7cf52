package io.lockstep.core.position;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.math.BigInteger;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ExactMathTest
{
    private static final long MIN = Long.MIN_VALUE;
    private static final long MAX = Long.MAX_VALUE;
    private static final long[] EDGES = {MIN, MIN + 1, MIN + 2, -(1L << 62), -(1L << 32), -(1L << 31), -3, -2, -1, 0, 1,
        2, 3,
        1L << 31, 1L << 32, (1L << 32) + 1, 1L << 62, (1L << 62) - 1, MAX - 2, MAX - 1, MAX};

    @ParameterizedTest
    @CsvSource(
    {
        "7, 3, 2, 10, 11",
        "-7, 3, 2, -11, -10",
        "7, -3, 2, -11, -10",
        "-7, -3, 2, 10, 11",
        "6, 3, 2, 9, 9",
        "-6, 3, 2, -9, -9",
        "0, -9223372036854775808, 5, 0, 0",
        "9223372036854775807, 9223372036854775807, 9223372036854775807, 9223372036854775807, 9223372036854775807",
        "-9223372036854775808, 2, 4, -4611686018427387904, -4611686018427387904",
        "-9223372036854775808, 3, 3, -9223372036854775808, -9223372036854775808",
        "9223372036854775807, 10, 11, 8384883669867978006, 8384883669867978007"})
    void shouldRoundAsItSays(final long a, final long b, final long divisor, final long floor, final long ceil)
    {
        assertThat(ExactMath.mulDivFloor(a, b, divisor)).isEqualTo(floor);
        assertThat(ExactMath.mulDivCeil(a, b, divisor)).isEqualTo(ceil);
    }

    /** Every combination of edges, either exact or refused, and refused only when it does not fit. */
    @Test
    void shouldEqualBigIntegerAtTheEdges()
    {
        int exact = 0;
        int refused = 0;
        for (final long a : EDGES)
        {
            for (final long b : EDGES)
            {
                for (final long divisor : EDGES)
                {
                    if (divisor > 0)
                    {
                        if (isExact(a, b, divisor))
                        {
                            exact++;
                        }
                        else
                        {
                            refused++;
                        }
                    }
                }
            }
        }
        assertThat(exact).isGreaterThan(1_000);
        assertThat(refused).isGreaterThan(1_000);
    }

    /** Operands of every width, so that products of 64 to 127 bits and quotients around 63 are all common. */
    @ParameterizedTest
    @ValueSource(longs =
    {1, 2, 3})
    void shouldEqualBigIntegerForRandomOperands(final long seed)
    {
        final SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 200_000; i++)
        {
            isExact(anyWidth(random), anyWidth(random), (anyWidth(random) >>> 1) + 1 & MAX | 1);
        }
    }

    /** Quotients at the very limit: a x b / divisor within a few units of 2^63 on either side. */
    @ParameterizedTest
    @ValueSource(longs =
    {4, 5})
    void shouldEqualBigIntegerNearTheLimit(final long seed)
    {
        final SplittableRandom random = new SplittableRandom(seed);
        int exact = 0;
        final int runs = 100_000;
        for (int i = 0; i < runs; i++)
        {
            final long divisor = (anyWidth(random) >>> 1) + 1 & MAX | 1;
            final long a = divisor - random.nextInt(3) + 1;
            final long b = random.nextBoolean() ? MAX - random.nextInt(3) : MIN + random.nextInt(3);
            exact += isExact(a, b, divisor) ? 1 : 0;
        }
        assertThat(exact).isBetween(runs / 10, runs - runs / 10);
    }

    @Property(tries = 5_000)
    void shouldEqualBigInteger(@ForAll final long a, @ForAll final long b, @ForAll("divisors") final long divisor)
    {
        isExact(a, b, divisor);
    }

    @ParameterizedTest
    @ValueSource(longs =
    {0, -1, Long.MIN_VALUE})
    void shouldRefuseADivisorThatIsNotPositive(final long divisor)
    {
        assertThatThrownBy(() -> ExactMath.mulDivFloor(1, 1, divisor))
            .isInstanceOf(ArithmeticException.class).hasMessageContaining("divisor=" + divisor);
        assertThatThrownBy(() -> ExactMath.mulDivCeil(1, 1, divisor))
            .isInstanceOf(ArithmeticException.class).hasMessageContaining("divisor=" + divisor);
    }

    @Test
    void shouldNameWhatDidNotFit()
    {
        assertThatThrownBy(() -> ExactMath.mulDivFloor(MAX, 4, 3))
            .isInstanceOf(ArithmeticException.class)
            .hasMessageContaining("a=" + MAX).hasMessageContaining("b=4").hasMessageContaining("divisor=3");
    }

    @Provide
    Arbitrary<Long> divisors()
    {
        return Arbitraries.longs().between(1, MAX);
    }

    /** Whether floor was exact, after checking floor and ceiling against BigInteger. */
    private static boolean isExact(final long a, final long b, final long divisor)
    {
        final BigInteger[] parts = BigInteger.valueOf(a).multiply(BigInteger.valueOf(b))
            .divideAndRemainder(BigInteger.valueOf(divisor));
        final BigInteger floor = parts[1].signum() < 0 ? parts[0].subtract(BigInteger.ONE) : parts[0];
        final BigInteger ceil = parts[1].signum() > 0 ? parts[0].add(BigInteger.ONE) : parts[0];
        assertResult(ceil, () -> ExactMath.mulDivCeil(a, b, divisor), "ceil", a, b, divisor);
        return assertResult(floor, () -> ExactMath.mulDivFloor(a, b, divisor), "floor", a, b, divisor);
    }

    private static boolean assertResult(
        final BigInteger expected,
        final LongSupplier operation,
        final String name,
        final long a,
        final long b,
        final long divisor)
    {
        if (expected.bitLength() <= 63)
        {
            final long actual = operation.getAsLong();
            if (actual != expected.longValueExact())
            {
                assertThat(actual).as("%s a=%d b=%d divisor=%d", name, a, b, divisor)
                    .isEqualTo(expected.longValueExact());
            }
            return true;
        }
        assertThatThrownBy(operation::getAsLong).as("%s a=%d b=%d divisor=%d", name, a, b, divisor)
            .isInstanceOf(ArithmeticException.class);
        return false;
    }

    private static long anyWidth(final SplittableRandom random)
    {
        return random.nextLong() >> random.nextInt(64);
    }
}
