package io.lockstep.core.position;

import io.lockstep.codecs.Increment;
import io.lockstep.codecs.Instrument;
import io.lockstep.core.AllocationProbe;
import io.lockstep.sbe.ContractType;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PositionTest
{
    private static final CashRule LINEAR = rule(ContractType.LINEAR, "1", "1");
    private static final CashRule INVERSE = rule(ContractType.INVERSE, "0.1", "100");

    private final Position position = new Position(LINEAR);

    @Test
    void shouldRealiseTheClosedPartAtItsShareOfTheCost()
    {
        position.onFill(100, 10, 1);
        position.onFill(110, 10, 2);
        position.onFill(120, -5, 3);

        assertThat(position.netLots()).isEqualTo(15);
        assertThat(position.cash()).isEqualTo(-1_000 - 1_100 + 600);
        assertThat(position.realized()).isEqualTo(5 * 120 - 2_100 / 4);
        assertThat(position.openCost()).isEqualTo(-2_100 + 2_100 / 4);
        assertThat(position.fees()).isEqualTo(6);
        assertThat(position.fills()).isEqualTo(3);
        assertThat(position.unrealized(120)).isEqualTo(15 * 120 - 1_575);
    }

    @Test
    void shouldTurnFromLongToShortInOneFill()
    {
        position.onFill(100, 10, 0);
        position.onFill(90, -25, 0);

        assertThat(position.netLots()).isEqualTo(-15);
        assertThat(position.realized()).isEqualTo(-100);
        assertThat(position.openCost()).isEqualTo(15 * 90);
        assertThat(position.unrealized(80)).isEqualTo(150);
    }

    @Test
    void shouldHaveNothingUnrealisedWhenFlat()
    {
        assertThat(position.unrealized(100)).isZero();
        position.onFill(100, 10, 0);
        position.onFill(130, -10, 0);

        assertThat(position.unrealized(1)).isZero();
        assertThat(position.realized()).isEqualTo(300);
        assertThat(position.openCost()).isZero();
    }

    @Test
    void shouldProfitFromARisingPriceOfAnInverseContract()
    {
        final Position inverse = new Position(INVERSE);
        inverse.onFill(600_000, 6, 0);

        // 600 USD: bought for 0.01, sold for 0.008 of the base currency, in units of 1e-10.
        assertThat(inverse.unrealized(750_000)).isEqualTo(20_000_000);
        inverse.onFill(750_000, -6, 0);
        assertThat(inverse.realized()).isEqualTo(20_000_000);
    }

    /** Random fills: what is held, paid and realised always adds up, and a round trip at one price earns nothing. */
    @ParameterizedTest
    @ValueSource(longs =
    {1, 2, 3, 4})
    void shouldLoseAndCreateNothing(final long seed)
    {
        final SplittableRandom random = new SplittableRandom(seed);
        for (final CashRule rule : new CashRule[]{LINEAR, INVERSE})
        {
            final Position any = new Position(rule);
            long net = 0;
            long cash = 0;
            long fees = 0;
            for (int i = 0; i < 20_000; i++)
            {
                final long price = 500_000 + random.nextInt(100_000);
                final long lots = random.nextInt(5) == 0 && net != 0 ? -net : nonZero(random);
                final long fee = random.nextInt(100) - 20;
                any.onFill(price, lots, fee);
                net += lots;
                cash += rule.fillCash(price, lots);
                fees += fee;

                assertThat(any.netLots()).as("seed=%d i=%d", seed, i).isEqualTo(net);
                assertThat(any.cash()).as("seed=%d i=%d", seed, i).isEqualTo(cash);
                assertThat(any.fees()).as("seed=%d i=%d", seed, i).isEqualTo(fees);
                assertThat(any.realized() + any.openCost()).as("seed=%d i=%d", seed, i).isEqualTo(cash);
                assertThat(any.realized() + any.unrealized(price)).as("seed=%d i=%d", seed, i)
                    .isEqualTo(cash + (net == 0 ? 0 : rule.closingCash(price, net)));
                if (net == 0)
                {
                    assertThat(any.openCost()).as("seed=%d i=%d", seed, i).isZero();
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs =
    {1, 2})
    void shouldEarnNothingAtOnePrice(final long seed)
    {
        final SplittableRandom random = new SplittableRandom(seed);
        for (final CashRule rule : new CashRule[]{LINEAR, INVERSE})
        {
            final Position any = new Position(rule);
            for (int i = 0; i < 5_000; i++)
            {
                any.onFill(700_007, nonZero(random), 0);
            }
            any.onFill(700_007, -any.netLots(), 0);

            assertThat(any.realized()).isLessThanOrEqualTo(0).isGreaterThan(-any.fills());
            if (rule == LINEAR)
            {
                assertThat(any.realized()).isZero();
            }
        }
    }

    @Test
    void shouldStayAsItWasWhenAFillDoesNotFit()
    {
        position.onFill(1L << 40, 1L << 21, 5);
        position.onFill(1L << 40, 1L << 21, 5);
        final long hash = position.stateHash();

        assertUnchanged(() -> position.onFill(1L << 40, (1L << 22) + 1, 0), hash);
        assertUnchanged(() -> position.onFill(1L << 40, Long.MAX_VALUE, 0), hash);
        assertUnchanged(() -> position.onFill(1, Long.MIN_VALUE, 0), hash);
        assertUnchanged(() -> position.onFill(1, 1, Long.MAX_VALUE), hash);
    }

    /** Cash, lots and fees all fit; only the profit of the closed half does not. */
    @Test
    void shouldStayAsItWasWhenTheProfitDoesNotFit()
    {
        position.onFill(0, 1, 0);
        position.onFill(1L << 62, -1, 0);
        position.onFill(1L << 61, 2, 0);
        assertThat(position.realized()).isEqualTo(1L << 62);
        assertThat(position.cash()).isZero();
        final long hash = position.stateHash();

        assertUnchanged(() -> position.onFill((1L << 62) + (1L << 61), -1, 0), hash);
        position.onFill((1L << 62) + (1L << 61) - 1, -1, 0);
        assertThat(position.realized()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void shouldHashEverythingItHolds()
    {
        final Set<Long> hashes = new HashSet<>();
        hashes.add(position.stateHash());
        position.onFill(100, 1, 0);
        hashes.add(position.stateHash());
        position.onFill(100, -1, 0);
        hashes.add(position.stateHash());
        position.onFill(100, 1, 0);
        hashes.add(position.stateHash());
        position.onFill(100, -1, 1);
        hashes.add(position.stateHash());

        assertThat(hashes).hasSize(5);
    }

    @Test
    void shouldAllocateNothing()
    {
        final Position inverse = new Position(INVERSE);
        final long bytes = AllocationProbe.allocatedBytes(50, () ->
        {
            for (int i = 1; i < 1_000; i++)
            {
                position.onFill(100 + i, i % 3 == 0 ? -i : i / 2, 1);
                inverse.onFill(600_000 + i, i % 3 == 0 ? -i : 1 + i / 2, 1);
            }
        });

        assertThat(bytes).isZero();
        assertThat(position.fills()).isEqualTo(51 * 999);
    }

    private void assertUnchanged(final ThrowingCallable fill, final long hash)
    {
        assertThatThrownBy(fill).isInstanceOf(ArithmeticException.class);
        assertThat(position.stateHash()).isEqualTo(hash);
    }

    private static long nonZero(final SplittableRandom random)
    {
        final long lots = random.nextInt(1, 200);
        return random.nextBoolean() ? lots : -lots;
    }

    private static CashRule rule(final ContractType type, final String tick, final String multiplier)
    {
        return new CashRule(new Instrument(
            0, "X", "V", type, Increment.parse(tick), Increment.parse("1"), 1, 1, Increment.parse(multiplier), "B", "Q",
            type == ContractType.INVERSE ? "B" : "Q"));
    }
}
