package io.lockstep.core.account;

import io.lockstep.codecs.Decimal;
import io.lockstep.codecs.MutableInt128;
import io.lockstep.codecs.Nulls;
import io.lockstep.core.position.CountableRange;
import io.lockstep.sbe.AccountType;
import io.lockstep.sbe.DifferenceKind;
import io.lockstep.sbe.DifferenceStanding;
import io.lockstep.sbe.PositionMode;
import io.lockstep.sbe.RiskReason;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.Map;

import static io.lockstep.core.account.AccountFixture.SPOT;
import static io.lockstep.core.account.AccountFixture.SWAP;
import static io.lockstep.core.account.AccountFixture.terms;
import static org.assertj.core.api.Assertions.assertThat;

class AccountReportTest
{
    private AccountFixture on = AccountFixture.cash(SPOT);

    @BeforeEach
    void open()
    {
        on.report().balance("USDT", "1000").balance("BTC", "0.5").send();
    }

    @Test
    void shouldOpenWithTheFirstReport()
    {
        assertThat(on.account.isOpened()).isTrue();
        assertThat(on.balances()).isEqualTo(Map.of("BTC", "0.5", "USDT", "1000"));
        assertThat(on.lines).isEmpty();
    }

    /** What was booked before is in what the venue says. */
    @Test
    void shouldOpenWithWhatTheVenueSaysWhateverWasBookedBefore()
    {
        on = AccountFixture.cash(SPOT);
        on.fill(SPOT, 200_000, 5, 0);
        on.report().balance("USDT", "900").balance("BTC", "0.505").send();

        assertThat(on.balances()).isEqualTo(Map.of("BTC", "0.505", "USDT", "900"));
    }

    @Test
    void shouldNotOpenWithAReportThatIsNotCompleteOrComesWhileSomethingIsInFlight()
    {
        on = AccountFixture.cash(SPOT);
        on.report().balance("USDT", "1000").partial().send();
        on.report().balance("USDT", "1000").inFlight().send();
        assertThat(on.account.isOpened()).isFalse();
        assertThat(on.balances()).isEmpty();
        on.report().balance("USDT", "1000").send();
        assertThat(on.account.isOpened()).isTrue();
        assertThat(on.account.reports()).isEqualTo(3);
        assertThat(on.account.reportsInFlight()).isEqualTo(1);
    }

    @Test
    void shouldSayNothingWhileBothAgree()
    {
        on.fill(SPOT, 200_000, 5, 0);
        on.report().balance("USDT", "900").balance("BTC", "0.505").send();
        on.report().balance("USDT", "900.00").balance("BTC", "0.505").send();

        assertThat(on.lines).isEmpty();
        assertThat(on.account.refusal()).isEqualTo(RiskReason.NONE);
    }

    @Test
    void shouldHaltWhenTwoReportsInARowDifferAlike()
    {
        assertThat(on.report().balance("USDT", "990").balance("BTC", "0.5").send()).isFalse();
        assertThat(on.lines).isEmpty();
        assertThat(on.account.isHalted()).isFalse();

        assertThat(on.report().balance("USDT", "990").balance("BTC", "0.5").send()).isTrue();
        assertThat(on.taken()).containsExactly("difference venue=3 USDT engine=1000 venue=990 halts=true");
        assertThat(on.account.isHalted()).isTrue();
        assertThat(on.account.refusal()).isEqualTo(RiskReason.ACCOUNT_HALTED);
        assertThat(on.account.differences()).isEqualTo(1);
    }

    /** The difference counts, not the numbers: a fill between the two moves both sides. */
    @Test
    void shouldFollowADifferenceThroughAFill()
    {
        on.report().balance("USDT", "990").balance("BTC", "0.5").send();
        on.fill(SPOT, 200_000, 5, 0);
        on.report().balance("USDT", "890").balance("BTC", "0.505").send();

        assertThat(on.taken()).containsExactly("difference venue=3 USDT engine=900 venue=890 halts=true");
    }

