package io.lockstep.core.position;

import io.lockstep.codecs.Increment;
import io.lockstep.codecs.Instrument;
import io.lockstep.sbe.ContractType;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

import static org.assertj.core.api.Assertions.assertThat;

class QuoteLotsTest
{
    /** Any tick, lot, price and amount against decimals of any length. */
    @Property(tries = 5_000)
    void shouldEqualADivisionOfDecimals(
        @ForAll @IntRange(min = -18, max = 18) final int tickExponent,
        @ForAll @IntRange(min = -18, max = 18) final int lotExponent,
        @ForAll @LongRange(min = 1, max = 7) final long orderLots,
        @ForAll final boolean inverse,
        @ForAll @LongRange(min = 1) final long priceTicks,
        @ForAll @LongRange(min = 1) final long mantissa,
        @ForAll @IntRange(min = -18, max = 18) final int exponent)
    {
        final Instrument instrument = instrument(inverse, new Increment(5, tickExponent), new Increment(3, lotExponent),
            orderLots);
        final BigDecimal price = inverse ? BigDecimal.ONE : instrument.tick().decimal(priceTicks);
        final BigInteger steps = BigDecimal.valueOf(mantissa).scaleByPowerOfTen(exponent)
            .divide(instrument.lot().decimal(orderLots).multiply(price), 0, RoundingMode.DOWN).toBigIntegerExact();
        final BigInteger expected = steps.multiply(BigInteger.valueOf(orderLots));

        assertThat(BigInteger.valueOf(new QuoteLots(instrument).at(priceTicks, mantissa, exponent)))
            .isEqualTo(expected.min(BigInteger.valueOf(QuoteLots.TOO_MANY)));
    }

    /** 922.34 is what 63 bits of 1e-16 hold. */
    @Test
    void shouldNotStopWhereALongWould()
    {
        final Instrument instrument = instrument(false, new Increment(1, -8), new Increment(1, -8), 1);
        final QuoteLots lots = new QuoteLots(instrument);

        assertThat(lots.at(1_030_000_000_000L, 10_000, 0)).isEqualTo(97_087_378);
        assertThat(lots.at(1, 922, 0)).isEqualTo(9_220_000_000_000_000_000L);
        assertThat(lots.at(1, 923, 0)).isEqualTo(QuoteLots.TOO_MANY);
    }

    private static Instrument instrument(
        final boolean inverse, final Increment tick, final Increment lot, final long orderLots)
    {
        return new Instrument(0, "X", "V", inverse ? ContractType.INVERSE : ContractType.LINEAR, tick, lot, 1,
            orderLots,
            new Increment(1, 0), "B", "Q", inverse ? "B" : "Q");
    }
}
