package io.lockstep.sequencer.journal;

import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.RecordKind;
import io.lockstep.sbe.RunMetadataDecoder;
import io.lockstep.sbe.SkippedInputDecoder;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * How an incarnation began: what can be known of it without reading it.
 *
 * @param predecessorLastSequence newest input that counts of what was there before, 0 for none.
 * @param skippedInputs that replays pass over, up to and including this incarnation.
 * @param skipped       sequences of those that this incarnation was the first to pass over.
 * @param build         that wrote it.
 * @param configuration it ran with.
 */
public record RunHead(
    int incarnation,
    int logicVersion,
    long predecessorLastSequence,
    int skippedInputs,
    List<Long> skipped,
    String build,
    String configuration)
{
    /**
     * The heads of all incarnations that have one, ascending; opens each.
     *
     * @throws JournalCorruptException when one is damaged.
     */
    public static List<RunHead> all(final JournalStore store)
    {
        final TreeMap<Integer, RunHead> headByIncarnation = new TreeMap<>();
        for (final SegmentId segment : store.segments())
        {
            final RunHead head = segment.segment() == 1 ? read(store, segment) : null;
            if (head != null)
            {
                headByIncarnation.put(head.incarnation(), head);
            }
        }
        return List.copyOf(headByIncarnation.values());
    }

    /** The newest; null when there is none. */
    public static RunHead newest(final JournalStore store)
    {
        final List<SegmentId> segments = store.segments();
        for (int i = segments.size() - 1; i >= 0; i--)
        {
            final RunHead head = segments.get(i).segment() == 1 ? read(store, segments.get(i)) : null;
            if (head != null)
            {
                return head;
            }
        }
        return null;
    }

    /** Null for an incarnation that a crash has ended before its first record was complete. */
    private static RunHead read(final JournalStore store, final SegmentId segment)
    {
        try (DocumentSource documents = store.open(segment))
        {
            return documents != null && documents.next() ? read(documents, segment) : null;
        }
        catch (final SegmentDamagedException ex)
        {
            throw new JournalCorruptException(0, "incarnation=" + segment.incarnation() + ": " + ex.getMessage());
        }
    }

    private static RunHead read(final DocumentSource documents, final SegmentId segment)
    {
        final MessageHeaderDecoder header = new MessageHeaderDecoder();
        final RunMetadataDecoder metadata = new RunMetadataDecoder();
        require(documents, segment, RecordKind.RUN_METADATA);
        metadata.wrapAndApplyHeader(documents.buffer(), RecordDescriptor.HEADER_LENGTH, header);
        final int skippedInputs = metadata.skippedInputs() == RunMetadataDecoder.skippedInputsNullValue()
            ? 0
            : metadata.skippedInputs();
        final String build = metadata.build();
        metadata.skipRuntime();
        final String configuration = metadata.configuration();
        final int logicVersion = metadata.logicVersion();
        return new RunHead(segment.incarnation(), logicVersion, metadata.predecessorLastSequence(), skippedInputs,
            skippedInputs == 0 ? List.of() : skipped(documents, segment), build, configuration);
    }

    private static List<Long> skipped(final DocumentSource documents, final SegmentId segment)
    {
        final List<Long> skipped = new ArrayList<>();
        final MessageHeaderDecoder header = new MessageHeaderDecoder();
        final SkippedInputDecoder input = new SkippedInputDecoder();
        while (documents.next() &&
            RecordDescriptor.kind(documents.buffer(), 0) == RecordKind.SKIPPED_INPUT.value())
        {
            for (int offset = 0; offset < documents.length();)
            {
                require(documents, segment, offset, RecordKind.SKIPPED_INPUT);
                input.wrapAndApplyHeader(documents.buffer(), offset + RecordDescriptor.HEADER_LENGTH, header);
                skipped.add(input.skippedSequence());
                offset += RecordDescriptor.recordLength(documents.buffer(), offset);
            }
        }
        return List.copyOf(skipped);
    }

    private static void require(final DocumentSource documents, final SegmentId segment, final RecordKind kind)
    {
        require(documents, segment, 0, kind);
    }

    private static void require(
        final DocumentSource documents, final SegmentId segment, final int offset, final RecordKind kind)
    {
        final boolean readable = RecordDescriptor.isLengthValid(
            documents.buffer(), offset, documents.length() - offset);
        if (!readable || RecordDescriptor.kind(documents.buffer(), offset) != kind.value() ||
            RecordDescriptor.computeChecksum(documents.buffer(), offset) != RecordDescriptor
                .checksum(documents.buffer(), offset))
        {
            throw new JournalCorruptException(
                0, "incarnation=" + segment.incarnation() + ": expected to begin with a good " + kind);
        }
    }
}
