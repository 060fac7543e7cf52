package io.lockstep.sequencer;

import io.aeron.Aeron;
import io.aeron.ExclusivePublication;
import io.aeron.FragmentAssembler;
import io.aeron.Subscription;
import io.aeron.logbuffer.FragmentHandler;
import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.sbe.AcknowledgementDecoder;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.RecordKind;
import io.lockstep.sbe.ResumeDecoder;
import io.lockstep.sequencer.aeron.DriverClient;
import io.lockstep.sequencer.config.Channel;
import io.lockstep.sequencer.config.NodeContext;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The other end of a node's links, by hand: one source that sends records in order, hears decisions, and goes back when the node
 * asks it to. It keeps all it ever sent, so it can go back to any.
 */
public final class TestGateway implements AutoCloseable
{
    private static final long HELLO_INTERVAL_NS = 20_000_000L;

    private final Aeron aeron;
    private final ExclusivePublication publication;
    private final Subscription subscription;
    private final FragmentHandler assembler = new FragmentAssembler(
        (buffer, offset, length, fragment) -> onMessage(buffer, offset, length, fragment.sessionId()));
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final ResumeDecoder resume = new ResumeDecoder();
    private final AcknowledgementDecoder acknowledgement = new AcknowledgementDecoder();
    private final WireRecords records;
    private final int sourceId;
    private final List<DirectBuffer> sent = new ArrayList<>();
    private final List<UnsafeBuffer> decisions = new ArrayList<>();
    private int next;
    private int nodeSessionId;
    private boolean receivesDecisions;
    private boolean saidHello;
    private boolean linked;
    private long lastHelloNs;
    private int incarnation;
    private long acknowledged;

    /** On the streams that a configuration has when it names none. */
    public TestGateway(final Path driverDirectory, final int sourceId, final int session)
    {
        this(driverDirectory, NodeContext.DEFAULT_INGRESS, NodeContext.DEFAULT_EGRESS, sourceId, session);
    }

    /** On those of a node, or of a shard. */
    public TestGateway(final NodeContext node, final int sourceId, final int session)
    {
        this(node.driverDirectory(), node.ingress().get(0), node.egress(), sourceId, session);
    }

    private TestGateway(
        final Path driverDirectory,
        final Channel toNode,
        final Channel fromNode,
        final int sourceId,
        final int session)
    {
        this.sourceId = sourceId;
        records = new WireRecords(sourceId, session);
        aeron = DriverClient.connect(new Aeron.Context()
            .aeronDirectoryName(driverDirectory.toString())
            .errorHandler(TestDriver::onError));
        publication = aeron.addExclusivePublication(toNode.uri(), toNode.streamId());
        subscription = aeron.addSubscription(fromNode.uri(), fromNode.streamId());
    }

    public WireRecords records()
    {
        return records;
    }

    /** Waits until the node has answered its Hello. */
    public TestGateway link(final boolean newReceivesDecisions)
    {
        receivesDecisions = newReceivesDecisions;
        TestDriver.await(() ->
        {
            poll();
            return linked;
        });
        return this;
    }

    private void sayHello()
    {
        if (System.nanoTime() - lastHelloNs > HELLO_INTERVAL_NS)
        {
            lastHelloNs = System.nanoTime();
            final DirectBuffer hello = records.hello(
                1, receivesDecisions, decisions.isEmpty() ? null : decisions.get(decisions.size() - 1));
            saidHello |= publication.offer(hello, 0, hello.capacity()) > 0;
        }
    }

    private long lastDecision()
    {
        return decisions.isEmpty()
            ? 0
            : RecordDescriptor.sourceSequence(decisions.get(decisions.size() - 1), 0);
    }

    /** Sends them, and waits until the node has them in its journal. */
    public void send(final DirectBuffer... inputs)
    {
        for (final DirectBuffer input : inputs)
        {
            add(input);
        }
        awaitAcknowledged();
    }

    /** Adds one to what is to be sent by {@link #poll}. */
    public void add(final DirectBuffer input)
    {
        sent.add(input);
    }

    public void awaitAcknowledged()
    {
        TestDriver.await(() ->
        {
            poll();
            return acknowledged == sent.size();
        });
    }

    /** Hears the node and sends what is to be sent, as far as the link takes it; says Hello to a node it does not know. */
    public void poll()
    {
        subscription.poll(assembler, 100);
        linked &= subscription.isConnected();
        if (!linked)
        {
            sayHello();
        }
        while (linked && next < sent.size() && publication.offer(sent.get(next), 0, sent.get(next).capacity()) > 0)
        {
            next++;
        }
    }

    private void onMessage(final DirectBuffer buffer, final int offset, final int length, final int sessionId)
    {
        if (sessionId != nodeSessionId)
        {
            nodeSessionId = sessionId;
            saidHello = false;
            linked = false;
        }
        final int message = offset + RecordDescriptor.HEADER_LENGTH;
        if (RecordDescriptor.kind(buffer, offset) == RecordKind.DECISION.value())
        {
            final byte[] bytes = new byte[length];
            buffer.getBytes(offset, bytes);
            if (RecordDescriptor.sourceSequence(buffer, offset) == lastDecision() + 1)
            {
                decisions.add(new UnsafeBuffer(bytes));
            }
        }
        else if (RecordDescriptor.templateId(buffer, offset) == ResumeDecoder.TEMPLATE_ID)
        {
            resume.wrapAndApplyHeader(buffer, message, header);
            if (resume.sourceId() == sourceId && saidHello && !linked)
            {
                linked = true;
                incarnation = resume.incarnation();
                next = (int)resume.lastSourceSequence();
                acknowledged = Math.max(acknowledged, resume.lastSourceSequence());
            }
        }
        else if (RecordDescriptor.templateId(buffer, offset) == AcknowledgementDecoder.TEMPLATE_ID)
        {
            acknowledgement.wrapAndApplyHeader(buffer, message, header);
            if (acknowledgement.sourceId() == sourceId)
            {
                acknowledged = Math.max(acknowledged, acknowledgement.sourceSequence());
            }
        }
    }

    /** The decisions heard, each once and in order. */
    public List<UnsafeBuffer> decisions()
    {
        return decisions;
    }

    public void awaitDecisions(final int count)
    {
        TestDriver.await(() ->
        {
            poll();
            return decisions.size() >= count;
        });
    }

    /** Of the node that answered last. */
    public int incarnation()
    {
        return incarnation;
    }

    public long acknowledged()
    {
        return acknowledged;
    }

    public int sent()
    {
        return sent.size();
    }

    @Override
    public void close()
    {
        CloseHelper.close(aeron);
    }
}
