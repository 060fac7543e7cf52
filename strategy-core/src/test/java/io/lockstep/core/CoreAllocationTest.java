package io.lockstep.core;

import io.lockstep.codecs.ClOrdIds;
import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.Nulls;
import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.core.order.Order;
import io.lockstep.core.order.OrderEvent;
import io.lockstep.core.instance.TimerIds;
import io.lockstep.core.risk.RiskLimits;
import io.lockstep.core.risk.TotalLimits;
import io.lockstep.core.strategy.Fill;
import io.lockstep.core.strategy.Parameters;
import io.lockstep.core.strategy.StateReader;
import io.lockstep.core.strategy.StateWriter;
import io.lockstep.core.strategy.Strategy;
import io.lockstep.core.strategy.StrategyContext;
import io.lockstep.core.strategy.StrategyFactory;
import io.lockstep.sbe.CxlRejResponseTo;
import io.lockstep.sbe.ExecInst;
import io.lockstep.sbe.ExecType;
import io.lockstep.sbe.ExecutionReportDecoder;
import io.lockstep.sbe.FeedCondition;
import io.lockstep.sbe.FeedReason;
import io.lockstep.sbe.LimitType;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.NewOrderSingleDecoder;
import io.lockstep.sbe.OffsetUnit;
import io.lockstep.sbe.OrdType;
import io.lockstep.sbe.OrderCancelReplaceRequestDecoder;
import io.lockstep.sbe.OrderCancelRequestDecoder;
import io.lockstep.sbe.OrderReason;
import io.lockstep.sbe.SetLimitEncoder;
import io.lockstep.sbe.Side;
import io.lockstep.sbe.SignalDecoder;
import io.lockstep.sbe.SourceRole;
import io.lockstep.sbe.TimeInForce;
import io.lockstep.sbe.TimerFiredDecoder;
import io.lockstep.sbe.TradingMode;
import io.lockstep.sbe.TriggerSource;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

import java.nio.ByteOrder;
import java.util.List;
import java.util.function.Consumer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Zero allocation for each type of input. Records are encoded once and given again and again with the next sequence, a later
 * time and, where they answer an order, its ClOrdID.
 */
class CoreAllocationTest
{
    private static final int RUNS = 30;
    private static final int CYCLES = 500;
    private static final int ATTEMPTS = 5;
    private static final int CL_ORD_ID_AT = RecordDescriptor.BODY_OFFSET;
    private static final int ORIG_CL_ORD_ID_AT = CL_ORD_ID_AT + ClOrdIds.LENGTH;
    /** Of a cancel that the venue has refused once. */
    private static final long FIRST_RETRY_NS = 100_000_000;
    private static final long SEND = 1_001;
    private static final long CANCEL = 1_002;
    private static final long REPLACE = 1_003;
    private static final long SCHEDULE = 1_004;

    /** Obeys the price of the newest trade. */
    private static final class ObedientStrategy implements Strategy
    {
        /** Makes it under the name {@code obedient}. */
        private static final class Factory implements StrategyFactory
        {
            @Override
            public String name()
            {
                return "obedient";
            }

            @Override
            public Strategy create(
                final Instrument instrument, final Parameters parameters)
            {
                return new ObedientStrategy();
            }
        }

        private long sent;

        @Override
        public void onMarket(final StrategyContext context)
        {
            final Order order = context.openOrders().first();
            final long command = context.market().lastTradeTicks();
            if (command == SEND)
            {
                final Side side = sent++ % 2 == 0 ? Side.BUY : Side.SELL;
                context.because(7).feature(1, sent, -1, 5);
                context.sendLimit(
                    side, 100, 10, TimeInForce.GOOD_TILL_CANCEL, ExecInst.NONE, OrderReason.SIGNAL);
            }
            else if (command == CANCEL)
            {
                context.cancel(order, OrderReason.ABANDONED);
            }
            else if (command == REPLACE)
            {
                context.replace(order, 99, 12, OrderReason.SIGNAL);
            }
            else if (command == SCHEDULE)
            {
                context.schedule(1, context.nowNs() + 1);
            }
        }

        @Override
        public void onWatch(final StrategyContext context)
        {
            // All is done in onMarket.
        }

        @Override
        public void onCloseWatch(final StrategyContext context)
        {
            // All is done in onMarket.
        }

