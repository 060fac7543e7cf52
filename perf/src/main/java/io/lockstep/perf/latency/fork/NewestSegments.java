package io.lockstep.perf.latency.fork;

import io.lockstep.codecs.Nulls;
import io.lockstep.sequencer.journal.JournalPosition;
import io.lockstep.sequencer.journal.NodeDirectory;
import io.lockstep.sequencer.journal.Retention;
import io.lockstep.sequencer.journal.SegmentId;
import org.agrona.concurrent.Agent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Removes what the journals of a measurement no longer need, so that one can write for longer than there is memory: all segments
 * but the newest. A node that ran as long would do the same behind its snapshots.
 */
final class NewestSegments implements Agent
{
    /** One that is written, one that is ready, one that is being closed. */
    private static final int KEPT = 3;

    private final List<NodeDirectory> directories;

    NewestSegments(final List<NodeDirectory> directories)
    {
        this.directories = directories;
    }

    @Override
    public int doWork()
    {
        directories.forEach(NewestSegments::remove);
        return 0;
    }

    private static void remove(final NodeDirectory directory)
    {
        final List<SegmentId> segments = directory.segments();
        if (segments.size() > KEPT)
        {
            final SegmentId oldest = segments.get(segments.size() - KEPT);
            try
            {
                Retention.apply(directory, start(oldest), 0);
            }
            catch (final IOException ex)
            {
                throw new UncheckedIOException(ex);
            }
        }
    }

    private static JournalPosition start(final SegmentId segment)
    {
        return new JournalPosition(
            segment.incarnation(), segment.segment(), 0, 0, 0, 0, Nulls.NULL_SEQUENCE, 0, false);
    }

    @Override
    public String roleName()
    {
        return "latency-retention";
    }
}
