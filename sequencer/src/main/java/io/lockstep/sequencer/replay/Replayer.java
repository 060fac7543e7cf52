package io.lockstep.sequencer.replay;

import io.lockstep.codecs.RecordBatch;
import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.core.TradingCore;
import io.lockstep.core.host.CoreHost;
import io.lockstep.sbe.AlertType;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.NodeStartedDecoder;
import io.lockstep.sbe.OperationalAlertDecoder;
import io.lockstep.sbe.RecordKind;
import io.lockstep.sequencer.journal.JournalReader;
import org.agrona.DirectBuffer;
import org.agrona.collections.LongArrayList;

/**
 * Runs a journal's inputs through the core and, when asked to, holds every decision and state hash the core makes against the
 * one recorded, byte for byte but for the chain, which tells a record's place and not its content.
 * <p>
 * Decisions stand behind the inputs of their batch. Those a crash has cut off are missing at the end of the journal; they
 * stay in the host's decisions for the caller to complete.
 */
public final class Replayer
{
    /** Of the sequences of inputs that strategies are told of ahead, as they may be live: one in 256, which costs less than 1 ns an input. */
    private static final long LOOK_AHEAD_MASK = 255;

    private final JournalReader reader;
    private final CoreHost host;
    private final boolean verify;
    private final SkippedInputs skipped;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final NodeStartedDecoder nodeStarted = new NodeStartedDecoder();
    private final OperationalAlertDecoder alert = new OperationalAlertDecoder();
    private final LongArrayList unsaid = new LongArrayList();

    private boolean isHeld;
    private int compared;
    private int incarnation;
    private long inputs;
    private long firstSequence;
    private long equalUpToSequence;
    private Divergence divergence;

    /** Where there is nothing to pass over. */
    public Replayer(final JournalReader reader, final CoreHost host, final boolean verify)
    {
        this(reader, host, verify, new SkippedInputs());
    }

    /**
     * @param host    where the reader begins: new, or restored from the snapshot whose position the reader was given.
     * @param skipped inputs to pass over.
     */
    public Replayer(
        final JournalReader reader, final CoreHost host, final boolean verify, final SkippedInputs skipped)
    {
        this.reader = reader;
        this.host = host;
        this.verify = verify;
        this.skipped = skipped;
    }

    /**
     * Replays up to and including the input of this sequence, or to the end, or to the first divergence. It may be called again
     * to go on. Decisions of a batch that goes on behind the sequence are only compared then.
     *
     * @throws io.lockstep.sequencer.journal.JournalCorruptException when the journal is damaged.
     * @throws CoreFailureException                                  when the core fails on an input.
     */
    public void run(final long toSequence)
    {
        while (step(toSequence))
        {
            // One record each.
        }
        if (divergence == null && verify && reader.cleanEnd() && pending())
        {
            divergence = Divergence.of(null, 0, host.decisions().buffer(), compared, equalUpToSequence);
        }
    }

    /**
     * Replays at most so many of the records that are there by now; for a journal that is still being written.
     *
     * @return how many.
     */
    public int poll(final int limit)
    {
        int records = 0;
        while (records < limit && step(Long.MAX_VALUE))
        {
            records++;
        }
        return records;
    }

    /** Whether the host stands where the reader does: the decisions of every input read have been read too. */
    public boolean isSettled()
    {
        return !isHeld && !pending() && divergence == null;
    }

    /**
     * Whether what was read also says of each input passed over that it was. That stands in the incarnation behind it: a state
     * without the input, of a journal that ends before, would be one that no replay of that journal comes to.
     */
    public boolean hasReadWhatItPassedOver()
    {
        return unsaid.isEmpty();
    }

    private boolean step(final long toSequence)
    {
        if (divergence != null || !isHeld && !reader.next())
        {
            return false;
        }
        isHeld = false;
        switch (reader.kind())
        {
            case INPUT -> {
                final long sequence = RecordDescriptor.sequence(reader.buffer(), reader.offset());
                if (sequence > toSequence)
                {
                    isHeld = true;
                    return false;
                }
                onInput(sequence);
            }
            case DECISION, STATE_HASH -> onRecorded();
            case RUN_METADATA, CLEAN_END, SEGMENT, SKIPPED_INPUT, SNAPSHOT, LINK, NULL_VAL, SBE_UNKNOWN -> {
                // Nothing to replay; the reader has checked them.
            }
        }
        return true;
    }

    private void onInput(final long sequence)
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
        checkLogicVersion();
        incarnation = reader.incarnation();
        firstSequence = inputs == 0 ? sequence : firstSequence;
        apply(sequence);
        inputs++;
    }

    private void checkLogicVersion()
    {
        if (verify && RecordDescriptor.templateId(reader.buffer(), reader.offset()) == NodeStartedDecoder.TEMPLATE_ID)
        {
            nodeStarted.wrapAndApplyHeader(
                reader.buffer(), reader.offset() + RecordDescriptor.HEADER_LENGTH, header);
            if (nodeStarted.logicVersion() != TradingCore.LOGIC_VERSION)
            {
                throw new LogicVersionException(
                    RecordDescriptor.sequence(reader.buffer(), reader.offset()), nodeStarted.logicVersion());
            }
        }
    }

    private void apply(final long sequence)
    {
        if (skipped.contains(sequence))
        {
            host.skip(reader.buffer(), reader.offset());
            unsaid.addLong(sequence);
            return;
        }
        final boolean isLookedAt = (sequence & LOOK_AHEAD_MASK) == 0;
        if (isLookedAt)
        {
            host.lookAheadNow(reader.buffer(), reader.offset());
        }
        host.apply(reader.buffer(), reader.offset());
        if (isLookedAt)
        {
            // Live it runs before the input or not at all; what it writes shows where it runs behind it too.
            host.lookAheadNow(reader.buffer(), reader.offset());
            requireLookAhead();
        }
        if (!unsaid.isEmpty()
            && RecordDescriptor.templateId(reader.buffer(), reader.offset()) == OperationalAlertDecoder.TEMPLATE_ID)
        {
            onAlert();
        }
    }

    private void requireLookAhead()
    {
        if (verify && host.lookAheadFailure() != null)
        {
            throw host.lookAheadFailure();
        }
    }

    private void onAlert()
    {
        alert.wrapAndApplyHeader(reader.buffer(), reader.offset() + RecordDescriptor.HEADER_LENGTH, header);
        if (alert.alertType() == AlertType.CORE_FAILURE)
        {
            unsaid.removeLong(alert.value());
        }
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

    /** What was replayed so far only led there. */
    public void startCounting()
    {
        inputs = 0;
        firstSequence = 0;
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
