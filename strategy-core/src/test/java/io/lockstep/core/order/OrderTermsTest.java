package io.lockstep.core.order;

import io.lockstep.codecs.Decimal;
import io.lockstep.codecs.Nulls;
import io.lockstep.core.CoreScenario;
import io.lockstep.core.OperatorSays;
import io.lockstep.core.instance.TimerIds;
import io.lockstep.core.strategy.StrategyContext;
import io.lockstep.sbe.OffsetUnit;
import io.lockstep.sbe.OrdType;
import io.lockstep.sbe.OrderReason;
import io.lockstep.sbe.Side;
import io.lockstep.sbe.TimeInForce;
import io.lockstep.sbe.TriggerSource;
import org.junit.jupiter.api.Test;

import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import static io.lockstep.core.CoreScenario.START_NS;
import static io.lockstep.core.CoreScenario.buy;
import static io.lockstep.core.CoreScenario.cancelOldest;
import static io.lockstep.core.CoreScenario.sell;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an order may be asked for beside its type and price: till when it is good, what it reduces, how it slides, an amount in place of a
 * quantity, and other terms later. Behind every input the core is compared with one that was restored from it. The market is 100 to 101.
 */
class OrderTermsTest
{
    private static final long DAY_MS = 86_400_000L;

    private final CoreScenario scenario = CoreScenario.reckoned();

    private static Consumer<StrategyContext> send(final UnaryOperator<OrderTerms> terms)
    {
        return (context) -> context.send(terms.apply(context.terms().quantity(10).reason(OrderReason.SIGNAL)));
    }

    private static Consumer<StrategyContext> replace(final UnaryOperator<OrderTerms> terms)
    {
        return (context) -> context.replace(
            context.openOrders().first(), terms.apply(context.terms().reason(OrderReason.SIGNAL)));
    }

    private CoreScenario expiry(final long millis)
    {
        return scenario.at(millis).timer(TimerIds.EXPIRY, START_NS + millis * 1_000_000);
    }

    private static long ms(final long millis)
    {
        return START_NS + millis * 1_000_000;
    }

    private void assertDecisions(final String... expected)
    {
        assertThat(scenario.decisions()).containsExactly(expected);
    }

    private CoreScenario with(final UnaryOperator<OrderTerms> terms)
    {
        scenario.act(send(terms)).decisions();
        return scenario;
    }

    private CoreScenario holding(final long lots)
    {
        scenario.act(buy(lots, 101)).fill(1, lots, 101).heard();
        scenario.decisions();
        return scenario;
    }

    // Till when it is good.

    @Test
    void shouldEndAHeldOrderWhenItsTimeIsOver()
    {
        scenario.act(send((terms) -> terms.sell().stop(98).goodTillDate(ms(500))));
        assertDecisions("HELD #1 SELL STOP 10 trigger=98 on BID_ASK GOOD_TILL_DATE SIGNAL", "TIMER EXPIRY at 500ms");

        expiry(500);
        assertDecisions("HELD EXPIRED #1 EXPIRED");
        assertThat(scenario.heard()).containsExactly("EXPIRED EXPIRED 0/10");
        assertThat(scenario.core().openOrderCount()).isZero();
    }

    /** The venue is told of an order good till cancelled, and the engine cancels it: again, when that is refused. */
    @Test
    void shouldCancelAtTheVenueWhenItsTimeIsOver()
    {
        scenario.act(send((terms) -> terms.buy().limit(99).goodTillDate(ms(500)))).accept(1);
        assertDecisions("NEW BUY 10@99 SIGNAL", "TIMER EXPIRY at 500ms");

        expiry(500);
        assertDecisions("CANCEL #1 EXPIRED", "TIMER WISHES at 5500ms");
        scenario.rejectCancel(1);
        assertDecisions("TIMER WISHES at 600ms");
        scenario.at(600).wishes().cancel(1);
        assertThat(scenario.core().openOrderCount()).isZero();
    }

