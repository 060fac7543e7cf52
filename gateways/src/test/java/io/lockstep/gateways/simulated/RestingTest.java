package io.lockstep.gateways.simulated;

import io.lockstep.codecs.Nulls;
import io.lockstep.sbe.ExecInst;
import io.lockstep.sbe.OrdType;
import io.lockstep.sbe.Side;
import io.lockstep.sbe.TimeInForce;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static io.lockstep.gateways.simulated.VenueFixture.levels;
import static org.assertj.core.api.Assertions.assertThat;

/** Orders that rest: trades through and at their price, queues, and the other side coming to them. */
class RestingTest
{
    private static final long[] NOTHING = levels();

    private final VenueFixture on = new VenueFixture();

    @BeforeEach
    void book()
    {
        on.snapshot(levels(1000, 30, 995, 50), levels(1010, 20, 1015, 40));
    }

    @Test
    void tradeThroughFillsUpToItsQuantity()
    {
        on.buy(1, 1000, 50);
        on.taken();
        on.trade(995, 20, Side.SELL);
        on.trade(995, 100, Side.SELL);
        assertThat(on.taken()).containsExactly(
            "#1 PARTIALLY_FILLED 20@1000 MAKER leaves=30",
            "#1 FILLED 30@1000 MAKER leaves=0");
    }

    @Test
    void tradeAtThePriceFillsBehindTheQueue()
    {
        on.buy(1, 1000, 50);
        on.taken();
        on.trade(1000, 20, Side.SELL);
        assertThat(on.taken()).isEmpty();
        on.trade(1000, 20, Side.SELL);
        assertThat(on.taken()).containsExactly("#1 PARTIALLY_FILLED 10@1000 MAKER leaves=40");
        on.trade(1000, 40, Side.BUY);
        assertThat(on.taken()).isEmpty();
        on.trade(1000, 40, Side.SELL);
        assertThat(on.taken()).containsExactly("#1 FILLED 40@1000 MAKER leaves=0");
    }

    @Test
    void queueAheadIsNeverMoreThanIsDisplayed()
    {
        on.buy(1, 1000, 50);
        on.update(levels(1000, 100), NOTHING);
        on.taken();
        on.trade(1000, 40, Side.SELL);
        assertThat(on.taken()).containsExactly("#1 PARTIALLY_FILLED 10@1000 MAKER leaves=40");
        on.buy(2, 995, 50);
        on.update(levels(995, 10), NOTHING);
        on.update(levels(1000, 0), NOTHING);
        on.taken();
        on.trade(995, 60, Side.SELL);
        assertThat(on.taken()).containsExactly(
            "#1 FILLED 40@1000 MAKER leaves=0",
            "#2 PARTIALLY_FILLED 10@995 MAKER leaves=40");
    }

    @Test
    void ordersShareATradeByPriceThenTime()
    {
        on.sell(1, 1015, 10);
        on.sell(2, 1010, 10);
        on.sell(3, 1010, 10);
        on.taken();
        on.trade(1010, 35, Side.BUY);
        assertThat(on.taken()).containsExactly(
            "#2 FILLED 10@1010 MAKER leaves=0",
            "#3 PARTIALLY_FILLED 5@1010 MAKER leaves=5");
        on.trade(1020, 12, Side.BUY);
        assertThat(on.taken()).containsExactly(
            "#3 FILLED 5@1010 MAKER leaves=0",
            "#1 PARTIALLY_FILLED 7@1015 MAKER leaves=3");
    }

    @Test
    void noQueueAtAPriceOfItsOwn()
    {
        on.buy(1, 1005, 10);
        on.taken();
        on.trade(1005, 5, Side.SELL);
        assertThat(on.taken()).containsExactly("#1 PARTIALLY_FILLED 5@1005 MAKER leaves=5");
    }

    @Test
    void endlessQueueWhereTheDataDoesNotReach()
    {
        on.buy(1, 990, 10);
        on.taken();
        on.trade(990, 1000, Side.SELL);
        assertThat(on.taken()).isEmpty();
        on.update(levels(1000, 0, 995, 0, 990, 20), NOTHING);
        on.trade(990, 25, Side.SELL);
        assertThat(on.taken()).containsExactly("#1 PARTIALLY_FILLED 5@990 MAKER leaves=5");
    }