        @Override
        public void onInTrade(final StrategyContext context)
        {
            // All is done in onMarket.
        }

        @Override
        public void onOrder(
            final StrategyContext context, final Order order, final OrderEvent event, final Fill fill)
        {
            sent += order.leavesQtyLots() == 10 ? 0 : 2;
        }

        @Override
        public void onTimer(final StrategyContext context, final int timerKey)
        {
            sent += 2;
        }

        @Override
        public long stateHash()
        {
            return sent;
        }

        @Override
        public void save(final StateWriter state)
        {
            state.putLong(sent);
        }

        @Override
        public void restore(final StateReader state)
        {
            sent = state.nextLong();
        }
    }

    /** Remembers ids and side of the newest order, and the id of the newest request about it. */
    private static final class IdPort implements DecisionPort
    {
        private final MessageHeaderDecoder header = new MessageHeaderDecoder();
        private final MutableDirectBuffer ids = new UnsafeBuffer(new byte[2 * ClOrdIds.LENGTH]);
        private byte side;
        private long decisions;

        @Override
        public void onDecision(
            final long sequence, final int ordinal, final DirectBuffer buffer, final int offset, final int length)
        {
            decisions++;
            final int body = offset + MessageHeaderDecoder.ENCODED_LENGTH;
            switch (header.wrap(buffer, offset).templateId())
            {
                case NewOrderSingleDecoder.TEMPLATE_ID -> {
                    ids.putBytes(0, buffer, body, ClOrdIds.LENGTH);
                    side = buffer.getByte(body + NewOrderSingleDecoder.sideEncodingOffset());
                }
                case OrderCancelRequestDecoder.TEMPLATE_ID, OrderCancelReplaceRequestDecoder.TEMPLATE_ID -> ids
                    .putBytes(ClOrdIds.LENGTH, buffer, body, ClOrdIds.LENGTH);
                default -> {
                    // Nothing to answer.
                }
            }
        }
    }

    private final IdPort port = new IdPort();
    private final TradingCore core = new TradingCore(
        port,
        List.of(new CrossingStrategy.Factory(), new RestlessStrategy.Factory(), new ObedientStrategy.Factory(),
            new SignalTaker.Factory()));
    private final CoreScenario recorder = new CoreScenario();
    private final InputRecords records = recorder.records();
    private int given;
    private long signals;
    private long nowNs = CoreScenario.START_NS;

    /** Inputs as recorded go to the core at once; those of {@link #tape} when they are wanted. */
    private void setUp(final Consumer<CoreScenario> inputs)
    {
        inputs.accept(recorder);
        for (; given < records.count(); given++)
        {
            give(given);
        }
    }

    /** Index of the first of the inputs recorded. */
    private int tape(final Consumer<CoreScenario> inputs)
    {
        final int first = records.count();
        inputs.accept(recorder);
        return first;
    }

    private void give(final int index)
    {
        final int offset = records.offset(index);
        nowNs += 1_000;
        RecordDescriptor.sequence(records.buffer(), offset, core.lastSequence() + 1);
        RecordDescriptor.sequencerTimeNs(records.buffer(), offset, nowNs);
        core.onInput(records.buffer(), offset);
    }

    /** To the newest order, or to the newest request about it. */
    private void giveReport(final int index, final boolean ofRequest)
    {
        final int offset = records.offset(index);
        final MutableDirectBuffer buffer = records.buffer();
        buffer.putBytes(offset + CL_ORD_ID_AT, port.ids, ofRequest ? ClOrdIds.LENGTH : 0, ClOrdIds.LENGTH);
        buffer.putBytes(offset + ORIG_CL_ORD_ID_AT, port.ids, 0, ClOrdIds.LENGTH);
        if (RecordDescriptor.templateId(buffer, offset) == ExecutionReportDecoder.TEMPLATE_ID)
        {
            buffer.putByte(
                offset + RecordDescriptor.BODY_OFFSET + ExecutionReportDecoder.sideEncodingOffset(), port.side);
        }
        give(index);
    }

    /** Least of several: what a run allocates that the core does not is not there every time. */
    private static long leastAllocated(final Runnable cycle)
    {
        long least = Long.MAX_VALUE;
        for (int attempt = 0; attempt < ATTEMPTS && least > 0; attempt++)
        {
            least = Math.min(least, AllocationProbe.allocatedBytes(RUNS, () -> repeat(cycle)));
        }
        return least;
    }

