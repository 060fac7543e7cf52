package io.lockstep.journal.read;

import io.lockstep.sequencer.journal.JournalPosition;
import io.lockstep.sequencer.journal.JournalReader;
import io.lockstep.sequencer.journal.NodeDirectory;
import io.lockstep.sequencer.journal.SegmentId;
import io.lockstep.sequencer.snapshot.Snapshot;
import io.lockstep.sequencer.snapshot.SnapshotDirectory;
import io.lockstep.sequencer.snapshot.SnapshotException;

import java.nio.file.Path;
import java.util.List;

/**
 * Where a journal can be read from: its start, or, when retention has removed that, behind its oldest snapshot.
 */
public final class JournalStart
{
    private JournalStart()
    {
    }

    public static JournalReader open(final NodeDirectory directory)
    {
        return new JournalReader(directory, position(directory));
    }

    public static JournalPosition position(final NodeDirectory directory)
    {
        final List<SegmentId> segments = directory.segments();
        if (segments.isEmpty() || segments.get(0).equals(SegmentId.first(1)))
        {
            return JournalPosition.START;
        }
        return oldest(directory);
    }

    /** One that is damaged is passed over: what is read is checked from the next on. */
    private static JournalPosition oldest(final NodeDirectory directory)
    {
        final List<Path> newestFirst = new SnapshotDirectory(directory.snapshots()).newestFirst();
        for (int i = newestFirst.size() - 1; i >= 0; i--)
        {
            try
            {
                return Snapshot.read(newestFirst.get(i)).position();
            }
            catch (final SnapshotException ex)
            {
                // The one behind it may do.
            }
        }
        return JournalPosition.START;
    }
}
