package io.lockstep.perf.latency.load;

import io.lockstep.codecs.RecordBatch;
import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.core.TradingCore;
import io.lockstep.core.host.CoreHost;
import io.lockstep.core.host.UnacknowledgedDecisions;
import io.lockstep.perf.latency.path.EchoStrategy;
import io.lockstep.perf.latency.path.FillEncoder;
import io.lockstep.perf.latency.path.LinkedEnds;
import io.lockstep.perf.latency.path.MeasuredNode;
import io.lockstep.sbe.FeedReason;
import io.lockstep.sbe.MarketConditionDecoder;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.NewOrderSingleDecoder;
import io.lockstep.sbe.OrderRefusedDecoder;
import io.lockstep.sbe.RecordKind;
import io.lockstep.sequencer.config.NodeContext;
import io.lockstep.sequencer.config.SequencedTime;
import io.lockstep.sequencer.egress.Egress;
import io.lockstep.sequencer.ingress.Ingress;
import io.lockstep.sequencer.ingress.InputSink;
import io.lockstep.sequencer.journal.Journal;
import io.lockstep.sequencer.loop.Sequencer;
import io.lockstep.sequencer.loop.SequencerMonitor;
import io.lockstep.sequencer.node.Incarnation;
import io.lockstep.sequencer.recovery.Predecessor;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.OffsetEpochNanoClock;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A node as it is measured, but for links and journal: it is given one message after another, fills each order at once, and
 * what it has decided can be asked for.
 */
final class PlayedCore
{
    private static final long INTERVAL_NS = 1_000;
    private static final int RECORD_LENGTH_MAX = 1 << 20;

    private final UnsafeBuffer record = new UnsafeBuffer(ByteBuffer.allocateDirect(RECORD_LENGTH_MAX));
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final NewOrderSingleDecoder order = new NewOrderSingleDecoder();
    private final MarketConditionDecoder condition = new MarketConditionDecoder();
    private final FillEncoder fills = new FillEncoder();
    private final CoreHost host = new CoreHost(List.of(new EchoStrategy.Factory()), new UnacknowledgedDecisions());
    private final Sequencer sequencer;
    private final long[] sourceSequences = new long[LinkedEnds.VENUE + 1];
    private final List<FeedReason> conditions = new ArrayList<>();
    private boolean isWaiting;
    private long inputs;
    private int fillLength;
    private int orders;
    private int refused;

    PlayedCore(final Load load, final Path directory)
    {
        sequencer = new Sequencer(host, new Source(), new Decisions(), Egress.NONE, new OffsetEpochNanoClock(),
            SequencedTime.RECORDED, SequencerMonitor.NONE, 0, 1, 0);
        final NodeContext context = MeasuredNode.context(directory, directory.resolve("aeron").toString(), load, 0);
        final Incarnation incarnation = new Incarnation(host, sequencer);
        incarnation.begin(context, 1, Predecessor.NONE);
        incarnation.configure(context);
    }

    /** Takes the message; returns how many orders it has made. */
    int give(final DirectBuffer message, final int length)
    {
        final int before = orders;
        fillLength = 0;
        put(message, length, LinkedEnds.FEED);
        if (fillLength > 0)
        {
            put(fills.reply(), fillLength, LinkedEnds.VENUE);
        }
        return orders - before;
    }

    private void put(final DirectBuffer message, final int length, final int sourceId)
    {
        RecordDescriptor.begin(record, 0, RecordKind.INPUT, length);
        record.putBytes(RecordDescriptor.HEADER_LENGTH, message, 0, length);
        RecordDescriptor.sourceId(record, 0, sourceId);
        RecordDescriptor.sourceSession(record, 0, 1);
        RecordDescriptor.sourceSequence(record, 0, ++sourceSequences[sourceId]);
        RecordDescriptor.gatewayTimeNs(record, 0, ++inputs * INTERVAL_NS);
        isWaiting = true;
        while (isWaiting)
        {
            sequencer.doWork();
        }
    }

    TradingCore core()
    {
        return host.core();
    }

    int refused()
    {
        return refused;
    }

    /** Why instruments' conditions have changed, in order. */
    List<FeedReason> conditions()
    {
        return conditions;
    }

    /** Gives what was put last. */
    private final class Source implements Ingress
    {
        @Override
        public int poll(final InputSink sink, final int limit, final long wallTimeNs)
        {
            if (!isWaiting)
            {
                return 0;
            }
            isWaiting = false;
            sink.onInput(record, 0, RecordDescriptor.recordLength(record, 0));
            return 1;
        }

        @Override
        public void onJournaled(final boolean idle)
        {
        }
    }

    /** Looks at what would be written. */
    private final class Decisions implements Journal
    {
        @Override
        public void append(final RecordBatch batch)
        {
            final DirectBuffer buffer = batch.buffer();
            for (int offset = 0; offset < batch.length(); offset += RecordDescriptor.recordLength(buffer, offset))
            {
                onRecord(buffer, offset + RecordDescriptor.HEADER_LENGTH);
            }
        }

        private void onRecord(final DirectBuffer buffer, final int offset)
        {
            switch (header.wrap(buffer, offset).templateId())
            {
                case NewOrderSingleDecoder.TEMPLATE_ID -> {
                    order.wrapAndApplyHeader(buffer, offset, header);
                    fillLength = fills.fill(order, ++orders);
                }
                case OrderRefusedDecoder.TEMPLATE_ID -> refused++;
                case MarketConditionDecoder.TEMPLATE_ID -> conditions.add(
                    condition.wrapAndApplyHeader(buffer, offset, header).reason());
                default -> {
                    // Nothing that a test asks for.
                }
            }
        }

        @Override
        public void sync()
        {
        }

        @Override
        public void close()
        {
        }
    }
}
