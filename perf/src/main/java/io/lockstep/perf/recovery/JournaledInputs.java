package io.lockstep.perf.recovery;

import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.sbe.RecordKind;
import io.lockstep.sbe.TimerFiredDecoder;
import io.lockstep.sequencer.ingress.Ingress;
import io.lockstep.sequencer.ingress.InputSink;
import io.lockstep.sequencer.journal.JournalReader;
import io.lockstep.sequencer.journal.NodeDirectory;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.ByteBuffer;

/**
 * The inputs of a journal, held in memory, for a sequencer to take as if they came from a link. Timers are left out: the sequencer
 * has its own. It can do the work of sealing a record once more for each, to show what sealing costs.
 */
final class JournaledInputs implements Ingress
{
    private static final int CAPACITY = 1 << 29;
    private static final int BATCH = 64;

    private final UnsafeBuffer records = new UnsafeBuffer(ByteBuffer.allocateDirect(CAPACITY));
    private int length;
    private int count;
    private int offset;
    private boolean sealsOnceMore;
    private long chain;

    JournaledInputs(final NodeDirectory directory)
    {
        try (JournalReader reader = new JournalReader(directory))
        {
            while (reader.next() && length + reader.length() <= CAPACITY)
            {
                if (reader.kind() == RecordKind.INPUT &&
                    RecordDescriptor.templateId(reader.buffer(), reader.offset()) != TimerFiredDecoder.TEMPLATE_ID)
                {
                    records.putBytes(length, reader.buffer(), reader.offset(), reader.length());
                    length += reader.length();
                    count++;
                }
            }
        }
    }

    void rewind(final boolean newSealsOnceMore)
    {
        offset = 0;
        sealsOnceMore = newSealsOnceMore;
    }

    @Override
    public int poll(final InputSink sink, final int limit, final long wallTimeNs)
    {
        int polled = 0;
        while (polled < Math.min(limit, BATCH) && offset < length)
        {
            final int recordLength = RecordDescriptor.recordLength(records, offset);
            if (sealsOnceMore)
            {
                chain = RecordDescriptor.seal(records, offset, chain);
            }
            sink.onInput(records, offset, recordLength);
            offset += recordLength;
            polled++;
        }
        return polled;
    }

    @Override
    public void onJournaled(final boolean idle)
    {
    }

    /** Seals every record and does nothing else. */
    long sealAll()
    {
        for (int record = 0; record < length;)
        {
            chain = RecordDescriptor.seal(records, record, chain);
            record += RecordDescriptor.recordLength(records, record);
        }
        return chain;
    }

    int count()
    {
        return count;
    }

    /** Mean length of a record. */
    int meanLength()
    {
        return length / count;
    }
}
