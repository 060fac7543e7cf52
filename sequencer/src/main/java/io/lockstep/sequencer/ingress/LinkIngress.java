package io.lockstep.sequencer.ingress;

import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.codecs.transport.MessageHandler;
import io.lockstep.codecs.transport.MessageReceiver;
import io.lockstep.core.host.SourceTable;
import io.lockstep.sbe.BooleanType;
import io.lockstep.sbe.FeedCondition;
import io.lockstep.sbe.FeedReason;
import io.lockstep.sbe.HeartbeatDecoder;
import io.lockstep.sbe.HelloDecoder;
import io.lockstep.sbe.LinkRefusal;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.RecordKind;
import org.agrona.DirectBuffer;

import java.util.List;

/**
 * Takes records from the links of all gateways, checks each, and passes on every source's messages once and in
 * the source's order. Messages that are no record of ours are counted and named in the error log, never journaled.
 * <p>
 * A source that was heard in this incarnation and then is not for longer than its timeout is silent: its market data is stale,
 * and the order gateway cannot be reached, until it is heard again with nothing missing. Only time in which the ingress was
 * listening counts: a pause of the node is not the gateways' silence.
 * <p>
 * A source id is its gateway's as long as that is heard. Another gateway that says Hello with it is refused and told who has it;
 * it takes the id over when the first has been silent for the timeout (for ten seconds where that is longer, for one where there
 * is none). Where the {@link LinkGate} guards a source, nothing is taken of a session that has not proven itself.
 * <p>
 * Whatever arrives, nothing is allocated but the first time that a source is heard.
 */
public final class LinkIngress implements Ingress
{
    private static final long ACKNOWLEDGE_EVERY = 256;
    private static final long ACKNOWLEDGE_INTERVAL_NS = 50_000L;
    /** A gateway that was killed must not be kept waiting for ever where the timeout is an hour. */
    private static final long TAKE_OVER_MAX_NS = 10_000_000_000L;
    private static final long SILENCE_CHECK_NS = 10_000_000L;
    private static final long LISTENED_AT_ONCE_MAX_NS = 2 * SILENCE_CHECK_NS;

    private final MessageReceiver[] receivers;
    private final boolean[] leavesHost;
    private final MessageHandler handler = this::onMessage;
    private final LinkGate gate;
    private final LinkSender links;
    private final IngressMonitor monitor;
    private final SourceSessions sessions;
    private final ProcessName process = new ProcessName();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final HelloDecoder hello = new HelloDecoder();
    private final HeartbeatDecoder heartbeat = new HeartbeatDecoder();
    private final long gatewayTimeoutNs;
    private final long takeOverNs;

    private InputSink sink;
    private boolean isFromOutside;
    private long wallTimeNs;
    private int firstReceiver;
    private long listenedNs;
    private long lastCheckNs;
    private long lastAcknowledgedNs;

    /**
     * @param receivers        all of whose sources are on this host.
     * @param gatewayTimeoutNs after which a source that says nothing is silent; 0 for never.
     */
    public LinkIngress(
        final List<? extends MessageReceiver> receivers,
        final SourceTable journaled,
        final LinkSender links,
        final IngressMonitor monitor,
        final long gatewayTimeoutNs)
    {
        this(receivers, new boolean[receivers.size()], LinkGate.open(), journaled, links, monitor, gatewayTimeoutNs);
    }

