package io.lockstep.tools;

import io.lockstep.sequencer.journal.JournalCorruptException;
import io.lockstep.sequencer.journal.JournalReader;
import io.lockstep.sequencer.journal.NodeDirectory;

/**
 * What comes of checking every record of a journal.
 *
 * @param firstBadSequence null when there is none.
 * @param problem          null when there is none.
 * @param chain            of the last good record.
 */
record JournalVerification(long records, Long firstBadSequence, String problem, long chain, boolean cleanEnd)
{
    static JournalVerification of(final NodeDirectory directory)
    {
        Long firstBadSequence = null;
        String problem = null;
        try (JournalReader reader = new JournalReader(directory))
        {
            try
            {
                final RecordDecoder decoder = new RecordDecoder();
                while (reader.next())
                {
                    decoder.requireKnown(reader.buffer(), reader.offset());
                }
            }
            catch (final JournalCorruptException ex)
            {
                firstBadSequence = ex.sequence();
                problem = ex.getMessage();
            }
            catch (final RuntimeException | InternalError ex)
            {
                // The queue itself is damaged; what is mapped beyond the end of a cut file is an InternalError.
                firstBadSequence = reader.lastSequence();
                problem = "sequence=" + firstBadSequence + ": incarnation=" + reader.incarnation() +
                    ": expected a readable queue: " + ex;
            }
            if (problem == null && reader.records() == 0)
            {
                problem = "expected at least one record";
            }
            return new JournalVerification(reader.records(), firstBadSequence, problem, reader.chain(),
                problem == null && reader.cleanEnd());
        }
    }
}