    @Test
    void shouldDecideADifferenceOnce()
    {
        on.report().balance("USDT", "990").balance("BTC", "0.5").send();
        on.report().balance("USDT", "990").balance("BTC", "0.5").send();
        on.taken();
        assertThat(on.report().balance("USDT", "990").balance("BTC", "0.5").send()).isFalse();
        assertThat(on.lines).isEmpty();

        on.report().balance("USDT", "980").balance("BTC", "0.5").send();
        on.report().balance("USDT", "980").balance("BTC", "0.5").send();
        assertThat(on.taken()).containsExactly("difference venue=3 USDT engine=1000 venue=980 halts=true");
    }

    @Test
    void shouldForgetADifferenceThatPasses()
    {
        on.report().balance("USDT", "990").balance("BTC", "0.5").send();
        on.report().balance("USDT", "1000").balance("BTC", "0.5").send();
        on.report().balance("USDT", "990").balance("BTC", "0.5").send();
        on.report().balance("USDT", "991").balance("BTC", "0.5").send();

        assertThat(on.lines).isEmpty();
        assertThat(on.account.isHalted()).isFalse();
    }

    /** What keeps changing hides nothing of what stands still. */
    @Test
    void shouldConfirmOneAssetWhileAnotherIsDifferentEachTime()
    {
        on.report().balance("USDT", "990").balance("BTC", "0.51").send();
        on.report().balance("USDT", "990").balance("BTC", "0.52").send();

        assertThat(on.taken()).containsExactly("difference venue=3 USDT engine=1000 venue=990 halts=true");
    }

    @Test
    void shouldLeaveReportsOutOfTheRowThatComeWhileSomethingIsInFlight()
    {
        on.report().balance("USDT", "990").balance("BTC", "0.5").inFlight().send();
        on.report().balance("USDT", "990").balance("BTC", "0.5").inFlight().send();
        on.report().balance("USDT", "990").balance("BTC", "0.5").send();
        assertThat(on.lines).isEmpty();
        on.report().balance("USDT", "123").balance("BTC", "0.5").inFlight().send();
        on.report().balance("USDT", "990").balance("BTC", "0.5").send();

        assertThat(on.taken()).containsExactly("difference venue=3 USDT engine=1000 venue=990 halts=true");
        assertThat(on.account.reportsInFlight()).isEqualTo(3);
    }

    @Test
    void shouldTakeForZeroWhatACompleteReportDoesNotName()
    {
        on.report().balance("USDT", "1000").send();
        on.report().balance("USDT", "1000").send();

        assertThat(on.taken()).containsExactly("difference venue=3 BTC engine=0.5 venue=0 halts=true");
    }

    @Test
    void shouldCompareOnlyWhatAReportNamesThatIsNotComplete()
    {
        on.report().balance("USDT", "990").partial().send();
        on.report().balance("BTC", "0.5").partial().send();
        assertThat(on.lines).isEmpty();
        on.report().balance("USDT", "990").partial().send();

        assertThat(on.taken()).containsExactly("difference venue=3 USDT engine=1000 venue=990 halts=true");
    }

    @Test
    void shouldTolerateWhatTheTermsSay()
    {
        on.account.with(terms(AccountType.CASH, PositionMode.NETTING, "0.5", 0));
        on.report().balance("USDT", "999.5").balance("BTC", "0.5").send();
        on.report().balance("USDT", "999.5").balance("BTC", "0.5").send();
        assertThat(on.lines).isEmpty();
        assertThat(standing("USDT")).isEqualTo(DifferenceStanding.CONFIRMED);

        on.report().balance("USDT", "1000.51").balance("BTC", "0.5").send();
        on.report().balance("USDT", "1000.51").balance("BTC", "0.5").send();
        assertThat(on.taken()).containsExactly("difference venue=3 USDT engine=1000 venue=1000.51 halts=true");
    }

