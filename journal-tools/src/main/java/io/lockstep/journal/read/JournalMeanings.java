package io.lockstep.journal.read;

import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.core.TradingCore;
import io.lockstep.journal.text.RecordMeanings;
import io.lockstep.sbe.InstrumentDefinitionDecoder;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sequencer.journal.JournalPosition;
import io.lockstep.sequencer.journal.NodeDirectory;
import io.lockstep.sequencer.snapshot.Snapshot;
import io.lockstep.sequencer.snapshot.SnapshotDirectory;
import io.lockstep.sequencer.snapshot.SnapshotException;
import org.agrona.DirectBuffer;

import java.nio.file.Path;

/**
 * Tells {@link RecordMeanings} the instruments that a journal defines, record by record, and those that a snapshot has where the
 * journal's start is gone.
 */
public final class JournalMeanings
{
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final InstrumentDefinitionDecoder definition = new InstrumentDefinitionDecoder();
    private final RecordMeanings meanings = new RecordMeanings();

    private JournalMeanings()
    {
    }

    /** Of a journal that is read from {@link JournalStart#position} on. */
    public static JournalMeanings of(final NodeDirectory directory)
    {
        final JournalMeanings meanings = new JournalMeanings();
        final JournalPosition start = JournalStart.position(directory);
        if (!start.equals(JournalPosition.START))
        {
            for (final Path file : new SnapshotDirectory(directory.snapshots()).newestFirst())
            {
                meanings.addSnapshot(file, start);
            }
        }
        return meanings;
    }

    /** Of a core. */
    public static RecordMeanings of(final TradingCore core)
    {
        final RecordMeanings meanings = new RecordMeanings();
        for (int id = 0; id < core.instrumentCount(); id++)
        {
            meanings.define(core.instrument(id));
        }
        return meanings;
    }

    private void addSnapshot(final Path file, final JournalPosition start)
    {
        try
        {
            final Snapshot snapshot = Snapshot.read(file);
            if (snapshot.position().equals(start))
            {
                snapshot.forEachSection(this::onRecord);
            }
        }
        catch (final SnapshotException ex)
        {
            // A damaged one is not where the journal is read from.
        }
    }

    public RecordMeanings meanings()
    {
        return meanings;
    }

    /** Before the record, or what follows it, is explained. */
    public void onRecord(final DirectBuffer buffer, final int offset)
    {
        if (RecordDescriptor.templateId(buffer, offset) == InstrumentDefinitionDecoder.TEMPLATE_ID)
        {
            definition.wrapAndApplyHeader(buffer, offset + RecordDescriptor.HEADER_LENGTH, header);
            meanings.define(Instrument.decode(definition));
        }
    }
}