    @Test
    void otherSideComingToThePriceFillsWhatItDisplays()
    {
        on.buy(1, 1000, 100);
        on.taken();
        on.update(levels(1000, 0), levels(1000, 20, 995, 0));
        assertThat(on.taken()).containsExactly("#1 PARTIALLY_FILLED 20@1000 MAKER leaves=80");
        on.update(levels(995, 0, 990, 10), NOTHING);
        assertThat(on.taken()).isEmpty();
        on.update(NOTHING, levels(995, 30));
        assertThat(on.taken()).containsExactly("#1 PARTIALLY_FILLED 30@1000 MAKER leaves=50");
    }

    @Test
    void quoteComingToThePriceFills()
    {
        on.sell(1, 1005, 30);
        on.taken();
        on.quote(1000, 1005, 10, 1010, 20);
        assertThat(on.taken()).containsExactly("#1 PARTIALLY_FILLED 10@1005 MAKER leaves=20");
        on.quote(1001, 1010, 50, Nulls.NULL_PRICE_TICKS, 0);
        assertThat(on.taken()).containsExactly("#1 FILLED 20@1005 MAKER leaves=0");
    }

    @Test
    void barsAloneFillWhatTheyPass()
    {
        final VenueFixture bars = new VenueFixture();
        bars.bar(1000, 1000, 1000, 1000, 10);
        bars.buy(1, 990, 50);
        bars.sell(2, 1020, 10);
        bars.taken();
        bars.bar(1000, 1020, 990, 1000, 100);
        assertThat(bars.taken()).isEmpty();
        bars.bar(1000, 1025, 985, 1000, 30);
        assertThat(bars.taken()).containsExactly(
            "#1 PARTIALLY_FILLED 30@990 MAKER leaves=20",
            "#2 FILLED 10@1020 MAKER leaves=0");
    }

    @Test
    void cancelEndsAnOrderAndNamesBoth()
    {
        on.buy(1, 1000, 50);
        on.trade(1000, 40, Side.SELL);
        on.cancel(2, 1, Side.BUY);
        on.trade(1000, 40, Side.SELL);
        assertThat(on.taken()).containsExactly(
            "#1 NEW cum=0 leaves=50",
            "#1 PARTIALLY_FILLED 10@1000 MAKER leaves=40",
            "#2(#1) CANCELED cum=10 leaves=0");
        assertThat(on.venue.openOrders()).isZero();
        assertThat(on.venue.cancels()).isEqualTo(1);
    }

    @Test
    void replaceDownKeepsThePlace()
    {
        on.buy(1, 1000, 50);
        on.update(levels(1000, 100), NOTHING);
        on.replace(2, 1, Side.BUY, 1000, 20);
        on.taken();
        on.trade(1000, 40, Side.SELL);
        assertThat(on.taken()).containsExactly("#2(#1) PARTIALLY_FILLED 10@1000 MAKER leaves=10");
    }

    @Test
    void replaceUpGoesBehindTheQueue()
    {
        on.buy(1, 1000, 50);
        on.update(levels(1000, 100), NOTHING);
        on.replace(2, 1, Side.BUY, 1000, 60);
        assertThat(on.taken()).containsExactly("#1 NEW cum=0 leaves=50", "#2(#1) REPLACED cum=0 leaves=60");
        on.trade(1000, 110, Side.SELL);
        assertThat(on.taken()).containsExactly("#2(#1) PARTIALLY_FILLED 10@1000 MAKER leaves=50");
        assertThat(on.venue.replaces()).isEqualTo(1);
    }

    @Test
    void replaceToAPriceOfTheOtherSideTakes()
    {
        on.buy(1, 1000, 50);
        on.replace(2, 1, Side.BUY, 1010, 50);
        on.cancel(3, 1, Side.BUY);
        assertThat(on.taken()).containsExactly(
            "#1 NEW cum=0 leaves=50",
            "#2(#1) REPLACED cum=0 leaves=50",
            "#2(#1) PARTIALLY_FILLED 20@1010 TAKER leaves=30",
            "#3(#1) CANCELED cum=20 leaves=0");
    }

