package io.lockstep.core.risk.rule;

import io.lockstep.codecs.Increment;
import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.Nulls;
import io.lockstep.core.CoreScenario;
import io.lockstep.core.InputRecords;
import io.lockstep.core.OperatorSays;
import io.lockstep.sbe.AccountReportEncoder;
import io.lockstep.sbe.AccountType;
import io.lockstep.sbe.BooleanType;
import io.lockstep.sbe.ContractType;
import io.lockstep.sbe.LimitType;
import io.lockstep.sbe.PositionMode;
import io.lockstep.sbe.VenueDefinitionEncoder;
import org.junit.jupiter.api.Test;

import java.util.function.Consumer;

import static io.lockstep.core.CoreScenario.buy;
import static io.lockstep.core.CoreScenario.buyMarket;
import static io.lockstep.core.CoreScenario.cancelOldest;
import static io.lockstep.core.CoreScenario.onLeg;
import static io.lockstep.core.CoreScenario.replaceOldest;
import static io.lockstep.core.CoreScenario.sell;
import static org.assertj.core.api.Assertions.assertThat;

/** A cash account with BTCUSDT and ETHUSDT, 1,000 USDT and 3 BTC in it: what open orders need is held. */
class BalanceRuleTest
{
    private static final int GATEWAY = 11;
    private static final String UNITS = "000000000000000000";

    private final CoreScenario scenario = new CoreScenario().give(venue(AccountType.CASH))
        .define(instrument("BTC")).snapshot(100, "100x10", "101x10")
        .define(instrument("ETH")).snapshot(100, "100x10", "101x10")
        .give(OperatorSays.instance(1, "spot", CoreScenario.SCRIPTED, 0, 1)).on(0).source(3)
        .give(RuleScenario.limit(RuleScenario.ACCOUNT, LimitType.BALANCE, "1")).source(0);

    BalanceRuleTest()
    {
        scenario.decisions();
    }

    private static Instrument instrument(final String base)
    {
        return new Instrument(0, base + "USDT", "TEST", ContractType.LINEAR, Increment.parse("1"),
            Increment.parse("1"), 1, 1, Increment.parse("1"), base, "USDT", "USDT");
    }

    private static Consumer<InputRecords> venue(final AccountType type)
    {
        return (records) ->
        {
            final VenueDefinitionEncoder venue = records.begin(new VenueDefinitionEncoder());
            venue.venueId(0).orderSourceId(GATEWAY).egressRequests(1_000).accountType(type)
                .haltOnDifference(BooleanType.FALSE).positionToleranceLots(0).positionMode(PositionMode.NETTING)
                .inDoubtAfterNs(VenueDefinitionEncoder.inDoubtAfterNsNullValue());
            venue.balanceTolerance().mantissa(0).exponent((byte)0);
            venue.name("TEST").account("");
        };
    }

    private static Consumer<InputRecords> holds(final long usdt, final long btc)
    {
        return (records) ->
        {
            final AccountReportEncoder report = records.begin(new AccountReportEncoder());
            report.venueId(0).reportId(1).complete(BooleanType.TRUE).positionsCount(0);
            final AccountReportEncoder.BalancesEncoder balances = report.balancesCount(2);
            balances.next().amount().mantissa(usdt).exponent((byte)0);
            balances.amountHigh(Nulls.NULL_LONG).asset("USDT");
            balances.next().amount().mantissa(btc).exponent((byte)0);
            balances.amountHigh(Nulls.NULL_LONG).asset("BTC");
        };
    }

    private CoreScenario opened()
    {
        scenario.source(GATEWAY).give(holds(1_000, 3)).source(0).decisions();
        return scenario.compared();
    }

    private void assertDecisions(final String... expected)
    {
        assertThat(scenario.decisions()).containsExactly(expected);
    }

    @Test
    void shouldRefuseOrdersOfAnAccountThatIsNotKnownYet()
    {
        scenario.act(buy(1, 100));

        assertDecisions("REFUSED INSUFFICIENT_BALANCE");
    }

    @Test
    void shouldCountWhatOpenOrdersOfAllInstrumentsNeedOfTheCurrency()
    {
        opened().act(buy(6, 100)).act(onLeg(1, buy(5, 100))).act(onLeg(1, buy(4, 100))).act(buy(1, 1));

        assertDecisions("NEW BUY 6@100 SIGNAL",
            "[1] REFUSED INSUFFICIENT_BALANCE limit=1000" + UNITS + " actual=1100" + UNITS,
            "[1] NEW BUY 4@100 SIGNAL", "REFUSED INSUFFICIENT_BALANCE limit=1000" + UNITS + " actual=1001" + UNITS);
    }

    @Test
    void shouldCountABuyAtMarketAtWhatItWouldTake()
    {
        opened().act(buyMarket(10)).act(buyMarket(9));

        assertDecisions("REFUSED INSUFFICIENT_BALANCE limit=1000" + UNITS + " actual=1010" + UNITS,
            "NEW BUY 9@MARKET SIGNAL");
    }

    @Test
    void shouldSellNoMoreThanIsHeld()
    {
        opened().act(sell(2, 105)).act(sell(2, 105)).act(sell(1, 105)).act(onLeg(1, sell(1, 105)));

        assertDecisions("NEW SELL 2@105 SIGNAL", "REFUSED INSUFFICIENT_BALANCE limit=3" + UNITS + " actual=4" + UNITS,
            "NEW SELL 1@105 SIGNAL", "[1] REFUSED INSUFFICIENT_BALANCE limit=0 actual=1" + UNITS);
    }

    /** What an order reserves is free again when it is cancelled; what a fill has taken is not. */
    @Test
    void shouldReleaseWhatIsCancelledAndTakeWhatIsFilled()
    {
        opened().act(buy(10, 100)).source(GATEWAY).fill(1, 4, 100).source(0).act(buy(1, 100)).act(cancelOldest())
            .act(buy(1, 100)).source(GATEWAY).cancel(1).source(0).act(buy(7, 100)).act(buy(6, 100)).act(sell(7, 105));

        assertDecisions("NEW BUY 10@100 SIGNAL",
            "REFUSED INSUFFICIENT_BALANCE limit=600" + UNITS + " actual=700" + UNITS, "CANCEL #1 ABANDONED",
            "REFUSED INSUFFICIENT_BALANCE limit=600" + UNITS + " actual=700" + UNITS,
            "REFUSED INSUFFICIENT_BALANCE limit=600" + UNITS + " actual=700" + UNITS, "NEW BUY 6@100 SIGNAL",
            "NEW SELL 7@105 SIGNAL");
    }

    @Test
    void shouldCountAReplaceInPlaceOfItsOrder()
    {
        opened().act(buy(6, 100)).source(GATEWAY).accept(1).source(0).act(replaceOldest(11, 100))
            .act(replaceOldest(10, 100));

        assertDecisions("NEW BUY 6@100 SIGNAL",
            "REFUSED INSUFFICIENT_BALANCE limit=1000" + UNITS + " actual=1100" + UNITS, "REPLACE #1 10@100 SIGNAL");
    }
}
