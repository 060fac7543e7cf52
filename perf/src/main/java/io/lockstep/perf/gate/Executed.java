package io.lockstep.perf.gate;

/**
 * Bytecodes executed by the classes that {@link CountingLoader} has rewritten. One thread.
 */
public final class Executed
{
    private static long count;

    private Executed()
    {
    }

    /** Called by rewritten code. */
    public static void add(final int bytecodes)
    {
        count += bytecodes;
    }

    public static long count()
    {
        return count;
    }
}
