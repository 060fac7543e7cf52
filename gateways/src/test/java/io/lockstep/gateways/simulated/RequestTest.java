package io.lockstep.gateways.simulated;

import io.lockstep.codecs.ClOrdIds;
import io.lockstep.codecs.Nulls;
import io.lockstep.sbe.ExecInst;
import io.lockstep.sbe.FeedCondition;
import io.lockstep.sbe.MessageHeaderEncoder;
import io.lockstep.sbe.NewOrderSingleDecoder;
import io.lockstep.sbe.OrdType;
import io.lockstep.sbe.Side;
import io.lockstep.sbe.TimeInForce;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.util.List;

import static io.lockstep.gateways.simulated.VenueFixture.levels;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What the venue refuses, repeats, capacity and time. */
class RequestTest
{
    private static final int BODY = MessageHeaderEncoder.ENCODED_LENGTH;

    private VenueFixture on = new VenueFixture();

    private void book()
    {
        on.snapshot(levels(1000, 30), levels(1010, 20));
    }

    @Test
    void ordersThatBreakARuleAreRejected()
    {
        on = new VenueFixture(VenueRules.defaults().withQuantities(20, 500).withNotionalMin(new BigDecimal("2.5"))
            .withPriceBandBps(1000));
        on.buy(1, 1000, 50);
        book();
        on.request(
            on.encodeOrder(7, 2, Side.BUY, OrdType.LIMIT, TimeInForce.GOOD_TILL_CANCEL, ExecInst.NONE, 1000, 50));
        on.buy(3, 1001, 50);
        on.buy(4, -1000, 50);
        on.buy(5, 1000, 55);
        on.buy(6, 1000, 0);
        on.buy(7, 1000, -50);
        on.buy(8, 1000, 10);
        on.buy(9, 1000, 510);
        on.buy(10, 900, 50);
        on.sell(11, 1110, 50);
        on.buy(12, 1000, 20);
        on.marketBuy(13, 20);
        assertThat(on.taken()).containsExactly(
            "#1 REJECTED EXCHANGE_CLOSED",
            "#2 REJECTED UNKNOWN_SYMBOL",
            "#3 REJECTED INVALID_PRICE_INCREMENT",
            "#4 REJECTED INVALID_PRICE_INCREMENT",
            "#5 REJECTED INCORRECT_QUANTITY",
            "#6 REJECTED INCORRECT_QUANTITY",
            "#7 REJECTED INCORRECT_QUANTITY",
            "#8 REJECTED INCORRECT_QUANTITY",
            "#9 REJECTED INCORRECT_QUANTITY",
            "#10 REJECTED PRICE_EXCEEDS_PRICE_BAND",
            "#11 REJECTED PRICE_EXCEEDS_PRICE_BAND",
            "#12 REJECTED NOTIONAL_BELOW_MINIMUM",
            "#13 REJECTED NOTIONAL_BELOW_MINIMUM");
        on.buy(14, 905, 50);
        on.buy(15, 1000, 30);
        assertThat(on.taken()).containsExactly("#14 NEW cum=0 leaves=50", "#15 NEW cum=0 leaves=30");
        assertThat(on.venue.rejects()).isEqualTo(13);
        assertThat(on.venue.malformed()).isZero();
    }

    @Test
    void valueBeyond127BitsIsRejected()
    {
        book();
        on.buy(1, 4_000_000_000_000_000_000L, 4_000_000_000_000_000_000L);
        assertThat(on.taken()).containsExactly("#1 REJECTED ORDER_EXCEEDS_LIMIT");
    }

    @Test
    void malformedRequestsAreCountedAndAnsweredWhereTheyHaveAnId()
    {
        book();
        int length = limitOrder(1);
        on.buffer.putByte(BODY + NewOrderSingleDecoder.sideEncodingOffset(), (byte)9);
        on.request(length);
        length = limitOrder(2);
        on.buffer.putLong(BODY + NewOrderSingleDecoder.priceTicksEncodingOffset(), Nulls.NULL_PRICE_TICKS);
        on.request(length);
        length = limitOrder(3);
        on.request(length - 1);
        length = limitOrder(4);
        new MessageHeaderEncoder().wrap(on.buffer, 0).version(MessageHeaderEncoder.SCHEMA_VERSION + 1);
        on.request(length);
        length = on.encodeCancel(5, 1, Side.BUY);
        on.request(length - 1);
        assertThat(on.taken()).containsExactly(
            "#1 REJECTED MALFORMED",
            "#2 REJECTED MALFORMED",
            "#3 REJECTED MALFORMED",
            "#4 REJECTED MALFORMED",
            "#5 CANCEL_REQUEST REFUSED MALFORMED REJECTED");
        assertThat(on.venue.malformed()).isEqualTo(5);
    }

