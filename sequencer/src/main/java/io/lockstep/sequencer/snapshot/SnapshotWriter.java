package io.lockstep.sequencer.snapshot;

import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.core.TradingCore;
import io.lockstep.core.host.CoreHost;
import io.lockstep.sbe.BooleanType;
import io.lockstep.sbe.MessageHeaderEncoder;
import io.lockstep.sbe.RecordKind;
import io.lockstep.sbe.SnapshotBeginEncoder;
import io.lockstep.sbe.SnapshotEndEncoder;
import io.lockstep.sequencer.journal.JournalPosition;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableDirectByteBuffer;
import org.agrona.sbe.MessageEncoderFlyweight;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * Writes a host's state as a snapshot. Allocates; for the follower's thread.
 */
public final class SnapshotWriter
{
    private final SnapshotStore store;
    private final String build;
    private final String configuration;
    /** Of the kind that the loop's batches are: of three kinds of buffers in one process the compiler inlines none. */
    private final ExpandableDirectByteBuffer record = new ExpandableDirectByteBuffer(1 << 16);
    private byte[] bytes = new byte[1 << 16];
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private OutputStream out;
    private long chain;
    private long sequence;
    private int sections;

    /**
     * @param configuration of the newest incarnation: what the strategies are made from.
     */
    public SnapshotWriter(final SnapshotStore store, final String build, final String configuration)
    {
        this.store = store;
        this.build = build;
        this.configuration = configuration;
    }

    /**
     * Writes the state of a host that has applied all up to a position of its journal, decisions included.
     *
     * @return the file.
     */
    public Path write(final JournalPosition position, final CoreHost host)
    {
        try
        {
            return store.write(position.lastSequence(), (newOut) ->
            {
                out = newOut;
                writeRecords(position, host);
            });
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
        finally
        {
            out = null;
        }
    }

    private void writeRecords(final JournalPosition position, final CoreHost host)
    {
        chain = 0;
        sections = 0;
        sequence = position.lastSequence();
        begin(position, host);
        host.save(this::section);
        final SnapshotEndEncoder end = new SnapshotEndEncoder();
        end.wrapAndApplyHeader(record, RecordDescriptor.HEADER_LENGTH, header).sections(sections);
        write(end);
    }

    private void begin(final JournalPosition position, final CoreHost host)
    {
        final SnapshotBeginEncoder begin = new SnapshotBeginEncoder();
        begin.wrapAndApplyHeader(record, RecordDescriptor.HEADER_LENGTH, header)
            .logicVersion(TradingCore.LOGIC_VERSION)
            .incarnation(position.incarnation())
            .segment(position.segment())
            .documentIndex(position.documentIndex())
            .lastSequence(position.lastSequence())
            .lastTimeNs(host.lastTimeNs())
            .chain(position.chain())
            .incarnationRecords(position.incarnationRecords())
            .lastDecisionSequence(position.lastDecisionSequence())
            .lastDecisionOrdinal(position.lastDecisionOrdinal())
            .cleanEnd(position.cleanEnd() ? BooleanType.TRUE : BooleanType.FALSE)
            .stateHash(host.core().stateHash())
            .build(build)
            .configuration(configuration);
        write(begin);
    }

    private void section(final DirectBuffer message, final int offset, final int length)
    {
        record.putBytes(RecordDescriptor.HEADER_LENGTH, message, offset, length);
        sections++;
        writeRecord(length);
    }

    private void write(final MessageEncoderFlyweight message)
    {
        writeRecord(MessageHeaderEncoder.ENCODED_LENGTH + message.encodedLength());
    }

    private void writeRecord(final int messageLength)
    {
        final int length = RecordDescriptor.begin(record, 0, RecordKind.SNAPSHOT, messageLength);
        RecordDescriptor.sequence(record, 0, sequence);
        chain = RecordDescriptor.seal(record, 0, chain);
        try
        {
            bytes = length > bytes.length ? new byte[length] : bytes;
            record.getBytes(0, bytes, 0, length);
            out.write(bytes, 0, length);
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }
}