    @Test
    void shouldSayADifferenceAndTradeOnWhereTheTermsSaySo()
    {
        on.account.with(
            new AccountTerms(AccountType.CASH, PositionMode.NETTING, false, new MutableInt128(), 0));
        on.report().balance("USDT", "990").balance("BTC", "0.5").send();
        assertThat(on.report().balance("USDT", "990").balance("BTC", "0.5").send()).isFalse();

        assertThat(on.taken()).containsExactly("difference venue=3 USDT engine=1000 venue=990 halts=false");
        assertThat(on.account.isHalted()).isFalse();
    }

    @Test
    void shouldStayHaltedWhenBothAgreeAgain()
    {
        on.report().balance("USDT", "990").balance("BTC", "0.5").send();
        on.report().balance("USDT", "990").balance("BTC", "0.5").send();
        on.report().balance("USDT", "1000").balance("BTC", "0.5").send();
        on.report().balance("USDT", "1000").balance("BTC", "0.5").send();

        assertThat(on.account.isHalted()).isTrue();
    }

    @Test
    void shouldCompareAssetsAndLeaveInstrumentsThatItDoesNotKnowAndCountThem()
    {
        on.report().balance("USDT", "1000").balance("BTC", "0.5").balance("DOGE", "7").position(99, 4).position(-1, 4)
            .send();
        on.report().balance("USDT", "1000").balance("BTC", "0.5").balance("DOGE", "7").position(99, 4).send();

        assertThat(on.taken()).containsExactly("difference venue=3 DOGE engine=0 venue=7 halts=true");
        assertThat(on.account.unknownAssets()).isEqualTo(1);
        assertThat(on.account.unknownInstruments()).isEqualTo(3);
    }

    @Test
    void shouldCountAmountsAndNamesThatItHasNoRoomFor()
    {
        for (int i = 0; i < 2; i++)
        {
            on.report().balance("USDT", "1000").balance("BTC", "0.5").balance("", "1").balance("X".repeat(300), "1")
                .balance("DOGE", new Decimal(1, 100)).balance("DOGE", new Decimal(Nulls.NULL_LONG, 0))
                .balance("DOGE", new Decimal(1, Byte.MIN_VALUE)).send();
        }

        assertThat(on.lines).isEmpty();
        assertThat(on.account.unreadable()).isEqualTo(10);
    }

    /** 4,096 assets, among them the instrument's two. */
    @Test
    void shouldKeepNoMoreAssetsThanItHasRoomFor()
    {
        final AccountFixture.Report report = on.report();
        for (int i = 0; i < AccountBalances.CAPACITY; i++)
        {
            report.balance("A" + i, "1");
        }
        report.partial().send();

        assertThat(on.account.balanceCount()).isEqualTo(AccountBalances.CAPACITY);
        assertThat(on.account.unreadable()).isEqualTo(2);
        assertThat(on.account.balanceAt(AccountBalances.CAPACITY - 1).asset()).isEqualTo("A4093");
    }

    @Test
    void shouldComparePositionsOfAMarginAccount()
    {
        on = AccountFixture.margin(SWAP);
        on.report().send();
        on.fill(SWAP, 200_000, 10, 0);
        on.report().position(SWAP.id(), 10).send();
        assertThat(on.account.isHalted()).isFalse();
        on.report().position(SWAP.id(), 7).send();
        on.report().position(SWAP.id(), 7).send();
        assertThat(on.taken())
            .containsExactly("difference venue=3 POSITION instrument=1 engine=10 venue=7 halts=true");

        on.report().send();
        on.report().send();
        assertThat(on.taken())
            .containsExactly("difference venue=3 POSITION instrument=1 engine=10 venue=0 halts=true");
    }

    /** A spot venue has no positions: an account report names balances. */
    @Test
    void shouldNotTakeACashAccountsPositionsForZero()
    {
        on.fill(SPOT, 200_000, 5, 0);
        on.report().balance("USDT", "900").balance("BTC", "0.505").send();
        on.report().balance("USDT", "900").balance("BTC", "0.505").send();
        assertThat(on.lines).isEmpty();
        on.report().balance("USDT", "900").balance("BTC", "0.505").position(SPOT.id(), 4).send();
        on.report().balance("USDT", "900").balance("BTC", "0.505").position(SPOT.id(), 4).send();
        assertThat(on.taken())
            .containsExactly("difference venue=3 POSITION instrument=0 engine=5 venue=4 halts=true");
    }

