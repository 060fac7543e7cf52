package io.lockstep.perf.jmh;

import io.lockstep.perf.work.ExecutionWork;
import io.lockstep.perf.work.MarketWork;
import io.lockstep.perf.work.OrderCycleWork;
import io.lockstep.perf.work.TimerWork;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import java.util.concurrent.TimeUnit;

/**
 * The whole core, dispatch to decisions, by the kind of input. Book updates have {@link BookUpdateBenchmark}.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class EventBenchmark
{
    /** State of {@link #dispatch}. */
    @State(Scope.Thread)
    public static class DispatchState
    {
        private final MarketWork work = MarketWork.dispatch();
    }

    /** State of {@link #quote}. */
    @State(Scope.Thread)
    public static class QuoteState
    {
        private final MarketWork work = MarketWork.quotes();
    }

    /** State of {@link #quoteWith1000Held}. */
    @State(Scope.Thread)
    public static class HeldState
    {
        private final MarketWork work = MarketWork.quotesHolding(1_000);
    }

    /** State of {@link #trade}. */
    @State(Scope.Thread)
    public static class TradeState
    {
        private final MarketWork work = MarketWork.trades();
    }

    /** State of {@link #bar}. */
    @State(Scope.Thread)
    public static class BarState
    {
        private final MarketWork work = MarketWork.bars();
    }

    /** State of {@link #executionReport}. */
    @State(Scope.Thread)
    public static class ExecutionReportState
    {
        private final ExecutionWork work = new ExecutionWork();
    }

    /** State of {@link #timer}. */
    @State(Scope.Thread)
    public static class TimerState
    {
        private final TimerWork work = new TimerWork();
    }

    /** State of {@link #command}. */
    @State(Scope.Thread)
    public static class CommandState
    {
        private final MarketWork work = MarketWork.commands();
    }

    /** State of {@link #orderCycle}. */
    @State(Scope.Thread)
    public static class OrderCycleState
    {
        private final OrderCycleWork work = new OrderCycleWork();
    }

    @Benchmark
    public long dispatch(final DispatchState state)
    {
        return state.work.step();
    }

    @Benchmark
    public long quote(final QuoteState state)
    {
        return state.work.step();
    }

    @Benchmark
    public long quoteWith1000Held(final HeldState state)
    {
        return state.work.step();
    }

    @Benchmark
    public long trade(final TradeState state)
    {
        return state.work.step();
    }

    @Benchmark
    public long bar(final BarState state)
    {
        return state.work.step();
    }

    @Benchmark
    public long executionReport(final ExecutionReportState state)
    {
        return state.work.step();
    }

    @Benchmark
    public long timer(final TimerState state)
    {
        return state.work.step();
    }

    @Benchmark
    public long command(final CommandState state)
    {
        return state.work.step();
    }

    @Benchmark
    public long orderCycle(final OrderCycleState state)
    {
        return state.work.step();
    }
}
