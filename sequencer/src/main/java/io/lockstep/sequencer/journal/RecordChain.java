package io.lockstep.sequencer.journal;

import io.lockstep.codecs.Nulls;
import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.codecs.Xxh64;
import io.lockstep.sbe.CleanEndDecoder;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.RecordKind;
import io.lockstep.sbe.RunMetadataDecoder;
import io.lockstep.sbe.SegmentStartedDecoder;
import org.agrona.DirectBuffer;

import java.util.Locale;

/**
 * Holds every record against the one before it: length, checksum, chain, sequence and ordinal, and what the records at the
 * beginning and the end of incarnations and segments say of how many there are.
 */
final class RecordChain
{
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final RunMetadataDecoder metadata = new RunMetadataDecoder();
    private final SegmentStartedDecoder segmentStarted = new SegmentStartedDecoder();
    private final CleanEndDecoder cleanEndDecoder = new CleanEndDecoder();

    private SegmentId segment = new SegmentId(0, 0);
    private RecordKind expectedStart;
    private DirectBuffer buffer;
    private int offset;
    private int available;

    private long chain;
    private long lastSequence;
    private long lastDecisionSequence = Nulls.NULL_SEQUENCE;
    private int lastDecisionOrdinal;
    private long records;
    private long incarnationRecords;
    private boolean cleanEnd;
    private boolean isStart = true;

    /** Goes on from a position that was checked. */
    void resume(final JournalPosition position)
    {
        segment = position.segmentId();
        lastSequence = position.lastSequence();
        chain = position.chain();
        incarnationRecords = position.incarnationRecords();
        lastDecisionSequence = position.lastDecisionSequence();
        lastDecisionOrdinal = position.lastDecisionOrdinal();
        cleanEnd = position.cleanEnd();
        isStart = false;
    }

    /** The next record is the first of this segment. */
    void onSegment(final SegmentId newSegment)
    {
        if (newSegment.incarnation() != segment.incarnation())
        {
            cleanEnd = false;
        }
        segment = newSegment;
        expectedStart = newSegment.segment() == 1 ? RecordKind.RUN_METADATA : RecordKind.SEGMENT;
    }

    /**
     * Checks a record and counts it.
     *
     * @param newAvailable bytes from the offset to the end of the document.
     */
    void check(final DirectBuffer newBuffer, final int newOffset, final int newAvailable)
    {
        buffer = newBuffer;
        offset = newOffset;
        available = newAvailable;
        checkBytes();
        if (cleanEnd)
        {
            throw corrupt("a record behind the clean end");
        }
        final RecordKind kind = RecordKind.get((short)RecordDescriptor.kind(buffer, offset));
        checkStart(kind);
        final long expectedChain = Xxh64.chain(chain, RecordDescriptor.checksum(buffer, offset));
        if (RecordDescriptor.chain(buffer, offset) != expectedChain)
        {
            throw corrupt("chain: expected " + hex(expectedChain) + ", found " +
                hex(RecordDescriptor.chain(buffer, offset))
                + ": a record before it was removed, swapped or repeated");
        }
        checkOrder(kind);
        chain = expectedChain;
        records++;
        incarnationRecords++;
    }

    private void checkBytes()
    {
        if (!RecordDescriptor.isLengthValid(buffer, offset, available))
        {
            throw corrupt("record length: expected one that ends within the document of " + (offset + available) +
                " bytes, found "
                + (available < RecordDescriptor.BODY_OFFSET
                    ? "the document's end"
                    : RecordDescriptor.recordLength(buffer, offset))
                + " at offset " + offset);
        }
        final long checksum = RecordDescriptor.checksum(buffer, offset);
        final long computed = RecordDescriptor.computeChecksum(buffer, offset);
        if (checksum != computed)
        {
            throw corrupt("checksum: expected " + hex(computed) + ", found " + hex(checksum));
        }
        if (RecordDescriptor.format(buffer, offset) != RecordDescriptor.FORMAT)
        {
            throw corrupt("record format: expected " + RecordDescriptor.FORMAT + ", found " +
                RecordDescriptor.format(buffer, offset) + ": written by another version");
        }
    }

    private void checkStart(final RecordKind kind)
    {
        final boolean isBegin = kind == RecordKind.RUN_METADATA || kind == RecordKind.SEGMENT;
        if (isBegin && expectedStart == null)
        {
            throw corrupt(kind == RecordKind.RUN_METADATA
                ? "run metadata within an incarnation"
                : "the start of a segment within a segment");
        }
        if (expectedStart != null && kind != expectedStart)
        {
            throw corrupt("expected the " + (expectedStart == RecordKind.RUN_METADATA
                ? "run metadata that an incarnation"
                : "record that a further segment") + " begins with, found kind=" + kind);
        }
        if (kind == RecordKind.RUN_METADATA)
        {
            checkIncarnation();
        }
        else if (kind == RecordKind.SEGMENT)
        {
            checkSegment();
        }
        expectedStart = null;
        isStart = false;
    }

