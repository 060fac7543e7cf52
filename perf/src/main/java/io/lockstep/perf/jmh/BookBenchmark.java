package io.lockstep.perf.jmh;

import io.lockstep.perf.work.BookWork;
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

import java.util.concurrent.TimeUnit;

/**
 * A change of a level in the book, by the depth of the book and of the change.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@State(Scope.Thread)
public class BookBenchmark
{
    @Param({"20", "1000"})
    private int levels;

    @Param
    private BookWork.Place place;

    private BookWork work;

    /** Makes it. */
    @Setup
    public void setup()
    {
        work = new BookWork(levels, place);
    }

    @Benchmark
    public long change()
    {
        return work.step();
    }
}
