package io.lockstep.perf.latency.path;

import java.util.function.BooleanSupplier;

/**
 * A loop that has the loop thread for as long as it is wanted. Each has its own method to run in, so that each is compiled
 * with what it calls.
 */
interface PathLoop
{
    void run(BooleanSupplier isWanted);
}
