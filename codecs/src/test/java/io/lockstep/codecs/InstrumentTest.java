package io.lockstep.codecs;

import io.lockstep.sbe.BooleanType;
import io.lockstep.sbe.ContractType;
import io.lockstep.sbe.InstrumentDefinitionDecoder;
import io.lockstep.sbe.InstrumentDefinitionEncoder;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.MessageHeaderEncoder;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.agrona.ExpandableArrayBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.math.BigDecimal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class InstrumentTest
{
    private static final Instrument SPOT = new Instrument(
        3, "BTCUSDT", "BINANCE", ContractType.LINEAR, Increment.parse("0.01"), Increment.parse("0.00001"), 1, 10,
        Increment.parse("1"), "BTC", "USDT", "USDT");
    private static final Instrument COIN = new Instrument(
        4, "BTCUSD_PERP", "BINANCE_CM", ContractType.INVERSE, Increment.parse("0.1"), Increment.parse("1"), 1, 1,
        Increment.parse("100"), "BTC", "USD", "BTC");

    @Test
    void shouldCompareTermsByValueAndWithoutTheId()
    {
        assertThat(COIN.hasTermsOf(withMultiplier(new Increment(1, 2)).withId(9))).isTrue();
        assertThat(COIN.hasTermsOf(withMultiplier(new Increment(1, 1)))).isFalse();
        assertThat(COIN.hasTermsOf(SPOT)).isFalse();
    }

    private static Instrument withMultiplier(final Increment multiplier)
    {
        return new Instrument(COIN.id(), COIN.symbol(), COIN.venue(), COIN.contractType(), COIN.tick(), COIN.lot(),
            COIN.orderTicks(), COIN.orderLots(), multiplier, COIN.baseCurrency(), COIN.quoteCurrency(),
            COIN.settlementCurrency());
    }

    @Property
    void shouldDecodeWhatItEncodes(@ForAll("instruments") final Instrument instrument)
    {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        final InstrumentDefinitionEncoder encoder = new InstrumentDefinitionEncoder().wrapAndApplyHeader(buffer, 8,
            new MessageHeaderEncoder());
        instrument.encode(encoder);

        final InstrumentDefinitionDecoder decoder = new InstrumentDefinitionDecoder().wrapAndApplyHeader(buffer, 8,
            new MessageHeaderDecoder());
        assertThat(decoder.cashExponent()).isEqualTo((byte)instrument.cashExponent());
        assertThat(Instrument.decode(decoder)).isEqualTo(instrument);
        assertThat(decoder.encodedLength()).isEqualTo(encoder.encodedLength());
    }

    @Test
    void shouldCountCashOfLinearContractsExactly()
    {
        // 0.01 x 0.000001 x 0.1 = 1e-9
        final Instrument fine = linear("0.01", "0.000001", "0.1");
        assertThat(fine.cashExponent()).isEqualTo(-9);
        assertThat(fine.cash(new MutableInt128(123))).isEqualTo(new BigDecimal("0.000000123"));
        assertThat(fine.isInverse()).isFalse();
    }

    /** A fee is rounded up to a whole unit, so no recording's decimals may make that more than 1e-8. */
    @ParameterizedTest
    @CsvSource(
    {"1, 1, 1, -8", "100, 1e3, 10, -8", "0.01, 0.00001, 1, -8", "0.0001, 0.0001, 1, -8", "1e-8, 1e-8, 1, -16",
        "1e-12, 1e-12, 1, -24", "1e-18, 1e-18, 1, -24"})
    void shouldCountCashIn1em8OrFiner(
        final String tick, final String lot, final String multiplier, final int cashExponent)
    {
        assertThat(linear(tick, lot, multiplier).cashExponent()).isEqualTo(cashExponent);
    }

    /** A journal that an earlier version began counts on in its unit, which makes no other instrument of it. */
    @Test
    void shouldKeepAUnitOfCash()
    {
        final Instrument earlier = SPOT.withCashExponent(-7);

        assertThat(earlier.withId(9).cashExponent()).isEqualTo(-7);
        assertThat(earlier.hasTermsOf(SPOT)).isTrue();
        assertThat(earlier).isNotEqualTo(SPOT);
    }

    @Test
    void shouldLetTheOrderGridAndTheBookRulesFollow()
    {
        final Instrument locked = SPOT.withSettings(new InstrumentSettings(0, true, 5_000_000_000L));

        assertThat(locked.canFollow(SPOT)).isTrue();
        assertThat(SPOT.canFollow(locked)).isTrue();
        assertThat(locked.withOrderGrid(5, 100).canFollow(SPOT)).isTrue();
        assertThat(locked.hasTermsOf(SPOT)).as("no terms of the contract").isTrue();
        assertThat(locked).isNotEqualTo(SPOT);
    }

    @Test
    void shouldLetNothingFollowThatCountsOtherwise()
    {
        assertThat(SPOT.withSettings(new InstrumentSettings(1, false, InstrumentSettings.NEVER)).canFollow(SPOT))
            .as("another venue").isFalse();
        assertThat(SPOT.withCashExponent(-10).canFollow(SPOT)).as("another unit of cash").isFalse();
        assertThat(SPOT.withId(9).canFollow(SPOT)).as("another id").isFalse();
        assertThat(withMultiplier(new Increment(1, 1)).canFollow(COIN)).as("another multiplier").isFalse();
    }

    /** Definitions of before there were settings. */
    @Test
    void shouldTakeNullForTheDefaultSettings()
    {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        SPOT.encode(new InstrumentDefinitionEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder()));
        new InstrumentDefinitionEncoder().wrap(buffer, MessageHeaderEncoder.ENCODED_LENGTH)
            .orderVenueId(InstrumentDefinitionEncoder.orderVenueIdNullValue()).lockedIsCrossed(BooleanType.NULL_VAL)
            .crossedHealNs(InstrumentDefinitionEncoder.crossedHealNsNullValue());

        assertThat(Instrument.decode(
            new InstrumentDefinitionDecoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderDecoder())))
            .isEqualTo(SPOT);
    }

    @Test
    void shouldRefuseSettingsThatAreNone()
    {
        assertThatThrownBy(() -> new InstrumentSettings(-1, false, InstrumentSettings.NEVER))
            .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("orderVenueId=-1");
        assertThatThrownBy(() -> new InstrumentSettings(0, false, 0))
            .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("crossedHealNs=0");
    }

    private static Instrument linear(final String tick, final String lot, final String multiplier)
    {
        return new Instrument(0, "X", "V", ContractType.LINEAR, Increment.parse(tick), Increment.parse(lot), 1, 1,
            Increment.parse(multiplier), "B", "Q", "Q");
    }

    @Test
    void shouldCountCashOfInverseContractsFinerThanTheCoin()
    {
        assertThat(COIN.cashExponent()).isEqualTo(-10);
        assertThat(COIN.isInverse()).isTrue();
    }

    @Test
    void shouldBeKnownBySymbolAndVenue()
    {
        assertThat(SPOT.name()).isEqualTo("BTCUSDT.BINANCE");
        assertThat(SPOT.withId(9)).isEqualTo(new Instrument(
            9, "BTCUSDT", "BINANCE", ContractType.LINEAR, Increment.parse("0.01"), Increment.parse("0.00001"), 1, 10,
            Increment.parse("1"), "BTC", "USDT", "USDT"));
    }

    @Test
    void shouldRefuseOrderIncrementsThatAreNotPositive()
    {
        assertThatThrownBy(() -> with(ContractType.LINEAR, "X", 0, 1))
            .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("orderTicks=0");
        assertThatThrownBy(() -> with(ContractType.LINEAR, "X", 1, -1))
            .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("orderLots=-1");
    }

    @Test
    void shouldRefuseAContractTypeItCannotValue()
    {
        for (final ContractType type : new ContractType[]{ContractType.NULL_VAL, ContractType.SBE_UNKNOWN, null})
        {
            assertThatThrownBy(() -> with(type, "X", 1, 1))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("instrument=X.V");
        }
    }

    /** Two of them would become one name of question marks on the wire. */
    @Test
    void shouldRefuseTextThatTheMessageCannotHold()
    {
        assertThatThrownBy(() -> with(ContractType.LINEAR, "\ud83dUSDT", 1, 1))
            .isInstanceOf(IllegalArgumentException.class).hasMessage("expected text: symbol=\\ud83dUSDT");
    }

    @Provide
    Arbitrary<Instrument> instruments()
    {
        final Arbitrary<Increment> increments = Combinators.combine(
            Arbitraries.longs().between(1, Long.MAX_VALUE), Arbitraries.integers().between(-18, 18)).as(Increment::new);
        final Arbitrary<String> texts = Arbitraries.strings().withCharRange(' ', '~')
            .withCharRange('\u00e0', '\u00ff').withCharRange('\u4e00', '\u9fff').ofMaxLength(40);
        final Arbitrary<Long> orderSteps = Arbitraries.longs().between(1, Long.MAX_VALUE);
        return Combinators.combine(
            Arbitraries.integers(),
            Arbitraries.of(ContractType.LINEAR, ContractType.INVERSE),
            increments.list().ofSize(3),
            orderSteps.list().ofSize(2),
            texts.list().ofSize(5))
            .as((id, type, sizes, steps, names) -> new Instrument(
                id, names.get(0), names.get(1), type, sizes.get(0), sizes.get(1), steps.get(0), steps.get(1),
                sizes.get(2),
                names.get(2), names.get(3), names.get(4))
                .withSettings(new InstrumentSettings(id & Integer.MAX_VALUE, steps.get(0) % 2 == 0, steps.get(1))));
    }

    private static Instrument with(
        final ContractType type, final String symbol, final long orderTicks, final long orderLots)
    {
        return new Instrument(1, symbol, "V", type, Increment.parse("1"), Increment.parse("1"), orderTicks, orderLots,
            Increment.parse("1"), "A", "B", "B");
    }
}
