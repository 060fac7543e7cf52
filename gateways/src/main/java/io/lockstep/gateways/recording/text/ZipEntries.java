package io.lockstep.gateways.recording.text;

import org.agrona.CloseHelper;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * The files in a zip one after another, each held against its checksum, which {@link ZipFile} leaves to its user. A zip with
 * bytes behind its directory is refused.
 */
final class ZipEntries implements AutoCloseable
{
    private static final int END_LENGTH = 22;
    private static final int COMMENT_LENGTH_OFFSET = 20;
    private static final int COMMENT_LENGTH_MAX = 0xFFFF;
    private static final int END_SIGNATURE = 0x06054B50;

    private final ZipFile zip;
    private final InputStream input;

    /**
     * @throws ZipException for a damaged or truncated file.
     */
    ZipEntries(final Path path) throws IOException
    {
        requireNothingBehind(path);
        // Names of entries are only shown; those of old tools are in no certain encoding.
        zip = new ZipFile(path.toFile(), StandardCharsets.ISO_8859_1);
        try
        {
            input = entries();
        }
        catch (final IOException | RuntimeException ex)
        {
            zip.close();
            throw ex;
        }
    }

    InputStream input()
    {
        return input;
    }

    @Override
    public void close()
    {
        CloseHelper.closeAll(input, zip);
    }

    private InputStream entries() throws IOException
    {
        final List<InputStream> streams = new ArrayList<>();
        final Enumeration<? extends ZipEntry> entries = zip.entries();
        while (entries.hasMoreElements())
        {
            final ZipEntry entry = entries.nextElement();
            if (!entry.isDirectory())
            {
                streams.add(new Checked(zip.getInputStream(entry), entry));
                // An entry without a newline at its end must not run into the next.
                streams.add(new ByteArrayInputStream(new byte[]{'\n'}));
            }
        }
        return new SequenceInputStream(Collections.enumeration(streams));
    }

    /** The record that ends the directory, and the comment in it, are the last bytes of a zip. */
    private static void requireNothingBehind(final Path path) throws IOException
    {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r"))
        {
            final int length = (int)Math.min(file.length(), END_LENGTH + COMMENT_LENGTH_MAX);
            final ByteBuffer tail = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
            file.seek(file.length() - length);
            file.readFully(tail.array());
            for (int i = length - END_LENGTH; i >= 0; i--)
            {
                if (tail.getInt(i) == END_SIGNATURE &&
                    i + END_LENGTH + (tail.getShort(i + COMMENT_LENGTH_OFFSET) & 0xFFFF) == length)
                {
                    return;
                }
            }
        }
        throw new ZipException("no zip directory at the end of the file");
    }

    /** An entry that says at its end when it was not what the directory says. */
    private static final class Checked extends FilterInputStream
    {
        private final ZipEntry entry;
        private final CRC32 checksum = new CRC32();
        private long count;

        Checked(final InputStream input, final ZipEntry entry)
        {
            super(input);
            this.entry = entry;
        }

        @Override
        public int read() throws IOException
        {
            final byte[] single = new byte[1];
            return read(single, 0, 1) < 0 ? -1 : single[0] & 0xFF;
        }

        @Override
        public int read(final byte[] target, final int offset, final int length) throws IOException
        {
            final int read = super.read(target, offset, length);
            if (read > 0)
            {
                count += read;
                checksum.update(target, offset, read);
            }
            else if (read < 0 && (checksum.getValue() != entry.getCrc() || count != entry.getSize()))
            {
                throw new ZipException("wrong checksum or length of the entry " + entry.getName());
            }
            return read;
        }
    }
}
