package io.lockstep.sequencer.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Goes over the documents of a segment that may still be written, to see how far they reach. One thread, no allocation.
 */
public final class SegmentWalk implements AutoCloseable
{
    private final Path file;
    private final QueueFile documents;
    private long end;

    private SegmentWalk(final Path file, final QueueFile documents, final long from)
    {
        this.file = file;
        this.documents = documents;
        this.end = from;
    }

    /**
     * @param from where a document ended, or 0.
     * @return null when there is no file yet.
     * @throws SegmentDamagedException when it cannot be a queue of ours, or does not reach so far.
     */
    public static SegmentWalk open(final Path segment, final long from)
    {
        final QueueFile documents = QueueFile.open(segment);
        if (documents == null)
        {
            return null;
        }
        if (!documents.seek(from))
        {
            documents.close();
            throw new SegmentDamagedException("segment=" + segment + ": expected more than " + from + " bytes");
        }
        return new SegmentWalk(file(segment), documents, from);
    }

    /** Of a segment's documents, in its directory. */
    public static Path file(final Path segment)
    {
        try (Stream<Path> entries = Files.list(segment))
        {
            final List<Path> files = entries
                .filter((entry) -> entry.toString().endsWith(QueueFileDescriptor.FILE_SUFFIX)).toList();
            return files.size() == 1 ? files.get(0) : null;
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    /**
     * Goes on to the last complete document there is now.
     *
     * @return where it ends in the file; where the walk began when there was none.
     */
    public long advance()
    {
        while (documents.next())
        {
            end = documents.end();
        }
        return end;
    }

    /** Where the last document ends that was seen. */
    public long end()
    {
        return end;
    }

    public Path file()
    {
        return file;
    }

    @Override
    public void close()
    {
        documents.close();
    }
}
