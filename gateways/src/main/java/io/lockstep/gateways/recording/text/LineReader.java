package io.lockstep.gateways.recording.text;

import io.lockstep.codecs.text.Escapes;
import io.lockstep.gateways.recording.finding.MalformedLine;
import org.agrona.CloseHelper;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.ZipException;

/**
 * The lines of a file, plain, gzip or zip as its first bytes say. A line lies in {@link #buffer()} until the next call.
 * Blank lines are passed over, but counted. Allocates only to grow its buffer to the longest line.
 */
public final class LineReader implements AutoCloseable
{
    private static final int BLOCK_LENGTH = 1 << 16;
    private static final int LINE_LENGTH_MAX = 1 << 26;
    private static final int MAGIC_LENGTH = 4;

    private final Path path;
    private InputStream input;
    private ZipEntries zip;
    private byte[] buffer = new byte[2 * BLOCK_LENGTH];
    private int position;
    private int limit;
    private int start;
    private int end;
    private long lineNumber;
    private boolean isEnd;

    public LineReader(final Path path)
    {
        this.path = path;
    }

    public byte[] buffer()
    {
        return buffer;
    }

    public int start()
    {
        return start;
    }

    public int end()
    {
        return end;
    }

    /** From 1. */
    public long lineNumber()
    {
        return lineNumber;
    }

    /**
     * @throws MalformedLine        when the archive is truncated or damaged from here on, or the line is too long.
     * @throws UncheckedIOException when the file cannot be read.
     */
    public boolean next()
    {
        int scan = position;
        while (true)
        {
            final int newline = indexOfNewline(scan);
            if (newline >= 0)
            {
                if (take(newline, newline + 1))
                {
                    return true;
                }
                scan = position;
                continue;
            }
            if (isEnd)
            {
                return position < limit && take(limit, limit);
            }
            final int scanned = limit - position;
            fill();
            scan = position + scanned;
        }
    }

    @Override
    public void close()
    {
        CloseHelper.closeAll(input, zip);
    }

    private int indexOfNewline(final int from)
    {
        final byte[] bytes = buffer;
        final int to = limit;
        for (int i = from; i < to; i++)
        {
            if (bytes[i] == '\n')
            {
                return i;
            }
        }
        return -1;
    }

    private boolean take(final int lineEnd, final int nextPosition)
    {
        lineNumber++;
        start = position;
        end = lineEnd > start && buffer[lineEnd - 1] == '\r' ? lineEnd - 1 : lineEnd;
        position = nextPosition;
        for (int i = start; i < end; i++)
        {
            if (buffer[i] != ' ' && buffer[i] != '\t')
            {
                return true;
            }
        }
        return false;
    }

    private void fill()
    {
        if (position > 0)
        {
            System.arraycopy(buffer, position, buffer, 0, limit - position);
            limit -= position;
            position = 0;
        }
        if (limit == buffer.length)
        {
            if (limit >= LINE_LENGTH_MAX)
            {
                throw malformed("expected a line of at most " + LINE_LENGTH_MAX + " bytes");
            }
            buffer = Arrays.copyOf(buffer, limit * 2);
        }
        try
        {
            if (input == null)
            {
                input = open();
            }
            final int read = input.read(buffer, limit, buffer.length - limit);
            isEnd = read < 0;
            limit += Math.max(read, 0);
        }
        catch (final EOFException | ZipException ex)
        {
            throw malformed(
                "archive=" + Escapes.line(ex.getMessage()) +
                    ": expected a whole archive, this one is truncated or damaged");
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException("cannot read " + path + ": " + ex.getMessage(), ex);
        }
    }

    private MalformedLine malformed(final String detail)
    {
        isEnd = true;
        position = limit;
        lineNumber++;
        return new MalformedLine(detail);
    }

    private InputStream open() throws IOException
    {
        final PushbackInputStream raw = new PushbackInputStream(Files.newInputStream(path), MAGIC_LENGTH);
        // Kept first, so that close() finds it when what follows fails.
        input = raw;
        final byte[] magic = new byte[MAGIC_LENGTH];
        final int length = raw.readNBytes(magic, 0, MAGIC_LENGTH);
        raw.unread(magic, 0, length);
        final String name = path.toString();
        if (length >= 2 && magic[0] == 0x1F && magic[1] == (byte)0x8B)
        {
            return new GzipMembers(raw, BLOCK_LENGTH);
        }
        if (length >= 2 && magic[0] == 'P' && magic[1] == 'K')
        {
            raw.close();
            zip = new ZipEntries(path);
            return zip.input();
        }
        if (name.endsWith(".gz") || name.endsWith(".zip"))
        {
            throw new EOFException("no archive");
        }
        return raw;
    }
}