    @Test
    void replaceToWhatIsFilledCancels()
    {
        on.buy(1, 1000, 50);
        on.trade(995, 20, Side.SELL);
        on.replace(2, 1, Side.BUY, 1000, 20);
        on.replace(3, 1, Side.BUY, 1000, 40);
        assertThat(on.taken()).containsExactly(
            "#1 NEW cum=0 leaves=50",
            "#1 PARTIALLY_FILLED 20@1000 MAKER leaves=30",
            "#2(#1) CANCELED cum=20 leaves=0",
            "#3(#1) REPLACE_REQUEST REFUSED UNKNOWN_ORDER CANCELED");
    }

    @Test
    void newestReplaceAndTheFirstIdName()
    {
        on.buy(1, 1000, 50);
        on.replace(2, 1, Side.BUY, 995, 50);
        on.replace(3, 2, Side.BUY, 995, 40);
        on.replace(4, 2, Side.BUY, 995, 30);
        on.replace(5, 1, Side.BUY, 995, 30);
        on.cancel(6, 5, Side.BUY);
        assertThat(on.taken()).containsExactly(
            "#1 NEW cum=0 leaves=50",
            "#2(#1) REPLACED cum=0 leaves=50",
            "#3(#2) REPLACED cum=0 leaves=40",
            "#4(#2) REPLACE_REQUEST REFUSED UNKNOWN_ORDER REJECTED",
            "#5(#1) REPLACED cum=0 leaves=30",
            "#6(#5) CANCELED cum=0 leaves=0");
    }

    @Test
    void refusedReplaceLeavesTheOrder()
    {
        on.order(1, Side.BUY, OrdType.LIMIT, TimeInForce.GOOD_TILL_CANCEL,
            ExecInst.PARTICIPATE_DONT_INITIATE, 1000, 50);
        on.replace(2, 1, Side.BUY, 1001, 50);
        on.replace(3, 1, Side.BUY, 1010, 50);
        on.replace(4, 1, Side.BUY, 1005, 55);
        on.replace(5, 1, Side.SELL, 1005, 50);
        on.trade(995, 50, Side.SELL);
        on.replace(6, 1, Side.BUY, 1005, 60);
        assertThat(on.taken()).containsExactly(
            "#1 NEW cum=0 leaves=50",
            "#2(#1) REPLACE_REQUEST REFUSED INVALID_PRICE_INCREMENT NEW",
            "#3(#1) REPLACE_REQUEST REFUSED WOULD_TAKE NEW",
            "#4(#1) REPLACE_REQUEST REFUSED INCORRECT_QUANTITY NEW",
            "#5(#1) REPLACE_REQUEST REFUSED UNKNOWN_ORDER REJECTED",
            "#1 FILLED 50@1000 MAKER leaves=0",
            "#6(#1) REPLACE_REQUEST REFUSED TOO_LATE_TO_ENTER FILLED");
        assertThat(on.venue.cancelRejects()).isEqualTo(5);
    }

    @Test
    void nothingFillsAgainstATradeWithoutPriceOrQuantity()
    {
        on.buy(1, 1000, 50);
        on.taken();
        on.trade(0, 20, Side.SELL);
        on.trade(-5, 20, Side.SELL);
        on.trade(990, 0, Side.SELL);
        assertThat(on.taken()).isEmpty();
        on.trade(990, 50, Side.SELL);
        assertThat(on.taken()).containsExactly("#1 FILLED 50@1000 MAKER leaves=0");
    }

    @Test
    void nothingFillsAgainstABarThatCannotBe()
    {
        final VenueFixture bars = new VenueFixture();
        bars.bar(1000, 1000, 1000, 1000, 100);
        bars.buy(1, 900, 50);
        bars.taken();
        bars.bar(1000, 1000, 0, 1000, 100);
        bars.bar(0, 0, 0, 0, 0);
        bars.bar(1000, 990, 800, 1000, 100);
        assertThat(bars.taken()).isEmpty();
        bars.bar(1000, 1000, 899, 1000, 100);
        assertThat(bars.taken()).containsExactly("#1 FILLED 50@900 MAKER leaves=0");
    }
}
