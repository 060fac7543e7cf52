package io.lockstep.sequencer.journal;

import org.agrona.BitUtil;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * Ends a journal behind a document. Every file that is touched is kept, as it was, in a directory beside the journal; nothing is
 * deleted. Until the last step, which is one rename, a start refuses the journal as before, so a cut that was interrupted is
 * made again.
 * <p>
 * Incarnations of which nothing stays keep their empty directories: their numbers are in ClOrdIDs that may have left, and are
 * not given twice.
 */
public final class TailCut
{
    private static final String ASIDE_PREFIX = "cut-";
    private static final String NEW_SUFFIX = ".cut";
    /** What {@link QueueFile} wants behind the last document, and more. */
    private static final long ROOM_LENGTH = 1 << 16;

    private final NodeDirectory directory;
    private final JournalPosition kept;

    /**
     * @param kept the last document that stays; not the start.
     */
    public TailCut(final NodeDirectory directory, final JournalPosition kept)
    {
        this.directory = directory;
        this.kept = kept;
    }

    /** What the journal loses. */
    public LostRecords lost() throws IOException
    {
        LostRecords lost = behind();
        for (final SegmentId segment : dropped())
        {
            final Path file = file(segment);
            lost = file == null ? lost : lost.plus(LostRecords.scan(file, 0));
        }
        return lost;
    }

    private LostRecords behind() throws IOException
    {
        return LostRecords.scan(file(kept.segmentId()), end());
    }

    /** Segments that go as a whole. */
    private List<SegmentId> dropped()
    {
        return directory.segments().stream().filter((segment) -> segment.compareTo(kept.segmentId()) > 0).toList();
    }

    private Path file(final SegmentId segment) throws IOException
    {
        try (Stream<Path> entries = Files.list(directory.segment(segment)))
        {
            return entries.filter((path) -> path.toString().endsWith(QueueFileDescriptor.FILE_SUFFIX)).findFirst()
                .orElse(null);
        }
    }

    private long end() throws IOException
    {
        final ByteBuffer header = ByteBuffer.allocate(QueueFileDescriptor.HEADER_LENGTH).order(ByteOrder.LITTLE_ENDIAN);
        try (FileChannel channel = FileChannel.open(file(kept.segmentId()), StandardOpenOption.READ))
        {
            channel.read(header, kept.documentIndex());
        }
        return BitUtil.align(kept.documentIndex() + QueueFileDescriptor.HEADER_LENGTH +
            QueueFileDescriptor.length(header.getInt(0)), QueueFileDescriptor.ALIGNMENT);
    }

    /**
     * Cuts. The next start comes up halted and says in the journal that this was done.
     *
     * @param snapshots   of states that the journal no longer leads up to; they go aside, too.
     * @param incarnation the highest number that is known to have been given.
     * @return where everything was put.
     */
    public Path apply(final List<Path> snapshots, final int incarnation) throws IOException
    {
        final Path aside = newAside();
        final boolean isReplaced = !behind().isEmpty();
        final Path damaged = file(kept.segmentId());
        if (isReplaced)
        {
            keep(damaged, asideOf(aside, kept.segmentId()));
        }
        Files.writeString(directory.tailCut(), kept.lastSequence() + "\n");
        force(directory.tailCut());
        Files.createDirectories(directory.incarnation(Math.max(kept.incarnation(), incarnation)));
        for (final Path snapshot : snapshots)
        {
            final Path target = Files.createDirectories(aside.resolve(directory.snapshots().getFileName()));
            Files.move(snapshot, target.resolve(snapshot.getFileName()));
        }
        final List<SegmentId> dropped = dropped();
        for (int i = dropped.size() - 1; i >= 0; i--)
        {
            drop(dropped.get(i), aside);
        }
        if (isReplaced)
        {
            replace(damaged, end());
        }
        for (final Path changed : List.of(directory.path(), directory.journal()))
        {
            force(changed);
        }
        return aside;
    }

    private Path newAside() throws IOException
    {
        final String name = ASIDE_PREFIX + kept.lastSequence();
        Path aside = directory.path().resolve(name);
        for (int attempt = 2; Files.exists(aside); attempt++)
        {
            aside = directory.path().resolve(name + "-" + attempt);
        }
        return Files.createDirectories(aside);
    }

    private Path asideOf(final Path aside, final SegmentId segment) throws IOException
    {
        return Files.createDirectories(aside.resolve(directory.journal().getFileName()).resolve(segment.name()));
    }

    /** The same file under a second name, where the file system has that: the first name is about to be another file's. */
    private static void keep(final Path file, final Path target) throws IOException
    {
        try
        {
            Files.createLink(target.resolve(file.getFileName()), file);
        }
        catch (final UnsupportedOperationException | IOException ex)
        {
            Files.copy(file, target.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private void drop(final SegmentId segment, final Path aside) throws IOException
    {
        final Path source = directory.segment(segment);
        final List<Path> files;
        try (Stream<Path> entries = Files.list(source))
        {
            files = entries.sorted().toList();
        }
        for (final Path file : files)
        {
            Files.move(file, asideOf(aside, segment).resolve(file.getFileName()));
        }
        if (segment.segment() > 1)
        {
            Files.delete(source);
        }
    }

    private static void replace(final Path file, final long end) throws IOException
    {
        final Path replacement = file.resolveSibling(file.getFileName() + NEW_SUFFIX);
        try (FileChannel source = FileChannel.open(file, StandardOpenOption.READ);
            FileChannel target = FileChannel.open(replacement, StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE))
        {
            long position = 0;
            while (position < end)
            {
                position += source.transferTo(position, end - position, target);
            }
            target.write(ByteBuffer.allocate(1), Math.max(source.size(), end + ROOM_LENGTH) - 1);
            target.force(true);
        }
        Files.move(replacement, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        force(file.getParent());
    }

    private static void force(final Path changed) throws IOException
    {
        try (FileChannel channel = FileChannel.open(changed, StandardOpenOption.READ))
        {
            channel.force(true);
        }
    }
}
