package io.lockstep.sequencer.egress;

import io.lockstep.codecs.RecordBatch;
import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.sbe.MarketDataRequestDecoder;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.SnapshotWantedEncoder;
import org.agrona.collections.IntArrayQueue;

import java.util.Arrays;

/**
 * Asks feeds for the books that the core wants. A book is asked for at once when that was last done {@link #INTERVAL_NS} ago or more,
 * else when so much time has passed; what is wanted several times meanwhile is asked for once. A turn of the loop asks for
 * {@link #PER_TURN} books at most.
 * <p>
 * On the sequencer's thread. Allocates when an instrument is asked for whose id is higher than any before.
 */
final class MarketDataRequests
{
    static final long INTERVAL_NS = 1_000_000_000L;
    static final int PER_TURN = 16;
    private static final int NOBODY = 0;

    private final LinkMessages messages;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final MarketDataRequestDecoder request = new MarketDataRequestDecoder();
    private final SnapshotWantedEncoder wanted = new SnapshotWantedEncoder();
    private final IntArrayQueue waiting = new IntArrayQueue();
    /** By instrument; {@link #NOBODY} where nothing is wanted. */
    private int[] sourceIds = new int[0];
    private long[] sequences = new long[0];
    private long[] askedNs = new long[0];
    private boolean[] asked = new boolean[0];

    MarketDataRequests(final LinkMessages messages)
    {
        this.messages = messages;
    }

    /** Takes up those among the decisions. */
    void add(final RecordBatch decisions)
    {
        for (int offset = 0; offset < decisions.length();)
        {
            if (RecordDescriptor.templateId(decisions.buffer(), offset) == MarketDataRequestDecoder.TEMPLATE_ID)
            {
                request.wrapAndApplyHeader(decisions.buffer(), offset + RecordDescriptor.HEADER_LENGTH, header);
                add(request.instrumentId(), request.sourceId(),
                    RecordDescriptor.sequence(decisions.buffer(), offset));
            }
            offset += RecordDescriptor.recordLength(decisions.buffer(), offset);
        }
    }

    private void add(final int instrumentId, final int sourceId, final long sequence)
    {
        if (instrumentId < 0 || sourceId <= NOBODY)
        {
            return;
        }
        grow(instrumentId + 1);
        if (sourceIds[instrumentId] == NOBODY)
        {
            waiting.addInt(instrumentId);
        }
        sourceIds[instrumentId] = sourceId;
        sequences[instrumentId] = sequence;
    }

    private void grow(final int instruments)
    {
        if (instruments > sourceIds.length)
        {
            sourceIds = Arrays.copyOf(sourceIds, instruments);
            sequences = Arrays.copyOf(sequences, instruments);
            askedNs = Arrays.copyOf(askedNs, instruments);
            asked = Arrays.copyOf(asked, instruments);
        }
    }

    boolean isIdle()
    {
        return waiting.isEmpty();
    }

    /** Asks for what is due. */
    void send(final long wallTimeNs)
    {
        for (int i = Math.min(waiting.size(), PER_TURN); i > 0; i--)
        {
            final int instrumentId = waiting.pollInt();
            if (!isDue(instrumentId, wallTimeNs) || !send(instrumentId))
            {
                waiting.addInt(instrumentId);
                continue;
            }
            sourceIds[instrumentId] = NOBODY;
            askedNs[instrumentId] = wallTimeNs;
            asked[instrumentId] = true;
        }
    }

    private boolean isDue(final int instrumentId, final long wallTimeNs)
    {
        final long sinceNs = wallTimeNs - askedNs[instrumentId];
        // Also when the clock has stepped back.
        return !asked[instrumentId] || sinceNs >= INTERVAL_NS || sinceNs < 0;
    }

    private boolean send(final int instrumentId)
    {
        messages.begin(wanted)
            .sourceId(sourceIds[instrumentId])
            .instrumentId(instrumentId)
            .sequence(sequences[instrumentId]);
        return messages.send(wanted, sourceIds[instrumentId], 0) > 0;
    }
}
