package io.lockstep.perf.jmh;

import io.lockstep.perf.work.ChainWork;
import io.lockstep.sbe.LimitType;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The chain of rules with one of them set, with none and with all.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class RuleBenchmark
{
    private static final String NONE = "none";
    private static final String ALL = "all";

    /** State of {@link #rule}. */
    @State(Scope.Thread)
    public static class RuleState
    {
        @Param({NONE, "MAX_ORDER_QUANTITY", "MIN_ORDER_QUANTITY", "MAX_ORDER_NOTIONAL", "MIN_ORDER_NOTIONAL",
            "MAX_POSITION_QUANTITY", "MAX_POSITION_NOTIONAL", "MAX_LONG_POSITION", "MAX_SHORT_POSITION",
            "MAX_NET_EXPOSURE", "MAX_GROSS_EXPOSURE", "MAX_CURRENCY_EXPOSURE", "MAX_OPEN_ORDERS",
            "MAX_ORDERS_PER_SECOND", "MAX_CANCELS_PER_SECOND", "MAX_ORDER_TO_TRADE_RATIO", "PRICE_COLLAR_BPS",
            "PRICE_COLLAR_TICKS", "MAX_MARKET_DATA_AGE_MS", "DUPLICATE_WINDOW_MS", "SELF_TRADE", "SHORT_SELLING",
            "BALANCE", ALL})
        private String rule;

        private ChainWork work;

        /** Makes the rules. */
        @Setup
        public void make()
        {
            work = switch (rule)
            {
                case NONE -> new ChainWork(List.of());
                case ALL -> new ChainWork();
                default -> new ChainWork(List.of(LimitType.valueOf(rule)));
            };
        }
    }

    @Benchmark
    public long rule(final RuleState state)
    {
        return state.work.step();
    }
}
