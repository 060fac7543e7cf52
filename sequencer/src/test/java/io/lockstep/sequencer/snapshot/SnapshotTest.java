package io.lockstep.sequencer.snapshot;

import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.core.host.CoreHost;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.SnapshotEndEncoder;
import io.lockstep.sbe.TimerStateDecoder;
import io.lockstep.sequencer.OfflineNode;
import io.lockstep.sequencer.SnapshotProbe;
import io.lockstep.sequencer.WireRecords;
import io.lockstep.sequencer.journal.NodeDirectory;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A snapshot is the state behind its input and nothing else, or it is refused. */
class SnapshotTest
{
    private static final int TRADES = 12;

    /** An incarnation that ended cleanly and one that was left, with a snapshot wherever there can be one. */
    @TempDir
    private static Path node;
    private static List<Long> sequences;
    private static SnapshotDirectory snapshots;
    private static byte[] good;
    private static Path goodFile;

    @TempDir
    private Path directory;

    @BeforeAll
    static void writeSnapshots() throws IOException
    {
        final WireRecords feed = new WireRecords(7, 70);
        final OfflineNode offline = new OfflineNode(node, "timerMs: 2");
        offline.run(true, OfflineNode.trades(feed, TRADES));
        offline.run(false, OfflineNode.trades(feed, TRADES));
        sequences = SnapshotProbe.writeSnapshots(node, 1);
        snapshots = new SnapshotDirectory(new NodeDirectory(node).snapshots());
        goodFile = snapshots.newestFirst().get(0);
        good = Files.readAllBytes(goodFile);
    }

    private static String outcome(final Path file)
    {
        try
        {
            final Snapshot snapshot = Snapshot.read(file);
            final CoreHost host = SnapshotProbe.host();
            snapshot.restore(host);
            return SnapshotProbe.state(host).toString();
        }
        catch (final SnapshotException ex)
        {
            return "refused";
        }
    }

    private Path write(final byte[] bytes) throws IOException
    {
        return Files.write(directory.resolve(goodFile.getFileName()), bytes);
    }

    @Test
    void shouldBeTheStateBehindItsInput()
    {
        assertThat(sequences).hasSizeGreaterThan(TRADES).isSorted().doesNotHaveDuplicates();
        final List<String> end = SnapshotProbe.state(SnapshotProbe.replay(node, Long.MAX_VALUE));
        assertThat(end).as("there is something of each kind to restore").anyMatch((line) -> line.startsWith("timer"))
            .anyMatch((line) -> line.startsWith("source 7")).anyMatch((line) -> line.startsWith("unacknowledged"));
        for (final Path file : snapshots.newestFirst())
        {
            final CoreHost host = SnapshotProbe.host();
            final Snapshot snapshot = Snapshot.read(file);
            snapshot.restore(host);

            assertThat(SnapshotProbe.state(host)).as(file.toString())
                .isEqualTo(SnapshotProbe.state(SnapshotProbe.replay(node, SnapshotDirectory.sequence(file))));
            assertThat(SnapshotProbe.state(SnapshotProbe.replay(node, snapshot.position(), host))).isEqualTo(end);
            assertThat(snapshot.configuration()).isEqualTo("the configuration");
            assertThat(snapshot.build()).isEqualTo("test");
        }
    }

    @Test
    void shouldRefuseEveryFlippedByte() throws IOException
    {
        assertThat(outcome(write(good))).isNotEqualTo("refused");
        for (int i = 0; i < good.length; i++)
        {
            for (final int mask : new int[]{1, 0x80, 0xFF})
            {
                final byte[] flipped = good.clone();
                flipped[i] ^= (byte)mask;

                assertThat(outcome(write(flipped))).as("byte " + i + " mask " + mask).isEqualTo("refused");
            }
        }
    }

    @Test
    void shouldRefuseWhatIsCutOffOrAdded() throws IOException
    {
        for (int length = 0; length < good.length; length++)
        {
            assertThat(outcome(write(Arrays.copyOf(good, length)))).as("length " + length).isEqualTo("refused");
        }
        assertThat(outcome(write(Arrays.copyOf(good, good.length + 8)))).isEqualTo("refused");
    }

    @Test
    void shouldRefuseTheNameOfAnotherSequence() throws IOException
    {
        final Path file = Files.write(directory.resolve(
            snapshots.file(sequences.get(0)).getFileName()), good);

        assertThatThrownBy(() -> Snapshot.read(file)).isInstanceOf(SnapshotException.class)
            .hasMessageContaining("sequence: expected");
    }

