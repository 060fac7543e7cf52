package io.lockstep.gateways.orders;

import io.lockstep.sbe.OrdRejReason;
import org.agrona.DirectBuffer;

/**
 * What an order gateway hears from a venue. Buffers are valid during the call only; times are the venue's, in nanoseconds
 * since 1970, and never decrease. Called on the gateway's thread.
 */
public interface VenueSessionListener
{
    /** Requests are taken from now on. */
    void onConnected();

    /**
     * The connection has ended; what was handed over and has no answer may or may not have arrived.
     *
     * @param reason for the log.
     */
    void onDisconnected(String reason);

    /** An ExecutionReport or an OrderCancelReject: an answer, or what happened to an order. Or an AccountReport or AccountEntry. */
    void onReport(DirectBuffer buffer, int offset, int length, long timeNs);

    /**
     * Executions that were asked for have been reported.
     *
     * @param missing executions behind the id that the venue no longer keeps.
     */
    void onExecutionsEnd(long lastExecId, long missing);

    /** An ExecutionReport with ExecType ORDER_STATUS, one for each open order. */
    void onOpenOrder(DirectBuffer buffer, int offset, int length, long timeNs);

    /** All open orders have been given. */
    void onOpenOrdersEnd(int openOrders, long lastExecId);

    /**
     * The answer about one request.
     *
     * @param reason of a refusal.
     */
    void onStanding(DirectBuffer buffer, int clOrdIdOffset, RequestStanding standing, OrdRejReason reason);
}
