package io.lockstep.sequencer.journal;

import io.lockstep.codecs.RecordBatch;
import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.sbe.CleanEndEncoder;
import io.lockstep.sbe.RecordKind;
import io.lockstep.sbe.RunMetadataEncoder;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * A node's journal taken into memory, to be altered and written to another directory: what damage, crashes and forgers make of
 * it. {@link #reseal()} makes the altered records agree with each other again, so that only their content can give them away.
 * <pre>
 *  JournalCopy.read(node).drop(JournalCopy::isDecision).reseal().write(stripped);
 * </pre>
 */
public final class JournalCopy
{
    private final List<Entry> entries = new ArrayList<>();
    private final Path source;

    /** A record and the document it stands in. */
    private record Entry(int incarnation, int document, UnsafeBuffer buffer)
    {
        Entry with(final UnsafeBuffer newBuffer)
        {
            return new Entry(incarnation, document, newBuffer);
        }
    }

    private JournalCopy(final Path source)
    {
        this.source = source;
    }

    /**
     * @param node a node's directory; its journal must be good.
     */
    public static JournalCopy read(final Path node)
    {
        final JournalCopy copy = new JournalCopy(node);
        try (JournalReader reader = new JournalReader(new NodeDirectory(node)))
        {
            int document = 0;
            while (reader.next())
            {
                document += reader.isDocumentStart() ? 1 : 0;
                final byte[] bytes = new byte[reader.length()];
                reader.buffer().getBytes(reader.offset(), bytes);
                copy.entries.add(new Entry(reader.incarnation(), document, new UnsafeBuffer(bytes)));
            }
        }
        return copy;
    }

    /** The records in their order; each may be altered in place. */
    public List<UnsafeBuffer> records()
    {
        return entries.stream().map(Entry::buffer).toList();
    }

    /** Number of the document of the record with this index, counted from 1 over all incarnations. */
    public int document(final int index)
    {
        return entries.get(index).document;
    }

    /** Puts what the function returns in the place of each record; null drops it. */
    public JournalCopy map(final UnaryOperator<UnsafeBuffer> edit)
    {
        final List<Entry> edited = new ArrayList<>();
        for (final Entry entry : entries)
        {
            final UnsafeBuffer buffer = edit.apply(entry.buffer);
            if (buffer != null)
            {
                edited.add(entry.with(buffer));
            }
        }
        entries.clear();
        entries.addAll(edited);
        return this;
    }

    public JournalCopy drop(final Predicate<UnsafeBuffer> condition)
    {
        return map((record) -> condition.test(record) ? null : record);
    }

    public JournalCopy drop(final int index)
    {
        entries.remove(index);
        return this;
    }

    /** Cuts the journal before the record: what a crash leaves when the index is that of a document's start. */
    public JournalCopy truncate(final int index)
    {
        entries.subList(index, entries.size()).clear();
        return this;
    }

    public JournalCopy swap(final int index, final int otherIndex)
    {
        final Entry entry = entries.get(index);
        final Entry other = entries.get(otherIndex);
        entries.set(index, entry.with(other.buffer));
        entries.set(otherIndex, other.with(entry.buffer));
        return this;
    }

    /** The record a second time, behind itself. */
    public JournalCopy repeat(final int index)
    {
        final Entry entry = entries.get(index);
        final byte[] bytes = new byte[entry.buffer.capacity()];
        entry.buffer.getBytes(0, bytes);
        entries.add(index + 1, entry.with(new UnsafeBuffer(bytes)));
        return this;
    }

    /**
     * Computes checksums and chain anew, and what each incarnation says of how many records there are and where the one before
     * ended. Sequences stay as they are.
     */
    public JournalCopy reseal()
    {
        long chain = 0;
        long lastSequence = 0;
        long records = 0;
        for (final Entry entry : entries)
        {
            final MutableDirectBuffer buffer = entry.buffer;
            if (is(buffer, RecordKind.RUN_METADATA))
            {
                metadata(buffer, chain, lastSequence, records);
                records = 0;
            }
            else if (is(buffer, RecordKind.CLEAN_END))
            {
                cleanEnd(buffer, lastSequence, records);
            }
            else if (is(buffer, RecordKind.INPUT))
            {
                lastSequence = RecordDescriptor.sequence(buffer, 0);
            }
            chain = RecordDescriptor.seal(buffer, 0, chain);
            records++;
        }
        return this;
    }

    /** The checksums alone: each record is whole, its place is not. */
    public JournalCopy resealChecksums()
    {
        entries.forEach((entry) -> RecordDescriptor.sealChecksum(entry.buffer, 0));
        return this;
    }

    private static void metadata(
        final MutableDirectBuffer buffer, final long chain, final long lastSequence, final long records)
    {
        new RunMetadataEncoder().wrap(buffer, RecordDescriptor.BODY_OFFSET)
            .predecessorChain(chain)
            .predecessorLastSequence(lastSequence)
            .predecessorRecords(records);
    }

    private static void cleanEnd(final MutableDirectBuffer buffer, final long lastSequence, final long records)
    {
        new CleanEndEncoder().wrap(buffer, RecordDescriptor.BODY_OFFSET)
            .lastSequence(lastSequence)
            .records(records);
    }

    /**
     * Writes it as the journal of a node's directory, each document as it was read, and the node's configuration beside it.
     *
     * @param node has no journal.
     */
    public void write(final Path node)
    {
        final NodeDirectory directory = new NodeDirectory(node);
        createDirectories(directory);
        int index = 0;
        while (index < entries.size())
        {
            index = writeIncarnation(directory, index);
        }
    }

    private void createDirectories(final NodeDirectory directory)
    {
        try
        {
            Files.createDirectories(directory.journal());
            final Path configuration = new NodeDirectory(source).configuration();
            if (Files.exists(configuration))
            {
                Files.copy(configuration, directory.configuration());
            }
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    private int writeIncarnation(final NodeDirectory directory, final int from)
    {
        final int incarnation = entries.get(from).incarnation;
        final RecordBatch batch = new RecordBatch();
        int index = from;
        try (QueueJournal journal = new QueueJournal(directory.incarnation(incarnation)))
        {
            while (index < entries.size() && entries.get(index).incarnation == incarnation)
            {
                final Entry entry = entries.get(index++);
                batch.addRecord(entry.buffer, 0, entry.buffer.capacity());
                if (index == entries.size() || entries.get(index).document != entry.document)
                {
                    journal.append(batch);
                    batch.clear();
                }
            }
        }
        return index;
    }

    public static boolean isInput(final UnsafeBuffer record)
    {
        return is(record, RecordKind.INPUT);
    }

    public static boolean isDecision(final UnsafeBuffer record)
    {
        return is(record, RecordKind.DECISION);
    }

    /** Decisions and state hashes: what the core makes of the inputs. */
    public static boolean isMadeByCore(final UnsafeBuffer record)
    {
        return is(record, RecordKind.DECISION) || is(record, RecordKind.STATE_HASH);
    }

    public static boolean is(final MutableDirectBuffer record, final RecordKind kind)
    {
        return RecordDescriptor.kind(record, 0) == kind.value();
    }

    /** Index of the first record from the given one on that fulfils the condition, or -1. */
    public int indexOf(final int from, final Predicate<UnsafeBuffer> condition)
    {
        for (int index = from; index < entries.size(); index++)
        {
            if (condition.test(entries.get(index).buffer))
            {
                return index;
            }
        }
        return -1;
    }

    /** Index of the last record that fulfils the condition, or -1. */
    public int lastIndexOf(final Predicate<UnsafeBuffer> condition)
    {
        int last = -1;
        for (int index = indexOf(0, condition); index >= 0; index = indexOf(index + 1, condition))
        {
            last = index;
        }
        return last;
    }
}
