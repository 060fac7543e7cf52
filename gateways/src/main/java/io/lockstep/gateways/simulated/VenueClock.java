package io.lockstep.gateways.simulated;

/** The venue's time, in nanoseconds: the largest it was given. It never goes back. */
final class VenueClock
{
    private long nowNs;

    long nowNs()
    {
        return nowNs;
    }

    void advanceTo(final long timeNs)
    {
        nowNs = Math.max(nowNs, timeNs);
    }
}
