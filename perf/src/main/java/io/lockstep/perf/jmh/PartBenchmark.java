package io.lockstep.perf.jmh;

import io.lockstep.perf.work.AverageWork;
import io.lockstep.perf.work.RiskWork;
import io.lockstep.perf.work.TransitionWork;
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
 * Parts of the core by themselves.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class PartBenchmark
{
    /** State of {@link #averages}. */
    @State(Scope.Thread)
    public static class AveragesState
    {
        private final AverageWork work = new AverageWork();
    }

    /** State of {@link #transition}. */
    @State(Scope.Thread)
    public static class TransitionState
    {
        private final TransitionWork work = new TransitionWork();
    }

    /** State of {@link #risk}. */
    @State(Scope.Thread)
    public static class RiskState
    {
        private final RiskWork work = new RiskWork();
    }

    @Benchmark
    public long averages(final AveragesState state)
    {
        return state.work.step();
    }

    @Benchmark
    public long transition(final TransitionState state)
    {
        return state.work.step();
    }

    @Benchmark
    public long risk(final RiskState state)
    {
        return state.work.step();
    }
}
