package io.lockstep.core.position;

import io.lockstep.codecs.Increment;
import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.MutableInt128;
import io.lockstep.codecs.Nulls;
import io.lockstep.core.AllocationProbe;
import io.lockstep.sbe.ContractType;
import io.lockstep.sbe.PositionSectionDecoder;
import io.lockstep.sbe.PositionSectionEncoder;
import org.agrona.concurrent.UnsafeBuffer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.math.BigInteger;
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
        fill(position, 100, 10, 1);
        fill(position, 110, 10, 2);
        fill(position, 120, -5, 3);

        assertThat(position.netLots()).isEqualTo(15);
        assertThat(position.cash().toLongExact()).isEqualTo(-1_000 - 1_100 + 600);
        assertThat(position.realized().toLongExact()).isEqualTo(5 * 120 - 2_100 / 4);
        assertThat(position.openCost().toLongExact()).isEqualTo(-2_100 + 2_100 / 4);
        assertThat(position.fees().toLongExact()).isEqualTo(6);
        assertThat(position.fills()).isEqualTo(3);
        assertThat(unrealized(position, 120)).isEqualTo(15 * 120 - 1_575);
    }

    @Test
    void shouldTurnFromLongToShortInOneFill()
    {
        fill(position, 100, 10, 0);
        fill(position, 90, -25, 0);

        assertThat(position.netLots()).isEqualTo(-15);
        assertThat(position.realized().toLongExact()).isEqualTo(-100);
        assertThat(position.openCost().toLongExact()).isEqualTo(15 * 90);
        assertThat(unrealized(position, 80)).isEqualTo(150);
    }

    @Test
    void shouldHaveNothingUnrealisedWhenFlat()
    {
        assertThat(unrealized(position, 100)).isZero();
        fill(position, 100, 10, 0);
        fill(position, 130, -10, 0);

        assertThat(unrealized(position, 1)).isZero();
        assertThat(position.realized().toLongExact()).isEqualTo(300);
        assertThat(position.openCost().toLongExact()).isZero();
    }

    @Test
    void shouldProfitFromARisingPriceOfAnInverseContract()
    {
        final Position inverse = new Position(INVERSE);
        fill(inverse, 600_000, 6, 0);

        // 600 USD: bought for 0.01, sold for 0.008 of the base currency, in units of 1e-10.
        assertThat(unrealized(inverse, 750_000)).isEqualTo(20_000_000);
        fill(inverse, 750_000, -6, 0);
        assertThat(inverse.realized().toLongExact()).isEqualTo(20_000_000);
    }

    @Test
    void shouldTakeInLotsThatNoFillHasBroughtAtAPrice()
    {
        fill(position, 100, 10, 1);
        position.accept(120, 5);
        assertThat(position.netLots()).isEqualTo(15);
        assertThat(position.openCost().toLongExact()).isEqualTo(-1_600);
        assertThat(position.realized().toLongExact()).isZero();

        position.accept(130, -20);
        assertThat(position.netLots()).isEqualTo(-5);
        assertThat(position.realized().toLongExact()).isEqualTo(15 * 130 - 1_600);
        assertThat(position.openCost().toLongExact()).isEqualTo(5 * 130);
        assertThat(position.fills()).isEqualTo(1);
        assertThat(position.cash().toLongExact())
            .isEqualTo(position.realized().toLongExact() + position.openCost().toLongExact());
    }

    @Test
    void shouldTakeInLotsForNothingWithoutAPrice()
    {
        final Position inverse = new Position(INVERSE);
        inverse.accept(Nulls.NULL_PRICE_TICKS, 6);
        assertThat(inverse.netLots()).isEqualTo(6);
        assertThat(inverse.cash().toLongExact()).isZero();

        fill(position, 100, 10, 0);
        position.accept(Nulls.NULL_PRICE_TICKS, -10);
        assertThat(position.netLots()).isZero();
        assertThat(position.realized().toLongExact()).isEqualTo(-1_000);
    }

    @Test
    void shouldTakeInProfitThatNoFillHasBrought()
    {
        fill(position, 100, 10, 0);
        position.onProfit(new MutableInt128(-7));

        assertThat(position.realized().toLongExact()).isEqualTo(-7);
        assertThat(position.cash().toLongExact()).isEqualTo(-1_007);
        assertThat(position.openCost().toLongExact()).isEqualTo(-1_000);
        assertThat(position.fills()).isEqualTo(1);
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
                fill(any, price, lots, fee);
                net += lots;
                cash += rule.fillCash(price, lots, new MutableInt128()).toLongExact();
                fees += fee;

                assertThat(any.netLots()).as("seed=%d i=%d", seed, i).isEqualTo(net);
                assertThat(any.cash().toLongExact()).as("seed=%d i=%d", seed, i).isEqualTo(cash);
                assertThat(any.fees().toLongExact()).as("seed=%d i=%d", seed, i).isEqualTo(fees);
                assertThat(any.realized().toLongExact() + any.openCost().toLongExact()).as("seed=%d i=%d", seed, i)
                    .isEqualTo(cash);
                assertThat(any.realized().toLongExact() + unrealized(any, price)).as("seed=%d i=%d", seed, i)
                    .isEqualTo(cash + (net == 0 ? 0 : rule.closingCash(price, net, new MutableInt128()).toLongExact()));
                if (net == 0)
                {
                    assertThat(any.openCost().toLongExact()).as("seed=%d i=%d", seed, i).isZero();
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
                fill(any, 700_007, nonZero(random), 0);
            }
            fill(any, 700_007, -any.netLots(), 0);

            assertThat(any.realized().toLongExact()).isLessThanOrEqualTo(0).isGreaterThan(-any.fills());
            if (rule == LINEAR)
            {
                assertThat(any.realized().toLongExact()).isZero();
            }
        }
    }

    /** Of each number by itself: price, lots, fee. */
    @Test
    void shouldStayAsItWasWhenAFillDoesNotFit()
    {
        final MutableInt128 largest = MutableInt128.of(BigInteger.TWO.pow(127).subtract(BigInteger.ONE));
        fill(position, 1L << 40, 1L << 62, 5);
        final long hash = position.stateHash();

        assertUnchanged(() -> fill(position, 1L << 40, 1L << 62, 0), hash);
        assertUnchanged(() -> fill(position, 1, Long.MIN_VALUE, 0), hash);
        assertUnchanged(() -> position.onFill(1, 1, largest), hash);
        fill(position, Long.MAX_VALUE, -Long.MAX_VALUE, 0);
        fill(position, -Long.MAX_VALUE, Long.MAX_VALUE, 0);
        final long beyondLongs = position.stateHash();
        assertUnchanged(() -> fill(position, Long.MAX_VALUE, -Long.MAX_VALUE, 0), beyondLongs);
    }

    /** Each amount that a section holds, once it needs more than 63 bits, beside the same numbers of earlier sections. */
    @Test
    void shouldSaveAndRestoreAmountsBeyond63Bits()
    {
        position.onFill(1L << 62, 9, MutableInt128.of(BigInteger.TWO.pow(70)));
        fill(position, 1L << 60, -4, 0);
        assertThat(position.cash().toBigInteger())
            .isEqualTo(BigInteger.TWO.pow(62).multiply(BigInteger.valueOf(-8)));
        assertThat(position.openCost().fitsLong()).isFalse();
        assertThat(position.realized().fitsLong()).isFalse();
        assertThat(position.fees()).isEqualTo(MutableInt128.of(BigInteger.TWO.pow(70)));
        final Position restored = new Position(LINEAR);

        restored.restore(saved(position));

        assertThat(restored.stateHash()).isEqualTo(position.stateHash());
        assertThat(restored.cash()).isEqualTo(position.cash());
        assertThat(restored.openCost()).isEqualTo(position.openCost());
        assertThat(restored.realized()).isEqualTo(position.realized());
        assertThat(restored.fees()).isEqualTo(position.fees());
        assertThat(position.cash().low()).isZero();
    }

    /** A section of before there were high halves says by its sign what they are. */
    @Test
    void shouldTakeTheLowHalfOfAnEarlierSectionForTheNumber()
    {
        fill(position, 100, 9, -3);
        fill(position, 90, -4, -3);
        final PositionSectionDecoder section = saved(position);
        final Position restored = new Position(LINEAR);

        restored.restore(section.wrap(section.buffer(), section.offset(), 56, 2));

        assertThat(section.cashHigh()).isEqualTo(Nulls.NULL_LONG);
        assertThat(restored.stateHash()).isEqualTo(position.stateHash());
        assertThat(restored.fees().toLongExact()).isEqualTo(-6);
    }

    private static PositionSectionDecoder saved(final Position position)
    {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[256]);
        position.save(new PositionSectionEncoder().wrap(buffer, 0).instrumentId(0));
        return new PositionSectionDecoder().wrap(
            buffer, 0, PositionSectionEncoder.BLOCK_LENGTH, PositionSectionEncoder.SCHEMA_VERSION);
    }

    @Test
    void shouldHashEverythingItHolds()
    {
        final Set<Long> hashes = new HashSet<>();
        hashes.add(position.stateHash());
        fill(position, 100, 1, 0);
        hashes.add(position.stateHash());
        fill(position, 100, -1, 0);
        hashes.add(position.stateHash());
        fill(position, 100, 1, 0);
        hashes.add(position.stateHash());
        fill(position, 100, -1, 1);
        hashes.add(position.stateHash());

        assertThat(hashes).hasSize(5);
    }

    @Test
    void shouldAllocateNothing()
    {
        final Position inverse = new Position(INVERSE);
        final MutableInt128 fee = new MutableInt128(1);
        final long bytes = AllocationProbe.allocatedBytes(50, () ->
        {
            for (int i = 1; i < 1_000; i++)
            {
                position.onFill(100 + i, i % 3 == 0 ? -i : i / 2, fee);
                position.onFill(1L << 55, i % 2 == 0 ? -i : i, fee);
                inverse.onFill(600_000 + i, i % 3 == 0 ? -i : 1 + i / 2, fee);
            }
        });

        assertThat(bytes).isZero();
        assertThat(position.fills()).isEqualTo(2 * 52 * 999);
    }

    private static void fill(final Position position, final long priceTicks, final long signedLots, final long fee)
    {
        position.onFill(priceTicks, signedLots, new MutableInt128(fee));
    }

    private static long unrealized(final Position position, final long markTicks)
    {
        return position.unrealized(markTicks, new MutableInt128()).toLongExact();
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
            type == ContractType.INVERSE ? "B" : "Q", type == ContractType.INVERSE ? -10 : 0));
    }
}
