package io.lockstep.core;

import io.lockstep.codecs.Increment;
import io.lockstep.codecs.Instrument;
import io.lockstep.sbe.AccountEntryEncoder;
import io.lockstep.sbe.AccountEntryKind;
import io.lockstep.sbe.ContractType;
import io.lockstep.sbe.Side;
import org.junit.jupiter.api.Test;

import java.util.function.Consumer;

import static io.lockstep.core.CoreScenario.SCRIPTED;
import static io.lockstep.core.CoreScenario.buy;
import static io.lockstep.core.OperatorSays.noRate;
import static io.lockstep.core.OperatorSays.rate;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Fees and entries in another asset than the instrument settles in: a sequenced rate makes cash of them, and what no rate can be had
 * for is counted. Behind every input the core is compared with one that was restored from it.
 */
class ForeignFeesTest
{
    private static final long SECOND_NS = 1_000_000_000L;
    private static final long USDT_CENT = 1_000_000L;
    private static final Instrument BTC = instrument(0, "BTCUSDT", "0.1", "BTC", "USDT");
    private static final Instrument BNB = instrument(1, "BNBUSDT", "0.01", "BNB", "USDT");
    private static final Instrument INVERTED = instrument(2, "USDTXYZ", "0.01", "USDT", "XYZ");

    /** Its cash is counted in 10^-16. */
    private static final Instrument FINE = new Instrument(3, "FINEUSDT", "TEST", ContractType.LINEAR,
        Increment.parse("0.00000001"), Increment.parse("0.00000001"), 1, 1, Increment.parse("1"), "FINE", "USDT",
        "USDT");

    private final CoreScenario scenario = new CoreScenario().define(BTC).define(BNB).define(INVERTED)
        .define(FINE).on(0).assign(SCRIPTED).snapshot(100, "999990x10", "1000010x10");
    private final TradingCore core = scenario.core();

    ForeignFeesTest()
    {
        scenario.compared().decisions();
    }

    private static Instrument instrument(
        final int id, final String symbol, final String tick, final String base, final String quote)
    {
        return new Instrument(id, symbol, "TEST", ContractType.LINEAR, Increment.parse(tick), Increment.parse("0.001"),
            1, 1, Increment.parse("1"), base, quote, quote);
    }

    /** BNB at 300 USDT. */
    private CoreScenario quoted()
    {
        scenario.on(1).quote(1, 29_990, 30_010).on(0).decisions();
        return scenario;
    }

    private void buyWithFee(final long amount, final int exponent, final String asset)
    {
        scenario.act(buy(10, 1_000_000));
        final int number = scenario.orderCount();
        scenario.accept(number).give(
            VenueSays.fill(scenario.order(number).clOrdId(), Side.BUY, 10, 1_000_000, 0).fee(amount, exponent, asset));
        scenario.decisions();
    }

    private long legFees()
    {
        return core.slot(0).legOf(1).position().fees().toLongExact();
    }

    @Test
    void shouldMakeCashOfAFeeInAnotherAsset()
    {
        quoted().give(rate("BNB", "USDT", 1, SECOND_NS));
        assertThat(scenario.decisions()).containsExactly("[1] RateDefinition ACCEPTED");

        buyWithFee(25, -4, "BNB");

        // 0.0025 BNB at 300.
        assertThat(legFees()).isEqualTo(75 * USDT_CENT);
        assertThat(core.position(0).fees().toLongExact()).isEqualTo(75 * USDT_CENT);
        assertThat(core.venue(0).holdings().balanceAt(balance("BNB")).amount().toLongExact())
            .isEqualTo(-2_500_000_000_000_000L);
        assertThat(core.rates().converted()).isEqualTo(1);
        assertThat(core.rates().unconverted()).isZero();
    }

    private int balance(final String asset)
    {
        int index = 0;
        while (!core.venue(0).holdings().balanceAt(index).asset().equals(asset))
        {
            index++;
        }
        return index;
    }

    @Test
    void shouldRoundAFeeUpAndARebateDown()
    {
        quoted().give(rate("BNB", "USDT", 1, SECOND_NS));

        buyWithFee(1, -18, "BNB");
        assertThat(legFees()).isEqualTo(1);
        buyWithFee(-1, -18, "BNB");
        assertThat(legFees()).isEqualTo(1);
        assertThat(core.rates().converted()).isEqualTo(2);
    }

    @Test
    void shouldDivideWhereTheSourceTradesTheOtherWay()
    {
        scenario.on(2).quote(1, 390, 410).on(0).give(rate("XYZ", "USDT", 2, SECOND_NS));

        buyWithFee(1, 0, "XYZ");

        assertThat(legFees()).isEqualTo(25 * USDT_CENT);
    }

