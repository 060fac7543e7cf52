package io.lockstep.gateways.orders;

import io.lockstep.gateways.link.LinkClient;
import io.lockstep.sbe.MassStatusEndEncoder;
import io.lockstep.sbe.MessageHeaderEncoder;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

/**
 * Answers the node's OrderMassStatusRequest: executions, open orders, end. It waits until each request that was handed over
 * has an answer, so that what the venue does not list is over and nothing is under way. Open orders are held back until the
 * venue has listed them all: half a list would be a wrong one. Allocates only for more open orders than ever before.
 */
final class MassStatusAnswer
{
    /** How far the answer has come. */
    private enum State
    {
        /** Nothing is asked. */
        IDLE,
        /** The node has asked. */
        WANTED,
        /** The venue gives executions. */
        EXECUTIONS,
        /** The venue may be asked for its open orders. */
        EXECUTIONS_GIVEN,
        /** The venue gives its open orders. */
        OPEN_ORDERS
    }

    private final VenueSession session;
    private final VenueConnection connection;
    private final LinkClient link;
    private final RequestLog log;
    private final JournaledAnswers answers;
    private final GatewayReports reports;
    private final ExpandableArrayBuffer openOrders = new ExpandableArrayBuffer(1 << 16);
    private final UnsafeBuffer endMessage = new UnsafeBuffer(
        new byte[MessageHeaderEncoder.ENCODED_LENGTH + MassStatusEndEncoder.BLOCK_LENGTH]);
    private final MassStatusEndEncoder end = new MassStatusEndEncoder();
    private State state = State.IDLE;
    private int incarnation;
    private int massStatusReqId;
    private long lastExecId;
    private int openOrdersLength;
    private long decisionsReceived;

    MassStatusAnswer(
        final VenueSession session,
        final VenueConnection connection,
        final LinkClient link,
        final RequestLog log,
        final JournaledAnswers answers,
        final GatewayReports reports)
    {
        this.session = session;
        this.connection = connection;
        this.link = link;
        this.log = log;
        this.answers = answers;
        this.reports = reports;
        end.wrapAndApplyHeader(endMessage, 0, new MessageHeaderEncoder());
    }

    /** A later request takes the place of one that is not answered yet. */
    void onRequest(final int newIncarnation, final int newMassStatusReqId, final long newLastExecId)
    {
        incarnation = newIncarnation;
        massStatusReqId = newMassStatusReqId;
        lastExecId = newLastExecId;
        state = State.WANTED;
    }

    /** What the venue has not said to the end it says from the beginning. */
    void onDisconnected()
    {
        state = State.IDLE == state ? State.IDLE : State.WANTED;
    }

    void poll()
    {
        switch (state)
        {
            case WANTED -> {
                if (connection.isReady() && log.openRequests() == answers.size() &&
                    session.requestExecutions(lastExecId))
                {
                    // What comes from now on the answer may not have: the venue can be asked while orders go on leaving.
                    decisionsReceived = link.decisionsReceived();
                    state = State.EXECUTIONS;
                }
            }
            case EXECUTIONS_GIVEN -> {
                if (session.requestOpenOrders())
                {
                    openOrdersLength = 0;
                    state = State.OPEN_ORDERS;
                }
            }
            case IDLE, EXECUTIONS, OPEN_ORDERS -> {
                // It is not this side's turn.
            }
        }
    }

    void onExecutionsEnd()
    {
        state = State.EXECUTIONS == state ? State.EXECUTIONS_GIVEN : state;
    }

    void onOpenOrder(final DirectBuffer buffer, final int offset, final int length)
    {
        if (State.OPEN_ORDERS == state)
        {
            openOrders.putInt(openOrdersLength, length, LITTLE_ENDIAN);
            openOrders.putBytes(openOrdersLength + Integer.BYTES, buffer, offset, length);
            openOrdersLength += Integer.BYTES + length;
        }
    }

    void onOpenOrdersEnd(final int count, final long newestExecId)
    {
        if (State.OPEN_ORDERS != state)
        {
            return;
        }
        for (int at = 0; at < openOrdersLength;)
        {
            final int length = openOrders.getInt(at, LITTLE_ENDIAN);
            reports.forward(openOrders, at + Integer.BYTES, length, reports.timeNs());
            at += Integer.BYTES + length;
        }
        end.incarnation(incarnation)
            .massStatusReqId(massStatusReqId)
            .decisionsReceived(decisionsReceived)
            .lastExecId(newestExecId)
            .openOrders(count);
        reports.forward(endMessage, 0, endMessage.capacity(), reports.timeNs());
        state = State.IDLE;
    }
}
