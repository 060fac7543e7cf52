package io.lockstep.journal.verify;

import io.lockstep.journal.read.NodeConfiguration;
import io.lockstep.sequencer.archive.ArchivedDirectory;
import io.lockstep.sequencer.config.ArchiveContext;
import io.lockstep.sequencer.config.ConfigurationException;
import io.lockstep.sequencer.config.NodeContext;
import io.lockstep.sequencer.counters.NodeCounters;
import io.lockstep.sequencer.journal.JournalReader;
import io.lockstep.sequencer.journal.NodeDirectory;
import io.lockstep.sequencer.snapshot.SnapshotDirectory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What lies beside a journal and says how far it once went: snapshots, the node's counters, a copy of it. A journal whose newest segments were removed is whole in itself; these know better.
 * <p>
 * They are looked at before the journal is read, for a running node adds to both, to the journal first.
 */
final class JournalWitnesses
{
    private final NodeDirectory directory;
    private final List<Path> snapshots;
    private final long counted;

    JournalWitnesses(final NodeDirectory directory)
    {
        this.directory = directory;
        counted = counted(directory);
        snapshots = new SnapshotDirectory(directory.snapshots()).newestFirst();
    }

    /** 0 where there are no counters, or where an operator has cut the journal since they were written. */
    private static long counted(final NodeDirectory directory)
    {
        if (!Files.exists(directory.counters()) || Files.exists(directory.tailCut()))
        {
            return 0;
        }
        try
        {
            return NodeCounters.read(directory.counters()).getOrDefault("lastSequence", 0L);
        }
        catch (final IllegalArgumentException ex)
        {
            // Counters of another version say nothing.
            return 0;
        }
    }

    /**
     * What the journal lacks.
     *
     * @param reader at the journal's end.
     * @return null when nothing here knows more than the journal.
     */
    String problem(final JournalReader reader)
    {
        final long lastSequence = reader.lastSequence();
        if (!snapshots.isEmpty() && SnapshotDirectory.sequence(snapshots.get(0)) > lastSequence)
        {
            return "the journal ends at sequence=" + lastSequence + ", and a snapshot is later: " + snapshots.get(0) +
                ": the journal's newest segments are missing";
        }
        if (counted > lastSequence)
        {
            return "the journal ends at sequence=" + lastSequence + ", and the node's counters were at lastSequence=" +
                counted + ": " + directory.counters() + ": the journal's newest records are missing";
        }
        return conflict();
    }

    /** The copy that the node's own configuration names, and the mark of a directory that is a copy itself. */
    private String conflict()
    {
        try
        {
            final String own = new ArchivedDirectory(directory.path()).conflict(directory);
            if (own != null)
            {
                return "the mark of this copy " + own;
            }
            final Path archive = archive();
            final String conflict = archive == null || !Files.isDirectory(archive)
                ? null
                : new ArchivedDirectory(archive).conflict(directory);
            return conflict == null ? null : "archive.directory=" + archive + " " + conflict;
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    private Path archive()
    {
        try
        {
            return NodeConfiguration.of(directory.path()).map(NodeContext::archive).filter(ArchiveContext::isEnabled)
                .map(ArchiveContext::directory).orElse(null);
        }
        catch (final ConfigurationException ex)
        {
            // One of another version names no copy that could be looked at.
            return null;
        }
    }
}
