package io.lockstep.sequencer.journal;

import io.lockstep.sequencer.OfflineNode;
import io.lockstep.sequencer.RecordText;
import io.lockstep.sequencer.WireRecords;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever is done to the bytes of a journal, reading it gives what was written or refuses by name. Each case is done to the last
 * file of a small journal and undone again; {@code -Dlockstep.everyByte=true} takes every one, otherwise a part of them is taken.
 */
class EveryByteTest
{
    private static final int STRIDE = Boolean.getBoolean("lockstep.everyByte") ? 1 : 7;
    private static final int TRADES = 4;
    /** Header and index pages of a queue, which lie before the documents. */
    private static final int DOCUMENTS_POSITION = 131_344;

    @TempDir
    private static Path node;

    private static List<String> good;
    private static Path last;
    private static long end;

    /** One incarnation that ended cleanly and one that was left. */
    @BeforeAll
    static void writeAJournal() throws IOException
    {
        final WireRecords feed = new WireRecords(7, 70);
        final OfflineNode offline = new OfflineNode(node, "timerMs: 2");
        offline.run(true, OfflineNode.trades(feed, TRADES));
        offline.run(false, OfflineNode.trades(feed, TRADES));
        good = read();
        try (Stream<Path> files = Files.list(new NodeDirectory(node).incarnation(2)))
        {
            last = files.filter((file) -> file.toString().endsWith(".cq4")).findFirst().orElseThrow();
        }
        end = contentEnd();
    }

    private static long contentEnd() throws IOException
    {
        final long index = lastDocument();
        final ByteBuffer header = ByteBuffer.wrap(readBytes(index, QueueFileDescriptor.HEADER_LENGTH))
            .order(ByteOrder.LITTLE_ENDIAN);
        return index + QueueFileDescriptor.HEADER_LENGTH + header.getInt(0);
    }

    /** All records, and what stands behind them. */
    private static List<String> read()
    {
        final List<String> records = new ArrayList<>();
        try (JournalReader reader = new JournalReader(new NodeDirectory(node)))
        {
            while (reader.next())
            {
                records.add(RecordText.of(reader.buffer(), reader.offset()) + " " + reader.chain());
            }
            reader.checkEnd();
        }
        return records;
    }

    /** What reading came to: the records, or null where it was refused by name. */
    private static List<String> readOrRefuse()
    {
        try
        {
            return read();
        }
        catch (final JournalCorruptException ex)
        {
            assertThat(ex).hasMessageContaining("sequence=").hasMessageContaining("incarnation=");
            return null;
        }
    }

    private static byte[] readBytes(final long position, final int length) throws IOException
    {
        try (FileChannel channel = FileChannel.open(last, StandardOpenOption.READ))
        {
            final ByteBuffer bytes = ByteBuffer.allocate(length);
            channel.read(bytes, position);
            return bytes.array();
        }
    }

    private static void writeBytes(final long position, final byte... bytes) throws IOException
    {
        try (FileChannel channel = FileChannel.open(last, StandardOpenOption.WRITE))
        {
            channel.write(ByteBuffer.wrap(bytes), position);
        }
    }

    private static List<String> readFlipped(final long position, final int mask) throws IOException
    {
        final byte original = readBytes(position, 1)[0];
        writeBytes(position, (byte)(original ^ mask));
        try
        {
            return readOrRefuse();
        }
        finally
        {
            writeBytes(position, original);
        }
    }

    @Test
    void shouldRefuseEveryFlippedBitOfTheDocuments() throws IOException
    {
        for (long position = DOCUMENTS_POSITION; position < end; position += STRIDE)
        {
            for (int bit = 0; bit < 8; bit += STRIDE == 1 ? 1 : 3)
            {
                assertThat(readFlipped(position, 1 << bit)).as("position=%d bit=%d", position, bit).isNull();
            }
        }
        assertThat(read()).isEqualTo(good);
    }

    /** What Chronicle keeps for itself: it changes nothing that is read, or is found. */
    @Test
    void shouldReadTheSameOrRefuseWhateverIsFlippedBeforeTheDocuments() throws IOException
    {
        for (long position = 0; position < DOCUMENTS_POSITION; position += position < 256
            || position >= 65_776 && position < 65_900 ? 1 : 997)
        {
            for (int bit = 0; bit < 8; bit++)
            {
                final List<String> read = readFlipped(position, 1 << bit);
                if (read != null)
                {
                    assertThat(read).as("position=%d bit=%d", position, bit).isEqualTo(good);
                }
            }
        }
    }

    @Test
    void shouldRefuseAFileThatIsCutWithinItsDocuments() throws IOException
    {
        final byte[] bytes = readBytes(0, (int)end);
        final long length = Files.size(last);
        for (int cut = (int)end + 3; cut >= 0; cut -= cut > DOCUMENTS_POSITION ? 1 : cut > 256 ? 997 : 1)
        {
            truncate(cut);
            assertThat(readOrRefuse()).as("cut=%d", cut).isNull();
        }
        restore(bytes, length);
        truncate((int)end + 4);
        assertThat(read()).as("behind the documents").isEqualTo(good);
        restore(bytes, length);
    }

    private static void truncate(final int length) throws IOException
    {
        try (FileChannel channel = FileChannel.open(last, StandardOpenOption.WRITE))
        {
            channel.truncate(length);
        }
    }

    private static void restore(final byte[] bytes, final long length) throws IOException
    {
        writeBytes(0, bytes);
        writeBytes(length - 1, (byte)0);
    }

    /** A page that was lost looks like the end; the documents behind it say that it is none. */
    @Test
    void shouldRefuseAZeroedPage() throws IOException
    {
        final int pageLength = 256;
        for (long position = DOCUMENTS_POSITION; position + 2 * pageLength < end; position += pageLength)
        {
            final byte[] original = readBytes(position, pageLength);
            writeBytes(position, new byte[pageLength]);
            assertThat(readOrRefuse()).as("position=%d", position).isNull();
            writeBytes(position, original);
        }
        assertThat(read()).isEqualTo(good);
    }

    /** Of the last document, as much as a crash left; its header is written last of all. */
    @Test
    void shouldDropTheLastDocumentWhereItWasNeverCompleted() throws IOException
    {
        final long index = lastDocument();
        final int length = (int)(end - index);
        final byte[] original = readBytes(index, length);
        int records = -1;
        for (int written = QueueFileDescriptor.HEADER_LENGTH; written <= length; written++)
        {
            final byte[] torn = new byte[length];
            System.arraycopy(original, 4, torn, 4, written - 4);
            writeBytes(index, torn);
            final List<String> read = read();
            assertThat(read).as("written=%d", written).isEqualTo(good.subList(0, read.size()))
                .hasSizeLessThan(good.size());
            assertThat(records < 0 || records == read.size()).isTrue();
            records = read.size();
        }
        writeBytes(index, original);
        assertThat(read()).isEqualTo(good);
    }

    private static long lastDocument()
    {
        try (JournalReader reader = new JournalReader(new NodeDirectory(node)))
        {
            while (reader.next())
            {
                assertThat(reader.length()).isPositive();
            }
            return reader.position().documentIndex();
        }
    }
}
