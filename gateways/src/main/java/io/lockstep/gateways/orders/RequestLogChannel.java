package io.lockstep.gateways.orders;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * What a log does to one of its files, so that a file which fails can stand in for one.
 */
interface RequestLogChannel extends AutoCloseable
{
    /** Opens the file at a path. */
    @FunctionalInterface
    interface Opener
    {
        RequestLogChannel open(Path path) throws IOException;
    }

    /** Writes all that remains of the buffer, or throws. */
    void write(ByteBuffer buffer, long position) throws IOException;

    /** Returns when all that was written is on the disk. */
    void force() throws IOException;

    @Override
    void close() throws IOException;

    static RequestLogChannel open(final Path path) throws IOException
    {
        final FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE);
        return new RequestLogChannel()
        {
            @Override
            public void write(final ByteBuffer buffer, final long position) throws IOException
            {
                long at = position;
                while (buffer.hasRemaining())
                {
                    at += channel.write(buffer, at);
                }
            }

            @Override
            public void force() throws IOException
            {
                channel.force(false);
            }

            @Override
            public void close() throws IOException
            {
                channel.close();
            }
        };
    }
}
