package io.lockstep.sequencer.ingress;

import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.codecs.transport.MessageHandler;
import io.lockstep.codecs.transport.MessageReceiver;
import io.lockstep.sbe.BooleanType;
import io.lockstep.sbe.FeedReason;
import io.lockstep.sbe.HelloDecoder;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.RecordKind;
import org.agrona.DirectBuffer;
import org.agrona.collections.Int2ObjectHashMap;

import java.util.List;

/**
 * Takes records from the links of all gateways, checks each, and passes on every source's messages once and in
 * the source's order. Messages that are no record of ours are counted and named in the error log, never journaled.
 */
public final class LinkIngress implements Ingress
{
    private static final long ACKNOWLEDGE_EVERY = 256;

    private final MessageReceiver[] receivers;
    private final MessageHandler handler = this::onMessage;
    private final SourceTable journaled;
    private final LinkSender links;
    private final IngressMonitor monitor;
    private final Int2ObjectHashMap<SourceSession> sessionById = new Int2ObjectHashMap<>();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final HelloDecoder hello = new HelloDecoder();

    private SourceSession[] sessions = new SourceSession[0];
    private SourceSession newest;
    private InputSink sink;
    private long wallTimeNs;
    private int firstReceiver;

    public LinkIngress(
        final List<? extends MessageReceiver> receivers,
        final SourceTable journaled,
        final LinkSender links,
        final IngressMonitor monitor)
    {
        this.receivers = receivers.toArray(new MessageReceiver[0]);
        this.journaled = journaled;
        this.links = links;
        this.monitor = monitor;
    }

    @Override
    public int poll(final InputSink inputSink, final int limit, final long newWallTimeNs)
    {
        sink = inputSink;
        wallTimeNs = newWallTimeNs;
        int polled = 0;
        final int count = receivers.length;
        for (int i = 0; i < count && polled < limit; i++)
        {
            final int index = (firstReceiver + i) % count;
            polled += receivers[index].poll(handler, limit - polled);
        }
        // A busy source must not be the first for ever.
        firstReceiver = firstReceiver + 1 == count ? 0 : firstReceiver + 1;
        return polled;
    }

    private void onMessage(final DirectBuffer buffer, final int offset, final int length, final int sessionId)
    {
        final String problem = MessageValidator.problem(buffer, offset, length);
        if (problem != null)
        {
            monitor.onRejected(problem, buffer, offset, length, sessionId);
        }
        else if (RecordDescriptor.kind(buffer, offset) == RecordKind.INPUT.value())
        {
            onInput(buffer, offset, length, sessionId);
        }
        else if (RecordDescriptor.templateId(buffer, offset) == HelloDecoder.TEMPLATE_ID)
        {
            onHello(buffer, offset, length, sessionId);
        }
    }

    private void onInput(final DirectBuffer buffer, final int offset, final int length, final int imageSessionId)
    {
        final SourceSession session = session(RecordDescriptor.sourceId(buffer, offset));
        final int sourceSession = RecordDescriptor.sourceSession(buffer, offset);
        final long sequence = RecordDescriptor.sourceSequence(buffer, offset);
        final long expected = session.received() + 1;
        switch (session.onMessage(sourceSession, sequence, imageSessionId, wallTimeNs))
        {
            case ACCEPT -> sink.onInput(buffer, offset, length);
            case REPEAT -> monitor.onRepeat(session.sourceId(), sequence);
            case GAP -> {
                gap(session, expected, sequence);
                session.accept(sequence);
                sink.onInput(buffer, offset, length);
            }
            case AWAIT_RESUME -> askToResume(session);
        }
    }

    private void gap(final SourceSession session, final long expected, final long actual)
    {
        monitor.onGap(session.sourceId(), expected, actual);
        sink.onSourceStatus(session.sourceId(), session.session(), FeedReason.SOURCE_GAP, expected, actual);
    }

    private void askToResume(final SourceSession session)
    {
        if (session.isResumeDue(wallTimeNs))
        {
            links.resume(session.sourceId(), session.session(), session.received());
        }
    }

    private void onHello(final DirectBuffer buffer, final int offset, final int length, final int imageSessionId)
    {
        hello.wrapAndApplyHeader(buffer, offset + RecordDescriptor.HEADER_LENGTH, header);
        if (!MessageValidator.isSourceId(hello.sourceId()))
        {
            monitor.onRejected(MessageValidator.SOURCE_ID_PROBLEM, buffer, offset, length, imageSessionId);
            return;
        }
        final SourceSession session = session(hello.sourceId());
        session.hello(hello.sourceSession());
        if (hello.firstAvailable() > session.received() + 1)
        {
            gap(session, session.received() + 1, hello.firstAvailable());
            session.skipTo(hello.firstAvailable() - 1);
        }
        links.resume(session.sourceId(), session.session(), session.received());
        if (hello.receivesDecisions() == BooleanType.TRUE)
        {
            links.onReceiverReady(hello.decisionsReceived());
        }
    }

    private SourceSession session(final int sourceId)
    {
        if (newest != null && newest.sourceId() == sourceId)
        {
            return newest;
        }
        newest = sessionById.get(sourceId);
        if (newest == null)
        {
            newest = new SourceSession(journaled.source(sourceId));
            sessionById.put(sourceId, newest);
            sessions = sessionById.values().toArray(new SourceSession[0]);
        }
        return newest;
    }

    @Override
    public void onJournaled(final boolean idle)
    {
        for (final SourceSession session : sessions)
        {
            final long unacknowledged = session.received() - session.acknowledged();
            if (unacknowledged >= ACKNOWLEDGE_EVERY || idle && unacknowledged > 0)
            {
                if (links.acknowledge(session.sourceId(), session.session(), session.received()))
                {
                    session.acknowledged(session.received());
                }
            }
        }
    }
}