    /** That it is to be gone stays, whatever the strategy asks for meanwhile; a restored core waits for nothing else. */
    @Test
    void shouldNotWaitForAnotherTimeOfAnOrderThatIsToBeGone()
    {
        scenario.act(send((terms) -> terms.buy().limit(99).goodTillDate(ms(500)))).accept(1);
        expiry(500).rejectCancel(1).decisions();

        scenario.act(replace((terms) -> terms.price(98).expireTime(ms(700)))).replace(1).at(600).wishes();
        assertDecisions("REPLACE #1 10@98 SIGNAL", "CANCEL #1 EXPIRED", "TIMER WISHES at 10600ms");
        expiry(700);
        assertDecisions();
    }

    @Test
    void shouldWaitForTheFirstThatIsOver()
    {
        with((terms) -> terms.sell().stop(98).goodTillDate(ms(500))).act(
            send((terms) -> terms.sell().stop(97).goodTillDate(ms(300))));
        assertDecisions("HELD #2 SELL STOP 10 trigger=97 on BID_ASK GOOD_TILL_DATE SIGNAL", "TIMER EXPIRY at 300ms");
        expiry(300);
        assertDecisions("HELD EXPIRED #2 EXPIRED", "TIMER EXPIRY at 500ms");
        scenario.act(cancelOldest());
        assertDecisions("HELD CANCELED #1 ABANDONED", "TIMER EXPIRY off");
    }

    @Test
    void shouldExpireNothingTwiceAndLeaveATimerOfBefore()
    {
        with((terms) -> terms.sell().stop(98).goodTillDate(ms(300))).act(
            send((terms) -> terms.sell().stop(97).goodTillDate(ms(500)))).decisions();
        scenario.act(replace((terms) -> terms.expireTime(ms(400))));
        assertDecisions("TIMER EXPIRY at 500ms", "TIMER EXPIRY at 400ms", "HELD REPLACED #1 10 trigger=98 SIGNAL");
        expiry(300);
        assertDecisions();
        expiry(600);
        assertDecisions("HELD EXPIRED #1 EXPIRED", "HELD EXPIRED #2 EXPIRED");
    }

    @Test
    void shouldBeGoodUntilTheEndOfTheTradingDay()
    {
        scenario.act(send((terms) -> terms.sell().stop(98).day()));

        final long dayEndNs = (START_NS / (DAY_MS * 1_000_000) + 1) * DAY_MS * 1_000_000;
        assertThat(scenario.core().openOrders(0).first().expireTimeNs()).isEqualTo(dayEndNs);
        assertDecisions("HELD #1 SELL STOP 10 trigger=98 on BID_ASK DAY SIGNAL",
            "TIMER EXPIRY at " + (dayEndNs - START_NS) / 1_000_000 + "ms");
    }

    @Test
    void shouldRefuseAnExpiryThatIsNone()
    {
        scenario.at(50).act(send((terms) -> terms.sell().stop(98).goodTillDate(ms(50))))
            .act(send((terms) -> terms.buy().limit(98).expireTime(ms(60))))
            .act(send((terms) -> terms.buy().limit(98).timeInForce(TimeInForce.GOOD_TILL_DATE)))
            .act(send((terms) -> terms.buy().market().goodTillDate(ms(90))));
        assertThat(scenario.decisions()).extracting((line) -> line.split(" ")[1])
            .containsExactly("EXPIRE_TIME", "EXPIRE_TIME", "EXPIRE_TIME", "INVALID_TERMS");
    }

    // What it reduces.

    @Test
    void shouldBeForNoMoreThanThePosition()
    {
        holding(7).act(send((terms) -> terms.sell().limit(105).reduceOnly()))
            .act(send((terms) -> terms.sell().market().reduceOnly()))
            .act(send((terms) -> terms.sell().stop(98).reduceOnly()));

        assertDecisions("NEW SELL 7@105 SIGNAL", "REFUSED REDUCE_ONLY_NO_POSITION limit=7",
            "HELD #3 SELL STOP 7 trigger=98 on BID_ASK REDUCE_ONLY SIGNAL");
    }

