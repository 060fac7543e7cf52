package io.lockstep.verification.golden;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * A node's journal and snapshots as one small file. The queues' files are sparse and far larger than what is in them: each is cut behind its
 * last byte that is not zero, and has its length as the entry's comment, to which it grows again.
 */
public final class GoldenArchive
{
    private static final List<String> DIRECTORIES = List.of("journal", "snapshots");
    private static final int CHUNK_LENGTH = 1 << 20;

    private GoldenArchive()
    {
    }

    /** Packs what there is of journal and snapshots in a node's directory. */
    static void pack(final Path node, final Path archive)
    {
        try (OutputStream file = Files.newOutputStream(archive); ZipOutputStream zip = new ZipOutputStream(file))
        {
            zip.setLevel(9);
            for (final Path path : files(node))
            {
                final ZipEntry entry = new ZipEntry(node.relativize(path).toString().replace('\\', '/'));
                entry.setComment(Long.toString(Files.size(path)));
                entry.setTime(0);
                zip.putNextEntry(entry);
                zip.write(used(path));
                zip.closeEntry();
            }
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    /** Makes a node's directory of it again. */
    public static Path unpack(final Path archive, final Path node)
    {
        try (ZipFile zip = new ZipFile(archive.toFile()))
        {
            for (final ZipEntry entry : Collections.list(zip.entries()))
            {
                final Path path = node.resolve(entry.getName());
                Files.createDirectories(path.getParent());
                try (InputStream stream = zip.getInputStream(entry))
                {
                    Files.copy(stream, path);
                }
                try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw"))
                {
                    file.setLength(Long.parseLong(entry.getComment()));
                }
            }
            return node;
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    private static List<Path> files(final Path node) throws IOException
    {
        try (Stream<Path> files = Files.walk(node))
        {
            return files.filter((file) -> DIRECTORIES.contains(node.relativize(file).getName(0).toString()))
                .filter(Files::isRegularFile).sorted().toList();
        }
    }

    /** All up to the last byte that is not zero. */
    private static byte[] used(final Path path) throws IOException
    {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r"))
        {
            final byte[] all = new byte[(int)usedLength(file)];
            file.seek(0);
            file.readFully(all);
            return all;
        }
    }

    private static long usedLength(final RandomAccessFile file) throws IOException
    {
        long end = file.length();
        while (end > 0)
        {
            final byte[] chunk = new byte[(int)Math.min(CHUNK_LENGTH, end)];
            file.seek(end - chunk.length);
            file.readFully(chunk);
            if (!Arrays.equals(chunk, new byte[chunk.length]))
            {
                int last = chunk.length - 1;
                while (chunk[last] == 0)
                {
                    last--;
                }
                return end - chunk.length + last + 1;
            }
            end -= chunk.length;
        }
        return 0;
    }
}
