package io.lockstep.gateways.simulated;

import io.lockstep.codecs.Nulls;
import io.lockstep.sbe.ExecInst;
import io.lockstep.sbe.FeedCondition;
import io.lockstep.sbe.OrdType;
import io.lockstep.sbe.Side;
import io.lockstep.sbe.TimeInForce;
import org.junit.jupiter.api.Test;

import static io.lockstep.gateways.simulated.VenueFixture.levels;
import static org.assertj.core.api.Assertions.assertThat;

/** Orders that take: against book, quote, bar and trade, and what is left of them. */
class TakingTest
{
    private static final long[] NOTHING = levels();

    private final VenueFixture on = new VenueFixture();

    private void book()
    {
        on.snapshot(levels(1000, 30, 995, 50), levels(1005, 20, 1010, 40, 1020, 100));
    }

    @Test
    void marketOrderWalksTheLevelsOneReportEach()
    {
        book();
        on.marketBuy(1, 70);
        assertThat(on.taken()).containsExactly(
            "#1 NEW cum=0 leaves=70",
            "#1 PARTIALLY_FILLED 20@1005 TAKER leaves=50",
            "#1 PARTIALLY_FILLED 40@1010 TAKER leaves=10",
            "#1 FILLED 10@1020 TAKER leaves=0");
        assertThat(on.venue.orders()).isEqualTo(1);
        assertThat(on.venue.fills()).isEqualTo(3);
        assertThat(on.venue.partialFills()).isEqualTo(2);
        assertThat(on.venue.fullFills()).isEqualTo(1);
        assertThat(on.venue.openOrders()).isZero();
    }

    @Test
    void restOfAMarketOrderIsCanceledWhenTheBookIsEmpty()
    {
        book();
        on.marketSell(1, 100);
        assertThat(on.taken()).containsExactly(
            "#1 NEW cum=0 leaves=100",
            "#1 PARTIALLY_FILLED 30@1000 TAKER leaves=70",
            "#1 PARTIALLY_FILLED 50@995 TAKER leaves=20",
            "#1 CANCELED cum=80 leaves=0");
        on.marketSell(2, 10);
        assertThat(on.taken()).containsExactly("#2 REJECTED NO_LIQUIDITY");
        assertThat(on.venue.cancels()).isEqualTo(1);
        assertThat(on.venue.rejects()).isEqualTo(1);
    }

    @Test
    void whatIsTakenComesBackOnlyWhenTheLevelChanges()
    {
        book();
        on.marketBuy(1, 10);
        on.taken();
        on.update(levels(1000, 35), NOTHING);
        on.marketBuy(2, 20);
        assertThat(on.taken()).containsExactly(
            "#2 NEW cum=0 leaves=20",
            "#2 PARTIALLY_FILLED 10@1005 TAKER leaves=10",
            "#2 FILLED 10@1010 TAKER leaves=0");
        on.update(NOTHING, levels(1005, 25));
        on.marketBuy(3, 30);
        assertThat(on.taken()).containsExactly(
            "#3 NEW cum=0 leaves=30",
            "#3 PARTIALLY_FILLED 25@1005 TAKER leaves=5",
            "#3 FILLED 5@1010 TAKER leaves=0");
    }

    @Test
    void aSnapshotThatShowsTheSameGivesNothingBack()
    {
        book();
        on.marketBuy(1, 20);
        on.taken();
        book();
        on.marketBuy(2, 10);
        assertThat(on.taken()).contains("#2 FILLED 10@1010 TAKER leaves=0");
    }

    @Test
    void limitOrderTakesUpToItsPriceAndRests()
    {
        book();
        on.buy(1, 1010, 90);
        assertThat(on.taken()).containsExactly(
            "#1 NEW cum=0 leaves=90",
            "#1 PARTIALLY_FILLED 20@1005 TAKER leaves=70",
            "#1 PARTIALLY_FILLED 40@1010 TAKER leaves=30");
        assertThat(on.venue.openOrders()).isEqualTo(1);
    }

