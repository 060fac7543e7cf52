package io.lockstep.verification.crash;

import io.lockstep.sequencer.journal.NodeDirectory;
import io.lockstep.sequencer.journal.SegmentId;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/**
 * Keeps a journal from whose beginning the node removes segments: a link to each file of each segment, made while it is there.
 * What the node writes to a file is in the link as well, for they are one file.
 */
public final class WholeJournal
{
    private final NodeDirectory node;
    private final NodeDirectory whole;
    private final Set<SegmentId> linked = new HashSet<>();

    /**
     * @param node  whose journal is kept.
     * @param whole where, on the same file system.
     */
    public WholeJournal(final NodeDirectory node, final NodeDirectory whole)
    {
        this.node = node;
        this.whole = whole;
    }

    /** The node's journal as if nothing had been removed, and nothing else of it. */
    public NodeDirectory directory()
    {
        return whole;
    }

    /** Links what is new. To be called often enough that no segment comes and goes in between. */
    public void collect()
    {
        for (final SegmentId segment : node.segments())
        {
            if (linked.add(segment))
            {
                link(segment);
            }
        }
    }

    private void link(final SegmentId segment)
    {
        try
        {
            Files.createDirectories(whole.segment(segment));
            try (DirectoryStream<Path> files = Files.newDirectoryStream(node.segment(segment)))
            {
                for (final Path file : files)
                {
                    Files.createLink(whole.segment(segment).resolve(file.getFileName()), file);
                }
            }
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException("segment=" + segment + ": expected to be there to be linked: " + ex, ex);
        }
    }
}
