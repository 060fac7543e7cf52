package io.lockstep.sequencer.replay;

import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.sbe.RecordKind;
import io.lockstep.sequencer.CoreHost;
import io.lockstep.sequencer.journal.RecordBatch;
import io.lockstep.sequencer.journal.JournalReader;
import org.agrona.DirectBuffer;

/**
 * Runs a journal's inputs through the core and, when asked to, holds every decision and state hash the core makes against the
 * one recorded, byte for byte but for the chain, which tells a record's place and not its content.
 * <p>
 * Decisions stand behind the inputs of their batch. Those a crash has cut off are missing at the end of the journal; they
 * stay in the host's decisions for the caller to complete.
 */
public final class Replayer
{
    private final JournalReader reader;
    private final CoreHost host;
    private final boolean verify;

    private boolean isHeld;
    private int compared;
    private int incarnation;
    private long inputs;
    private long firstSequence;
    private long equalUpToSequence;
    private Divergence divergence;

    public Replayer(final JournalReader reader, final CoreHost host, final boolean verify)
    {
        this.reader = reader;
        this.host = host;
        this.verify = verify;
    }

    /**
     * Replays up to and including the input of this sequence, or to the end, or to the first divergence. It may be called again
     * to go on. Decisions of a batch that goes on behind the sequence are only compared then.
     *
     * @throws io.lockstep.sequencer.journal.JournalCorruptException when the journal is damaged.
     */
    public void run(final long toSequence)
    {
        while (divergence == null && (isHeld || reader.next()))
        {
            isHeld = false;
            switch (reader.kind())
            {
                case INPUT -> {
                    if (RecordDescriptor.sequence(reader.buffer(), reader.offset()) > toSequence)
                    {
                        isHeld = true;
                        return;
                    }
                    onInput();
                }
                case DECISION, STATE_HASH -> onRecorded();
                case RUN_METADATA, CLEAN_END, SEGMENT, SKIPPED_INPUT, SNAPSHOT, LINK, NULL_VAL, SBE_UNKNOWN -> {
                    // Nothing to replay; the reader has checked them.
                }
            }
        }
        if (divergence == null && verify && reader.cleanEnd() && pending())
        {
            divergence = Divergence.of(null, 0, host.decisions().buffer(), compared, equalUpToSequence);
        }
    }

    private void onInput()
    {
        if (!verify)
        {
            host.decisions().clear();
        }
        else if (reader.isDocumentStart() && pending() && reader.incarnation() == incarnation)
        {
            // A batch of inputs is followed by its decisions before the next batch; only a crash comes between.
            divergence = Divergence.of(null, 0, host.decisions().buffer(), compared, equalUpToSequence);
            return;
        }
        incarnation = reader.incarnation();
        firstSequence = inputs == 0 ? RecordDescriptor.sequence(reader.buffer(), reader.offset()) : firstSequence;
        host.apply(reader.buffer(), reader.offset());
        inputs++;
    }

    private void onRecorded()
    {
        if (!verify)
        {
            return;
        }
        final RecordBatch recomputed = host.decisions();
        if (!pending())
        {
            divergence = Divergence.of(reader.buffer(), reader.offset(), null, 0, equalUpToSequence);
        }
        else if (!isEqual(reader.buffer(), reader.offset(), recomputed.buffer(), compared))
        {
            divergence = Divergence.of(
                reader.buffer(), reader.offset(), recomputed.buffer(), compared, equalUpToSequence);
        }
        else
        {
            compared += RecordDescriptor.recordLength(recomputed.buffer(), compared);
            equalUpToSequence = reader.kind() == RecordKind.STATE_HASH
                ? RecordDescriptor.sequence(reader.buffer(), reader.offset())
                : equalUpToSequence;
            if (!pending())
            {
                clear();
            }
        }
    }

    private void clear()
    {
        host.decisions().clear();
        compared = 0;
    }

    private boolean pending()
    {
        return compared < host.decisions().length();
    }

    private static boolean isEqual(
        final DirectBuffer recorded, final int recordedOffset, final DirectBuffer recomputed, final int offset)
    {
        final int length = RecordDescriptor.recordLength(recorded, recordedOffset);
        if (length != RecordDescriptor.recordLength(recomputed, offset))
        {
            return false;
        }
        for (int i = 0; i < length; i += RecordDescriptor.ALIGNMENT)
        {
            if (i != RecordDescriptor.CHAIN_OFFSET
                && recorded.getLong(recordedOffset + i) != recomputed.getLong(offset + i))
            {
                return false;
            }
        }
        return true;
    }

    /** Decisions of the last batch that the journal does not have: what a crash has cut off. */
    public RecordBatch cutOff()
    {
        final RecordBatch cutOff = new RecordBatch();
        for (int offset = compared; offset < host.decisions().length();)
        {
            final int length = RecordDescriptor.recordLength(host.decisions().buffer(), offset);
            cutOff.addRecord(host.decisions().buffer(), offset, length);
            offset += length;
        }
        return cutOff;
    }

    public CoreHost host()
    {
        return host;
    }

    /** Inputs replayed. */
    public long inputs()
    {
        return inputs;
    }

    /** Sequence of the first input replayed, 0 when there was none. */
    public long firstSequence()
    {
        return firstSequence;
    }

    /** The first divergence, or null. */
    public Divergence divergence()
    {
        return divergence;
    }
}
