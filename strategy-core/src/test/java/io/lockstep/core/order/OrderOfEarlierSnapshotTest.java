package io.lockstep.core.order;

import io.lockstep.codecs.Nulls;
import io.lockstep.sbe.BooleanType;
import io.lockstep.sbe.ExecInst;
import io.lockstep.sbe.OffsetUnit;
import io.lockstep.sbe.OrdStatus;
import io.lockstep.sbe.OrdType;
import io.lockstep.sbe.OrderReason;
import io.lockstep.sbe.OrderSectionDecoder;
import io.lockstep.sbe.OrderSectionEncoder;
import io.lockstep.sbe.Side;
import io.lockstep.sbe.TimeInForce;
import io.lockstep.sbe.TriggerSource;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Schema version 1 does not say by which ClOrdID the cancel under way was asked for. */
class OrderOfEarlierSnapshotTest
{
    private static final int EARLIER = 1;
    private static final int EARLIER_LENGTH = OrderSectionEncoder.cancelKeyEncodingOffset();

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[OrderSectionEncoder.BLOCK_LENGTH]);
    private final OrderStore orders = new OrderStore(1);
    private final OpenOrders openOrders = OpenOrders.ofSlot();

    private Order restored(final OrdStatus status, final int version, final int length)
    {
        new OrderSectionEncoder().wrap(buffer, 0).instrumentId(0).side(Side.BUY).ordType(OrdType.LIMIT)
            .timeInForce(TimeInForce.GOOD_TILL_CANCEL).execInst(ExecInst.NONE).ordStatus(status)
            .cancelReason(OrderReason.TIMEOUT)
            .sequence(7).ordinal(1).incarnation(1).pendingKey(-1).pendingIncarnation(0).previousKey(-1)
            .previousIncarnation(0).priceTicks(100).orderQtyLots(10).cumQtyLots(0)
            .pendingPriceTicks(OrderSectionEncoder.pendingPriceTicksNullValue()).pendingQtyLots(0)
            .entryEgress(1).replaceEgress(0).cancelEgress(2).venueStatus(OrdStatus.NULL_VAL)
            .atVenue(BooleanType.TRUE).accepted(BooleanType.TRUE).cancelKey(-1).cancelIncarnation(0)
            .wish(OrderReason.NONE).wishAttempts(0).wishRetryNs(OrderSectionEncoder.wishRetryNsNullValue())
            .strategyId(1).triggerSource(TriggerSource.NULL_VAL).offsetUnit(OffsetUnit.NULL_VAL)
            .triggered(BooleanType.FALSE).waitsForList(BooleanType.FALSE).reason(OrderReason.NONE)
            .listId(OrderSectionEncoder.listIdNullValue()).signalCode(OrderSectionEncoder.signalCodeNullValue())
            .triggerPxTicks(Nulls.NULL_LONG).trailingOffset(Nulls.NULL_LONG).limitOffsetTicks(Nulls.NULL_LONG)
            .activationPxTicks(Nulls.NULL_LONG).watermarkTicks(Nulls.NULL_LONG).displayQtyLots(Nulls.NULL_LONG)
            .expireTimeNs(Nulls.NULL_LONG).waitingSinceNs(Nulls.NULL_LONG).number(Nulls.NULL_LONG)
            .answerDueNs(Nulls.NULL_LONG).inquiries(0)
            .arrivalPxTicks(Nulls.NULL_LONG).sliceStartLots(Nulls.NULL_LONG);
        orders.restore(openOrders, OpenOrders.ofLeg(), 1, new OrderSectionDecoder().wrap(buffer, 0, length, version));
        return openOrders.first();
    }

    @Test
    void shouldTakeTheRefusalOfAnyCancelForItsOwn()
    {
        final Order order = restored(OrdStatus.PENDING_CANCEL, EARLIER, EARLIER_LENGTH);
        assertThat(orders.isCancel(order, 1, 9, 1)).isTrue();

        orders.requestCancel(order, 2, 20, 1, OrderReason.OPERATOR, 3);
        assertThat(orders.isCancel(order, 1, 9, 1)).isFalse();
        assertThat(orders.isCancel(order, 2, 20, 1)).isTrue();
    }

    @Test
    void shouldTakeNoneWhereNoCancelIsUnderWay()
    {
        final Order order = restored(OrdStatus.NEW, EARLIER, EARLIER_LENGTH);

        assertThat(orders.isCancel(order, 1, 9, 1)).isFalse();
    }

    @Test
    void shouldHashAsTheSameOrderOfToday()
    {
        final long earlier = restored(OrdStatus.NEW, EARLIER, EARLIER_LENGTH).stateHash();
        final OrderStore others = new OrderStore(1);
        final OpenOrders othersOpen = OpenOrders.ofSlot();
        others.restore(othersOpen, OpenOrders.ofLeg(), 1, new OrderSectionDecoder().wrap(
            buffer, 0, OrderSectionEncoder.BLOCK_LENGTH, OrderSectionEncoder.SCHEMA_VERSION));

        assertThat(othersOpen.first().stateHash()).isEqualTo(earlier);
    }
}
