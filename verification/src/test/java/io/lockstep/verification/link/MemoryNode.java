package io.lockstep.verification.link;

import io.lockstep.codecs.RecordBatch;
import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.codecs.transport.MessageReceiver;
import io.lockstep.codecs.transport.MessageSender;
import io.lockstep.core.host.CoreHost;
import io.lockstep.core.host.UnacknowledgedDecisions;
import io.lockstep.sbe.RecordKind;
import io.lockstep.sequencer.config.NodeContext;
import io.lockstep.sequencer.config.SequencedTime;
import io.lockstep.sequencer.config.YamlSection;
import io.lockstep.sequencer.egress.LinkEgress;
import io.lockstep.sequencer.egress.ReadinessOptions;
import io.lockstep.sequencer.ingress.IngressMonitor;
import io.lockstep.sequencer.ingress.LinkIngress;
import io.lockstep.sequencer.ingress.MessageProblem;
import io.lockstep.sequencer.journal.Journal;
import io.lockstep.sequencer.loop.Sequencer;
import io.lockstep.sequencer.loop.SequencerMonitor;
import io.lockstep.sequencer.node.Incarnation;
import io.lockstep.sequencer.node.Strategies;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A node with its journal in memory: the product's loop, core and ends of the links. Can be killed, started again, and lose
 * the tail of its journal. Of the journal only the inputs are kept; decisions are what a replay makes of them.
 */
final class MemoryNode
{
    static final String TEXT = """
        instruments:
          - {symbol: TICK, venue: TEST, tickSize: 1, lotSize: 1, baseCurrency: T, quoteCurrency: USD}
        limits: {maxOpenOrders: 10000}
        strategies:
          - name: order-per-trade
            class: %s
        """.formatted(OrderPerTrade.Factory.class.getName());

    private final EpochNanoClock clock;
    private final NodeContext context;
    private final List<UnsafeBuffer> inputs = new ArrayList<>();
    private final List<String> gaps = new ArrayList<>();
    private int incarnation;
    private CoreHost host;
    private Sequencer sequencer;

    MemoryNode(final EpochNanoClock clock, final boolean reconciles)
    {
        this.clock = clock;
        final String text = TEXT + "node: {reconcile: " + reconciles + "}\n";
        final YamlSection root = YamlSection.parse(Path.of("node.yaml"), text);
        context = NodeContext.read(root, text);
    }

    /** Another incarnation: replays the journal there is and connects. */
    void start(
        final MessageReceiver receiver,
        final MessageSender sender,
        final ReadinessOptions options,
        final long gatewayTimeoutNs)
    {
        incarnation++;
        final UnacknowledgedDecisions decisions = new UnacknowledgedDecisions();
        host = new CoreHost(Strategies.load(context.strategies()), decisions);
        for (final UnsafeBuffer input : inputs)
        {
            host.apply(input, 0);
            host.decisions().clear();
        }
        final LinkEgress egress = new LinkEgress(incarnation, options, decisions, host.core(), host.venues(), sender);
        final LinkIngress ingress = new LinkIngress(
            List.of(receiver), host.sources(), egress, new Gaps(), gatewayTimeoutNs);
        sequencer = new Sequencer(host, ingress, new Inputs(), egress, clock, SequencedTime.WALL, SequencerMonitor.NONE,
            0, incarnation, 0);
        new Incarnation(host, sequencer).configure(context);
    }

    int turn()
    {
        return sequencer.doWork();
    }

    /** An operating system that crashes: the newest inputs are not in the journal any more. */
    void loseTail(final int count)
    {
        inputs.subList(inputs.size() - count, inputs.size()).clear();
    }

    CoreHost host()
    {
        return host;
    }

    /** Records of all inputs. */
    List<UnsafeBuffer> inputs()
    {
        return inputs;
    }

    /** What the node said of source sequences that did not come. */
    List<String> gaps()
    {
        return gaps;
    }

    int incarnation()
    {
        return incarnation;
    }

    private final class Inputs implements Journal
    {
        @Override
        public void append(final RecordBatch batch)
        {
            for (int offset = 0; offset < batch.length();)
            {
                final int length = RecordDescriptor.recordLength(batch.buffer(), offset);
                if (RecordDescriptor.kind(batch.buffer(), offset) == RecordKind.INPUT.value())
                {
                    final byte[] bytes = new byte[length];
                    batch.buffer().getBytes(offset, bytes);
                    inputs.add(new UnsafeBuffer(bytes));
                }
                offset += length;
            }
        }

        @Override
        public void sync()
        {
        }

        @Override
        public void close()
        {
            // In memory.
        }
    }

    private final class Gaps implements IngressMonitor
    {
        @Override
        public void onRejected(
            final MessageProblem problem, final DirectBuffer buffer, final int offset, final int length,
            final int sessionId)
        {
            throw new AssertionError(problem);
        }

        @Override
        public void onRepeat(final int sourceId, final long sequence)
        {
            // That is what numbers are for.
        }

        @Override
        public void onGap(final int sourceId, final long expected, final long actual)
        {
            gaps.add(sourceId + ": " + expected + " to " + actual);
        }
    }
}