    private static void repeat(final Runnable cycle)
    {
        for (int i = 0; i < CYCLES; i++)
        {
            cycle.run();
        }
    }

    private void assertAllocatesNothing(final Runnable cycle)
    {
        final long before = port.decisions;
        assertThat(leastAllocated(cycle)).isZero();
        assertThat(core.lastSequence()).isGreaterThan((long)RUNS * CYCLES);
        assertThat(core.impossibleOrderEvents()).isZero();
        assertThat(core.unknownOrders()).isZero();
        assertThat(port.decisions).isGreaterThanOrEqualTo(before);
    }

    private void crossing(final String... parameters)
    {
        setUp((s) -> s.define(CoreScenario.LINEAR).assign(CoreScenario.CROSSING, parameters)
            .snapshot(100, "100x10 99x10", "101x10 102x10"));
    }

    private void obedient()
    {
        // The recorder knows no such strategy, so the assignment is recorded by its refusal.
        setUp((s) -> s.define(CoreScenario.LINEAR).assign("obedient").snapshot(100, "100x10", "101x10"));
    }

    private void assertTapeAllocatesNothing(final Consumer<CoreScenario> inputs)
    {
        final int first = tape(inputs);
        final int end = records.count();
        assertAllocatesNothing(() ->
        {
            for (int i = first; i < end; i++)
            {
                give(i);
            }
        });
    }

    @Test
    void shouldAllocateNothingForABookUpdate()
    {
        crossing("source=1", "fast=2", "slow=5");
        assertTapeAllocatesNothing((s) -> s.update(100, 100, "100x5 99x0", "101x7").update(100, 100, "99x3", ""));
    }

    @Test
    void shouldAllocateNothingForABookSnapshot()
    {
        crossing("source=1", "fast=2", "slow=5");
        assertTapeAllocatesNothing((s) -> s.snapshot(100, "100x5 99x1", "101x7")
            .chunk(0, 2, 100, "98x1", "").chunk(1, 2, 100, "", "99x5"));
    }

    @Test
    void shouldAllocateNothingForABestBidOffer()
    {
        crossing("source=1", "fast=2", "slow=5");
        assertTapeAllocatesNothing((s) -> s.quote(101, 100, 102).quote(101, 99, 103));
    }

    @Test
    void shouldAllocateNothingForATradeAndTheOrdersItCauses()
    {
        crossing("fast=1", "slow=2", "orderNotional=1000");
        final int trades = tape((s) -> s.trades(100, 99, 102, 103));
        final int reject = tape((s) -> s.report(ExecType.REJECTED, "", "", 0, 0, 0, 0));
        final long before = port.decisions;
        assertAllocatesNothing(() ->
        {
            give(trades);
            give(trades + 1);
            give(trades + 2);
            give(trades + 3);
            giveReport(reject, false);
        });
        // A signal, an order with its timer, and back: each time.
        assertThat(port.decisions - before).isGreaterThanOrEqualTo(5L * RUNS * CYCLES);
    }

    @Test
    void shouldAllocateNothingForABar()
    {
        crossing("fast=2", "slow=5", "orderNotional=1");
        assertTapeAllocatesNothing((s) -> s.bar(100).bar(90).bar(110));
    }

    @Test
    void shouldAllocateNothingForAFeedStatus()
    {
        crossing();
        assertTapeAllocatesNothing((s) -> s.feed(FeedCondition.STALE, FeedReason.BAD_INPUT)
            .feed(FeedCondition.LIVE, FeedReason.NONE).feedOfSource(FeedCondition.STALE, FeedReason.OFF_GRID)
            .feedOfSource(FeedCondition.LIVE, FeedReason.NONE));
    }

    @Test
    void shouldAllocateNothingForARefusal()
    {
        obedient();
        setUp((s) -> s.mode(TradingMode.HALTED));
        assertTapeAllocatesNothing((s) -> s.trade(SEND));
    }

