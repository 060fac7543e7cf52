package io.lockstep.perf.work;

/**
 * One hot part. One thread; a step allocates nothing.
 */
public interface Work
{
    /**
     * Does it once.
     *
     * @return something that depends on all that was done, so that none of it can be left out.
     */
    long step();
}
