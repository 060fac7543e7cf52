package io.lockstep.perf.gate;

import com.sun.management.ThreadMXBean;
import io.lockstep.perf.work.Work;

import java.lang.management.ManagementFactory;
import java.util.Arrays;

/**
 * How many times as long a step takes as a step of the kernel: both in turns of a millisecond or so, in processor time of the
 * thread, each turn beside the other's. Whatever slows the machine for longer than that slows both.
 */
final class PairedRatio
{
    private static final ThreadMXBean THREADS = (ThreadMXBean)ManagementFactory.getThreadMXBean();
    private static final long WARM_UP_NS = 250_000_000L;
    private static final long TURN_NS = 1_500_000L;
    private static final int BATCH = 64;
    private static final int PAIRS = 101;

    private final Work kernel;
    private final Work part;
    private long sink;

    PairedRatio(final Work kernel, final Work part)
    {
        this.kernel = kernel;
        this.part = part;
    }

    /** Median of the pairs. */
    double measure()
    {
        final int kernelBatches = batchesOfATurn(kernel);
        final int partBatches = batchesOfATurn(part);
        final double[] ratios = new double[PAIRS];
        for (int i = 0; i < PAIRS; i++)
        {
            // Who goes first alternates.
            final double first = (i & 1) == 0 ? stepNs(kernel, kernelBatches) : stepNs(part, partBatches);
            final double second = (i & 1) == 0 ? stepNs(part, partBatches) : stepNs(kernel, kernelBatches);
            ratios[i] = (i & 1) == 0 ? second / first : first / second;
        }
        Arrays.sort(ratios);
        return ratios[PAIRS / 2];
    }

    private int batchesOfATurn(final Work work)
    {
        int batches = 0;
        final long startNs = THREADS.getCurrentThreadCpuTime();
        while (THREADS.getCurrentThreadCpuTime() - startNs < WARM_UP_NS)
        {
            batch(work);
        }
        final long measuredNs = THREADS.getCurrentThreadCpuTime();
        while (THREADS.getCurrentThreadCpuTime() - measuredNs < TURN_NS)
        {
            batch(work);
            batches++;
        }
        return batches;
    }

    private double stepNs(final Work work, final int batches)
    {
        final long startNs = THREADS.getCurrentThreadCpuTime();
        for (int i = 0; i < batches; i++)
        {
            batch(work);
        }
        return (double)(THREADS.getCurrentThreadCpuTime() - startNs) / batches / BATCH;
    }

    private void batch(final Work work)
    {
        for (int i = 0; i < BATCH; i++)
        {
            sink += work.step();
        }
    }

    /** Depends on all steps. */
    long sink()
    {
        return sink;
    }
}
