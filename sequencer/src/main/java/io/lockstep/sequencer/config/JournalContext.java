package io.lockstep.sequencer.config;

import java.util.concurrent.TimeUnit;

/**
 * How the journal is kept on disk; {@code lockstep config --example node} documents each key.
 *
 * @param segmentSizeBytes   a segment grows no larger.
 * @param segmentDurationNs  a segment is written for no longer, 0 for no bound.
 * @param reserveAheadBytes  disk space held ahead of the writer.
 * @param touchAheadBytes    memory made present and writable ahead of the writer, where space is held; 0 for none.
 * @param minFreeSpaceBytes  less on the disk than this is an alert.
 * @param durability         what is done before a decision leaves.
 * @param syncIntervalNs     between two syncs, for {@link Durability#SYNC_INTERVAL}.
 * @param retainSegments     how many segments to keep before what the oldest snapshot needs, or {@link #RETAIN_ALL}.
 */
public record JournalContext(
    long segmentSizeBytes,
    long segmentDurationNs,
    long reserveAheadBytes,
    long touchAheadBytes,
    long minFreeSpaceBytes,
    Durability durability,
    long syncIntervalNs,
    int retainSegments)
{
    public static final int RETAIN_ALL = -1;
    public static final long SEGMENT_SIZE_MIN_BYTES = 1L << 20;

    private static final long MEBIBYTE = 1L << 20;

    /** What an absent section means. */
    public static final JournalContext DEFAULT = new JournalContext(256 * MEBIBYTE, 0, 32 * MEBIBYTE, 16 * MEBIBYTE,
        256 * MEBIBYTE, Durability.MAPPED, TimeUnit.MILLISECONDS.toNanos(10), RETAIN_ALL);

    /** Reads the section and refuses keys it does not know. */
    static JournalContext read(final YamlSection section)
    {
        final JournalContext context = new JournalContext(
            section.bytes("segmentSize", DEFAULT.segmentSizeBytes, SEGMENT_SIZE_MIN_BYTES, 1L << 40),
            section.durationNs("segmentDuration", DEFAULT.segmentDurationNs, 0, Long.MAX_VALUE),
            section.bytes("reserveAhead", DEFAULT.reserveAheadBytes, MEBIBYTE / 2, 1L << 32),
            section.bytes("touchAhead", DEFAULT.touchAheadBytes, 0, 1L << 32),
            section.bytes("minFreeSpace", DEFAULT.minFreeSpaceBytes, 0, Long.MAX_VALUE),
            section.constant("durability", Durability.class, DEFAULT.durability),
            section.durationNs("syncInterval", DEFAULT.syncIntervalNs, TimeUnit.MILLISECONDS.toNanos(1),
                TimeUnit.MINUTES.toNanos(1)),
            (int)section.whole("retainSegments", RETAIN_ALL, RETAIN_ALL, 1_000_000));
        section.refuseUnknown();
        return context;
    }

    /** The same with little space reserved, for runs that are short. */
    public JournalContext withReserveAhead(final long newReserveAheadBytes)
    {
        return new JournalContext(segmentSizeBytes, segmentDurationNs, newReserveAheadBytes, touchAheadBytes,
            minFreeSpaceBytes, durability, syncIntervalNs, retainSegments);
    }

    /** The same with other pages touched ahead. */
    public JournalContext withTouchAhead(final long newTouchAheadBytes)
    {
        return new JournalContext(segmentSizeBytes, segmentDurationNs, reserveAheadBytes, newTouchAheadBytes,
            minFreeSpaceBytes, durability, syncIntervalNs, retainSegments);
    }
}