    @Test
    void malformedRequestsWithoutAnIdAreOnlyCounted()
    {
        book();
        int length = limitOrder(1);
        on.buffer.putByte(BODY + 3, (byte)'-');
        on.request(length);
        length = limitOrder(2);
        new MessageHeaderEncoder().wrap(on.buffer, 0).schemaId(7000);
        on.request(length);
        limitOrder(3);
        on.request(BODY + ClOrdIds.LENGTH - 1);
        on.request(BODY - 1);
        on.request(0);
        length = limitOrder(4);
        new MessageHeaderEncoder().wrap(on.buffer, 0).templateId(24);
        on.request(length);
        assertThat(on.taken()).isEmpty();
        assertThat(on.venue.malformed()).isEqualTo(6);
    }

    private int limitOrder(final int id)
    {
        return on.encodeOrder(0, id, Side.BUY, OrdType.LIMIT, TimeInForce.GOOD_TILL_CANCEL, ExecInst.NONE, 1000, 50);
    }

    @Test
    void cancelsOfWhatIsNotOpenAreRefused()
    {
        book();
        on.cancel(1, 99, Side.BUY);
        on.marketBuy(2, 20);
        on.cancel(3, 2, Side.BUY);
        on.buy(4, 1000, 10);
        on.cancel(5, 4, Side.SELL);
        on.cancel(6, 4, Side.BUY);
        on.cancel(7, 4, Side.BUY);
        on.cancel(8, 8, Side.BUY);
        assertThat(on.taken()).containsExactly(
            "#1(#99) CANCEL_REQUEST REFUSED UNKNOWN_ORDER REJECTED",
            "#2 NEW cum=0 leaves=20",
            "#2 FILLED 20@1010 TAKER leaves=0",
            "#3(#2) CANCEL_REQUEST REFUSED TOO_LATE_TO_ENTER FILLED",
            "#4 NEW cum=0 leaves=10",
            "#5(#4) CANCEL_REQUEST REFUSED UNKNOWN_ORDER REJECTED",
            "#6(#4) CANCELED cum=0 leaves=0",
            "#7(#4) CANCEL_REQUEST REFUSED UNKNOWN_ORDER CANCELED",
            "#8(#8) CANCEL_REQUEST REFUSED UNKNOWN_ORDER REJECTED");
    }

    @Test
    void repeatsAreIgnoredAndOthersOfTheSameIdRefused()
    {
        book();
        on.buy(1, 1000, 50);
        on.buy(1, 1000, 50);
        on.buy(1, 1000, 60);
        on.cancel(1, 1, Side.BUY);
        on.cancel(2, 1, Side.BUY);
        on.cancel(2, 1, Side.BUY);
        on.buy(1, 1000, 50);
        on.buy(2, 1000, 50);
        assertThat(on.taken()).containsExactly(
            "#1 NEW cum=0 leaves=50",
            "#1 REJECTED DUPLICATE_ORDER",
            "#1(#1) CANCEL_REQUEST REFUSED DUPLICATE_ORDER REJECTED",
            "#2(#1) CANCELED cum=0 leaves=0",
            "#2 REJECTED DUPLICATE_ORDER");
        assertThat(on.venue.repeats()).isEqualTo(3);
        assertThat(on.venue.orders()).isEqualTo(1);
    }

