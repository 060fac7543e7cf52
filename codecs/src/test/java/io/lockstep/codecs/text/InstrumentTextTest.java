package io.lockstep.codecs.text;

import io.lockstep.codecs.Increment;
import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.Nulls;
import io.lockstep.sbe.ContractType;
import io.lockstep.sbe.LimitType;
import io.lockstep.sbe.RiskReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.math.BigDecimal;
import java.math.BigInteger;

import static org.assertj.core.api.Assertions.assertThat;

class InstrumentTextTest
{
    private static final int CASH_EXPONENT = -8;

    private final Instrument linear = new Instrument(0, "BTCUSDT", "SIM", ContractType.LINEAR,
        new Increment(1, -4), new Increment(1, -4), 1, 1, new Increment(1, 0), "BTC", "USDT", "USDT");
    private final InstrumentText text = new InstrumentText(linear);

    @Test
    void shouldWriteDecimalsWithTheirUnit()
    {
        assertThat(linear.cashExponent()).isEqualTo(CASH_EXPONENT);
        assertThat(text.price(271_080)).hasToString("27.108 USDT");
        assertThat(text.quantity(-5_000)).hasToString("-0.5 BTC");
        assertThat(text.cash(50_000_000)).hasToString("0.5 USDT");
        assertThat(text.cash(BigInteger.TEN.pow(30))).hasToString("10000000000000000000000 USDT");
        assertThat(text.cash(0)).hasToString("0 USDT");
        assertThat(text.price(Nulls.NULL_LONG)).isNull();
        assertThat(text.name()).isEqualTo("BTCUSDT.SIM");
    }

    @Test
    void shouldWriteWhatARefusalCounts()
    {
        assertThat(text.refusal(RiskReason.MAX_ORDER_NOTIONAL, BigInteger.valueOf(50_000_000))).hasToString("0.5 USDT");
        assertThat(text.refusal(RiskReason.STALE_MARKET_DATA, BigInteger.valueOf(5_000_000_000L))).hasToString("5 s");
        assertThat(text.refusal(RiskReason.PRICE_COLLAR, BigInteger.valueOf(10_001))).hasToString("1.0001 USDT");
        assertThat(text.refusal(RiskReason.MAX_ORDER_QUANTITY, BigInteger.ONE)).hasToString("0.0001 BTC");
        assertThat(text.refusal(RiskReason.MAX_OPEN_ORDERS, BigInteger.TWO)).hasToString("2 orders");
        assertThat(text.refusal(RiskReason.MAX_TOTAL_NOTIONAL, BigInteger.valueOf(150_000_000)))
            .hasToString("1.5 USDT");
        assertThat(text.refusal(RiskReason.MIN_ORDER_QUANTITY, BigInteger.ONE)).hasToString("0.0001 BTC");
        assertThat(text.refusal(RiskReason.MIN_ORDER_NOTIONAL, BigInteger.valueOf(50_000_000))).hasToString("0.5 USDT");
        assertThat(text.refusal(RiskReason.MAX_NET_EXPOSURE, BigInteger.valueOf(150_000_000))).hasToString("1.5 USDT");
        assertThat(text.refusal(RiskReason.SELF_TRADE, BigInteger.valueOf(10_001))).hasToString("1.0001 USDT");
        assertThat(text.refusal(RiskReason.MAX_CANCEL_RATE, BigInteger.TWO)).hasToString("2 cancels/s");
        assertThat(text.refusal(RiskReason.MAX_ORDER_TO_TRADE_RATIO, BigInteger.valueOf(50_500)))
            .hasToString("50.5 orders/fill");
        assertThat(text.refusal(RiskReason.DUPLICATE_ORDER, BigInteger.valueOf(5_000_000_000L))).hasToString("5 s");
        assertThat(text.refusal(RiskReason.INSUFFICIENT_BALANCE, BigInteger.TEN.pow(18))).hasToString("1");
        assertThat(text.refusal(RiskReason.INSTRUMENT_NOT_TRADABLE, BigInteger.ONE)).isNull();
    }

    @Test
    void shouldWriteLimitsAsSet()
    {
        assertThat(text.limit(LimitType.MAX_MARKET_DATA_AGE_MS, new BigDecimal(5_000))).hasToString("5 s");
        assertThat(text.limit(LimitType.MAX_MARKET_DATA_AGE_MS, new BigDecimal("0.0000001")))
            .hasToString("0.0000001 ms");
        assertThat(text.limit(LimitType.MAX_MARKET_DATA_AGE_MS, new BigDecimal("1e17")))
            .hasToString("100000000000000000 ms");
        assertThat(text.limit(LimitType.PRICE_COLLAR_BPS, new BigDecimal(50))).hasToString("50 bps");
        assertThat(text.limit(LimitType.MAX_POSITION_QUANTITY, new BigDecimal("1.50"))).hasToString("1.5 BTC");
    }

    @ParameterizedTest
    @EnumSource(value = LimitType.class, mode = EnumSource.Mode.EXCLUDE, names =
    {"NULL_VAL", "SBE_UNKNOWN", "SELF_TRADE", "SHORT_SELLING", "BALANCE", "TRADING_HOURS"})
    void shouldGiveEachLimitAUnitButThoseThatSwitch(final LimitType type)
    {
        assertThat(text.limit(type, BigInteger.ONE).unit()).isNotEmpty();
        assertThat(text.limit(type, BigDecimal.ONE).unit()).isNotEmpty();
    }

    @Test
    void shouldCountContracts()
    {
        final InstrumentText inverse = new InstrumentText(new Instrument(1, "BTCUSD", "SIM", ContractType.INVERSE,
            new Increment(5, -1), new Increment(1, 0), 1, 1, new Increment(100, 0), "BTC", "USD", "BTC"));

        assertThat(inverse.quantity(3)).hasToString("3 contracts");
        assertThat(inverse.notional(300)).hasToString("300 USD");
        assertThat(inverse.cash(1)).hasToString("0.0000000001 BTC");
    }
}