    @Test
    void immediateOrCancelDoesNotRest()
    {
        book();
        on.order(1, Side.BUY, OrdType.LIMIT, TimeInForce.IMMEDIATE_OR_CANCEL, ExecInst.NONE, 1005, 50);
        assertThat(on.taken()).containsExactly(
            "#1 NEW cum=0 leaves=50",
            "#1 PARTIALLY_FILLED 20@1005 TAKER leaves=30",
            "#1 CANCELED cum=20 leaves=0");
        on.order(2, Side.BUY, OrdType.LIMIT, TimeInForce.IMMEDIATE_OR_CANCEL, ExecInst.NONE, 1000, 50);
        assertThat(on.taken()).containsExactly("#2 NEW cum=0 leaves=50", "#2 CANCELED cum=0 leaves=0");
    }

    @Test
    void fillOrKillIsAllOrNothing()
    {
        book();
        on.order(1, Side.BUY, OrdType.LIMIT, TimeInForce.FILL_OR_KILL, ExecInst.NONE, 1010, 70);
        assertThat(on.taken()).containsExactly("#1 NEW cum=0 leaves=70", "#1 CANCELED cum=0 leaves=0");
        on.order(2, Side.BUY, OrdType.LIMIT, TimeInForce.FILL_OR_KILL, ExecInst.NONE, 1010, 60);
        assertThat(on.taken()).containsExactly(
            "#2 NEW cum=0 leaves=60",
            "#2 PARTIALLY_FILLED 20@1005 TAKER leaves=40",
            "#2 FILLED 40@1010 TAKER leaves=0");
        on.order(3, Side.SELL, OrdType.MARKET, TimeInForce.FILL_OR_KILL, ExecInst.NONE, Nulls.NULL_PRICE_TICKS, 90);
        assertThat(on.taken()).containsExactly("#3 NEW cum=0 leaves=90", "#3 CANCELED cum=0 leaves=0");
    }

    @Test
    void postOnlyIsRejectedWhereItWouldTake()
    {
        book();
        on.order(1, Side.BUY, OrdType.LIMIT, TimeInForce.GOOD_TILL_CANCEL, ExecInst.PARTICIPATE_DONT_INITIATE, 1005,
            10);
        on.order(2, Side.BUY, OrdType.LIMIT, TimeInForce.GOOD_TILL_CANCEL, ExecInst.PARTICIPATE_DONT_INITIATE, 1000,
            10);
        assertThat(on.taken()).containsExactly("#1 REJECTED WOULD_TAKE", "#2 NEW cum=0 leaves=10");
    }

    @Test
    void newerQuoteIsTheFirstLevelAndHidesBetterOnesOfTheBook()
    {
        on.snapshotChunk(0, 1, 10, levels(1000, 30), levels(1005, 20, 1010, 40, 1015, 60));
        on.quote(11, 1000, 30, 1010, 10);
        on.marketBuy(1, 30);
        assertThat(on.taken()).containsExactly(
            "#1 NEW cum=0 leaves=30",
            "#1 PARTIALLY_FILLED 10@1010 TAKER leaves=20",
            "#1 FILLED 20@1015 TAKER leaves=0");
    }

    @Test
    void olderQuoteIsNotUsed()
    {
        on.snapshotChunk(0, 1, 10, levels(1000, 30), levels(1005, 20));
        on.quote(10, 1000, 30, 1010, 10);
        on.marketBuy(1, 10);
        assertThat(on.taken()).contains("#1 FILLED 10@1005 TAKER leaves=0");
        on.quote(15, 1000, 30, 1010, 10);
        on.updateFrom(10, 15, levels(1000, 31), NOTHING);
        on.marketBuy(2, 10);
        assertThat(on.taken()).contains("#2 FILLED 10@1005 TAKER leaves=0");
    }