    @Test
    void shouldAllocateNothingForATimer()
    {
        obedient();
        final int schedule = tape((s) -> s.trade(SCHEDULE));
        final int timer = tape((s) -> s.timer(TimerIds.of(1, 0, 1), 0));
        final int deadlineAt = records.offset(timer) + RecordDescriptor.BODY_OFFSET +
            TimerFiredDecoder.deadlineNsEncodingOffset();
        assertAllocatesNothing(() ->
        {
            give(schedule);
            records.buffer().putLong(deadlineAt, nowNs + 1);
            give(timer);
        });
    }

    @Test
    void shouldAllocateNothingForALimit()
    {
        obedient();
        assertTapeAllocatesNothing((s) ->
        {
            for (final LimitType type : LimitType.values())
            {
                // A limit that is kept sparsely is made when it is set.
                final boolean isThere = RiskLimits.TYPES.contains(type) || TotalLimits.isTotal(type);
                // The rate keeps the times of so many orders: setting it makes room for them.
                if (isThere && type != LimitType.MAX_ORDERS_PER_SECOND && type != LimitType.MAX_TOTAL_ORDERS_PER_SECOND)
                {
                    s.limit(type, "1000").limitAll(type, "1001");
                }
            }
        });
    }

    @Test
    void shouldAllocateNothingForATradingMode()
    {
        obedient();
        assertTapeAllocatesNothing((s) -> s.mode(TradingMode.HALTED).mode(TradingMode.REDUCE_ONLY)
            .mode(TradingMode.KILLED).mode(TradingMode.RUNNING).mode(TradingMode.RUNNING));
    }

    /** Held, followed, marked while the quotes are crossed, triggered and denied, ended by hand. */
    @Test
    void shouldAllocateNothingForHeldOrders()
    {
        obedient();
        setUp((s) -> s.limit(LimitType.MAX_ORDER_QUANTITY, "5"));
        final long before = port.decisions;
        assertTapeAllocatesNothing((s) -> s.quote(101, 100, 102)
            .give(OperatorSays.order((order) -> order.side(Side.SELL).ordType(OrdType.STOP)
                .triggerSource(TriggerSource.BID_ASK).triggerPxTicks(90)))
            .give(OperatorSays.order((order) -> order.side(Side.SELL).ordType(OrdType.TRAILING_STOP)
                .triggerSource(TriggerSource.BID_ASK).trailingOffset(5).offsetUnit(OffsetUnit.TICKS)))
            .give(OperatorSays.order((order) -> order.side(Side.BUY).ordType(OrdType.MARKET_IF_TOUCHED)
                .triggerSource(TriggerSource.MID).triggerPxTicks(60)))
            .quote(101, 104, 105).quote(101, 90, 89).quote(101, 80, 81)
            .give(OperatorSays.cancelAll(SetLimitEncoder.strategyIdNullValue(), 0)));
        assertThat(port.decisions - before).isGreaterThanOrEqualTo(10L * RUNS * CYCLES);
    }

    @Test
    void shouldAllocateNothingForADecisionAcknowledgement()
    {
        obedient();
        assertTapeAllocatesNothing((s) -> s.acknowledged(5));
    }

    @Test
    void shouldAllocateNothingForAnAcceptedOrderThatExpires()
    {
        obedient();
        final int send = tape((s) -> s.trade(SEND));
        final int accepted = tape((s) -> s.report(ExecType.NEW, "", "", 0, 0, 10, 0));
        final int expired = tape((s) -> s.report(ExecType.EXPIRED, "", "", 0, 0, 0, 0));
        assertAllocatesNothing(() ->
        {
            give(send);
            giveReport(accepted, false);
            giveReport(expired, false);
        });
    }

    @Test
    void shouldAllocateNothingForFills()
    {
        obedient();
        final int send = tape((s) -> s.trade(SEND));
        final int part = tape((s) -> s.report(ExecType.TRADE, "", "", 4, 100, 6, 1));
        final int rest = tape((s) -> s.report(ExecType.TRADE, "", "", 6, 101, 0, -1));
        assertAllocatesNothing(() ->
        {
            give(send);
            giveReport(part, false);
            giveReport(rest, false);
        });
        assertThat(core.position(0).fills()).isGreaterThan(RUNS * CYCLES);
    }

    @Test
    void shouldAllocateNothingForARejectedOrder()
    {
        obedient();
        final int send = tape((s) -> s.trade(SEND));
        final int rejected = tape((s) -> s.report(ExecType.REJECTED, "", "", 0, 0, 0, 0));
        assertAllocatesNothing(() ->
        {
            give(send);
            giveReport(rejected, false);
        });
    }

