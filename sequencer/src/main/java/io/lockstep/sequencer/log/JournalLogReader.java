package io.lockstep.sequencer.log;

import io.lockstep.sequencer.journal.JournalReader;
import org.agrona.CloseHelper;
import org.agrona.concurrent.Agent;

/**
 * Reads a journal behind the loop for its log alone, where no follower does. An agent: one thread.
 */
public final class JournalLogReader implements Agent
{
    private static final int POLL_LIMIT = 4_096;

    private final JournalReader reader;
    private final JournalLog log;

    /**
     * @param reader at the place where the incarnation begins; closed with this.
     */
    public JournalLogReader(final JournalReader reader, final JournalLog log)
    {
        this.reader = reader;
        this.log = log;
    }

    @Override
    public int doWork()
    {
        int records = 0;
        while (records < POLL_LIMIT && reader.next())
        {
            records++;
            log.onRecord(reader.buffer(), reader.offset());
        }
        return records;
    }

    /** What was written last, the end among it, comes before the close. */
    @Override
    public void onClose()
    {
        while (doWork() > 0)
        {
            // As many records as there are.
        }
        CloseHelper.close(reader);
    }

    @Override
    public String roleName()
    {
        return "lockstep-log-reader";
    }
}