    @Test
    void shouldShrinkWithThePosition()
    {
        holding(10).act(send((terms) -> terms.sell().stop(98).reduceOnly())).act(sell(4, 100)).fill(3, 4, 100);

        assertDecisions("HELD #2 SELL STOP 10 trigger=98 on BID_ASK REDUCE_ONLY SIGNAL", "NEW SELL 4@100 SIGNAL",
            "HELD REPLACED #2 6 trigger=98 REDUCED");
        scenario.snapshot(200, "97x4", "99x4");
        assertDecisions("TRIGGERED #2 98 by 97", "NEW SELL 6@MARKET SIGNAL");
    }

    @Test
    void shouldEndWithThePosition()
    {
        holding(10).act(send((terms) -> terms.sell().stop(98).reduceOnly())).act(sell(10, 100)).decisions();
        scenario.fill(3, 10, 100);

        assertDecisions("HELD CANCELED #2 REDUCED");
        assertThat(scenario.core().openOrderCount()).isZero();
        scenario.snapshot(200, "97x4", "99x4");
        assertDecisions();
    }

    /** One that rests at the venue is made smaller there; while that is under way the position may still get smaller. */
    @Test
    void shouldShrinkAtTheVenue()
    {
        holding(10).act(send((terms) -> terms.sell().limit(105).reduceOnly())).accept(2).act(sell(4, 100)).decisions();
        scenario.fill(3, 3, 100);
        assertDecisions("REPLACE #2 7@105 REDUCED");
        scenario.fill(3, 1, 100);
        assertDecisions();
        scenario.replace(2);
        assertDecisions("REPLACE #2 6@105 REDUCED");
        scenario.replace(2).fill(2, 2, 105);
        assertDecisions();
        assertThat(scenario.core().position(0).netLots()).isEqualTo(4);
        assertThat(scenario.core().openOrders(0).first().leavesQtyLots()).isEqualTo(4);
    }

    @Test
    void shouldNotTurnThePositionWithSeveralThatRest()
    {
        holding(10).act(send((terms) -> terms.sell().limit(105).quantity(6).reduceOnly())).accept(2)
            .act(send((terms) -> terms.sell().limit(106).reduceOnly())).accept(3);
        assertDecisions("NEW SELL 6@105 SIGNAL", "NEW SELL 4@106 SIGNAL");
        scenario.act(sell(10, 100)).fill(4, 7, 100);
        assertDecisions("NEW SELL 10@100 SIGNAL", "REPLACE #2 3@105 REDUCED", "CANCEL #3 REDUCED",
            "TIMER WISHES at 5000ms");
    }

    /** Whoever asks for more by a replace gets no more than by a new order. */
    @Test
    void shouldNotTurnThePositionWhenItIsReplaced()
    {
        holding(10).act(send((terms) -> terms.sell().limit(105).quantity(4).reduceOnly())).accept(2).act(sell(3, 107))
            .act(replace((terms) -> terms.quantity(50))).replace(2).act(sell(3, 107))
            .act(replace((terms) -> terms.quantity(8)))
            .replace(2).act(sell(6, 107)).act(replace((terms) -> terms.quantity(8)));
        assertDecisions("NEW SELL 4@105 SIGNAL", "NEW SELL 3@107 SIGNAL", "REPLACE #2 7@105 SIGNAL",
            "NEW SELL 3@107 SIGNAL",
            "REPLACE #2 4@105 SIGNAL", "NEW SELL 6@107 SIGNAL", "REFUSED REDUCE_ONLY_NO_POSITION limit=10");
    }

    @Test
    void shouldBeForNoMoreThanThePositionWhenItIsReplacedWhileHeld()
    {
        holding(10).act(send((terms) -> terms.sell().stop(98).quantity(4).reduceOnly()))
            .act(replace((terms) -> terms.quantity(50)));
        assertDecisions("HELD #2 SELL STOP 4 trigger=98 on BID_ASK REDUCE_ONLY SIGNAL",
            "HELD REPLACED #2 10 trigger=98 SIGNAL");
    }