    @Test
    void shouldAllocateNothingForACanceledOrder()
    {
        obedient();
        final int send = tape((s) -> s.trade(SEND));
        final int cancel = tape((s) -> s.trade(CANCEL));
        final int canceled = tape((s) -> s.report(ExecType.CANCELED, "", "", 0, 0, 0, 0));
        assertAllocatesNothing(() ->
        {
            give(send);
            give(cancel);
            giveReport(canceled, true);
        });
    }

    @Test
    void shouldAllocateNothingForAReplacedOrder()
    {
        obedient();
        final int send = tape((s) -> s.trade(SEND));
        final int accepted = tape((s) -> s.report(ExecType.NEW, "", "", 0, 0, 10, 0));
        final int replace = tape((s) -> s.trade(REPLACE));
        final int replaced = tape((s) -> s.report(ExecType.REPLACED, "", "", 0, 0, 12, 0));
        final int filled = tape((s) -> s.report(ExecType.TRADE, "", "", 12, 100, 0, 0));
        assertAllocatesNothing(() ->
        {
            give(send);
            giveReport(accepted, false);
            give(replace);
            giveReport(replaced, true);
            giveReport(filled, true);
        });
    }

    @Test
    void shouldAllocateNothingForOrderCancelRejects()
    {
        obedient();
        final int send = tape((s) -> s.trade(SEND));
        final int accepted = tape((s) -> s.report(ExecType.NEW, "", "", 0, 0, 10, 0));
        final int cancel = tape((s) -> s.trade(CANCEL));
        final int noCancel = tape((s) -> s.reject("", "", CxlRejResponseTo.CANCEL_REQUEST));
        final int replace = tape((s) -> s.trade(REPLACE));
        final int noReplace = tape((s) -> s.reject("", "", CxlRejResponseTo.REPLACE_REQUEST));
        final int expired = tape((s) -> s.report(ExecType.EXPIRED, "", "", 0, 0, 0, 0));
        assertAllocatesNothing(() ->
        {
            give(send);
            giveReport(accepted, false);
            give(cancel);
            giveReport(noCancel, true);
            give(replace);
            giveReport(noReplace, true);
            giveReport(expired, false);
        });
    }

    @Test
    void shouldAllocateNothingForACancelThatIsSentAgain()
    {
        obedient();
        final int send = tape((s) -> s.trade(SEND));
        final int accepted = tape((s) -> s.report(ExecType.NEW, "", "", 0, 0, 10, 0));
        final int cancel = tape((s) -> s.give(OperatorSays.cancelAll(0, Nulls.NULL_INSTRUMENT_ID)));
        final int noCancel = tape((s) -> s.reject("", "", CxlRejResponseTo.CANCEL_REQUEST));
        final int wishes = tape((s) -> s.timer(TimerIds.WISHES, 0));
        final int canceled = tape((s) -> s.report(ExecType.CANCELED, "", "", 0, 0, 0, 0));
        final int deadlineAt = records.offset(wishes) + RecordDescriptor.BODY_OFFSET +
            TimerFiredDecoder.deadlineNsEncodingOffset();
        final long before = port.decisions;
        assertAllocatesNothing(() ->
        {
            give(send);
            giveReport(accepted, false);
            give(cancel);
            giveReport(noCancel, true);
            records.buffer().putLong(deadlineAt, nowNs + FIRST_RETRY_NS);
            give(wishes);
            giveReport(canceled, true);
        });
        // A cause, an order, a cancel with its answer, a timer, a cancel: each time.
        assertThat(port.decisions - before).isGreaterThanOrEqualTo(6L * RUNS * CYCLES);
    }

    @Test
    void shouldAllocateNothingForExecutionsOutOfPlace()
    {
        obedient();
        final int send = tape((s) -> s.trade(SEND));
        final int all = tape((s) -> s.report(ExecType.TRADE, "", "", 10, 100, 0, 1));
        assertAllocatesNothing(() ->
        {
            give(send);
            giveReport(all, false);
            giveReport(all, false);
        });
        assertThat(core.executionsOutOfPlace()).isGreaterThan(RUNS * CYCLES);
    }