    @Test
    void quoteAloneWhileTheBookIsNotSynchronised()
    {
        on.quote(5, 1000, 30, 1005, 20);
        on.marketBuy(1, 50);
        assertThat(on.taken()).containsExactly(
            "#1 NEW cum=0 leaves=50",
            "#1 PARTIALLY_FILLED 20@1005 TAKER leaves=30",
            "#1 CANCELED cum=20 leaves=0");
        on.quote(6, 1000, 30, Nulls.NULL_PRICE_TICKS, 0);
        on.marketBuy(2, 10);
        assertThat(on.taken()).containsExactly("#2 REJECTED NO_LIQUIDITY");
    }

    @Test
    void gapClosesTheBookUntilTheNextSnapshot()
    {
        book();
        on.updateFrom(77, 78, NOTHING, levels(1005, 25));
        on.marketBuy(1, 10);
        assertThat(on.taken()).containsExactly("#1 REJECTED EXCHANGE_CLOSED");
        on.snapshotChunk(0, 2, 80, levels(1000, 10), levels(1005, 10));
        on.marketBuy(2, 10);
        assertThat(on.taken()).containsExactly("#2 REJECTED EXCHANGE_CLOSED");
        on.snapshotChunk(1, 2, 80, NOTHING, levels(1010, 10));
        on.marketBuy(3, 20);
        assertThat(on.taken()).contains("#3 FILLED 10@1010 TAKER leaves=0");
    }

    @Test
    void staleDataIsNoMarketUntilLive()
    {
        book();
        on.feed(FeedCondition.STALE);
        on.marketBuy(1, 10);
        on.feed(FeedCondition.LIVE);
        on.marketBuy(2, 10);
        assertThat(on.taken()).containsExactly("#1 REJECTED EXCHANGE_CLOSED", "#2 NEW cum=0 leaves=10",
            "#2 FILLED 10@1005 TAKER leaves=0");
    }

    @Test
    void barsAloneFillAtTheCloseUpToTheVolume()
    {
        on.bar(1000, 1020, 990, 1010, 30);
        on.marketBuy(1, 20);
        on.marketBuy(2, 20);
        on.bar(1010, 1020, 990, 1010, 30);
        on.marketBuy(3, 20);
        assertThat(on.taken()).containsExactly(
            "#1 NEW cum=0 leaves=20",
            "#1 FILLED 20@1010 TAKER leaves=0",
            "#2 NEW cum=0 leaves=20",
            "#2 PARTIALLY_FILLED 10@1010 TAKER leaves=10",
            "#2 CANCELED cum=10 leaves=0",
            "#3 NEW cum=0 leaves=20",
            "#3 FILLED 20@1010 TAKER leaves=0");
    }

    @Test
    void tradesAloneFillAtTheLastPrice()
    {
        on.trade(1005, 10, Side.BUY);
        on.marketSell(1, 20);
        assertThat(on.taken()).containsExactly(
            "#1 NEW cum=0 leaves=20",
            "#1 PARTIALLY_FILLED 10@1005 TAKER leaves=10",
            "#1 CANCELED cum=10 leaves=0");
    }

    @Test
    void feesAreInCashUnitsByTheirSide()
    {
        final VenueFixture fees = new VenueFixture(VenueRules.defaults().withFees(-33, 333));
        fees.snapshot(levels(1000, 30), levels(1005, 20));
        fees.marketBuy(1, 10);
        fees.sell(2, 1005, 20);
        fees.trade(1010, 50, Side.BUY);
        // 10 lots at 1005 ticks are 1.005, in units of 1e-8; 333 millionths of that are 33,466.5 units, rounded up.
        assertThat(fees.commissions).containsExactly(33_467L, -6_633L);
        final VenueLedger ledger = fees.venue.ledger(0);
        assertThat(ledger.positionLots()).isEqualTo(-10);
        assertThat(ledger.cash().toLongExact()).isEqualTo(100_500_000);
        assertThat(ledger.fees().toLongExact()).isEqualTo(26_834);
        assertThat(ledger.fills()).isEqualTo(2);
    }
}
