package io.lockstep.journal.verify;

import io.lockstep.journal.decode.RecordDecoder;
import io.lockstep.journal.read.JournalStart;
import io.lockstep.sequencer.journal.JournalCorruptException;
import io.lockstep.sequencer.journal.JournalReader;
import io.lockstep.sequencer.journal.NodeDirectory;

/**
 * What comes of checking every record of a journal, and what lies beside it.
 *
 * @param firstBadSequence null when there is none.
 * @param problem          null when there is none.
 * @param chain            of the last good record.
 * @param tornBytes        of a document at the end that was never marked complete, or is being written now.
 */
public record JournalVerification(
    long records, Long firstBadSequence, String problem, long chain, boolean cleanEnd, long tornBytes)
{
    public static JournalVerification of(final NodeDirectory directory)
    {
        Long firstBadSequence = null;
        String problem = null;
        long tornBytes = 0;
        final JournalWitnesses witnesses = new JournalWitnesses(directory);
        try (JournalReader reader = JournalStart.open(directory))
        {
            try
            {
                final RecordDecoder decoder = new RecordDecoder();
                while (reader.next())
                {
                    decoder.requireKnown(reader.buffer(), reader.offset());
                }
                tornBytes = reader.checkEnd();
            }
            catch (final JournalCorruptException ex)
            {
                firstBadSequence = ex.sequence();
                problem = ex.getMessage();
            }
            if (problem == null && reader.records() == 0)
            {
                problem = "expected at least one record";
            }
            if (problem == null)
            {
                problem = witnesses.problem(reader);
            }
            return new JournalVerification(reader.records(), firstBadSequence, problem, reader.chain(),
                problem == null && reader.cleanEnd(), tornBytes);
        }
    }
}
