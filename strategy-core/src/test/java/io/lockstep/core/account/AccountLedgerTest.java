package io.lockstep.core.account;

import io.lockstep.codecs.Increment;
import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.MutableInt128;
import io.lockstep.sbe.AccountEntryKind;
import io.lockstep.sbe.ContractType;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

import static org.assertj.core.api.Assertions.assertThat;

/** Nothing is created or lost: the balances are those of a ledger of decimals that knows neither units nor cash rules. */
class AccountLedgerTest
{
    private static final int STEPS = 60;
    private static final String[] FEE_ASSETS = {"A", "B", "F"};

    private final Map<String, BigDecimal> ledger = new TreeMap<>();
    private final Commission commission = new Commission();

    /** Increments as fine as the unit allows, so that no amount needs rounding but those that are said to. */
    @Property(tries = 300)
    void shouldEqualALedgerOfDecimalsInACashAccount(
        @ForAll final long seed,
        @ForAll @IntRange(min = 1, max = 9) final int tickMantissa,
        @ForAll @IntRange(min = -8, max = 1) final int tickExponent,
        @ForAll @IntRange(min = -8, max = 1) final int lotExponent,
        @ForAll @IntRange(min = -2, max = 2) final int multiplierExponent)
    {
        final Instrument instrument = new Instrument(0, "AB", "V", ContractType.LINEAR,
            new Increment(tickMantissa, tickExponent), new Increment(3, lotExponent), 1, 1,
            new Increment(2, multiplierExponent), "A", "B", "B");
        final AccountFixture on = AccountFixture.cash(instrument);
        final SplittableRandom random = new SplittableRandom(seed);
        ledger.clear();
        for (int step = 0; step < STEPS; step++)
        {
            if (random.nextInt(4) == 0)
            {
                bookEntry(on, instrument, random);
            }
            else
            {
                bookFill(on, instrument, random);
            }
        }
        assertEqual(on);
    }

    private void bookFill(final AccountFixture on, final Instrument instrument, final SplittableRandom random)
    {
        final long price = random.nextInt(1, 1_000_000);
        final long lots = random.nextInt(1, 1_000_000) * (random.nextBoolean() ? 1L : -1L);
        final BigDecimal quantity = instrument.lot().decimal(lots).multiply(instrument.multiplier().decimal(1));
        add("A", quantity);
        add("B", floor(quantity.multiply(instrument.tick().decimal(price)).negate(), 18));
        final long fee = random.nextInt(-1_000, 1_000_000);
        if (random.nextBoolean())
        {
            add("B", floor(BigDecimal.valueOf(-fee, -instrument.cashExponent()), 18));
            on.fill(instrument, price, lots, fee);
        }
        else
        {
            final String asset = FEE_ASSETS[random.nextInt(FEE_ASSETS.length)];
            final int exponent = -random.nextInt(22);
            add(asset, floor(BigDecimal.valueOf(-fee, -exponent), 18));
            on.fill(instrument, price, lots, 1, on.foreign(fee, exponent, asset));
        }
    }

    private void bookEntry(final AccountFixture on, final Instrument instrument, final SplittableRandom random)
    {
        final long mantissa = random.nextInt(-1_000_000, 1_000_000);
        final int exponent = -random.nextInt(22);
        final String asset = FEE_ASSETS[random.nextInt(FEE_ASSETS.length)];
        final String id = "e" + random.nextInt(20);
        if (on.entry(id, AccountEntryKind.FUNDING, instrument, mantissa, exponent, asset))
        {
            add(asset, floor(BigDecimal.valueOf(mantissa, -exponent), 18));
        }
    }

    /**
     * Of a linear contract in a margin account: what cash was paid in all, and at the price of closing is got back, is the
     * profit; the account has it to less than a unit of cash for each fill.
     */
    @Property(tries = 200)
    void shouldHaveInAMarginAccountWhatTheFillsHaveEarned(@ForAll final long seed, @ForAll final boolean isInverse)
    {
        final Instrument instrument = new Instrument(0, "AB", "V",
            isInverse ? ContractType.INVERSE : ContractType.LINEAR, new Increment(5, -1), new Increment(1, 0), 1, 1,
            new Increment(10, 0), "A", "B", isInverse ? "A" : "B");
        final AccountFixture on = AccountFixture.margin(instrument);
        final SplittableRandom random = new SplittableRandom(seed);
        BigDecimal earned = BigDecimal.ZERO;
        long net = 0;
        for (int step = 0; step <= STEPS; step++)
        {
            final long price = random.nextInt(100_000, 200_000);
            final long lots = step == STEPS ? -net : random.nextInt(1, 1_000) * (random.nextBoolean() ? 1L : -1L);
            if (lots != 0)
            {
                on.fill(instrument, price, lots, 1, commission.set(new MutableInt128()));
                earned = earned.add(cash(instrument, price, lots));
                net += lots;
            }
        }
        final BigDecimal balance = new BigDecimal(
            on.account.balanceAt(isInverse ? 0 : 1).amount().toBigInteger(), 18);
        final BigDecimal unit = BigDecimal.ONE.movePointRight(instrument.cashExponent());

        assertThat(balance).isLessThanOrEqualTo(earned)
            .isGreaterThanOrEqualTo(earned.subtract(unit.multiply(BigDecimal.valueOf(2 * STEPS))));
        if (!isInverse)
        {
            assertThat(balance).isEqualByComparingTo(earned);
        }
    }

    private static BigDecimal cash(final Instrument instrument, final long priceTicks, final long lots)
    {
        final BigDecimal quantity = instrument.lot().decimal(lots).multiply(instrument.multiplier().decimal(1));
        final BigDecimal price = instrument.tick().decimal(priceTicks);
        return instrument.isInverse()
            ? quantity.divide(price, 40, RoundingMode.FLOOR)
            : quantity.multiply(price).negate();
    }

    private static BigDecimal floor(final BigDecimal value, final int scale)
    {
        return value.setScale(scale, RoundingMode.FLOOR);
    }

    private void add(final String asset, final BigDecimal amount)
    {
        ledger.merge(asset, amount, BigDecimal::add);
    }

    private void assertEqual(final AccountFixture on)
    {
        final Map<String, String> expected = new TreeMap<>();
        ledger.forEach((asset, amount) ->
        {
            if (amount.signum() != 0)
            {
                expected.put(asset, amount.stripTrailingZeros().toPlainString());
            }
        });
        assertThat(new TreeMap<>(on.balances())).isEqualTo(expected);
        assertThat(on.account.unreadable()).isZero();
    }
}
