package io.lockstep.core.host;

import io.lockstep.codecs.RecordBatch;
import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.core.snapshot.SectionPort;
import io.lockstep.core.strategy.StrategyFactory;
import io.lockstep.sbe.FeedReason;
import io.lockstep.sbe.HelloDecoder;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.RecordKind;
import org.agrona.DirectBuffer;

import java.util.List;

/**
 * Hosts the core for whoever orders its inputs elsewhere, such as a replicated log: each record of the log is pushed, with the log's time
 * and epoch, and leaves its decisions in {@link #decisions()}. Two replicas that are given the same log decide the same and have the same
 * state. A replica polls nothing, waits for nothing and reads no clock.
 * <p>
 * A record that the log has twice is found by its source, session and number, and is no input. A source's session begins with its Hello.
 * One thread. Allocates for the largest batch there has been and for the first record of a source.
 */
public final class Replica
{
    private final CoreHost host;
    private final int shard;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final HelloDecoder hello = new HelloDecoder();
    private InputStamper stamper;

    /**
     * @param strategies that configuration may name.
     * @param outbox     takes what leaves for the venues.
     */
    public Replica(final List<StrategyFactory> strategies, final Outbox outbox, final int shard)
    {
        host = new CoreHost(strategies, outbox);
        this.shard = shard;
        stamper = new InputStamper(host, shard, 0);
    }

    /**
     * The log's next record: an input of a source or of the node itself, or the Hello of a source.
     *
     * @param offset of the record, whose kind, source, session and source sequence are filled in.
     * @param timeNs the log's time; earlier than that of an input before, it counts as that.
     * @param epoch  that ClOrdIDs of what is decided on it carry.
     * @return what became of it; only {@code TAKE} and {@code GAP} have made inputs.
     */
    public SourceTable.Verdict onRecord(
        final DirectBuffer buffer, final int offset, final long timeNs, final int epoch)
    {
        stamper.epoch(epoch);
        if (RecordDescriptor.kind(buffer, offset) == RecordKind.LINK.value())
        {
            onLink(buffer, offset);
            return SourceTable.Verdict.TAKE;
        }
        final int sourceId = RecordDescriptor.sourceId(buffer, offset);
        final SourceTable.Verdict verdict = sourceId == SourceTable.NODE
            ? SourceTable.Verdict.TAKE
            : host.sources().verdict(sourceId, RecordDescriptor.sourceSession(buffer, offset),
                RecordDescriptor.sourceSequence(buffer, offset));
        switch (verdict)
        {
            case TAKE -> take(buffer, offset, timeNs);
            case GAP -> {
                addGap(buffer, offset, timeNs);
                take(buffer, offset, timeNs);
            }
            case REPEAT, OTHER_SESSION -> {
                // The record changes nothing, whichever replica is given it.
            }
        }
        return verdict;
    }

    /** The log's time has come this far without a record: timers that are due are inputs. */
    public void onTime(final long timeNs, final int epoch)
    {
        stamper.epoch(epoch);
        stamper.addDueTimers(timeNs);
        apply();
    }

    private void onLink(final DirectBuffer buffer, final int offset)
    {
        if (RecordDescriptor.templateId(buffer, offset) == HelloDecoder.TEMPLATE_ID)
        {
            hello.wrapAndApplyHeader(buffer, offset + RecordDescriptor.HEADER_LENGTH, header);
            host.sources().onHello(hello.sourceId(), hello.sourceSession());
        }
    }

    private void addGap(final DirectBuffer buffer, final int offset, final long timeNs)
    {
        final int sourceId = RecordDescriptor.sourceId(buffer, offset);
        stamper.addDueTimers(timeNs);
        stamper.addGap(sourceId, RecordDescriptor.sourceSession(buffer, offset), FeedReason.SOURCE_GAP,
            host.sources().source(sourceId).lastSequence() + 1, RecordDescriptor.sourceSequence(buffer, offset),
            timeNs);
    }

    private void take(final DirectBuffer buffer, final int offset, final long timeNs)
    {
        stamper.addDueTimers(timeNs);
        stamper.add(buffer, offset, RecordDescriptor.recordLength(buffer, offset), timeNs);
        apply();
    }

    private void apply()
    {
        final RecordBatch inputs = stamper.inputs();
        for (int offset = 0; offset < inputs.length();)
        {
            host.apply(inputs.buffer(), offset);
            offset += RecordDescriptor.recordLength(inputs.buffer(), offset);
        }
        inputs.clear();
    }

    /** Gives the whole state as sections of a snapshot, as {@link CoreHost#save}. */
    public void save(final SectionPort port)
    {
        host.save(port);
    }

    /** Takes a section of a snapshot; the replica must be new. As {@link CoreHost#restore}. */
    public void restore(final DirectBuffer buffer, final int offset, final int length)
    {
        host.restore(buffer, offset, length);
    }

    /** All sections have been given: the replica goes on behind the input that they were saved after. */
    public void completeRestore()
    {
        host.completeRestore();
        stamper = new InputStamper(host, shard, host.epoch());
    }

    /** Decisions and state hashes that the caller has not yet cleared, in order. */
    public RecordBatch decisions()
    {
        return host.decisions();
    }

    public CoreHost host()
    {
        return host;
    }
}
