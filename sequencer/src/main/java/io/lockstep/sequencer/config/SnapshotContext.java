package io.lockstep.sequencer.config;

import java.util.concurrent.TimeUnit;

/**
 * How a node's follower takes snapshots; the section {@code snapshot} of the configuration.
 *
 * @param enabled     whether there is a follower.
 * @param everyInputs inputs between two snapshots.
 * @param intervalNs  and the longest time between two while inputs come.
 * @param keep        snapshots that are kept, the newest.
 */
public record SnapshotContext(boolean enabled, long everyInputs, long intervalNs, int keep)
{
    private static final int KEEP_DEFAULT = 3;
    private static final int KEEP_MAX = 1_000;
    private static final long EVERY_INPUTS_DEFAULT = 1_000_000;
    private static final long INTERVAL_MIN_NS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long INTERVAL_DEFAULT_NS = TimeUnit.SECONDS.toNanos(60);

    /** For a node whose configuration says nothing of snapshots. */
    public static final SnapshotContext DEFAULT = new SnapshotContext(
        true, EVERY_INPUTS_DEFAULT, INTERVAL_DEFAULT_NS, KEEP_DEFAULT);

    static SnapshotContext read(final YamlSection section)
    {
        final SnapshotContext context = new SnapshotContext(
            section.flag("enabled", true),
            section.whole("everyInputs", EVERY_INPUTS_DEFAULT, 1, Long.MAX_VALUE),
            section.durationNs("interval", INTERVAL_DEFAULT_NS, INTERVAL_MIN_NS, Long.MAX_VALUE),
            (int)section.whole("keep", KEEP_DEFAULT, 1, KEEP_MAX));
        section.refuseUnknown();
        return context;
    }
}