    private void checkIncarnation()
    {
        metadata.wrapAndApplyHeader(buffer, offset + RecordDescriptor.HEADER_LENGTH, header);
        checkSeam("incarnation " + segment.incarnation() + " continues", metadata.predecessorLastSequence(),
            metadata.predecessorRecords(), metadata.predecessorChain());
        incarnationRecords = 0;
    }

    private void checkSegment()
    {
        segmentStarted.wrapAndApplyHeader(buffer, offset + RecordDescriptor.HEADER_LENGTH, header);
        if (segmentStarted.incarnation() != segment.incarnation() || segmentStarted.segment() != segment.segment())
        {
            throw corrupt("segment " + segment + ": expected its own start, found incarnation=" +
                segmentStarted.incarnation() + " segment=" + segmentStarted.segment());
        }
        checkSeam("segment " + segment + " continues", segmentStarted.predecessorLastSequence(),
            segmentStarted.predecessorRecords(), segmentStarted.predecessorChain());
    }

    private void checkSeam(
        final String what, final long predecessorSequence, final long predecessorRecords, final long predecessorChain)
    {
        if (predecessorSequence == lastSequence && predecessorChain == chain &&
            predecessorRecords == incarnationRecords)
        {
            return;
        }
        if (isStart)
        {
            throw new JournalTruncatedException(predecessorSequence + 1, "incarnation=" + segment.incarnation() +
                ": " + what + " after sequence=" + predecessorSequence + " records=" + predecessorRecords +
                ", and what comes before has been removed: expected a snapshot to start from");
        }
        throw corrupt(what + " after sequence=" + predecessorSequence + " records=" + predecessorRecords + " chain=" +
            hex(predecessorChain) + ", but its predecessor ends at sequence=" + lastSequence + " records=" +
            incarnationRecords + " chain=" + hex(chain));
    }

    private void checkOrder(final RecordKind kind)
    {
        final long sequence = RecordDescriptor.sequence(buffer, offset);
        switch (kind)
        {
            case INPUT -> {
                if (sequence != lastSequence + 1)
                {
                    throw corrupt("input sequence: expected " + (lastSequence + 1) + ", found " + sequence);
                }
                lastSequence = sequence;
            }
            case DECISION -> checkDecision(sequence, RecordDescriptor.ordinal(buffer, offset));
            case CLEAN_END -> checkCleanEnd();
            case RUN_METADATA, STATE_HASH, SEGMENT, SKIPPED_INPUT -> {
                // They hold no place in either count.
            }
            case SNAPSHOT, LINK, NULL_VAL, SBE_UNKNOWN -> throw corrupt(
                "record kind: expected one of the journal's, found " + RecordDescriptor.kind(buffer, offset));
        }
    }

    private void checkDecision(final long sequence, final int ordinal)
    {
        final boolean follows = sequence == lastDecisionSequence
            ? ordinal == lastDecisionOrdinal + 1
            : sequence > lastDecisionSequence && ordinal == 1;
        if (!follows || sequence > lastSequence)
        {
            throw corrupt("decision: expected the one after sequence=" + lastDecisionSequence + " ordinal=" +
                lastDecisionOrdinal + ", found sequence=" + sequence + " ordinal=" + ordinal);
        }
        lastDecisionSequence = sequence;
        lastDecisionOrdinal = ordinal;
    }

    private void checkCleanEnd()
    {
        cleanEndDecoder.wrapAndApplyHeader(buffer, offset + RecordDescriptor.HEADER_LENGTH, header);
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
        final boolean readable = RecordDescriptor.isLengthValid(buffer, offset, available);
        return corrupt(readable ? RecordDescriptor.sequence(buffer, offset) : lastSequence, problem);
    }

    /** For what is wrong behind the last record. */
    JournalCorruptException corrupt(final long sequence, final String problem)
    {
        return new JournalCorruptException(sequence,
            "incarnation=" + segment.incarnation() + " record=" + incarnationRecords + ": " + problem);
    }

    private static String hex(final long value)
    {
        return String.format(Locale.ROOT, "%016x", value);
    }

    /** Right behind the record that was checked last, the last of the document with this address. */
    JournalPosition position(final long documentIndex)
    {
        return new JournalPosition(segment.incarnation(), segment.segment(), documentIndex, lastSequence, chain,
            incarnationRecords, lastDecisionSequence, lastDecisionOrdinal, cleanEnd);
    }

    SegmentId segment()
    {
        return segment;
    }

    long chain()
    {
        return chain;
    }

    long lastSequence()
    {
        return lastSequence;
    }

    long records()
    {
        return records;
    }

    long incarnationRecords()
    {
        return incarnationRecords;
    }

    boolean cleanEnd()
    {
        return cleanEnd;
    }
}
