package io.lockstep.gateways.recording.text;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/**
 * The content of a gzip file: all its members (RFC 1952) one after another, each held against its checksum and length. What
 * follows a member is another one or an error, where {@link java.util.zip.GZIPInputStream} passes over it in silence.
 * <p>
 * Throws {@link EOFException} for a truncated file and {@link ZipException} for a damaged one. Allocates nothing once made.
 */
final class GzipMembers extends InputStream
{
    private static final int FLAG_HEADER_CHECKSUM = 2;
    private static final int FLAG_EXTRA = 4;
    private static final int FLAG_NAME = 8;
    private static final int FLAG_COMMENT = 16;
    private static final int FLAGS_RESERVED = 0xE0;
    private static final int METHOD_DEFLATE = 8;
    /** Modification time, flags of the compressor, operating system. */
    private static final int HEADER_REST_LENGTH = 6;

    private final InputStream raw;
    private final byte[] block;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 checksum = new CRC32();
    private final byte[] single = new byte[1];
    private int position;
    private int limit;
    private boolean isInMember;
    private boolean isEnd;

    GzipMembers(final InputStream raw, final int blockLength)
    {
        this.raw = raw;
        block = new byte[blockLength];
    }

    @Override
    public int read() throws IOException
    {
        return read(single, 0, 1) < 0 ? -1 : single[0] & 0xFF;
    }

    @Override
    public int read(final byte[] target, final int offset, final int length) throws IOException
    {
        while (!isEnd)
        {
            if (!isInMember && !beginMember())
            {
                isEnd = true;
                return -1;
            }
            final int count = inflate(target, offset, length);
            if (count > 0)
            {
                checksum.update(target, offset, count);
                return count;
            }
        }
        return -1;
    }

    @Override
    public void close() throws IOException
    {
        inflater.end();
        raw.close();
    }

    /** Returns false at the end of the file, which may be after any member but the first. */
    private boolean beginMember() throws IOException
    {
        if (position == limit && !fill())
        {
            return false;
        }
        if (next() != 0x1F || next() != 0x8B)
        {
            throw new ZipException("bytes that are no gzip member behind the last one");
        }
        final int method = next();
        final int flags = next();
        if (method != METHOD_DEFLATE || (flags & FLAGS_RESERVED) != 0)
        {
            throw new ZipException("gzip method=" + method + " flags=" + flags);
        }
        skip(HEADER_REST_LENGTH);
        if ((flags & FLAG_EXTRA) != 0)
        {
            skip(next() | next() << 8);
        }
        skipText(flags & FLAG_NAME);
        skipText(flags & FLAG_COMMENT);
        skip((flags & FLAG_HEADER_CHECKSUM) != 0 ? 2 : 0);
        inflater.reset();
        checksum.reset();
        isInMember = true;
        return true;
    }

    /** Returns 0 when the member ended. */
    private int inflate(final byte[] target, final int offset, final int length) throws IOException
    {
        try
        {
            while (true)
            {
                final int count = inflater.inflate(target, offset, length);
                if (count > 0)
                {
                    return count;
                }
                if (inflater.finished() || inflater.needsDictionary())
                {
                    position = limit - inflater.getRemaining();
                    endMember();
                    return 0;
                }
                if (position == limit && !fill())
                {
                    throw new EOFException("unexpected end");
                }
                inflater.setInput(block, position, limit - position);
                position = limit;
            }
        }
        catch (final DataFormatException ex)
        {
            throw (ZipException)new ZipException("not deflated data: " + ex.getMessage()).initCause(ex);
        }
    }

    private void endMember() throws IOException
    {
        isInMember = false;
        if (littleEndian() != checksum.getValue())
        {
            throw new ZipException("wrong checksum of a gzip member");
        }
        if (littleEndian() != (inflater.getBytesWritten() & 0xFFFF_FFFFL))
        {
            throw new ZipException("wrong length of a gzip member");
        }
    }

    private long littleEndian() throws IOException
    {
        return next() | next() << 8 | next() << 16 | (long)next() << 24;
    }

    private void skip(final int count) throws IOException
    {
        for (int i = 0; i < count; i++)
        {
            next();
        }
    }

    private void skipText(final int flag) throws IOException
    {
        while (flag != 0 && next() != 0)
        {
            // Up to the zero that ends it.
        }
    }

    private int next() throws IOException
    {
        if (position == limit && !fill())
        {
            throw new EOFException("unexpected end");
        }
        return block[position++] & 0xFF;
    }

    private boolean fill() throws IOException
    {
        position = 0;
        limit = Math.max(0, raw.read(block, 0, block.length));
        return limit > 0;
    }
}