    /** Copies the good one record by record; the edit may alter each in place or empty it, and all is sealed anew. */
    private Path edited(final Consumer<UnsafeBuffer> edit) throws IOException
    {
        final List<UnsafeBuffer> records = new ArrayList<>();
        final UnsafeBuffer all = new UnsafeBuffer(good);
        for (int offset = 0; offset < good.length;)
        {
            final int length = RecordDescriptor.recordLength(all, offset);
            final UnsafeBuffer record = new UnsafeBuffer(Arrays.copyOfRange(good, offset, offset + length));
            edit.accept(record);
            records.add(record);
            offset += length;
        }
        return write(sealed(records));
    }

    private static byte[] sealed(final List<UnsafeBuffer> records)
    {
        final UnsafeBuffer all = new UnsafeBuffer(
            new byte[records.stream().mapToInt(UnsafeBuffer::capacity).sum()]);
        long chain = 0;
        int offset = 0;
        for (final UnsafeBuffer record : records)
        {
            if (RecordDescriptor.templateId(record, 0) == SnapshotEndEncoder.TEMPLATE_ID)
            {
                new SnapshotEndEncoder().wrap(record, RecordDescriptor.BODY_OFFSET).sections(records.size() - 2);
            }
            chain = RecordDescriptor.seal(record, 0, chain);
            all.putBytes(offset, record, 0, record.capacity());
            offset += record.capacity();
        }
        return all.byteArray();
    }

    private static boolean isTimer(final UnsafeBuffer record)
    {
        return RecordDescriptor.templateId(record, 0) == TimerStateDecoder.TEMPLATE_ID;
    }

    @Test
    void shouldRefuseASectionThatItDoesNotKnow() throws IOException
    {
        assertThat(outcome(edited((record) ->
        {
        }))).as("sealing alone does no harm").isNotEqualTo("refused");

        final Path file = edited((record) ->
        {
            if (isTimer(record))
            {
                record.putShort(RecordDescriptor.HEADER_LENGTH + MessageHeaderDecoder.templateIdEncodingOffset(),
                    (short)139, java.nio.ByteOrder.LITTLE_ENDIAN);
            }
        });

        assertThatThrownBy(() -> Snapshot.read(file).restore(SnapshotProbe.host()))
            .isInstanceOf(SnapshotException.class).hasMessageContaining("139");
    }

    @Test
    void shouldRefuseASectionOfANewerVersion() throws IOException
    {
        final Path file = edited((record) ->
        {
            if (isTimer(record))
            {
                record.putShort(RecordDescriptor.HEADER_LENGTH + MessageHeaderDecoder.versionEncodingOffset(),
                    (short)(MessageHeaderDecoder.SCHEMA_VERSION + 1), java.nio.ByteOrder.LITTLE_ENDIAN);
            }
        });

        assertThatThrownBy(() -> Snapshot.read(file)).isInstanceOf(SnapshotException.class)
            .hasMessageContaining("section templateId=" + TimerStateDecoder.TEMPLATE_ID + " version=" +
                (MessageHeaderDecoder.SCHEMA_VERSION + 1) + ": expected at most "
                + MessageHeaderDecoder.SCHEMA_VERSION);
    }

    /** Each is whole in itself; together they are no state. */
    @Test
    void shouldRefuseAWholeSnapshotWithoutSections() throws IOException
    {
        final UnsafeBuffer all = new UnsafeBuffer(good);
        final int beginLength = RecordDescriptor.recordLength(all, 0);
        int end = 0;
        for (int offset = 0; offset < good.length; offset += RecordDescriptor.recordLength(all, offset))
        {
            end = offset;
        }
        final Path file = write(sealed(List.of(new UnsafeBuffer(Arrays.copyOf(good, beginLength)),
            new UnsafeBuffer(Arrays.copyOfRange(good, end, good.length)))));

        assertThatThrownBy(() -> Snapshot.read(file).restore(SnapshotProbe.host()))
            .isInstanceOf(SnapshotException.class);
    }

    @Test
    void shouldRefuseAStateOfAnotherHash() throws IOException
    {
        final Path file = edited((record) ->
        {
            if (RecordDescriptor.templateId(record, 0) == io.lockstep.sbe.SnapshotBeginDecoder.TEMPLATE_ID)
            {
                final io.lockstep.sbe.SnapshotBeginEncoder begin = new io.lockstep.sbe.SnapshotBeginEncoder();
                begin.wrap(record, RecordDescriptor.BODY_OFFSET).stateHash(1);
            }
        });

        assertThatThrownBy(() -> Snapshot.read(file).restore(SnapshotProbe.host()))
            .isInstanceOf(SnapshotException.class).hasMessageContaining("state hash: expected 1, found ");
    }
}
