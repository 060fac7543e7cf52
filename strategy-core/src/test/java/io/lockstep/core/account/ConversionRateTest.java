package io.lockstep.core.account;

import io.lockstep.codecs.Increment;
import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.MutableInt128;
import io.lockstep.codecs.Nulls;
import io.lockstep.core.account.ConversionRate.Result;
import io.lockstep.sbe.ContractType;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

import static io.lockstep.core.account.AccountFixture.SPOT;
import static io.lockstep.core.account.AccountFixture.text;
import static io.lockstep.core.account.AccountFixture.units;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ConversionRateTest
{
    private static final long AGE_MAX_NS = 1_000;

    private final ConversionRate rate = ConversionRate.of(SPOT, "BTC", "USDT", AGE_MAX_NS);
    private final MutableInt128 result = new MutableInt128();

    @Test
    void shouldMultiplyByTheMark()
    {
        assertThat(rate.instrumentId()).isEqualTo(SPOT.id());
        assertThat(rate.convert(units("-0.0025"), 200_000, 0, result)).isEqualTo(Result.CONVERTED);
        assertThat(text(result)).isEqualTo("-50");
    }

    @Test
    void shouldDivideByTheMarkTheOtherWay()
    {
        final ConversionRate other = ConversionRate.of(SPOT, "USDT", "BTC", AGE_MAX_NS);

        assertThat(other.convert(units("-1"), 300_000, 0, result)).isEqualTo(Result.CONVERTED);
        assertThat(text(result)).isEqualTo("-0.000033333333333334");
        assertThat(other.convert(units("1"), 300_000, 0, result)).isEqualTo(Result.CONVERTED);
        assertThat(text(result)).isEqualTo("0.000033333333333333");
    }

    @Test
    void shouldCheckTheAgeOfTheMark()
    {
        assertThat(rate.convert(units("1"), 200_000, AGE_MAX_NS, result)).isEqualTo(Result.CONVERTED);
        assertThat(rate.convert(units("1"), 200_000, AGE_MAX_NS + 1, result)).isEqualTo(Result.STALE);
    }

    @Test
    void shouldHaveNoRateWithoutAMark()
    {
        assertThat(rate.convert(units("1"), Nulls.NULL_PRICE_TICKS, 0, result)).isEqualTo(Result.NO_RATE);
        assertThat(rate.convert(units("1"), 0, 0, result)).isEqualTo(Result.NO_RATE);
        assertThat(rate.convert(units("1"), -5, 0, result)).isEqualTo(Result.NO_RATE);
    }

    @Test
    void shouldSayWhatDoesNotFit()
    {
        assertThat(rate.convert(units("1e19"), Long.MAX_VALUE, 0, result)).isEqualTo(Result.OVERFLOW);
    }

    @Test
    void shouldRefuseAnInstrumentThatTradesSomethingElse()
    {
        assertThatThrownBy(() -> ConversionRate.of(SPOT, "BNB", "USDT", 1)).hasMessage(
            "instrument=BTCUSDT.SPOT trades BTC for USDT: expected one that trades BNB for USDT");
        assertThatThrownBy(() -> ConversionRate.of(SPOT, "BTC", "EUR", 1))
            .isInstanceOf(IllegalArgumentException.class);
    }

    @Property(tries = 3_000)
    void shouldConvertAsDecimalsDo(
        @ForAll @LongRange(min = -1_000_000_000_000_000_000L, max = 1_000_000_000_000_000_000L) final long amount,
        @ForAll @LongRange(min = 1, max = 1_000_000_000L) final long markTicks,
        @ForAll @IntRange(min = -9, max = 8) final int tickExponent,
        @ForAll final boolean multiplies)
    {
        final Instrument source = new Instrument(0, "AB", "V", ContractType.LINEAR, new Increment(25, tickExponent),
            new Increment(1, 0), 1, 1, new Increment(1, 0), "A", "B", "B");
        final BigDecimal price = source.tick().decimal(markTicks);
        final BigDecimal exact = multiplies
            ? BigDecimal.valueOf(amount).multiply(price)
            : BigDecimal.valueOf(amount).divide(price, 30, RoundingMode.FLOOR);
        final BigInteger expected = exact.setScale(0, RoundingMode.FLOOR).toBigInteger();

        assertThat(ConversionRate.of(source, multiplies ? "A" : "B", multiplies ? "B" : "A", 0)
            .convert(new MutableInt128(amount), markTicks, 0, result)).isEqualTo(Result.CONVERTED);
        assertThat(result.toBigInteger()).isEqualTo(expected);
    }
}