    /** Nothing is left to reduce when it is triggered: it is over, and turns nothing. */
    @Test
    void shouldNotTurnThePositionWhenItIsTriggered()
    {
        holding(10).act(send((terms) -> terms.sell().stop(98).reduceOnly()))
            .act(send((terms) -> terms.sell().limit(105)))
            .accept(3).decisions();
        scenario.snapshot(200, "97x4", "99x4");
        assertDecisions("TRIGGERED #2 98 by 97", "REFUSED REDUCE_ONLY_NO_POSITION limit=10", "HELD DENIED #2 SIGNAL");
    }

    // How it is priced and sized.

    @Test
    void shouldSlideByOneIncrement()
    {
        scenario.act(send((terms) -> terms.buy().limit(103).postOnlySlide()))
            .act(send((terms) -> terms.sell().limit(95).postOnlySlide()))
            .act(send((terms) -> terms.buy().limit(99).postOnlySlide()))
            .act(send((terms) -> terms.buy().limit(103).postOnly()));
        assertDecisions("NEW BUY 10@100 POST_ONLY SIGNAL", "NEW SELL 10@101 POST_ONLY SIGNAL",
            "NEW BUY 10@99 POST_ONLY SIGNAL", "NEW BUY 10@103 POST_ONLY SIGNAL");
    }

    @Test
    void shouldSlideWhenItLeaves()
    {
        with((terms) -> terms.sell().stopLimit(98, 96).postOnlySlide()).snapshot(200, "97x4", "99x4");
        assertDecisions("TRIGGERED #1 98 by 97", "NEW SELL 10@98 POST_ONLY SIGNAL");
    }

    @Test
    void shouldBuyForAnAmount()
    {
        scenario.act((context) -> context.send(context.terms().buy().limit(100).quoteAmount(Decimal.parse("1050"))))
            .act((context) -> context.send(context.terms().buy().market().quoteAmount(Decimal.parse("1050"))))
            .act((context) -> context.send(context.terms().sell().stop(50).quoteAmount(Decimal.parse("1050"))))
            .act((context) -> context.send(
                context.terms().buy().limit(100).quantity(5).quoteAmount(Decimal.parse("1050"))))
            .act((context) -> context.send(context.terms().buy().limit(100)));
        assertDecisions("NEW BUY 10@100 NONE", "NEW BUY 10@MARKET NONE",
            "HELD #3 SELL STOP 21 trigger=50 on BID_ASK NONE", "REFUSED QUANTITY_AND_QUOTE",
            "REFUSED QUANTITY_AND_QUOTE");
    }

    // Other terms.

    @Test
    void shouldReplaceAllTermsOfAHeldOrderAtOnce()
    {
        with((terms) -> terms.sell().stopLimit(98, 97).goodTillDate(ms(500))).act(
            replace((terms) -> terms.trigger(96).price(95).quantity(4).expireTime(ms(700))));
        assertDecisions("TIMER EXPIRY off", "TIMER EXPIRY at 700ms", "HELD REPLACED #1 4@95 trigger=96 SIGNAL");
        scenario.snapshot(200, "97x4", "99x4");
        assertDecisions();
        scenario.snapshot(300, "96x4", "99x4");
        assertDecisions("TRIGGERED #1 96 by 96", "NEW SELL 4@95 SIGNAL");
    }

    @Test
    void shouldRefuseOtherTermsThatMakeNoSense()
    {
        with((terms) -> terms.sell().stop(98)).act(replace((terms) -> terms.trigger(100)))
            .act(replace((terms) -> terms.trailing(5, OffsetUnit.TICKS)))
            .act(replace((terms) -> terms.expireTime(ms(700)))).act(replace((terms) -> terms.quantity(0)))
            .act(replace((terms) -> terms.buy())).act(replace((terms) -> terms.display(5)));
        assertThat(scenario.decisions()).extracting((line) -> line.split(" ")[1]).containsExactly("TRIGGER_WRONG_SIDE",
            "TRIGGER_MISSING", "EXPIRE_TIME", "INVALID_QUANTITY", "INVALID_TERMS", "DISPLAY_QUANTITY");
    }

