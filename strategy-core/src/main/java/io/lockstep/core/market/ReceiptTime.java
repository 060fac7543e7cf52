package io.lockstep.core.market;

/**
 * From when market data is, in sequenced time: when its gateway received it, less the delay that the gateway has measured from
 * the venue to itself. Both come with the input, so a replay decides alike. The venue's own clock is not asked, for it may be
 * seconds off.
 */
public final class ReceiptTime
{
    private ReceiptTime()
    {
    }

    /**
     * Nanoseconds. A gateway whose clock is ahead of sequenced time, and a delay below 0, are no credit: such data is as old as
     * if it had been received now, or without delay.
     *
     * @param gatewayTimeNs of the record; 0 where the gateway gives none, then it counts as received now.
     * @param feedDelayNs   of the message, null (which is below 0) where it is not known.
     * @param nowNs         sequenced time of the input.
     */
    public static long of(final long gatewayTimeNs, final long feedDelayNs, final long nowNs)
    {
        final long receivedNs = gatewayTimeNs <= 0 ? nowNs : Math.min(gatewayTimeNs, nowNs);
        return feedDelayNs > 0 ? Math.max(0, receivedNs - feedDelayNs) : receivedNs;
    }
}