    /** What was executed can be asked for again; a refusal that was lost cannot. */
    @Test
    void refusalIsSaidAgainToARepeatAsItWasSaidFirst()
    {
        book();
        on.buy(1, 1000, 50);
        on.cancel(2, 1, Side.BUY);
        on.cancel(3, 1, Side.BUY);
        on.replace(4, 1, Side.BUY, 1000, 30);
        final List<String> refusals = List.of("#3(#1) CANCEL_REQUEST REFUSED UNKNOWN_ORDER CANCELED",
            "#4(#1) REPLACE_REQUEST REFUSED UNKNOWN_ORDER CANCELED");
        assertThat(on.taken()).endsWith(refusals.toArray(String[]::new));
        final long rejects = on.venue.cancelRejects();
        on.cancel(2, 1, Side.BUY);
        on.cancel(3, 1, Side.BUY);
        on.replace(4, 1, Side.BUY, 1000, 30);
        assertThat(on.taken()).isEqualTo(refusals);
        assertThat(on.venue.repeats()).isEqualTo(3);
        assertThat(on.venue.cancelRejects()).as("refused once").isEqualTo(rejects);
    }

    @Test
    void repeatOfARequestUnderWayIsIgnored()
    {
        on = new VenueFixture(VenueRules.defaults().withLatency(100, 0));
        book();
        on.buy(1, 1000, 50);
        on.buy(1, 1000, 50);
        on.venue.advance(5000);
        assertThat(on.taken()).containsExactly("#1 NEW cum=0 leaves=50");
        assertThat(on.venue.repeats()).isEqualTo(1);
    }

    /** Or whoever asks would take a request for refused that has yet to act. */
    @Test
    void statusSaysWhichRequestsAreUnderWay()
    {
        on = new VenueFixture(VenueRules.defaults().withLatency(100, 0));
        book();
        on.buy(1, 1000, 50);
        on.buy(2, 1000, 50);
        on.buy(3, 1000, 50);
        on.venue.advance(5000);
        on.taken();
        on.replace(4, 1, Side.BUY, 995, 30);
        on.cancel(5, 2, Side.BUY);
        on.cancel(6, 99, Side.BUY);
        // A cancel under way goes before a replace, whichever came first.
        on.replace(7, 2, Side.BUY, 995, 30);
        assertThat(on.venue.reportOpenOrders()).isEqualTo(3);
        assertThat(on.taken()).containsExactly("#1 ORDER_STATUS PENDING_REPLACE leaves=50",
            "#2 ORDER_STATUS PENDING_CANCEL leaves=50", "#3 ORDER_STATUS NEW leaves=50");
        on.venue.advance(10_000);
        on.taken();
        on.venue.reportOpenOrders();
        assertThat(on.taken()).containsExactlyInAnyOrder("#4(#1) ORDER_STATUS NEW leaves=30",
            "#3 ORDER_STATUS NEW leaves=50");
    }

    @Test
    void openOrdersAreRememberedFinishedOnesForAWhile()
    {
        on = new VenueFixture(VenueRules.defaults().withCapacity(2, 1, 3));
        book();
        on.buy(1, 1000, 50);
        for (int id = 2; id < 100; id++)
        {
            on.cancel(id, 1000, Side.BUY);
        }
        on.taken();
        on.buy(1, 1000, 50);
        on.cancel(99, 1000, Side.BUY);
        on.cancel(97, 1000, Side.BUY);
        assertThat(on.taken()).as("what is remembered is not done again, and a refusal is said again").containsExactly(
            "#99(#1000) CANCEL_REQUEST REFUSED UNKNOWN_ORDER REJECTED",
            "#97(#1000) CANCEL_REQUEST REFUSED UNKNOWN_ORDER REJECTED");
        assertThat(on.venue.repeats()).isEqualTo(3);
        on.cancel(2, 1000, Side.BUY);
        assertThat(on.taken()).as("forgotten").hasSize(1);
    }

    @Test
    void capacityIsAnsweredNotExceeded()
    {
        on = new VenueFixture(VenueRules.defaults().withCapacity(2, 3, 8).withLatency(100, 0));
        book();
        for (int id = 1; id <= 4; id++)
        {
            on.buy(id, 1000, 10);
        }
        assertThat(on.taken()).containsExactly("#4 REJECTED ORDER_EXCEEDS_LIMIT");
        on.timeNs += 200;
        on.venue.advance(on.timeNs);
        assertThat(on.taken()).containsExactly("#1 NEW cum=0 leaves=10", "#2 NEW cum=0 leaves=10",
            "#3 REJECTED ORDER_EXCEEDS_LIMIT");
        on.cancel(5, 1, Side.BUY);
        on.buy(6, 1000, 10);
        on.venue.advance(on.timeNs + 100);
        assertThat(on.taken()).containsExactly("#5(#1) CANCELED cum=0 leaves=0", "#6 NEW cum=0 leaves=10");
    }

