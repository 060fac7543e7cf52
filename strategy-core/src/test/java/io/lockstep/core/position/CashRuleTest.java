package io.lockstep.core.position;

import io.lockstep.codecs.Increment;
import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.MutableInt128;
import io.lockstep.sbe.ContractType;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CashRuleTest
{
    private static final long LOTS_MAX = 10_000_000L;
    private static final long TICKS_MAX = 100_000_000L;
    private static final Instrument SPOT = instrument(ContractType.LINEAR, "0.01", "0.00001", "1");
    private static final Instrument COIN = instrument(ContractType.INVERSE, "0.1", "1", "100");

    @Test
    void shouldPayForWhatIsBought()
    {
        final CashRule rule = new CashRule(SPOT);

        // 0.5 BTC at 60,000.00: 50,000 lots at 6,000,000 ticks, in units of 1e-7.
        assertThat(SPOT.cash(fillCash(rule, 6_000_000, 50_000))).isEqualByComparingTo("-30000");
        assertThat(SPOT.cash(fillCash(rule, 6_000_000, -50_000))).isEqualByComparingTo("30000");
        assertThat(SPOT.cash(notional(rule, 6_000_000, -50_000))).isEqualByComparingTo("30000");
        assertThat(SPOT.cash(closingCash(rule, 6_000_000, 50_000))).isEqualByComparingTo("30000");
    }

    @Test
    void shouldValueInverseContractsInTheBaseCurrency()
    {
        final CashRule rule = new CashRule(COIN);

        // 6 contracts of 100 USD at 60,000.0 are 0.01 BTC; sold at 75,000.0 they are 0.008 BTC: a profit of 0.002.
        assertThat(COIN.cash(fillCash(rule, 600_000, 6))).isEqualByComparingTo("0.01");
        assertThat(COIN.cash(fillCash(rule, 750_000, -6))).isEqualByComparingTo("-0.008");
        assertThat(COIN.cash(closingCash(rule, 750_000, 6))).isEqualByComparingTo("-0.008");
    }

    @Test
    void shouldRoundInverseValuesAgainstTheAccount()
    {
        final CashRule rule = new CashRule(COIN);

        // 100 / 70,000 = 0.00142857142857...: in units of 1e-10, 14,285,714.2857...
        assertThat(fillCash(rule, 700_000, 1).toLongExact()).isEqualTo(14_285_714);
        assertThat(fillCash(rule, 700_000, -1).toLongExact()).isEqualTo(-14_285_715);
        assertThat(notional(rule, 700_000, 1).toLongExact()).isEqualTo(14_285_715);
        assertThat(notional(rule, 700_000, -1).toLongExact()).isEqualTo(14_285_715);
    }

    @Property
    void shouldBeExactForLinearContracts(
        @ForAll("linear") final Instrument instrument,
        @ForAll @LongRange(min = -TICKS_MAX, max = TICKS_MAX) final long priceTicks,
        @ForAll @LongRange(min = -LOTS_MAX, max = LOTS_MAX) final long signedLots)
    {
        final CashRule rule = new CashRule(instrument);
        final BigDecimal exact = instrument.tick().decimal(priceTicks)
            .multiply(instrument.lot().decimal(signedLots)).multiply(instrument.multiplier().decimal(1));

        assertThat(instrument.cash(fillCash(rule, priceTicks, signedLots))).isEqualByComparingTo(exact.negate());
        assertThat(instrument.cash(closingCash(rule, priceTicks, signedLots))).isEqualByComparingTo(exact);
        assertThat(instrument.cash(notional(rule, priceTicks, signedLots))).isEqualByComparingTo(exact.abs());
        assertThat(new BigDecimal(quoteNotional(rule, priceTicks, signedLots).toBigInteger())
            .scaleByPowerOfTen(rule.quoteExponent())).isEqualByComparingTo(exact.abs());
    }

    @Property
    void shouldRoundDownSignedCashOfInverseContracts(
        @ForAll("inverse") final Instrument instrument,
        @ForAll @LongRange(min = 1, max = TICKS_MAX) final long priceTicks,
        @ForAll @LongRange(min = -LOTS_MAX, max = LOTS_MAX) final long signedLots)
    {
        final CashRule rule = new CashRule(instrument);
        final BigInteger floor = inverseCash(instrument, priceTicks, signedLots, RoundingMode.FLOOR);
        final BigInteger notional = inverseCash(instrument, priceTicks, Math.abs(signedLots), RoundingMode.CEILING);

        assertThat(fillCash(rule, priceTicks, signedLots).toBigInteger()).isEqualTo(floor);
        assertThat(closingCash(rule, priceTicks, -signedLots).toBigInteger()).isEqualTo(floor);
        assertThat(notional(rule, priceTicks, signedLots).toBigInteger()).isEqualTo(notional);
        assertThat(
            new BigDecimal(quoteNotional(rule, priceTicks, signedLots).toBigInteger())
                .scaleByPowerOfTen(rule.quoteExponent()))
            .isEqualByComparingTo(
                instrument.lot().decimal(Math.abs(signedLots)).multiply(instrument.multiplier().decimal(1)));
    }

    @Property
    void shouldCreateNothingInALinearRoundTrip(
        @ForAll("linear") final Instrument instrument,
        @ForAll @LongRange(min = -TICKS_MAX, max = TICKS_MAX) final long priceTicks,
        @ForAll @LongRange(min = 1, max = LOTS_MAX) final long lots)
    {
        final CashRule rule = new CashRule(instrument);

        assertThat(fillCash(rule, priceTicks, lots).add(fillCash(rule, priceTicks, -lots)).toLongExact()).isZero();
    }

    @Property
    void shouldCreateNothingInAnInverseRoundTrip(
        @ForAll("commonInverse") final Instrument instrument,
        @ForAll @LongRange(min = 1_000, max = TICKS_MAX) final long priceTicks,
        @ForAll @LongRange(min = 1, max = 1_000_000) final long lots)
    {
        final CashRule rule = new CashRule(instrument);

        assertThat(fillCash(rule, priceTicks, lots).add(fillCash(rule, priceTicks, -lots)).toLongExact())
            .isLessThanOrEqualTo(0).isGreaterThan(-2);
    }

    /** Splitting a fill costs the account less than a unit a piece, and never pays it anything. */
    @Property
    void shouldCreateNothingBySplittingAFill(
        @ForAll("commonInverse") final Instrument instrument,
        @ForAll @LongRange(min = 1_000, max = TICKS_MAX) final long priceTicks,
        @ForAll @IntRange(min = 1, max = 50) final int pieces,
        @ForAll @LongRange(min = 1, max = 10_000) final long lotsEach,
        @ForAll final boolean isBuy)
    {
        final CashRule rule = new CashRule(instrument);
        final long signedLots = isBuy ? lotsEach : -lotsEach;

        final long split = pieces * fillCash(rule, priceTicks, signedLots).toLongExact();
        final long whole = fillCash(rule, priceTicks, pieces * signedLots).toLongExact();

        assertThat(split).isLessThanOrEqualTo(whole).isGreaterThan(whole - pieces);
    }

    @ParameterizedTest
    @CsvSource(
    {
        "1000000, 400, 400",
        "1000001, 400, 401",
        "1, 400, 1",
        "0, 400, 0",
        "1000000, -100, -100",
        "1000001, -100, -100",
        "9999, -100, 0",
        "1000000, 0, 0",
        "9223372036854775807, 1000000, 9223372036854775807"})
    void shouldRoundFeesAgainstTheAccount(final long notional, final long partsPerMillion, final long expected)
    {
        assertThat(CashRule.fee(new MutableInt128(notional), partsPerMillion).toLongExact()).isEqualTo(expected);
    }

    @Property
    void shouldChargeNoLessThanTheExactFee(
        @ForAll @LongRange(min = 0) final long notional,
        @ForAll @LongRange(min = -1_000_000, max = 1_000_000) final long partsPerMillion)
    {
        final BigInteger exact = new BigDecimal(
            BigInteger.valueOf(notional).multiply(BigInteger.valueOf(partsPerMillion)))
            .divide(BigDecimal.valueOf(1_000_000)).setScale(0, RoundingMode.CEILING).toBigIntegerExact();

        assertThat(CashRule.fee(new MutableInt128(notional), partsPerMillion).toLongExact())
            .isEqualTo(exact.longValueExact());
    }

    /** The rule's own factor times price times lots, with any numbers that messages can hold. */
    @Property
    void shouldBeExactOrSayThatItDoesNotFit(
        @ForAll("linear") final Instrument instrument, @ForAll final long priceTicks, @ForAll final long lots)
    {
        final CashRule rule = new CashRule(instrument);
        final BigInteger exact = instrument.tick().decimal(priceTicks).multiply(instrument.lot().decimal(lots))
            .multiply(instrument.multiplier().decimal(1)).scaleByPowerOfTen(-instrument.cashExponent())
            .toBigIntegerExact();

        if (exact.bitLength() < 127)
        {
            assertThat(notional(rule, priceTicks, lots).toBigInteger()).isEqualTo(exact.abs());
            assertThat(quoteNotional(rule, priceTicks, lots).toBigInteger()).isEqualTo(exact.abs());
        }
        else if (exact.bitLength() > 127)
        {
            assertOverflow(() -> notional(rule, priceTicks, lots));
        }
    }

    @Test
    void shouldSayThatALinearValueDoesNotFit()
    {
        final CashRule rule = new CashRule(instrument(ContractType.LINEAR, "5", "0.25", "5"));

        assertOverflow(() -> fillCash(rule, Long.MAX_VALUE, -Long.MAX_VALUE));
        assertOverflow(() -> notional(rule, Long.MAX_VALUE, Long.MAX_VALUE));
        assertOverflow(() -> quoteNotional(rule, -Long.MAX_VALUE, Long.MAX_VALUE));
        assertOverflow(() -> fillCash(rule, 1, Long.MIN_VALUE));
        assertOverflow(() -> closingCash(rule, 1, Long.MIN_VALUE));
        assertThat(fillCash(new CashRule(SPOT), Long.MAX_VALUE, 2).toBigInteger())
            .isEqualTo(BigInteger.valueOf(Long.MAX_VALUE).multiply(BigInteger.valueOf(-20)));
    }

    /** 1e-18 times 1e-18 is finer than any unit: the account pays the whole unit, and gets none. */
    @Test
    void shouldRoundAgainstTheAccountWhatIsFinerThanTheFinestUnit()
    {
        final Instrument fine = instrument(ContractType.LINEAR, "1e-18", "1e-18", "1");
        final CashRule rule = new CashRule(fine);

        assertThat(fine.cashExponent()).isEqualTo(Instrument.CASH_EXPONENT_MIN);
        assertThat(fillCash(rule, 1_500_000, 1_000_000).toLongExact()).isEqualTo(-2);
        assertThat(fillCash(rule, 1_500_000, -1_000_000).toLongExact()).isEqualTo(1);
        assertThat(notional(rule, 1_500_000, -1_000_000).toLongExact()).isEqualTo(2);
        assertThat(quoteNotional(rule, 1_500_000, 1_000_000).toLongExact()).isEqualTo(2);
    }

    /** What a journal of an earlier version has counted in stays: a fee is then a whole dollar. */
    @Test
    void shouldCountInTheUnitThatTheInstrumentHas()
    {
        final Instrument today = instrument(ContractType.LINEAR, "1", "1", "1");
        final Instrument earlier = today.withCashExponent(0);

        assertThat(fillCash(new CashRule(today), 103, 2).toLongExact()).isEqualTo(-20_600_000_000L);
        assertThat(fillCash(new CashRule(earlier), 103, 2).toLongExact()).isEqualTo(-206);
        assertThat(earlier.cash(fillCash(new CashRule(earlier), 103, 2)))
            .isEqualByComparingTo(today.cash(fillCash(new CashRule(today), 103, 2)));
    }

    @Test
    void shouldSayThatInverseLotsCannotBeNegated()
    {
        final CashRule rule = new CashRule(COIN);

        assertOverflow(() -> closingCash(rule, 1, Long.MIN_VALUE));
        assertThat(fillCash(rule, 1, Long.MAX_VALUE).toBigInteger())
            .isEqualTo(BigInteger.valueOf(Long.MAX_VALUE).multiply(BigInteger.TEN.pow(13)));
        assertThat(fillCash(rule, 1, 900_000).toLongExact()).isEqualTo(9_000_000_000_000_000_000L);
    }

    @ParameterizedTest
    @CsvSource(
    {"0", "-1", "-9223372036854775808"})
    void shouldRefuseAnInversePriceThatIsNotPositive(final long priceTicks)
    {
        assertOverflow(() -> fillCash(new CashRule(COIN), priceTicks, 1));
    }

    @Test
    void shouldRefuseContractsBeyondTheRangeOfUnits()
    {
        assertThatThrownBy(() -> new CashRule(instrument(ContractType.INVERSE, "1e-18", "1", "100")))
            .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("tick=0.000000000000000001");
        assertThatThrownBy(() -> new CashRule(instrument(ContractType.INVERSE, "1e6", "1e-8", "1")))
            .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new CashRule(
            instrument(ContractType.LINEAR, "0.999999999999", "0.999999999999", "0.999999999999")))
            .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("lot=0.999999999999");
    }

    @Provide
    Arbitrary<Instrument> linear()
    {
        return Combinators.combine(
            Arbitraries.of("0.01", "0.25", "0.5", "1e-8", "100", "1", "0.05"),
            Arbitraries.of("0.00001", "1", "0.1", "100", "0.25"),
            Arbitraries.of("1", "50", "0.1"))
            .as((tick, lot, multiplier) -> instrument(ContractType.LINEAR, tick, lot, multiplier));
    }

    /** Tick, lot and multiplier that need not be powers of ten. */
    @Provide
    Arbitrary<Instrument> inverse()
    {
        return Combinators.combine(
            Arbitraries.of("0.1", "0.01", "0.5", "0.25", "1", "10", "0.000003"),
            Arbitraries.of("1", "0.1", "3"),
            Arbitraries.of("1", "10", "100", "7"))
            .as((tick, lot, multiplier) -> instrument(ContractType.INVERSE, tick, lot, multiplier));
    }

    @Provide
    Arbitrary<Instrument> commonInverse()
    {
        return Combinators.combine(
            Arbitraries.of("0.1", "0.01", "0.5", "0.25", "1", "0.3"), Arbitraries.of("1", "10", "100"))
            .as((tick, multiplier) -> instrument(ContractType.INVERSE, tick, "1", multiplier));
    }

    private static MutableInt128 fillCash(final CashRule rule, final long priceTicks, final long signedLots)
    {
        return rule.fillCash(priceTicks, signedLots, new MutableInt128());
    }

    private static MutableInt128 closingCash(final CashRule rule, final long priceTicks, final long positionLots)
    {
        return rule.closingCash(priceTicks, positionLots, new MutableInt128());
    }

    private static MutableInt128 notional(final CashRule rule, final long priceTicks, final long lots)
    {
        return rule.notional(priceTicks, lots, new MutableInt128());
    }

    private static MutableInt128 quoteNotional(final CashRule rule, final long priceTicks, final long lots)
    {
        return rule.quoteNotional(priceTicks, lots, new MutableInt128());
    }

    private static BigInteger inverseCash(
        final Instrument instrument, final long priceTicks, final long signedLots, final RoundingMode rounding)
    {
        final BigDecimal value = instrument.lot().decimal(signedLots).multiply(instrument.multiplier().decimal(1))
            .scaleByPowerOfTen(-instrument.cashExponent());
        final BigDecimal price = instrument.tick().decimal(priceTicks);
        return value.divide(price, 0, rounding).toBigIntegerExact();
    }

    private static void assertOverflow(final ThrowingCallable call)
    {
        assertThatThrownBy(call).isInstanceOf(ArithmeticException.class);
    }

    private static Instrument instrument(
        final ContractType type, final String tick, final String lot, final String multiplier)
    {
        return new Instrument(
            0, "X", "V", type, Increment.parse(tick), Increment.parse(lot), 1, 1, Increment.parse(multiplier), "B", "Q",
            type == ContractType.INVERSE ? "B" : "Q");
    }
}
