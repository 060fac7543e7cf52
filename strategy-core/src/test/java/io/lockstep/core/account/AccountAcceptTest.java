package io.lockstep.core.account;

import io.lockstep.sbe.AccountType;
import io.lockstep.sbe.DifferenceKind;
import io.lockstep.sbe.PositionMode;
import io.lockstep.sbe.RiskReason;
import org.junit.jupiter.api.Test;

import java.util.Map;

import static io.lockstep.core.account.AccountFixture.SPOT;
import static io.lockstep.core.account.AccountFixture.SWAP;
import static io.lockstep.core.account.AccountFixture.terms;
import static org.assertj.core.api.Assertions.assertThat;

class AccountAcceptTest
{
    private AccountFixture on = AccountFixture.cash(SPOT);

    @Test
    void shouldTakeTheVenuesWordAndTradeAgain()
    {
        on.report().balance("USDT", "1000").send();
        on.report().balance("USDT", "990").send();
        on.report().balance("USDT", "990").send();

        assertThat(on.account.accept()).isEqualTo(1);

        assertThat(on.account.refusal()).isEqualTo(RiskReason.NONE);
        assertThat(on.balances()).isEqualTo(Map.of("USDT", "990"));
        on.taken();
        on.report().balance("USDT", "990").send();
        on.report().balance("USDT", "990").send();
        assertThat(on.lines).isEmpty();
    }

    /** What happened since the report is in the engine and will be in the venue's next. */
    @Test
    void shouldBookTheDifferenceAndNotTheNumber()
    {
        on.report().balance("USDT", "1000").send();
        on.report().balance("USDT", "990").send();
        on.report().balance("USDT", "990").send();
        on.fill(SPOT, 200_000, 5, 0);

        on.account.accept();

        assertThat(on.balances()).isEqualTo(Map.of("BTC", "0.005", "USDT", "890"));
    }

    @Test
    void shouldNotBookWhatOneReportAloneHasShown()
    {
        on.report().balance("USDT", "1000").balance("BTC", "1").send();
        on.report().balance("USDT", "990").balance("BTC", "1").send();
        on.report().balance("USDT", "990").balance("BTC", "2").send();

        assertThat(on.account.accept()).isEqualTo(1);

        assertThat(on.balances()).isEqualTo(Map.of("BTC", "1", "USDT", "990"));
        on.taken();
        on.report().balance("USDT", "990").balance("BTC", "2").send();
        assertThat(on.taken()).containsExactly("difference venue=3 BTC engine=1 venue=2 halts=true");
    }

    @Test
    void shouldBookWhatIsWithinTheTolerance()
    {
        on = new AccountFixture(terms(AccountType.CASH, PositionMode.NETTING, "1", 0), SPOT);
        on.report().balance("USDT", "1000").send();
        on.report().balance("USDT", "999.5").send();
        on.report().balance("USDT", "999.5").send();

        assertThat(on.account.accept()).isEqualTo(1);
        assertThat(on.balances()).isEqualTo(Map.of("USDT", "999.5"));
    }

    @Test
    void shouldAcceptWhenThereIsNothingToAccept()
    {
        assertThat(on.account.accept()).isZero();
        assertThat(on.lines).isEmpty();
    }

    @Test
    void shouldGiveAPositionsDifferenceToNobody()
    {
        on = AccountFixture.margin(SWAP);
        on.report().send();
        on.fill(SWAP, 200_000, 10, 0);
        on.report().position(SWAP.id(), 7).send();
        on.report().position(SWAP.id(), 7).send();
        on.taken();

        assertThat(on.account.accept()).isEqualTo(1);

        assertThat(on.taken()).containsExactly("accepted instrument=1 lots=-3");
        assertThat(on.lots(SWAP, 1)).isEqualTo(10);
        assertThat(on.lots(SWAP, 0)).isEqualTo(-3);
        assertThat(on.account.position(SWAP.id(), DifferenceKind.POSITION).adjustedLots()).isZero();
        on.report().position(SWAP.id(), 7).send();
        on.report().position(SWAP.id(), 7).send();
        assertThat(on.lines).isEmpty();
    }

    /** The account counts what no position takes. */
    @Test
    void shouldRememberWhatNoPositionTakes()
    {
        on = AccountFixture.margin(SWAP);
        on.takesAccepted = false;
        on.report().send();
        on.report().position(SWAP.id(), 7).send();
        on.report().position(SWAP.id(), 7).send();
        on.account.accept();

        assertThat(on.account.position(SWAP.id(), DifferenceKind.POSITION).adjustedLots()).isEqualTo(7);
        on.taken();
        on.fill(SWAP, 200_000, 3, 0);
        on.report().position(SWAP.id(), 10).send();
        on.report().position(SWAP.id(), 10).send();
        assertThat(on.lines).isEmpty();
    }

    /** Lots that came in at the mark have earned nothing until they are closed at another price. */
    @Test
    void shouldCountProfitFromThePriceAtWhichLotsWereAccepted()
    {
        on = AccountFixture.margin(SWAP);
        on.markTicks = 200_000;
        on.report().send();
        on.report().position(SWAP.id(), 100).send();
        on.report().position(SWAP.id(), 100).send();
        on.account.accept();
        assertThat(on.balances()).isEmpty();

        on.fill(SWAP, 210_000, -100, 0);
        assertThat(on.balances()).isEqualTo(Map.of("USDT", "100"));
    }

    @Test
    void shouldCountLotsAtTheAverageCostWithoutAPrice()
    {
        on = AccountFixture.margin(SWAP);
        on.report().send();
        on.fill(SWAP, 200_000, 100, 0);
        on.report().position(SWAP.id(), 150).send();
        on.report().position(SWAP.id(), 150).send();
        on.account.accept();
        on.fill(SWAP, 210_000, -150, 0);

        assertThat(on.balances()).isEqualTo(Map.of("USDT", "150"));
    }

    @Test
    void shouldAcceptLongAndShortInHedgeMode()
    {
        on = new AccountFixture(terms(AccountType.MARGIN, PositionMode.HEDGE, "0", 0), SWAP);
        on.report().send();
        on.own(SWAP, 1, 10);
        on.report().hedged(SWAP.id(), 12, 5).send();
        on.report().hedged(SWAP.id(), 12, 5).send();
        on.taken();

        assertThat(on.account.accept()).isEqualTo(2);

        assertThat(on.taken()).containsExactly("accepted instrument=1 lots=-3");
        on.report().hedged(SWAP.id(), 12, 5).send();
        on.report().hedged(SWAP.id(), 12, 5).send();
        assertThat(on.lines).isEmpty();
        assertThat(on.account.isHalted()).isFalse();
    }
}
