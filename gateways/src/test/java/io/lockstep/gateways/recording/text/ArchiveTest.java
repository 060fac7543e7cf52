package io.lockstep.gateways.recording.text;

import io.lockstep.gateways.recording.finding.MalformedLine;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Damaged archives: each is refused, none is taken in part. */
class ArchiveTest
{
    private final List<String> lines = new ArrayList<>();

    @TempDir
    private Path directory;

    @BeforeEach
    void makeLines()
    {
        final Random random = new Random(7);
        for (int i = 0; i < 20_000; i++)
        {
            lines.add("line " + i + " " + random.nextLong());
        }
    }

    @Test
    void readsAllMembersOfAGzip() throws IOException
    {
        final byte[] first = gzip(text(0, 9_000));
        final byte[] empty = gzip(new byte[0]);
        final byte[] second = gzip(text(9_000, 20_000));
        assertThat(read("a.gz", first, empty, second)).isEqualTo(lines);
    }

    @Test
    void readsTheOptionalFieldsOfAGzipHeader() throws IOException
    {
        final byte[] plain = gzip(text(0, 10));
        final byte[] header = Arrays.copyOf(plain, 10);
        header[3] = 4 | 8 | 16 | 2;
        final byte[] fields = {3, 0, 1, 2, 3, 'n', 'a', 'm', 'e', 0, 'c', 0, 9, 9};
        assertThat(read("a.gz", header, fields, Arrays.copyOfRange(plain, 10, plain.length)))
            .isEqualTo(lines.subList(0, 10));
    }

    @ParameterizedTest
    @ValueSource(strings =
    {"x", "garbage behind it", "\0", "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"})
    void refusesBytesBehindAGzip(final String behind)
    {
        assertThatThrownBy(() -> read("a.gz", gzip(text(0, 5_000)), behind.getBytes(StandardCharsets.US_ASCII)))
            .isInstanceOf(MalformedLine.class).hasMessageContaining("expected a whole archive");
    }

    @Test
    void refusesAGzipThatEndsAnywhereOrHasAnyByteOfItsTrailerChanged() throws IOException
    {
        final byte[] whole = gzip(text(0, 50));
        for (int length = 3; length < whole.length; length++)
        {
            final byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> read("a.gz", cut)).as("length " + length).isInstanceOf(MalformedLine.class);
        }
        for (int i = whole.length - 8; i < whole.length; i++)
        {
            final byte[] damaged = whole.clone();
            damaged[i] ^= 1;
            assertThatThrownBy(() -> read("a.gz", damaged)).as("byte " + i).isInstanceOf(MalformedLine.class);
        }
    }

    @Test
    void readsTheEntriesOfAZipOneAfterAnother() throws IOException
    {
        assertThat(read("a.zip", zip(ZipEntry.DEFLATED, text(0, 9_000), text(9_000, 20_000)))).isEqualTo(lines);
        assertThat(read("a.zip", zip(ZipEntry.DEFLATED))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints =
    {ZipEntry.STORED, ZipEntry.DEFLATED})
    void refusesAZipWithAWrongChecksum(final int method) throws IOException
    {
        final byte[] zip = zip(method, text(0, 100), text(100, 200));
        assertThat(read("a.zip", zip)).hasSize(200);
        // The directory's copy of the first checksum is the one that counts.
        final int directoryEntry = indexOf(zip, new byte[]{'P', 'K', 1, 2});
        zip[directoryEntry + 16] ^= 1;
        assertThatThrownBy(() -> read("a.zip", zip)).isInstanceOf(MalformedLine.class)
            .hasMessageContaining("wrong checksum or length of the entry 0.txt");
    }

    @Test
    void refusesAZipWithAChangedByteOfContent() throws IOException
    {
        final byte[] zip = zip(ZipEntry.STORED, text(0, 100));
        zip[200] ^= 1;
        assertThatThrownBy(() -> read("a.zip", zip)).isInstanceOf(MalformedLine.class)
            .hasMessageContaining("wrong checksum");
    }

    @Test
    void refusesBytesBehindAZipAndATruncatedOne() throws IOException
    {
        final byte[] zip = zip(ZipEntry.DEFLATED, text(0, 100));
        assertThatThrownBy(() -> read("a.zip", zip, new byte[]{1})).isInstanceOf(MalformedLine.class);
        assertThatThrownBy(() -> read("a.zip", Arrays.copyOf(zip, zip.length - 1))).isInstanceOf(MalformedLine.class);
        assertThatThrownBy(() -> read("a.zip", Arrays.copyOf(zip, 10))).isInstanceOf(MalformedLine.class);
    }

    private List<String> read(final String name, final byte[]... parts) throws IOException
    {
        final ByteArrayOutputStream file = new ByteArrayOutputStream();
        for (final byte[] part : parts)
        {
            file.write(part);
        }
        final List<String> read = new ArrayList<>();
        try (LineReader reader = new LineReader(Files.write(directory.resolve(name), file.toByteArray())))
        {
            while (reader.next())
            {
                read.add(Text.ascii(reader.buffer(), reader.start(), reader.end()));
            }
        }
        return read;
    }

    private byte[] text(final int from, final int to)
    {
        return String.join("\n", lines.subList(from, to)).concat("\n").getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] gzip(final byte[] content) throws IOException
    {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream output = new GZIPOutputStream(bytes))
        {
            output.write(content);
        }
        return bytes.toByteArray();
    }

    private static byte[] zip(final int method, final byte[]... contents) throws IOException
    {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream output = new ZipOutputStream(bytes))
        {
            for (int i = 0; i < contents.length; i++)
            {
                final ZipEntry entry = new ZipEntry(i + ".txt");
                entry.setMethod(method);
                entry.setSize(contents[i].length);
                final CRC32 checksum = new CRC32();
                checksum.update(contents[i]);
                entry.setCrc(checksum.getValue());
                output.putNextEntry(entry);
                output.write(contents[i]);
            }
        }
        return bytes.toByteArray();
    }

    private static int indexOf(final byte[] bytes, final byte[] part)
    {
        for (int i = 0; i + part.length <= bytes.length; i++)
        {
            if (Arrays.equals(bytes, i, i + part.length, part, 0, part.length))
            {
                return i;
            }
        }
        throw new AssertionError("not there");
    }
}