    @Test
    void shouldNeedNoRateForTheSettlementCurrency()
    {
        buyWithFee(5, -2, "USDT");

        assertThat(legFees()).isEqualTo(5 * USDT_CENT);
        assertThat(core.rates().unconverted()).isZero();
    }

    @Test
    void shouldCountWhatNoRateMakesCashOf()
    {
        buyWithFee(25, -4, "BNB");
        assertThat(core.rates().unnamed()).isEqualTo(1);

        scenario.give(rate("BNB", "USDT", 1, SECOND_NS));
        buyWithFee(25, -4, "BNB");
        assertThat(core.rates().unmarked()).isEqualTo(1);

        quoted().at(1_001).snapshot(101, "999990x10", "1000010x10");
        buyWithFee(25, -4, "BNB");
        assertThat(core.rates().stale()).isEqualTo(1);

        quoted();
        buyWithFee(Long.MAX_VALUE, 12, "BNB");
        assertThat(core.rates().overflowed()).isEqualTo(1);

        assertThat(legFees()).isZero();
        assertThat(core.rates().unconverted()).isEqualTo(4);
        assertThat(core.venue(0).holdings().balanceAt(balance("BNB")).amount().signum()).isNegative();
        assertThat(core.position(0).fills()).isEqualTo(4);
    }

    @Test
    void shouldAllowTheAgeItSays()
    {
        quoted().give(rate("BNB", "USDT", 1, SECOND_NS)).at(1_000).snapshot(101, "999990x10", "1000010x10");

        buyWithFee(25, -4, "BNB");

        assertThat(legFees()).isEqualTo(75 * USDT_CENT);
    }

    @Test
    void shouldBeDefinedOnceAndTakenOut()
    {
        quoted().give(rate("BNB", "USDT", 1, SECOND_NS)).give(rate("BNB", "USDT", 1, SECOND_NS))
            .give(rate("BNB", "USDT", 1, 2)).give(rate("BNB", "USDT", 0, 2)).give(rate("BNB", "USDT", 4, 2))
            .give(rate("BNB", "USDT", 1, -1)).give(rate("", "USDT", 1, 1)).give(noRate("XYZ", "USDT"))
            .give(noRate("BNB", "USDT"));

        assertThat(scenario.decisions()).containsExactly("[1] RateDefinition ACCEPTED",
            "[1] RateDefinition NO_CHANGE", "[1] RateDefinition ACCEPTED", "RateDefinition INVALID_VALUE",
            "[4] RateDefinition UNKNOWN_INSTRUMENT", "[1] RateDefinition INVALID_VALUE",
            "[1] RateDefinition INVALID_VALUE", "RateDefinition NO_CHANGE", "RateDefinition ACCEPTED");
        assertThat(core.rates().rates()).isEmpty();
        buyWithFee(25, -4, "BNB");
        assertThat(core.rates().unnamed()).isEqualTo(1);
    }

    /** What an entry of another asset comes to is nobody's, like one of the settlement currency. */
    @Test
    void shouldMakeProfitOfAnEntryInAnotherAsset()
    {
        quoted().give(rate("BNB", "USDT", 1, SECOND_NS)).give(entry(-1, -2, "BNB"));

        assertThat(core.slot(0).legOf(0).position().realized().toLongExact()).isEqualTo(-300 * USDT_CENT);
        assertThat(core.rates().converted()).isEqualTo(1);

        scenario.give(entry(-1, -2, "XYZ"));
        assertThat(core.rates().unnamed()).isEqualTo(1);
        assertThat(core.slot(0).legOf(0).position().realized().toLongExact()).isEqualTo(-300 * USDT_CENT);
    }

    private static Consumer<InputRecords> entry(final long amount, final int exponent, final String asset)
    {
        return entry(0, amount, exponent, asset);
    }

    private static Consumer<InputRecords> entry(
        final int instrumentId, final long amount, final int exponent, final String asset)
    {
        return (records) ->
        {
            final AccountEntryEncoder entry = records.begin(new AccountEntryEncoder());
            entry.venueId(AccountEntryEncoder.venueIdNullValue()).kind(AccountEntryKind.FUNDING)
                .instrumentId(instrumentId);
            entry.amount().mantissa(amount).exponent((byte)exponent);
            entry.entryId("").asset(asset);
        };
    }

    /** An amount that its balance has room for, and the profit of an instrument with fine cash has not. */
    @Test
    void shouldCountProfitThatDoesNotFit()
    {
        scenario.give(entry(0, 1_000_000_000_000_000_000L, 0, "USDT"));
        assertThat(core.rates().overflowed()).isZero();

        scenario.give(entry(3, 1_000_000_000_000_000_000L, 0, "USDT"));

        assertThat(core.rates().overflowed()).isEqualTo(1);
        assertThat(core.slot(3).position().realized().signum()).isZero();
    }
}