    /**
     * @param leavesHost       whether the sources of each receiver may be on another host.
     * @param gate             that lets sources in.
     * @param gatewayTimeoutNs after which a source that says nothing is silent; 0 for never.
     */
    public LinkIngress(
        final List<? extends MessageReceiver> receivers,
        final boolean[] leavesHost,
        final LinkGate gate,
        final SourceTable journaled,
        final LinkSender links,
        final IngressMonitor monitor,
        final long gatewayTimeoutNs)
    {
        this.receivers = receivers.toArray(new MessageReceiver[0]);
        this.leavesHost = leavesHost.clone();
        this.gate = gate;
        this.links = links;
        this.monitor = monitor;
        this.gatewayTimeoutNs = gatewayTimeoutNs;
        takeOverNs = gatewayTimeoutNs == 0
            ? SourceSession.TAKE_OVER_NS
            : Math.min(gatewayTimeoutNs, TAKE_OVER_MAX_NS);
        sessions = new SourceSessions(journaled, takeOverNs);
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
            isFromOutside = leavesHost[index];
            polled += receivers[index].poll(handler, limit - polled);
        }
        // A busy source must not be the first for ever.
        firstReceiver = firstReceiver + 1 == count ? 0 : firstReceiver + 1;
        final long sinceCheckNs = wallTimeNs - lastCheckNs;
        if (sinceCheckNs >= SILENCE_CHECK_NS || sinceCheckNs < 0)
        {
            checkSilence(sinceCheckNs);
        }
        return polled;
    }

    private void onMessage(final DirectBuffer buffer, final int offset, final int length, final int sessionId)
    {
        final MessageProblem problem = length > sink.messageLengthMax()
            ? MessageProblem.TOO_LONG
            : MessageValidator.problem(buffer, offset, length);
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
        else
        {
            onHeartbeat(buffer, offset, sessionId);
        }
    }

    private void onInput(final DirectBuffer buffer, final int offset, final int length, final int imageSessionId)
    {
        final int sourceId = RecordDescriptor.sourceId(buffer, offset);
        final int sourceSession = RecordDescriptor.sourceSession(buffer, offset);
        if (gate.isGuarded(sourceId, isFromOutside) && !isProven(sourceId, sourceSession, imageSessionId))
        {
            onUnprovenInput(buffer, offset, length, imageSessionId);
            return;
        }
        final SourceSession session = sessions.of(sourceId);
        final long sequence = RecordDescriptor.sourceSequence(buffer, offset);
        final long expected = session.received() + 1;
        switch (session.onMessage(sourceSession, sequence, imageSessionId, listenedNs))
        {
            case ACCEPT -> take(session, buffer, offset, length);
            case REPEAT -> monitor.onRepeat(session.sourceId(), sequence);
            case HELD -> {
                monitor.onRepeat(session.sourceId(), sequence);
                refuseNowAndThen(session, sourceSession);
            }
            case GAP -> {
                gap(session, expected, sequence);
                session.accept(sequence);
                take(session, buffer, offset, length);
            }
            case AWAIT_RESUME -> {
                session.heard(listenedNs);
                askToResume(session);
            }
        }
    }

    private boolean isProven(final int sourceId, final int sourceSession, final int imageSessionId)
    {
        final SourceSession session = sessions.find(sourceId);
        return session != null && session.isProven(sourceSession, imageSessionId);
    }

    /** One that has proven itself, and comes by another stream since, is asked to do so again. */
    private void onUnprovenInput(
        final DirectBuffer buffer, final int offset, final int length, final int imageSessionId)
    {
        final SourceSession session = sessions.find(RecordDescriptor.sourceId(buffer, offset));
        if (session != null && session.session() == RecordDescriptor.sourceSession(buffer, offset))
        {
            askToResume(session);
        }
        else
        {
            monitor.onRejected(MessageProblem.UNPROVEN, buffer, offset, length, imageSessionId);
        }
    }

    private void take(final SourceSession session, final DirectBuffer buffer, final int offset, final int length)
    {
        if (session.isSilent())
        {
            onHeardAgain(session, session.received() - 1);
        }
        session.heard(listenedNs);
        session.guessOperator(MessageValidator.isCommand(RecordDescriptor.templateId(buffer, offset)));
        sink.onInput(buffer, offset, length);
    }

    /** What was sent last may have been lost with nothing behind it to show that. */
    private void onHeartbeat(final DirectBuffer buffer, final int offset, final int imageSessionId)
    {
        heartbeat.wrapAndApplyHeader(buffer, offset + RecordDescriptor.HEADER_LENGTH, header);
        final SourceSession session = sessions.find(heartbeat.sourceId());
        if (session != null && gate.isGuarded(session.sourceId(), isFromOutside) &&
            !session.isProven(heartbeat.sourceSession(), imageSessionId))
        {
            return;
        }
        if (session == null || session.session() != heartbeat.sourceSession())
        {
            if (session != null && session.isHeldAgainst(heartbeat.sourceSession(), listenedNs))
            {
                refuseNowAndThen(session, heartbeat.sourceSession());
            }
            return;
        }
        session.heard(listenedNs);
        if (heartbeat.lastSequence() > session.received())
        {
            askToResume(session);
        }
        else if (session.isSilent())
        {
            onHeardAgain(session, session.received());
        }
    }

    private void checkSilence(final long sinceCheckNs)
    {
        lastCheckNs = wallTimeNs;
        listenedNs += Math.min(Math.max(sinceCheckNs, 0), LISTENED_AT_ONCE_MAX_NS);
        for (int i = 0; i < sessions.count() && gatewayTimeoutNs > 0; i++)
        {
            final SourceSession session = sessions.get(i);
            if (!session.isSilent() && session.silentNs(listenedNs) > gatewayTimeoutNs)
            {
                onSilent(session);
            }
        }
        dropOperators();
    }

    /** An operator's client lives for a moment, and its source id is one of many: those that have left are looked at no more. */
    private void dropOperators()
    {
        for (int i = sessions.count() - 1; i >= 0; i--)
        {
            final SourceSession session = sessions.get(i);
            if (session.isOperator() && session.silentNs(listenedNs) > takeOverNs && session.isSettled())
            {
                sessions.remove(i);
            }
        }
    }

    private void onSilent(final SourceSession session)
    {
        session.silent(true);
        if (!session.isOperator())
        {
            report(session, session.received(), FeedCondition.STALE, BooleanType.FALSE, session.silentNs(listenedNs));
        }
        if (session.receivesDecisions())
        {
            links.onReceiverSilent(session.sourceId());
        }
    }

    private void onHeardAgain(final SourceSession session, final long sourceSequence)
    {
        session.silent(false);
        if (!session.isOperator())
        {
            report(session, sourceSequence, FeedCondition.LIVE, BooleanType.TRUE, 0);
        }
        if (session.receivesDecisions())
        {
            links.onReceiverHeard(session.sourceId());
        }
    }

    private void report(
        final SourceSession session,
        final long sourceSequence,
        final FeedCondition condition,
        final BooleanType connected,
        final long silentNs)
    {
        sink.onSilence(session.sourceId(), session.session(), sourceSequence, condition, gatewayTimeoutNs,
            silentNs);
        if (session.receivesDecisions())
        {
            sink.onVenueStatus(session.sourceId(), connected, silentNs);
        }
    }

    private void gap(final SourceSession session, final long expected, final long actual)
    {
        monitor.onGap(session.sourceId(), expected, actual);
        sink.onSourceStatus(session.sourceId(), session.session(), FeedReason.SOURCE_GAP, expected, actual);
    }

    /**
     * It answers with a Hello, as a gateway does that the node has nothing for. Told at once where to go on, an order gateway that
     * has not said Hello to this incarnation, or whose Hello was lost, would take itself for linked and never say how far it is.
     */
    private void askToResume(final SourceSession session)
    {
        if (session.isResumeDue(wallTimeNs))
        {
            links.resume(session.sourceId(), session.session(), LinkSender.SAY_HELLO);
        }
    }

    private void onHello(final DirectBuffer buffer, final int offset, final int length, final int imageSessionId)
    {
        hello.wrapAndApplyHeader(buffer, offset + RecordDescriptor.HEADER_LENGTH, header);
        if (!MessageValidator.isSourceId(hello.sourceId()))
        {
            monitor.onRejected(MessageProblem.SOURCE_ID, buffer, offset, length, imageSessionId);
            return;
        }
        process.read(hello);
        gate.readProof(hello);
        final boolean isGuarded = gate.isGuarded(hello.sourceId(), isFromOutside);
        if (isGuarded && !isProven(hello.sourceId(), hello.sourceSession(), imageSessionId)
            && !isAdmitted(imageSessionId))
        {
            return;
        }
        if (gate.isUndefined(hello.sourceId()))
        {
            refuse(hello.sourceId(), hello.sourceSession(), LinkRefusal.SOURCE_UNDEFINED);
            return;
        }
        final SourceSession session = sessions.of(hello.sourceId());
        if (session.isHeldAgainst(hello.sourceSession(), listenedNs))
        {
            refuse(session);
            return;
        }
        if (isGuarded)
        {
            session.proven(hello.sourceSession(), imageSessionId);
        }
        onHello(session);
    }

    private boolean isAdmitted(final int imageSessionId)
    {
        final int sourceId = hello.sourceId();
        final int sourceSession = hello.sourceSession();
        return switch (gate.judge(sourceId, sourceSession, imageSessionId))
        {
            case ADMITTED -> true;
            case CHALLENGED -> {
                links.challenge(sourceId, sourceSession, gate.nonce());
                yield false;
            }
            case PROOF_WRONG -> refuse(sourceId, sourceSession, LinkRefusal.PROOF_WRONG);
            case SOURCE_UNKNOWN -> refuse(sourceId, sourceSession, LinkRefusal.SOURCE_UNKNOWN);
        };
    }

    /** Returns that it is not admitted. */
    private boolean refuse(final int sourceId, final int sourceSession, final LinkRefusal reason)
    {
        monitor.onUnproven(sourceId, sourceSession, process, reason);
        links.refuse(sourceId, sourceSession, reason);
        return false;
    }

    private void onHello(final SourceSession session)
    {
        if (session.isTakenOverBy(hello.sourceSession()) && !session.isOperator())
        {
            monitor.onTakeOver(session.sourceId(), hello.sourceSession(), process, session.session(),
                session.process(), session.silentNs(listenedNs));
        }
        if (session.receivesDecisions() && session.session() != hello.sourceSession() && !session.isSilent())
        {
            // Started again before it was missed: its orders are not as they were.
            onSilent(session);
        }
        final boolean isNew = session.session() != hello.sourceSession() || !session.isHeard();
        session.hello(hello.sourceSession());
        session.heard(listenedNs);
        if (isNew)
        {
            onHolder(session);
        }
        session.receivesDecisions(hello.receivesDecisions() == BooleanType.TRUE);
        if (hello.firstAvailable() > session.received() + 1)
        {
            gap(session, session.received() + 1, hello.firstAvailable());
            session.skipTo(hello.firstAvailable() - 1);
        }
        links.answer(hello, session.journaled());
    }

    private void onHolder(final SourceSession session)
    {
        final BooleanType givesCommands = hello.givesCommands();
        if (givesCommands != BooleanType.NULL_VAL)
        {
            session.introduce(givesCommands == BooleanType.TRUE);
        }
        session.process().set(process);
        if (!session.isOperator())
        {
            monitor.onLinked(session.sourceId(), session.session(), session.process());
        }
    }

    /** Not all that it sends is answered: a source that does not listen may send much. */
    private void refuseNowAndThen(final SourceSession session, final int refused)
    {
        if (session.isResumeDue(wallTimeNs))
        {
            links.refuse(
                session.sourceId(), refused, session.session(), session.heardNs(), session.process());
        }
    }

    private void refuse(final SourceSession session)
    {
        final int refused = hello.sourceSession();
        if (session.isFirstRefusal(refused) && !session.isOperator())
        {
            monitor.onSourceHeld(session.sourceId(), refused, process, session.session(), session.process());
        }
        links.refuse(session.sourceId(), refused, session.session(), session.heardNs(), session.process());
    }

    /** Gateways, not operators, that were heard in this incarnation and are not silent. */
    public int gateways()
    {
        return count(false);
    }

    /** Gateways, not operators, that were heard in this incarnation and are silent now. */
    public int silentGateways()
    {
        return count(true);
    }

    private int count(final boolean silent)
    {
        int count = 0;
        for (int i = 0; i < sessions.count(); i++)
        {
            final SourceSession session = sessions.get(i);
            count += !session.isOperator() && session.isSilent() == silent ? 1 : 0;
        }
        return count;
    }

    @Override
    public void onJournaled(final boolean idle)
    {
        for (int i = 0; i < sessions.count(); i++)
        {
            final SourceSession session = sessions.get(i);
            session.onJournaled();
            final long unacknowledged = session.received() - session.acknowledged();
            if (unacknowledged >= ACKNOWLEDGE_EVERY || idle && unacknowledged > 0 && isAcknowledgementDue())
            {
                if (links.acknowledge(session.sourceId(), session.session(), session.received()))
                {
                    session.acknowledged(session.received());
                    lastAcknowledgedNs = wallTimeNs;
                }
            }
        }
    }

    /** One message to every gateway for each that came from one would be half of all that leaves. */
    private boolean isAcknowledgementDue()
    {
        final long sinceNs = wallTimeNs - lastAcknowledgedNs;
        return sinceNs >= ACKNOWLEDGE_INTERVAL_NS || sinceNs < 0;
    }
}