    @Test
    void shouldTolerateLotsWithinTheTerms()
    {
        on = new AccountFixture(terms(AccountType.MARGIN, PositionMode.NETTING, "0", 2), SWAP);
        on.report().send();
        on.fill(SWAP, 200_000, 10, 0);
        on.report().position(SWAP.id(), 8).send();
        on.report().position(SWAP.id(), 8).send();
        assertThat(on.lines).isEmpty();
        on.report().position(SWAP.id(), 13).send();
        on.report().position(SWAP.id(), 13).send();
        assertThat(on.taken())
            .containsExactly("difference venue=3 POSITION instrument=1 engine=10 venue=13 halts=true");
    }

    @Test
    void shouldCompareLongAndShortApartInHedgeMode()
    {
        on = new AccountFixture(terms(AccountType.MARGIN, PositionMode.HEDGE, "0", 0), SWAP);
        on.report().send();
        on.own(SWAP, 1, 10);
        on.own(SWAP, 0, -4);
        on.report().hedged(SWAP.id(), 10, 4).send();
        on.report().hedged(SWAP.id(), 10, 4).send();
        assertThat(on.lines).isEmpty();
        // The same net position, and yet another.
        on.report().hedged(SWAP.id(), 8, 2).send();
        on.report().hedged(SWAP.id(), 8, 2).send();
        assertThat(on.taken()).containsExactly(
            "difference venue=3 LONG_POSITION instrument=1 engine=10 venue=8 halts=true",
            "difference venue=3 SHORT_POSITION instrument=1 engine=4 venue=2 halts=true");
        on.report().position(SWAP.id(), 6).send();
        on.report().position(SWAP.id(), 6).send();
        assertThat(on.taken()).containsExactly(
            "difference venue=3 LONG_POSITION instrument=1 engine=10 venue=6 halts=true",
            "difference venue=3 SHORT_POSITION instrument=1 engine=4 venue=0 halts=true");
    }

    @Test
    void shouldLeavePositionsThatCannotBeCounted()
    {
        on = AccountFixture.margin(SWAP);
        on.report().send();
        on.own(SWAP, 1, CountableRange.LOTS_MAX);
        on.report().position(SWAP.id(), -CountableRange.LOTS_MAX).send();
        on.report().position(SWAP.id(), -CountableRange.LOTS_MAX).send();
        assertThat(on.taken()).as("the largest difference that there can be").hasSize(1);
        on.report().position(SWAP.id(), CountableRange.LOTS_MAX + 1).send();
        on.report().position(SWAP.id(), -Long.MAX_VALUE).send();
        on.report().position(SWAP.id(), Nulls.NULL_LONG).send();

        assertThat(on.taken()).isEmpty();
        assertThat(on.account.unreadable()).isEqualTo(3);
    }

    @Test
    void shouldBeginAnewByAnotherTypeOrMode()
    {
        final Account margin = on.account.with(terms(AccountType.MARGIN, PositionMode.NETTING, "0", 0));
        final Account hedge = on.account.with(terms(AccountType.CASH, PositionMode.HEDGE, "0", 0));

        assertThat(margin).isNotSameAs(on.account);
        assertThat(margin.isOpened()).isFalse();
        assertThat(margin.heldLots(SPOT.id())).isZero();
        assertThat(hedge.position(SPOT.id(), DifferenceKind.LONG_POSITION)).isNotNull();
        assertThat(on.account.with(terms(AccountType.CASH, PositionMode.NETTING, "7", 0))).isSameAs(on.account);
    }

    private DifferenceStanding standing(final String asset)
    {
        for (int i = 0; i < on.account.balanceCount(); i++)
        {
            if (on.account.balanceAt(i).asset().equals(asset))
            {
                return on.account.balanceAt(i).standing();
            }
        }
        throw new AssertionError(asset);
    }
}
