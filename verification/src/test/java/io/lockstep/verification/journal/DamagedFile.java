package io.lockstep.verification.journal;

import org.agrona.concurrent.UnsafeBuffer;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The queue's file of a node with one segment, and what is done to it behind the journal's back. */
record DamagedFile(Path file)
{
    static DamagedFile of(final Path node) throws IOException
    {
        try (Stream<Path> files = Files.walk(node))
        {
            return new DamagedFile(
                files.filter((file) -> file.toString().endsWith(".cq4")).findFirst().orElseThrow());
        }
    }

    /** Where these bytes stand. */
    private int find(final UnsafeBuffer record) throws IOException
    {
        final UnsafeBuffer bytes = new UnsafeBuffer(Files.readAllBytes(file));
        int position = 0;
        while (!isAt(bytes, position, record))
        {
            position += Integer.BYTES;
        }
        return position;
    }

    private static boolean isAt(final UnsafeBuffer bytes, final int position, final UnsafeBuffer record)
    {
        for (int i = 0; i < record.capacity(); i++)
        {
            if (bytes.getByte(position + i) != record.getByte(i))
            {
                return false;
            }
        }
        return true;
    }

    /** A bit of a record. */
    void flip(final UnsafeBuffer record, final int offset) throws IOException
    {
        try (RandomAccessFile target = new RandomAccessFile(file.toFile(), "rw"))
        {
            target.seek(find(record) + offset);
            target.write(record.getByte(offset) ^ 0x10);
        }
    }

    void truncateBefore(final UnsafeBuffer record) throws IOException
    {
        try (RandomAccessFile target = new RandomAccessFile(file.toFile(), "rw"))
        {
            target.setLength(find(record));
        }
    }

    /** The whole content. */
    void replace(final byte[] bytes) throws IOException
    {
        Files.write(file, bytes);
    }
}
