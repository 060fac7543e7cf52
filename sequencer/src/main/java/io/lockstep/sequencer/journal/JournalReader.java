package io.lockstep.sequencer.journal;

import io.lockstep.codecs.Nulls;
import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.codecs.Xxh64;
import io.lockstep.sbe.CleanEndDecoder;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.RecordKind;
import io.lockstep.sbe.RunMetadataDecoder;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.queue.rollcycles.LegacyRollCycles;
import net.openhft.chronicle.wire.DocumentContext;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.util.List;

/**
 * Reads a node's journal record by record, over all incarnations, and believes nothing: length, checksum, chain, sequence
 * and ordinal of every record are checked, and at the seam of two incarnations the later one says how the earlier one ended.
 * <p>
 * "No more documents" is what a damaged queue says as well as a finished one, so it is taken as the end only where the count
 * agrees: that of the clean end or of the successor. Without either, the last incarnation ended in a crash, and what can be
 * read is what there is. Queues are opened for reading only.
 */
public final class JournalReader implements AutoCloseable
{
    private final NodeDirectory directory;
    private final List<Integer> incarnations;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final RunMetadataDecoder metadata = new RunMetadataDecoder();
    private final CleanEndDecoder cleanEndDecoder = new CleanEndDecoder();
    private final UnsafeBuffer document = new UnsafeBuffer(0, 0);

    private int nextIncarnation;
    private int incarnation;
    private SingleChronicleQueue queue;
    private ExcerptTailer tailer;
    private DocumentContext context;
    private int documentLength;
    private int offset;
    private int nextOffset;
    private boolean isDocumentStart;

    private long chain;
    private long lastSequence;
    private long lastDecisionSequence = Nulls.NULL_SEQUENCE;
    private int lastOrdinal;
    private long records;
    private long incarnationRecords;
    private boolean cleanEnd;
    private boolean isIncarnationStart;

    public JournalReader(final NodeDirectory directory)
    {
        this.directory = directory;
        this.incarnations = directory.incarnations();
    }

    /**
     * Moves to the next record.
     *
     * @return false at the end of what has been written so far; it may be called again.
     * @throws JournalCorruptException when the record is not what was written.
     */
    public boolean next()
    {
        while (nextOffset >= documentLength)
        {
            if (!nextDocument())
            {
                return false;
            }
        }
        offset = nextOffset;
        isDocumentStart = offset == 0;
        check();
        nextOffset = offset + RecordDescriptor.recordLength(document, offset);
        return true;
    }

    private boolean nextDocument()
    {
        closeDocument();
        if (tailer != null)
        {
            final DocumentContext candidate = tailer.readingDocument();
            if (candidate.isPresent())
            {
                open(candidate);
                return true;
            }
            candidate.close();
        }
        if (nextIncarnation == incarnations.size())
        {
            return false;
        }
        final int number = incarnations.get(nextIncarnation);
        final boolean started = directory.isStarted(number);
        if (started)
        {
            openIncarnation(number);
        }
        else if (nextIncarnation + 1 == incarnations.size())
        {
            // A live node may be about to make it.
            return false;
        }
        nextIncarnation++;
        return true;
    }

    private void open(final DocumentContext candidate)
    {
        context = candidate;
        final Bytes<?> bytes = candidate.wire().bytes();
        documentLength = (int)bytes.readRemaining();
        nextOffset = 0;
        if (documentLength > 0)
        {
            document.wrap(bytes.addressForRead(bytes.readPosition()), documentLength);
        }
    }

    private void openIncarnation(final int number)
    {
        closeQueue();
        queue = SingleChronicleQueueBuilder.binary(directory.incarnation(number))
            .rollCycle(LegacyRollCycles.DAILY)
            .blockSize(QueueJournal.BLOCK_SIZE)
            .readOnly(true)
            .build();
        tailer = queue.createTailer();
        incarnation = number;
        cleanEnd = false;
        isIncarnationStart = true;
    }

    private void check()
    {
        if (!RecordDescriptor.isLengthValid(document, offset, documentLength - offset))
        {
            throw corrupt("record length: expected one that ends within the document of " + documentLength +
                " bytes, found "
                + (documentLength - offset < RecordDescriptor.BODY_OFFSET
                    ? "the document's end"
                    : RecordDescriptor.recordLength(document, offset))
                + " at offset " + offset);
        }
        final long checksum = RecordDescriptor.checksum(document, offset);
        final long computed = RecordDescriptor.computeChecksum(document, offset);
        if (checksum != computed)
        {
            throw corrupt("checksum: expected " + hex(computed) + ", found " + hex(checksum));
        }
        if (RecordDescriptor.format(document, offset) != RecordDescriptor.FORMAT)
        {
            throw corrupt("record format: expected " + RecordDescriptor.FORMAT + ", found " +
                RecordDescriptor.format(document, offset) + ": written by another version");
        }
        if (cleanEnd)
        {
            throw corrupt("a record behind the clean end");
        }
        checkStart(RecordDescriptor.kind(document, offset) == RecordKind.RUN_METADATA.value());
        final long expectedChain = Xxh64.chain(chain, checksum);
        if (RecordDescriptor.chain(document, offset) != expectedChain)
        {
            throw corrupt("chain: expected " + hex(expectedChain) + ", found " +
                hex(RecordDescriptor.chain(document, offset))
                + ": a record before it was removed, swapped or repeated");
        }
        checkOrder();
        chain = expectedChain;
        records++;
        incarnationRecords++;
    }

