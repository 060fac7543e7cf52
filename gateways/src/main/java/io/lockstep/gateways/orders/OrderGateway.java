package io.lockstep.gateways.orders;

import io.lockstep.codecs.Instrument;
import io.lockstep.gateways.link.LinkClient;
import io.lockstep.gateways.link.LinkListener;
import io.lockstep.sbe.DecisionAcknowledgementEncoder;
import io.lockstep.sbe.ExecType;
import io.lockstep.sbe.ExecutionReportDecoder;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.MessageHeaderEncoder;
import io.lockstep.sbe.OrdRejReason;
import io.lockstep.sbe.OrderCancelRejectDecoder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.UnsafeBuffer;

import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * The order gateway of one venue and account: the node's link on the one side, a {@link VenueSession} on the other, and
 * between them a {@link RequestLog}, by which no request is handed to the venue twice, whatever dies when.
 * <p>
 * A request is written to the log, then handed over. What was handed over and has no answer when a connection or the process
 * ends is asked about ({@link Inquiries}); each request ends executed, refused, or reported as not sent. The link tells the
 * node how far the log has got, so the node sends what follows; what it sends again all the same is known by its ClOrdID.
 * <p>
 * An agent: one thread calls {@link #doWork}. Allocates nothing for a request; notices of what goes wrong allocate.
 */
public final class OrderGateway implements Agent, LinkListener, VenueSessionListener
{
    /**
     * The node need not know at once: by its log a gateway that is started again says itself how far it has got. Each
     * acknowledgement is an input in the node's journal.
     */
    private static final int ACKNOWLEDGE_EVERY = 64;
    private static final long ACKNOWLEDGE_WITHIN_NS = TimeUnit.MILLISECONDS.toNanos(20);

    private final RequestLog log;
    private final LinkClient link;
    private final VenueSession session;
    private final OrderGatewayContext context;
    private final NanoClock clock;
    private final OrderGatewayNotices notices;
    private final OrderGatewayCounters counters = new OrderGatewayCounters();
    private final VenueConnection connection;
    private final GatewayReports reports;
    private final JournaledAnswers answers;
    private final RequestIntake intake;
    private final Inquiries inquiries;
    private final MassStatusAnswer massStatus;
    private final DeadMansSwitch nodeWatch;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final ExecutionReportDecoder execution = new ExecutionReportDecoder();
    private final UnsafeBuffer acknowledgementMessage = new UnsafeBuffer(
        new byte[MessageHeaderEncoder.ENCODED_LENGTH + DecisionAcknowledgementEncoder.BLOCK_LENGTH]);
    private final DecisionAcknowledgementEncoder acknowledgement = new DecisionAcknowledgementEncoder();
    private long nowNs;
    private long decisionsAcknowledged;
    private long allAcknowledgedNs;
    private int newestIncarnation;
    private volatile boolean linked;
    private volatile boolean settled;

    /**
     * @param log     of this venue and account; whoever opened it closes it.
     * @param link    makes the link with this gateway as its listener.
     * @param session makes the venue's session with this gateway as its listener.
     * @param clock   that the gateway's patience is measured by.
     * @param notices told what an operator should know.
     */
    public OrderGateway(
        final RequestLog log,
        final Function<LinkListener, LinkClient> link,
        final Function<VenueSessionListener, VenueSession> session,
        final OrderGatewayContext context,
        final NanoClock clock,
        final OrderGatewayNotices notices)
    {
        this.log = log;
        this.context = context;
        this.clock = clock;
        this.notices = notices;
        this.link = link.apply(this);
        this.session = session.apply(this);
        nowNs = clock.nanoTime();
        connection = new VenueConnection(log.execId());
        reports = new GatewayReports(this.link);
        answers = new JournaledAnswers(log);
        intake = new RequestIntake(this.link, this.session, connection, log, reports, answers, counters, notices);
        inquiries = new Inquiries(
            this.session, connection, log, reports, answers, counters, context.answerTimeoutNs());
        massStatus = new MassStatusAnswer(this.session, connection, this.link, log, answers, reports);
        nodeWatch = new DeadMansSwitch(
            this.link, this.session, connection, notices, context.nodeTimeoutNs(), nowNs);
        acknowledgement.wrapAndApplyHeader(acknowledgementMessage, 0, new MessageHeaderEncoder());
        takeUpLog();
    }

    private void takeUpLog()
    {
        final HandledDecision handled = log.handled();
        link.startBehind(
            handled.egressSequence(), handled.incarnation(), handled.sequence(), handled.ordinal());
        final int inDoubt = inquiries.onStart(nowNs);
        notices.info("log taken up: egressSequence=" + handled.egressSequence() + " requestsInDoubt=" + inDoubt +
            (log.wasTorn() ? "; the process before was killed while it wrote, and that request was not sent" : ""));
    }

    @Override
    public int doWork()
    {
        nowNs = clock.nanoTime();
        int work = link.poll(nowNs) + session.poll(nowNs);
        connection.poll(session);
        work += inquiries.poll(nowNs);
        massStatus.poll();
        nodeWatch.poll(nowNs);
        answers.poll(link.acknowledged());
        acknowledge();
        settled = 0 == work && 0 == log.openRequests() && connection.isReady() &&
            link.decisionsReceived() == decisionsAcknowledged && link.acknowledged() == link.offered();
        return work + log.doWork();
    }

    private void acknowledge()
    {
        final long unacknowledged = link.decisionsReceived() - decisionsAcknowledged;
        if (0 == unacknowledged)
        {
            allAcknowledgedNs = nowNs;
        }
        else if (unacknowledged >= ACKNOWLEDGE_EVERY || nowNs - allAcknowledgedNs >= ACKNOWLEDGE_WITHIN_NS)
        {
            acknowledge(link.decisionsReceived());
        }
    }

    /**
     * The log's end must not lie before what the node is told. Only when it cannot be written it does: then the next start
     * finds it behind and is refused, for the node would be right that those requests are dealt with and the log would not
     * know them.
     */
    private void acknowledge(final long egressSequence)
    {
        if (egressSequence > log.handled().egressSequence() && !log.hasFailed())
        {
            log.handled(
                egressSequence, link.decisionIncarnation(), link.decisionSequence(), link.decisionOrdinal());
        }
        acknowledgement.egressSequence(egressSequence);
        if (link.offer(acknowledgementMessage, 0, acknowledgementMessage.capacity(), 0, reports.timeNs()))
        {
            decisionsAcknowledged = egressSequence;
        }
    }

    /**
     * @throws RequestLogException when the node has acknowledgements of decisions that the log does not know.
     */
    @Override
    public void onLinked(final int incarnation)
    {
        requireLogNotBehind();
        if (incarnation != newestIncarnation)
        {
            // What was acknowledged to the incarnation before may be in the tail that its journal has lost.
            newestIncarnation = incarnation;
            decisionsAcknowledged = 0;
        }
        linked = true;
    }

    private void requireLogNotBehind()
    {
        final long acknowledged = link.decisionsAcknowledged();
        if (acknowledged <= link.decisionsReceived())
        {
            return;
        }
        if (!context.acceptsNewLog())
        {
            throw new RequestLogException("order gateway's log is behind: file=" + log.file() +
                " ends with egressSequence=" + log.handled().egressSequence() +
                ": expected at least egressSequence=" + acknowledged + ", which the node has an acknowledgement of" +
                RequestLogScan.advice());
        }
        notices.warn("log taken up behind what the node has acknowledged, as accepted: egressSequence=" +
            acknowledged + " was " + link.decisionsReceived());
        log.handled(acknowledged, 0, 0, 0);
        link.startBehind(acknowledged, 0, 0, 0);
    }

    @Override
    public void onInstrument(final Instrument instrument)
    {
        session.define(instrument);
    }

    @Override
    public void onDecision(final DirectBuffer buffer, final int offset, final int length, final long egressSequence)
    {
        intake.onDecision(buffer, offset, egressSequence, nowNs);
    }

    @Override
    public void onMassStatusRequest(final int incarnation, final int massStatusReqId, final long lastExecId)
    {
        massStatus.onRequest(incarnation, massStatusReqId, lastExecId);
    }

    @Override
    public void onConnected()
    {
        connection.onConnected();
        notices.info("connected to the venue");
    }

    @Override
    public void onDisconnected(final String reason)
    {
        connection.onDisconnected();
        massStatus.onDisconnected();
        notices.warn("connection to the venue ended: " + reason + "; requestsInDoubt=" +
            inquiries.onDisconnected(nowNs));
    }

    @Override
    public void onReport(final DirectBuffer buffer, final int offset, final int length, final long timeNs)
    {
        final long execId = execId(buffer, offset);
        final long linkSequence = reports.forward(buffer, offset, length, timeNs);
        if (!isAnswer(RequestLog.templateId(buffer, offset)))
        {
            return;
        }
        // In all answers the ClOrdID comes first.
        final LoggedRequest request = log.find(buffer, offset + MessageHeaderDecoder.ENCODED_LENGTH);
        if (request != null && RequestState.UNANSWERED == request.state)
        {
            answers.add(request, linkSequence, execId);
        }
    }

    /** Whether it is about an order; else it is about the account. */
    private static boolean isAnswer(final int templateId)
    {
        return ExecutionReportDecoder.TEMPLATE_ID == templateId || OrderCancelRejectDecoder.TEMPLATE_ID == templateId;
    }

    /** 0 when it is no execution. */
    private long execId(final DirectBuffer buffer, final int offset)
    {
        if (ExecutionReportDecoder.TEMPLATE_ID != RequestLog.templateId(buffer, offset))
        {
            return 0;
        }
        execution.wrapAndApplyHeader(buffer, offset, header);
        connection.onExecution(execution.execId());
        if (ExecType.CANCELED == execution.execType())
        {
            nodeWatch.onCanceled();
        }
        return execution.execId();
    }

    @Override
    public void onExecutionsEnd(final long lastExecId, final long missing)
    {
        if (missing > 0)
        {
            counters.onExecutionsMissing(missing);
            notices.error("the venue no longer keeps executions that were asked for: missing=" + missing +
                " lastExecId=" + lastExecId);
        }
        if (!connection.onExecutionsEnd(lastExecId))
        {
            massStatus.onExecutionsEnd();
        }
    }

    @Override
    public void onOpenOrder(final DirectBuffer buffer, final int offset, final int length, final long timeNs)
    {
        massStatus.onOpenOrder(buffer, offset, length);
    }

    @Override
    public void onOpenOrdersEnd(final int openOrders, final long lastExecId)
    {
        massStatus.onOpenOrdersEnd(openOrders, lastExecId);
    }

    @Override
    public void onStanding(
        final DirectBuffer buffer, final int clOrdIdOffset, final RequestStanding standing, final OrdRejReason reason)
    {
        inquiries.onStanding(buffer, clOrdIdOffset, standing, reason, nowNs);
    }

    @Override
    public void onClose()
    {
        session.close();
    }

    @Override
    public String roleName()
    {
        return "lockstep-orders";
    }

    /** Whether the node has answered at least once; any thread. */
    public boolean isLinked()
    {
        return linked;
    }

    /** Whether nothing is under way either way; any thread, and only a hint while others still send. */
    public boolean isSettled()
    {
        return settled;
    }

    /** Any thread. */
    public OrderGatewayCounters counters()
    {
        return counters;
    }
}
