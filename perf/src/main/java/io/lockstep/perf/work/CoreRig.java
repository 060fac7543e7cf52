package io.lockstep.perf.work;

import io.lockstep.codecs.ClOrdIds;
import io.lockstep.codecs.Nulls;
import io.lockstep.codecs.OrderFields;
import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.core.DecisionPort;
import io.lockstep.core.TradingCore;
import io.lockstep.sbe.ExecInst;
import io.lockstep.sbe.ExecType;
import io.lockstep.sbe.ExecutionReportEncoder;
import io.lockstep.sbe.LiquidityIndicator;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.NewOrderSingleDecoder;
import io.lockstep.sbe.OperatorOrderEncoder;
import io.lockstep.sbe.OrdRejReason;
import io.lockstep.sbe.OrdStatus;
import io.lockstep.sbe.OrdType;
import io.lockstep.sbe.ScheduleTimerDecoder;
import io.lockstep.sbe.Side;
import io.lockstep.sbe.TimeInForce;
import io.lockstep.sbe.TriggerSource;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.util.List;

/**
 * A core that has traded {@link SampleMarket}'s instruments for a while: books full, averages complete, eight orders open on
 * each. Its decisions go nowhere; what is needed to answer them is remembered.
 */
final class CoreRig implements DecisionPort
{
    private static final long START_NS = 1_767_225_600_000_000_000L;
    private static final long STEP_NS = 1_000_000;
    private static final int WARM_UP_INPUTS = 2_048;
    private static final int OPEN_ORDERS = 8;
    private static final int LENGTH_OF_REPORTS = 64;
    private static final int OPERATOR_SOURCE = 9;
    private static final int REPORT = RecordDescriptor.BODY_OFFSET;

    private final TradingCore core = new TradingCore(this, List.of(new SampleStrategy.Factory()));
    private final SampleMarket market;
    private final InputTape reports = new InputTape();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final NewOrderSingleDecoder order = new NewOrderSingleDecoder();
    private final ScheduleTimerDecoder timer = new ScheduleTimerDecoder();
    private final UnsafeBuffer clOrdId = new UnsafeBuffer(new byte[ClOrdIds.LENGTH]);
    private byte side;
    private int instrumentId;
    private long execId;
    private long timerId;
    private long deadlineNs;
    private long orders;
    private long decisions;
    private long nowNs = START_NS;

    /**
     * @param levels     of each side of each book.
     * @param orderEvery how many update ids there are to one that makes an order.
     * @param orderLots  of each order.
     * @param limited    whether every limit is set; none is reached.
     */
    CoreRig(final int levels, final long orderEvery, final long orderLots, final boolean limited)
    {
        market = new SampleMarket(levels);
        giveAll(market.start(orderEvery, orderLots, limited));
        for (int i = 0; i < LENGTH_OF_REPORTS; i++)
        {
            addReport(i);
        }
        openOrders(orderEvery);
        warmUp();
    }

    static CoreRig withoutOrders(final int levels)
    {
        return new CoreRig(levels, SampleMarket.ORDER_EVERY, 1, true);
    }

    /** Has the engine hold so many orders on each instrument, whose triggers no price of the market reaches. */
    void hold(final int ordersOfEach)
    {
        for (int id = 0; id < SampleMarket.INSTRUMENTS; id++)
        {
            for (int i = 0; i < ordersOfEach; i++)
            {
                final InputTape tape = new InputTape();
                OrderFields.none(tape.begin(new OperatorOrderEncoder())).strategyId(0).instrumentId(id)
                    .side(i % 2 == 0 ? Side.SELL : Side.BUY).ordType(OrdType.STOP)
                    .timeInForce(TimeInForce.GOOD_TILL_CANCEL).execInst(ExecInst.NONE)
                    .priceTicks(OperatorOrderEncoder.priceTicksNullValue()).orderQtyLots(1)
                    .triggerSource(TriggerSource.BID_ASK)
                    .triggerPxTicks(i % 2 == 0 ? 1 + i : 2 * SampleMarket.MID_TICKS + i).user("");
                giveAll(tape.end(OPERATOR_SOURCE));
            }
        }
        if (core.openOrderCount() < ordersOfEach * SampleMarket.INSTRUMENTS)
        {
            throw new IllegalStateException("expected that each is held: openOrders=" + core.openOrderCount());
        }
    }

    private void addReport(final int variant)
    {
        reports.begin(new ExecutionReportEncoder()).execType(ExecType.TRADE).ordStatus(OrdStatus.NEW).side(Side.BUY)
            .ordRejReason(OrdRejReason.NONE).liquidity(LiquidityIndicator.MAKER).instrumentId(0).orderId(1).execId(1)
            .lastPxTicks(SampleMarket.MID_TICKS - 4 + variant % 8).lastQtyLots(1).leavesQtyLots(1).cumQtyLots(0)
            .commission(1 + variant % 5)
            .commissionHigh(ExecutionReportEncoder.commissionHighNullValue())
            .commissionExponent(ExecutionReportEncoder.commissionExponentNullValue())
            .execRefId(Nulls.NULL_LONG).refPxTicks(Nulls.NULL_PRICE_TICKS).refQtyLots(Nulls.NULL_LONG)
            .orderQtyLots(Nulls.NULL_LONG).priceTicks(Nulls.NULL_PRICE_TICKS)
            .venueExecId("").commissionAsset("").venueExecRefId("");
        reports.end(SampleMarket.VENUE_SOURCE);
    }

