package io.lockstep.gateways.orders;

import io.lockstep.sbe.OrdRejReason;
import org.agrona.DirectBuffer;

import java.util.concurrent.TimeUnit;

/**
 * Asks the venue about requests without an answer: those of connections that have ended, of the process before this one, and
 * those that have waited too long. None is ever handed over again.
 * <p>
 * <b>When a request counts as not sent.</b> The venue has said NONE, and says NONE again when it is asked the settle time
 * later, both on the present connection. The first NONE shows that the venue has read everything that was handed over before
 * the question: a question follows a request of the same connection on the same stream, and of a connection that has ended
 * the venue reads nothing more once another has begun. (The process before this one is dead: the log's lock was free.) What
 * the venue has read it knows within the settle time, so what it does not know then it never had and never will have. A
 * single NONE says nothing, for the venue may still hold the request.
 */
final class Inquiries
{
    private static final long LOOK_INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final long ASK_AGAIN_NS = TimeUnit.MILLISECONDS.toNanos(50);

    private final VenueSession session;
    private final VenueConnection connection;
    private final RequestLog log;
    private final GatewayReports reports;
    private final JournaledAnswers answers;
    private final OrderGatewayCounters counters;
    private final long answerTimeoutNs;
    private long lookedNs;

    Inquiries(
        final VenueSession session,
        final VenueConnection connection,
        final RequestLog log,
        final GatewayReports reports,
        final JournaledAnswers answers,
        final OrderGatewayCounters counters,
        final long answerTimeoutNs)
    {
        this.session = session;
        this.connection = connection;
        this.log = log;
        this.reports = reports;
        this.answers = answers;
        this.counters = counters;
        this.answerTimeoutNs = answerTimeoutNs;
    }

    /** The process has begun. Returns how many requests the one before it has left without an answer. */
    int onStart(final long nowNs)
    {
        int requests = 0;
        for (LoggedRequest request = log.firstOpen(); request != null; request = log.nextOpen(request))
        {
            request.askNs = nowNs;
            requests++;
        }
        counters.onInDoubt(requests);
        return requests;
    }

    /** The connection has ended. Returns how many requests it leaves without an answer. */
    int onDisconnected(final long nowNs)
    {
        int requests = 0;
        for (LoggedRequest request = log.firstOpen(); request != null; request = log.nextOpen(request))
        {
            request.isAsked = false;
            request.isUnknownToVenue = false;
            request.askNs = nowNs;
            if (RequestState.UNANSWERED == request.state && request.sessionNumber == connection.number())
            {
                requests++;
            }
        }
        counters.onInDoubt(requests);
        return requests;
    }

    int poll(final long nowNs)
    {
        if (!connection.isReady() || nowNs - lookedNs < LOOK_INTERVAL_NS)
        {
            return 0;
        }
        lookedNs = nowNs;
        int asked = 0;
        for (LoggedRequest request = log.firstOpen(); request != null; request = log.nextOpen(request))
        {
            if (isDue(request, nowNs))
            {
                if (!session.ask(request))
                {
                    break;
                }
                request.isAsked = true;
                request.askNs = nowNs;
                counters.onInquiry();
                asked++;
            }
        }
        return asked;
    }

    private boolean isDue(final LoggedRequest request, final long nowNs)
    {
        return RequestState.UNANSWERED == request.state && !request.isAsked && nowNs >= request.askNs &&
            (request.sessionNumber != connection.number() || nowNs - request.handedOverNs >= answerTimeoutNs);
    }

    void onStanding(
        final DirectBuffer buffer,
        final int clOrdIdOffset,
        final RequestStanding standing,
        final OrdRejReason reason,
        final long nowNs)
    {
        final LoggedRequest request = log.find(buffer, clOrdIdOffset);
        if (request == null || RequestState.UNANSWERED != request.state || !request.isAsked)
        {
            return;
        }
        request.isAsked = false;
        switch (standing)
        {
            case NONE -> onNone(request, nowNs);
            case UNDER_WAY -> request.askNs = nowNs + ASK_AGAIN_NS;
            // Its executions were reported before this; there is nothing to add.
            case DONE -> answers.add(request, reports.lastSequence(), 0);
            case REFUSED -> answers.add(request, reports.refuse(request, reason), 0);
        }
    }

    private void onNone(final LoggedRequest request, final long nowNs)
    {
        if (request.isUnknownToVenue)
        {
            counters.onNotSent();
            answers.add(request, reports.refuse(request, OrdRejReason.NOT_SENT), 0);
        }
        else
        {
            request.isUnknownToVenue = true;
            request.askNs = nowNs + session.settleNs();
        }
    }
}