    @Test
    void requestsActAfterTheLatencyAndBeforeTheEventOfTheSameTime()
    {
        on = new VenueFixture(VenueRules.defaults().withLatency(100, 7));
        book();
        assertThat(on.venue.nextDueNs()).isEqualTo(Long.MAX_VALUE);
        on.timeNs = 1040;
        on.marketBuy(1, 10);
        assertThat(on.venue.nextDueNs()).isEqualTo(1140);
        on.timeNs = 1139;
        on.update(levels(), levels(1010, 0, 1015, 20));
        assertThat(on.taken()).isEmpty();
        on.timeNs = 1140;
        on.update(levels(), levels(1015, 0, 1020, 20));
        assertThat(on.taken()).containsExactly("#1 NEW cum=0 leaves=10", "#1 FILLED 10@1015 TAKER leaves=0");
        assertThat(on.reportTimesNs).containsExactly(1147L, 1147L);
        assertThat(on.venue.nextDueNs()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void requestOlderThanTheMarketActsFromTheVenuesTime()
    {
        on = new VenueFixture(VenueRules.defaults().withLatency(100, 0));
        on.timeNs = 2000;
        book();
        on.timeNs = 1500;
        on.buy(1, 1000, 10);
        assertThat(on.venue.nextDueNs()).isEqualTo(2100);
        on.venue.advance(2099);
        assertThat(on.taken()).isEmpty();
        on.venue.advance(2100);
        assertThat(on.taken()).hasSize(1);
    }

    @Test
    void afterTheEndRequestsActAtOnce()
    {
        on = new VenueFixture(VenueRules.defaults().withLatency(100, 0));
        book();
        on.buy(1, 1000, 10);
        on.feed(FeedCondition.END);
        assertThat(on.taken()).containsExactly("#1 NEW cum=0 leaves=10");
        on.cancel(2, 1, Side.BUY);
        assertThat(on.taken()).containsExactly("#2(#1) CANCELED cum=0 leaves=0");
    }

    @Test
    void atTheEndOfTimeEverythingUnderWayActs()
    {
        on = new VenueFixture(VenueRules.defaults().withLatency(100, 0));
        book();
        on.buy(1, 1000, 10);
        on.buy(2, 1000, 10);
        on.venue.advance(Long.MAX_VALUE);
        assertThat(on.taken()).hasSize(2);
        assertThat(on.venue.nextDueNs()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void callFromWithinAReportIsRefused()
    {
        final SimulatedVenue[] holder = new SimulatedVenue[1];
        holder[0] = new SimulatedVenue(VenueRules.defaults(),
            (buffer, offset, length, timeNs) -> holder[0].advance(timeNs + 1));
        final int length = limitOrder(1);
        assertThatThrownBy(() -> holder[0].onRequest(new UnsafeBuffer(on.buffer), 0, length))
            .isInstanceOf(AssertionError.class).hasMessageContaining("within a report");
    }

    @Test
    void definitionsDoNotChange()
    {
        on.venue.define(VenueFixture.INSTRUMENT);
        on.venue.define(VenueFixture.INSTRUMENT.withId(40));
        assertThat(on.venue.ledger(40).fills()).isZero();
        assertThat(on.venue.ledger(39)).isNull();
        assertThatThrownBy(() -> on.venue.define(VenueFixture.INSTRUMENT.withId(Nulls.NULL_INSTRUMENT_ID)))
            .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("BTCUSDT.SIM");
    }

    @Test
    void rulesOutOfRangeAreRefusedByName()
    {
        assertThatThrownBy(() -> VenueRules.defaults().withLatency(-1, 0)).hasMessageContaining("orderLatencyNs=-1");
        assertThatThrownBy(() -> VenueRules.defaults().withQuantities(5, 4)).hasMessageContaining("quantityMaxLots=4");
        assertThatThrownBy(() -> VenueRules.defaults().withFees(0, 1_000_000)).hasMessageContaining("takerFeePpm");
        assertThatThrownBy(() -> VenueRules.defaults().withCapacity(0, 1, 1)).hasMessageContaining("openOrdersMax=0");
    }
}