    @Test
    void shouldAllocateNothingForWhatASourceMayNotSend()
    {
        obedient();
        setUp((s) -> s.giveAsNode(NodeSays.sources(5, 5, SourceRole.FEED)));
        assertTapeAllocatesNothing((s) -> s.source(9).trade(SEND).source(5).mode(TradingMode.HALTED));
        assertThat(core.refusedInputs()).isGreaterThan(RUNS * CYCLES);
    }

    @Test
    void shouldAllocateNothingForWhatAnOperatorDoesByHand()
    {
        obedient();
        final int order = tape((s) -> s.give(OperatorSays.limitOrder(1, 0, Side.BUY, 10, 100)));
        final int filled = tape((s) -> s.report(ExecType.TRADE, "", "", 10, 100, 0, 0));
        final int transfer = tape((s) -> s.give(OperatorSays.transfer(0, 1, 0, 10)));
        final int flatten = tape((s) -> s.give(OperatorSays.flatten(0, 0)));
        assertAllocatesNothing(() ->
        {
            give(order);
            giveReport(filled, false);
            give(transfer);
            give(flatten);
            giveReport(filled, false);
        });
        assertThat(core.position(0).netLots()).isZero();
        assertThat(core.position(0).fills()).isGreaterThan(RUNS * CYCLES);
    }

    /** Behind the first of its client: by weight and by name, scaled to the budget, repeated, and of what is not known. */
    @Test
    void shouldAllocateNothingForSignals()
    {
        setUp((s) -> s.define(CoreScenario.LINEAR).snapshot(100, "100x10", "101x10")
            .give(OperatorSays.instanceWith(1, "größe", SignalTaker.NAME, 0, "answer=3", "scales=1"))
            .give(OperatorSays.instanceWith(2, "b", SignalTaker.NAME, 0, "answer=1"))
            .give(OperatorSays.capital(1, 1_000)));
        final int byWeight = tape((s) -> s.give(SignalSays.signal(0).quoteAmount("100000")));
        final int byName = tape((s) -> s.give(SignalSays.signal(0).quantity("1000").model("größe")));
        final int ofUnknown = tape((s) -> s.give(SignalSays.signal(0).quantity("1").symbol("NONE")));
        assertAllocatesNothing(() ->
        {
            give(numbered(byWeight));
            give(byWeight);
            give(numbered(byName));
            give(numbered(ofUnknown));
        });
        assertThat(core.signalClients().get(0).answered()).isGreaterThan(3L * RUNS * CYCLES);
        assertThat(core.signalClients().get(0).refusedAgain()).isGreaterThan((long)RUNS * CYCLES);
        assertThat(core.instances().find(1).signals().taken()).isGreaterThan((long)RUNS * CYCLES);
    }

    /** Gives the signal the next counter. */
    private int numbered(final int index)
    {
        signals++;
        records.buffer().putLong(records.offset(index) + RecordDescriptor.BODY_OFFSET +
            SignalDecoder.counterEncodingOffset(), signals, ByteOrder.LITTLE_ENDIAN);
        return index;
    }

    @Test
    void shouldAllocateNothingForSeveralInstancesAndLegs()
    {
        setUp((s) -> s.define(CoreScenario.LINEAR).snapshot(100, "100x10", "101x10").define(CoreScenario.LINEAR)
            .snapshot(100, "100x10", "101x10").on(0).give(OperatorSays.instance(1, "one", "restless", 0))
            .give(OperatorSays.instance(2, "two", CoreScenario.CROSSING, 0))
            .give(OperatorSays.instance(3, "pair", "restless", 0, 1)).mode(TradingMode.HALTED));
        assertTapeAllocatesNothing((s) -> s.on(0).trades(100, 101).on(1).trades(100, 101));
        assertThat(core.instances().count()).isEqualTo(4);
    }

    @Test
    void shouldAllocateNothingForAStateHash()
    {
        crossing("fast=2", "slow=50");
        final int trade = tape((s) -> s.trade(100));
        assertAllocatesNothing(() ->
        {
            give(trade);
            core.stateHash();
        });
    }

    /** That the tests above can fail: an assignment makes a strategy. */
    @Test
    void shouldSeeWhatAnAssignmentAllocates()
    {
        obedient();
        final int assign = tape((s) -> s.assign("obedient"));

        assertThat(leastAllocated(() -> give(assign))).isGreaterThan(CYCLES * 16L);
    }
}