    private void checkStart(final boolean isMetadata)
    {
        if (isMetadata != isIncarnationStart)
        {
            throw corrupt(isMetadata
                ? "run metadata within an incarnation"
                : "expected the run metadata that an incarnation begins with, found kind=" +
                    RecordKind.get((short)RecordDescriptor.kind(document, offset)));
        }
        if (isMetadata)
        {
            checkSeam();
        }
        isIncarnationStart = false;
    }

    private void checkSeam()
    {
        metadata.wrapAndApplyHeader(document, offset + RecordDescriptor.HEADER_LENGTH, header);
        if (metadata.predecessorLastSequence() != lastSequence || metadata.predecessorChain() != chain ||
            metadata.predecessorRecords() != incarnationRecords)
        {
            throw corrupt("incarnation " + incarnation + " continues after sequence=" +
                metadata.predecessorLastSequence() + " records=" + metadata.predecessorRecords() + " chain=" +
                hex(metadata.predecessorChain()) + ", but its predecessor ends at sequence=" + lastSequence +
                " records=" + incarnationRecords + " chain=" + hex(chain));
        }
        incarnationRecords = 0;
    }

    private void checkOrder()
    {
        final long sequence = RecordDescriptor.sequence(document, offset);
        final int ordinal = RecordDescriptor.ordinal(document, offset);
        switch (RecordKind.get((short)RecordDescriptor.kind(document, offset)))
        {
            case INPUT -> {
                if (sequence != lastSequence + 1)
                {
                    throw corrupt("input sequence: expected " + (lastSequence + 1) + ", found " + sequence);
                }
                lastSequence = sequence;
            }
            case DECISION -> checkDecision(sequence, ordinal);
            case CLEAN_END -> checkCleanEnd();
            case RUN_METADATA, STATE_HASH -> {
                // They hold no place in either count.
            }
            case SEGMENT, SKIPPED_INPUT, SNAPSHOT, LINK, NULL_VAL, SBE_UNKNOWN -> throw corrupt(
                "record kind: expected one of the journal's, found " + RecordDescriptor.kind(document, offset));
        }
    }

    private void checkDecision(final long sequence, final int ordinal)
    {
        final boolean follows = sequence == lastDecisionSequence
            ? ordinal == lastOrdinal + 1
            : sequence > lastDecisionSequence && ordinal == 1;
        if (!follows || sequence > lastSequence)
        {
            throw corrupt("decision: expected the one after sequence=" + lastDecisionSequence + " ordinal=" +
                lastOrdinal + ", found sequence=" + sequence + " ordinal=" + ordinal);
        }
        lastDecisionSequence = sequence;
        lastOrdinal = ordinal;
    }

    private void checkCleanEnd()
    {
        cleanEndDecoder.wrapAndApplyHeader(document, offset + RecordDescriptor.HEADER_LENGTH, header);
        if (cleanEndDecoder.records() != incarnationRecords || cleanEndDecoder.lastSequence() != lastSequence)
        {
            throw corrupt("clean end: says records=" + cleanEndDecoder.records() + " lastSequence=" +
                cleanEndDecoder.lastSequence() + ", read records=" + incarnationRecords + " lastSequence=" +
                lastSequence);
        }
        cleanEnd = true;
    }

    private JournalCorruptException corrupt(final String problem)
    {
        final boolean readable = RecordDescriptor.isLengthValid(document, offset, documentLength - offset);
        final long sequence = readable ? RecordDescriptor.sequence(document, offset) : lastSequence;
        return new JournalCorruptException(sequence, "incarnation=" + incarnation + " record=" + incarnationRecords +
            ": " + problem);
    }

    private static String hex(final long value)
    {
        return String.format("%016x", value);
    }

    /** Holds the current record until the next call of {@link #next()}. */
    public DirectBuffer buffer()
    {
        return document;
    }

    public int offset()
    {
        return offset;
    }

    public int length()
    {
        return RecordDescriptor.recordLength(document, offset);
    }

    public RecordKind kind()
    {
        return RecordKind.get((short)RecordDescriptor.kind(document, offset));
    }

    /** Whether the current record is the first of its document, that is, of a batch. */
    public boolean isDocumentStart()
    {
        return isDocumentStart;
    }

    /** Number of the incarnation being read, 0 before the first record. */
    public int incarnation()
    {
        return incarnation;
    }

    /** Chain of the newest record. */
    public long chain()
    {
        return chain;
    }

    /** Sequence of the newest input, 0 before the first. */
    public long lastSequence()
    {
        return lastSequence;
    }

    /** Records read over all incarnations. */
    public long records()
    {
        return records;
    }

    /** Records read of the incarnation being read. */
    public long incarnationRecords()
    {
        return incarnationRecords;
    }

    /** Whether the newest record is a clean end. */
    public boolean cleanEnd()
    {
        return cleanEnd;
    }

    @Override
    public void close()
    {
        closeDocument();
        closeQueue();
    }

    private void closeDocument()
    {
        if (context != null)
        {
            context.close();
            context = null;
        }
        documentLength = 0;
        nextOffset = 0;
    }

    private void closeQueue()
    {
        if (queue != null)
        {
            tailer.close();
            queue.close();
            queue = null;
            tailer = null;
        }
    }
}