    private void openOrders(final long orderEvery)
    {
        if (orderEvery != SampleMarket.ORDER_EVERY)
        {
            return;
        }
        final InputTape updates = market.bookUpdates(2);
        for (int i = 0; i < OPEN_ORDERS * SampleMarket.INSTRUMENTS; i++)
        {
            final int record = updates.next();
            market.numberAsOrder(updates.buffer(), record, i % SampleMarket.INSTRUMENTS);
            give(updates.buffer(), record);
            report(ExecType.NEW, 1);
        }
        if (orders != OPEN_ORDERS * SampleMarket.INSTRUMENTS)
        {
            throw new IllegalStateException("expected that every such update makes an order: orders=" + orders);
        }
    }

    private void warmUp()
    {
        final InputTape trades = market.trades();
        for (int i = 0; i < WARM_UP_INPUTS; i++)
        {
            give(trades.buffer(), trades.next());
        }
    }

    private void giveAll(final InputTape tape)
    {
        for (int i = 0; i < tape.count(); i++)
        {
            give(tape.buffer(), tape.offset(i));
        }
    }

    /** The next input, 1 ms after the one before. */
    void give(final MutableDirectBuffer buffer, final int record)
    {
        nowNs += STEP_NS;
        RecordDescriptor.sequence(buffer, record, core.lastSequence() + 1);
        RecordDescriptor.sequencerTimeNs(buffer, record, nowNs);
        core.onInput(buffer, record);
    }

    /** What the venue says of the newest order. */
    void report(final ExecType execType, final long leavesLots)
    {
        final int record = nextReport(execType, leavesLots);
        reports.buffer().putBytes(
            record + REPORT + ExecutionReportEncoder.clOrdIdEncodingOffset(), clOrdId, 0, ClOrdIds.LENGTH);
        reports.buffer().putByte(record + REPORT + ExecutionReportEncoder.sideEncodingOffset(), side);
        reports.buffer().putInt(record + REPORT + ExecutionReportEncoder.instrumentIdEncodingOffset(), instrumentId);
        give(reports.buffer(), record);
    }

    /** What the venue says of an order that was remembered. */
    void report(
        final DirectBuffer clOrdIds, final int idOffset, final int ofInstrument, final Side ofSide,
        final long leavesLots)
    {
        final int record = nextReport(ExecType.TRADE, leavesLots);
        reports.buffer().putBytes(
            record + REPORT + ExecutionReportEncoder.clOrdIdEncodingOffset(), clOrdIds, idOffset, ClOrdIds.LENGTH);
        reports.buffer().putByte(record + REPORT + ExecutionReportEncoder.sideEncodingOffset(), (byte)ofSide.value());
        reports.buffer().putInt(record + REPORT + ExecutionReportEncoder.instrumentIdEncodingOffset(), ofInstrument);
        give(reports.buffer(), record);
    }

    private int nextReport(final ExecType execType, final long leavesLots)
    {
        final int record = reports.next();
        final int body = record + REPORT;
        reports.buffer().putByte(body + ExecutionReportEncoder.execTypeEncodingOffset(), execType.value());
        reports.buffer().putLong(body + ExecutionReportEncoder.execIdEncodingOffset(), ++execId);
        reports.buffer().putLong(body + ExecutionReportEncoder.leavesQtyLotsEncodingOffset(), leavesLots);
        return record;
    }

    @Override
    public void onDecision(
        final long sequence, final int ordinal, final DirectBuffer buffer, final int offset, final int length)
    {
        decisions += length;
        final int templateId = header.wrap(buffer, offset).templateId();
        if (templateId == NewOrderSingleDecoder.TEMPLATE_ID)
        {
            order.wrapAndApplyHeader(buffer, offset, header);
            clOrdId.putBytes(0, buffer, order.offset() + NewOrderSingleDecoder.clOrdIdEncodingOffset(),
                ClOrdIds.LENGTH);
            side = (byte)order.side().value();
            instrumentId = order.instrumentId();
            orders++;
        }
        else if (templateId == ScheduleTimerDecoder.TEMPLATE_ID)
        {
            timer.wrapAndApplyHeader(buffer, offset, header);
            timerId = timer.timerId();
            deadlineNs = timer.deadlineNs();
        }
    }

    SampleMarket market()
    {
        return market;
    }

    TradingCore core()
    {
        return core;
    }

    /** ClOrdID of the newest order. */
    DirectBuffer clOrdId()
    {
        return clOrdId;
    }

    /** Orders sent so far. */
    long orders()
    {
        return orders;
    }

    /** Of the timer set last. */
    long timerId()
    {
        return timerId;
    }

    long deadlineNs()
    {
        return deadlineNs;
    }

    /** Depends on all inputs given and all decisions made. */
    long outcome()
    {
        return core.lastSequence() + decisions;
    }

    /**
     * @throws IllegalStateException when something was not as it would be live, so that what was done is not what is meant.
     */
    void requireSound()
    {
        if (core.unknownOrders() != 0 || core.impossibleOrderEvents() != 0)
        {
            throw new IllegalStateException("expected reports of open orders only: unknownOrders=" +
                core.unknownOrders() + " impossibleOrderEvents=" + core.impossibleOrderEvents());
        }
    }
}
