package io.lockstep.sequencer.journal;

import io.lockstep.sequencer.config.Durability;
import io.lockstep.sequencer.config.JournalContext;

import java.io.IOException;

/**
 * Keeps space reserved and pages touched ahead of a segment's writer. Both come in steps, so that a loop which has caught up waits
 * for one step and no more. For the keeper's thread.
 */
final class SegmentPreparation
{
    /** Reserved and touched in one go: a fraction of a millisecond in memory. */
    private static final long STEP_LENGTH = 1L << 20;
    /** What is touched anew before the writer. */
    private static final long NEAR_LENGTH = 1L << 20;

    private final JournalContext context;
    private final SpaceReserver reserver;
    private final PageToucher toucher;
    private final long touchAheadBytes;

    SegmentPreparation(final JournalContext context, final SpaceReserver reserver, final PageToucher toucher)
    {
        this.context = context;
        this.reserver = reserver;
        this.toucher = toucher;
        // A sync would write the touched pages, empty as they are, and protect them again.
        touchAheadBytes = context.durability() == Durability.MAPPED ? context.touchAheadBytes() : 0;
    }

    /** Does what is due, a step of it. Returns 0 when nothing was. */
    int advance(final JournalSegment segment) throws IOException
    {
        final int work = reserve(segment);
        // A writer that is close behind needs space rather than pages: it may have to wait for the one and not for the other.
        return work > 0 && isClose(segment) ? work : work + touch(segment);
    }

    private boolean isClose(final JournalSegment segment)
    {
        return segment.reservedLengthAcquire() - segment.positionAcquire() < context.reserveAheadBytes() / 4;
    }

    private int reserve(final JournalSegment segment) throws IOException
    {
        final long reserved = segment.reservedLengthAcquire();
        final long ahead = Math.min(segment.positionAcquire() + context.reserveAheadBytes(),
            context.segmentSizeBytes());
        final long wanted = segment.wantedLengthAcquire();
        final boolean isDue = ahead - reserved >= STEP_LENGTH || ahead == context.segmentSizeBytes() ||
            ahead - reserved >= context.reserveAheadBytes() / 2;
        final long target = Math.max(wanted, isDue ? Math.min(ahead, reserved + STEP_LENGTH) : 0);
        if (target <= reserved)
        {
            return 0;
        }
        try
        {
            reserver.reserve(segment.queue().file(), reserved, target - reserved);
        }
        catch (final IOException ex)
        {
            throw new IOException(
                "disk full: file=" + segment.queue().file() + " wantedBytes=" + (target - reserved) + ": "
                    + ex.getMessage(),
                ex);
        }
        segment.reservedLengthRelease(target);
        return 1;
    }

    /** Only where space is reserved. */
    private int touch(final JournalSegment segment)
    {
        final long position = segment.positionAcquire();
        final long from = Math.max(position, segment.touchedLength());
        final long target = Math.min(position + touchAheadBytes, segment.reservedLengthAcquire()) &
            -PageToucher.PAGE_LENGTH;
        final boolean isDue = target - from >= Math.min(STEP_LENGTH, touchAheadBytes) / 2 ||
            target >= context.segmentSizeBytes() - PageToucher.PAGE_LENGTH;
        if (!isDue || target <= from)
        {
            return 0;
        }
        final long to = Math.min(target, from + STEP_LENGTH);
        toucher.touch(segment.queue().addressOffset(), from, to);
        segment.touchedLength(to);
        return 1;
    }

    /** Makes the next pages writable again, which the system has written back and protected meanwhile. */
    void touchNear(final JournalSegment segment)
    {
        final long position = segment.positionAcquire();
        toucher.touch(segment.queue().addressOffset(), position,
            Math.min(position + NEAR_LENGTH, segment.touchedLength()));
    }
}