    @Test
    void shouldRefuseTermsThatContradictEachOther()
    {
        scenario.act(send((terms) -> terms.buy().market().postOnly()))
            .act(send((terms) -> terms.buy().limit(99).timeInForce(TimeInForce.IMMEDIATE_OR_CANCEL).postOnly()))
            .act(send((terms) -> terms.buy().limit(99).trigger(98)))
            .act(send((terms) -> terms.sell().ordType(OrdType.STOP).on(TriggerSource.LAST_TRADE)))
            .act(send((terms) -> terms.sell().stop(98).on(TriggerSource.MARK)))
            .act(send((terms) -> terms.buy().limit(99).display(11)))
            .act(send((terms) -> terms.buy().market().display(5)))
            .act(send((terms) -> terms.sell().stop(98).price(97)))
            .act(send((terms) -> terms.sell().stopLimit(98, 0)))
            .act(send((terms) -> terms.sell().stop(-1)));
        assertThat(scenario.decisions()).extracting((line) -> line.split(" ")[1]).containsExactly("POST_ONLY",
            "POST_ONLY", "TRIGGER_MISSING", "TRIGGER_MISSING", "TRIGGER_SOURCE", "DISPLAY_QUANTITY", "DISPLAY_QUANTITY",
            "INVALID_TERMS", "INVALID_PRICE", "TRIGGER_MISSING");
        assertThat(scenario.core().openOrderCount()).isZero();
    }

    // By hand.

    @Test
    void shouldTakeAllTermsFromAnOperator()
    {
        scenario.trade(100).give(OperatorSays.order((order) -> order.side(Side.SELL).ordType(OrdType.STOP)
            .triggerSource(TriggerSource.LAST_TRADE).triggerPxTicks(95).timeInForce(TimeInForce.GOOD_TILL_DATE)
            .expireTimeNs(ms(500))));
        assertDecisions("HELD #1 SELL STOP 10 trigger=95 on LAST_TRADE GOOD_TILL_DATE OPERATOR",
            "TIMER EXPIRY at 500ms", "OperatorOrder ACCEPTED");
        scenario.give(OperatorSays.order((order) -> order.side(Side.BUY).ordType(OrdType.TRAILING_STOP)
            .triggerSource(TriggerSource.BID_ASK).trailingOffset(5).offsetUnit(OffsetUnit.TICKS)));
        scenario.give(OperatorSays.order((order) -> order.side(Side.BUY).ordType(OrdType.LIMIT).priceTicks(100)
            .orderQtyLots(Nulls.NULL_LONG).quoteMantissa(1_050).quoteExponent((byte)0)));
        scenario.give(OperatorSays.order((order) -> order.side(Side.BUY).ordType(OrdType.STOP)
            .triggerPxTicks(120)));
        assertDecisions("HELD #2 BUY TRAILING_STOP 10 trigger=106 trailing=5 on BID_ASK OPERATOR",
            "OperatorOrder ACCEPTED", "NEW BUY 10@100 OPERATOR", "OperatorOrder ACCEPTED", "REFUSED TRIGGER_SOURCE",
            "OperatorOrder REFUSED");
    }

    @Test
    void shouldCancelAllOfAVenueAndASide()
    {
        with((terms) -> terms.sell().stop(98)).act(send((terms) -> terms.buy().limit(95)))
            .act(send((terms) -> terms.buy().stop(110))).decisions();
        scenario.give(OperatorSays.cancelAll(0, Side.SELL));
        assertDecisions("HELD CANCELED #1 OPERATOR", "OperatorCancel ACCEPTED");
        scenario.give(OperatorSays.cancelAll(0, Side.SELL));
        assertDecisions("OperatorCancel NO_CHANGE");
        scenario.give(OperatorSays.cancelAll(7, Side.NULL_VAL));
        assertDecisions("OperatorCancel UNKNOWN_VENUE");
        scenario.give(OperatorSays.cancelAll(0, Side.NULL_VAL));
        assertDecisions("CANCEL #2 OPERATOR", "TIMER WISHES at 5000ms", "HELD CANCELED #3 OPERATOR",
            "OperatorCancel ACCEPTED");
    }
}
