package io.lockstep.verification.replay;

import io.lockstep.codecs.RecordBatch;
import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.sbe.CleanEndEncoder;
import io.lockstep.sbe.RecordKind;
import io.lockstep.sbe.RunMetadataEncoder;
import io.lockstep.sequencer.journal.JournalReader;
import io.lockstep.sequencer.journal.NodeDirectory;
import io.lockstep.sequencer.journal.QueueJournal;
import org.agrona.MutableDirectBuffer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Copies a journal record by record, with a change: checksums, chain, counts and seams are made right again, so that only
 * what the journal says is different, and not whether it is whole.
 */
public final class JournalRewriter
{
    /** What is done to a record. */
    @FunctionalInterface
    public interface Change
    {
        /**
         * @param buffer holds the record, which may be altered in place.
         * @return false to leave the record out.
         */
        boolean apply(MutableDirectBuffer buffer, int offset);
    }

    private final NodeDirectory target;
    private final Change change;
    private final RunMetadataEncoder metadata = new RunMetadataEncoder();
    private final RecordBatch single = new RecordBatch();
    private final CleanEndEncoder cleanEnd = new CleanEndEncoder();
    private QueueJournal journal;
    private int incarnation;
    private long chain;
    private long records;

    private JournalRewriter(final Path target, final Change change)
    {
        this.target = new NodeDirectory(target);
        this.change = change;
    }

    /** Copies a node's journal to another node's directory, which must be new. */
    public static Path copy(final Path source, final Path target, final Change change)
    {
        new JournalRewriter(target, change).copy(new NodeDirectory(source));
        return target;
    }

    private void copy(final NodeDirectory source)
    {
        try (JournalReader reader = new JournalReader(source))
        {
            final RecordBatch document = new RecordBatch();
            while (reader.next())
            {
                if (reader.isDocumentStart())
                {
                    write(document);
                }
                open(reader.incarnation());
                add(document, reader);
            }
            write(document);
        }
        finally
        {
            journal.close();
        }
    }

    private void open(final int number)
    {
        if (number != incarnation)
        {
            if (journal != null)
            {
                journal.close();
            }
            incarnation = number;
            try
            {
                Files.createDirectories(target.journal());
            }
            catch (final IOException ex)
            {
                throw new UncheckedIOException(ex);
            }
            journal = new QueueJournal(target.incarnation(number));
        }
    }

    private void add(final RecordBatch document, final JournalReader reader)
    {
        single.clear();
        single.addRecord(reader.buffer(), reader.offset(), reader.length());
        // The copy has one segment for each incarnation.
        if (reader.kind() != RecordKind.SEGMENT && change.apply(single.buffer(), 0))
        {
            final int offset = document.addRecord(single.buffer(), 0, single.length());
            count(document.buffer(), offset, reader.kind());
            chain = RecordDescriptor.seal(document.buffer(), offset, chain);
            records++;
        }
    }

    private void count(final MutableDirectBuffer buffer, final int offset, final RecordKind kind)
    {
        if (kind == RecordKind.RUN_METADATA)
        {
            metadata.wrap(buffer, offset + RecordDescriptor.BODY_OFFSET)
                .predecessorChain(chain)
                .predecessorRecords(records);
            records = 0;
        }
        else if (kind == RecordKind.CLEAN_END)
        {
            cleanEnd.wrap(buffer, offset + RecordDescriptor.BODY_OFFSET).records(records);
        }
    }

    private void write(final RecordBatch document)
    {
        if (!document.isEmpty())
        {
            journal.append(document);
            document.clear();
        }
    }
}
