package io.lockstep.sequencer.snapshot;

import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.codecs.Xxh64;
import io.lockstep.core.host.CoreHost;
import io.lockstep.sequencer.code.CodeDifference;
import io.lockstep.sbe.BooleanType;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.RecordKind;
import io.lockstep.sbe.SnapshotBeginDecoder;
import io.lockstep.sbe.SnapshotEndDecoder;
import io.lockstep.sequencer.journal.JournalPosition;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.ObjIntConsumer;

/**
 * A snapshot that was read whole and found whole: every record's length, kind, checksum and chain, and the count of the end.
 */
public final class Snapshot
{
    /** Logic version since which a state has the hash that it has today: orders have more terms. */
    private static final int STATE_HASHED_ALIKE_SINCE = 6;

    private final Path file;
    private final UnsafeBuffer records;
    private final int length;
    private final SnapshotBeginDecoder begin = new SnapshotBeginDecoder();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final String configuration;
    private final String build;

    private Snapshot(final Path file, final byte[] bytes)
    {
        this.file = file;
        records = new UnsafeBuffer(bytes);
        length = bytes.length;
        check();
        begin.wrapAndApplyHeader(records, RecordDescriptor.HEADER_LENGTH, header);
        build = begin.build();
        configuration = begin.configuration();
    }

    /**
     * Reads a snapshot.
     *
     * @throws SnapshotException when it cannot be read or is damaged.
     */
    public static Snapshot read(final Path file)
    {
        return read(new SnapshotDirectory(file.getParent()), file);
    }

    /** As {@link #read(Path)}, wherever snapshots are kept. */
    public static Snapshot read(final SnapshotStore store, final Path file)
    {
        try
        {
            return new Snapshot(file, store.read(file));
        }
        catch (final IOException | OutOfMemoryError ex)
        {
            throw new SnapshotException("snapshot=" + file + ": expected a file that can be read: " + ex, ex);
        }
    }

    private void check()
    {
        long chain = 0;
        int count = 0;
        int offset = 0;
        int templateId = 0;
        while (offset < length)
        {
            checkRecord(offset);
            chain = Xxh64.chain(chain, RecordDescriptor.checksum(records, offset));
            require(offset, "chain", chain, RecordDescriptor.chain(records, offset));
            require(offset, "sequence", SnapshotDirectory.sequence(file), RecordDescriptor.sequence(records, offset));
            templateId = RecordDescriptor.templateId(records, offset);
            require(offset, "is the begin", count == 0 ? 1 : 0, templateId == SnapshotBeginDecoder.TEMPLATE_ID ? 1 : 0);
            count++;
            if (templateId == SnapshotEndDecoder.TEMPLATE_ID)
            {
                checkEnd(offset, count);
            }
            offset += RecordDescriptor.recordLength(records, offset);
        }
        if (templateId != SnapshotEndDecoder.TEMPLATE_ID)
        {
            throw bad(offset, "expected its end, found the file's");
        }
    }

    private void checkRecord(final int offset)
    {
        if (!RecordDescriptor.isLengthValid(records, offset, length - offset))
        {
            throw bad(offset, "record length: expected one that ends within the file of " + length + " bytes");
        }
        require(offset, "format", RecordDescriptor.FORMAT, RecordDescriptor.format(records, offset));
        require(offset, "kind", RecordKind.SNAPSHOT.value(), RecordDescriptor.kind(records, offset));
        require(offset, "checksum", RecordDescriptor.computeChecksum(records, offset),
            RecordDescriptor.checksum(records, offset));
        require(offset, "schema", MessageHeaderDecoder.SCHEMA_ID, RecordDescriptor.schemaId(records, offset));
        if (RecordDescriptor.version(records, offset) > MessageHeaderDecoder.SCHEMA_VERSION)
        {
            throw bad(offset, "section templateId=" + RecordDescriptor.templateId(records, offset) + " version=" +
                RecordDescriptor.version(records, offset) + ": expected at most " +
                MessageHeaderDecoder.SCHEMA_VERSION);
        }
    }

    private void checkEnd(final int offset, final int count)
    {
        final SnapshotEndDecoder end = new SnapshotEndDecoder();
        end.wrapAndApplyHeader(records, offset + RecordDescriptor.HEADER_LENGTH, header);
        require(offset, "sections", end.sections(), count - 2);
        require(offset, "file length", offset + RecordDescriptor.recordLength(records, offset), length);
    }

    private void require(final int offset, final String what, final long expected, final long found)
    {
        if (expected != found)
        {
            throw bad(offset, what + ": expected " + Long.toHexString(expected) + ", found " + Long.toHexString(found));
        }
    }

    private SnapshotException bad(final int offset, final String problem)
    {
        return new SnapshotException("snapshot=" + file + " offset=" + offset + ": " + problem);
    }

    /**
     * Brings a new host to this state. What a logic version before {@value #STATE_HASHED_ALIKE_SINCE} has hashed is no hash of
     * today's, and at a clean end, behind which nothing is replayed, a strategy of other code may hash its state otherwise: then the
     * sections are held against their checksums alone.
     *
     * @throws SnapshotException when a section is not known or the state does not come out with the hash it had; the host is
     *                           then of no use.
     */
    public void restore(final CoreHost host)
    {
        int offset = 0;
        boolean isOtherCode = false;
        try
        {
            for (offset = next(0); next(offset) < length; offset = next(offset))
            {
                host.restore(records, offset + RecordDescriptor.HEADER_LENGTH,
                    RecordDescriptor.recordLength(records, offset) - RecordDescriptor.HEADER_LENGTH);
            }
            isOtherCode = begin.cleanEnd() == BooleanType.TRUE && !CodeDifference.of(host.core()).isEmpty();
            host.completeRestore(begin.lastSequence(), begin.lastTimeNs(), !isOtherCode);
        }
        catch (final RuntimeException ex)
        {
            // Whatever a state that is none makes of the core or of a strategy.
            throw new SnapshotException("snapshot=" + file + " offset=" + offset + ": " + ex, ex);
        }
        if (!isOtherCode && logicVersion() >= STATE_HASHED_ALIKE_SINCE)
        {
            require(offset, "state hash", begin.stateHash(), host.core().stateHash());
        }
    }

    /** Whether the state has the hash that it was saved with; so it has not where it is hashed otherwise. */
    boolean isHashedAs(final CoreHost host)
    {
        return logicVersion() < STATE_HASHED_ALIKE_SINCE || begin.stateHash() == host.core().stateHash();
    }

    private int next(final int offset)
    {
        return offset + RecordDescriptor.recordLength(records, offset);
    }

    /** Gives each section's record, begin and end left out, to the consumer. */
    public void forEachSection(final ObjIntConsumer<DirectBuffer> consumer)
    {
        for (int offset = next(0); next(offset) < length; offset = next(offset))
        {
            consumer.accept(records, offset);
        }
    }

    public Path file()
    {
        return file;
    }

    /** Where in the journal it was taken. */
    public JournalPosition position()
    {
        return new JournalPosition(begin.incarnation(), begin.segment(), begin.documentIndex(), begin.lastSequence(),
            begin.chain(), begin.incarnationRecords(), begin.lastDecisionSequence(), begin.lastDecisionOrdinal(),
            begin.cleanEnd() == BooleanType.TRUE);
    }

    /** Of the core that wrote it. */
    public int logicVersion()
    {
        return begin.logicVersion();
    }

    /** Of the incarnation it was taken in; names the strategies. */
    public String configuration()
    {
        return configuration;
    }

    public String build()
    {
        return build;
    }
}
