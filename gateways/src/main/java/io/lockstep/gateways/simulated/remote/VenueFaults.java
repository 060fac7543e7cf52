package io.lockstep.gateways.simulated.remote;

/**
 * What goes wrong between a simulated venue and its client, drawn from a seed.
 *
 * @param seed              draws delays and losses.
 * @param requestDelayMaxNs the longest that the venue holds a request before it acts on it or knows it; that of a session which
 *                          has ended meanwhile too.
 * @param reportDelayMaxNs  the longest that a report waits before it leaves; it is lost when the session ends before.
 * @param dropPpm           in parts per million, how often the session is ended in place of a report.
 */
public record VenueFaults(long seed, long requestDelayMaxNs, long reportDelayMaxNs, int dropPpm)
{
    static final int PARTS_PER_MILLION = 1_000_000;

    /** Nothing goes wrong. */
    public static final VenueFaults NONE = new VenueFaults(1, 0, 0, 0);

    public VenueFaults
    {
        if (requestDelayMaxNs < 0 || reportDelayMaxNs < 0 || dropPpm < 0 || dropPpm > PARTS_PER_MILLION)
        {
            throw new IllegalArgumentException("requestDelayMaxNs=" + requestDelayMaxNs + " reportDelayMaxNs=" +
                reportDelayMaxNs + " dropPpm=" + dropPpm +
                ": expected none below 0 and no more than a million parts");
        }
    }
}
