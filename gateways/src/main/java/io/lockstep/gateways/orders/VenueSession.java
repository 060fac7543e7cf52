package io.lockstep.gateways.orders;

import io.lockstep.codecs.Instrument;
import io.lockstep.sbe.NewOrderSingleDecoder;
import io.lockstep.sbe.OrderCancelReplaceRequestDecoder;
import io.lockstep.sbe.OrderCancelRequestDecoder;

/**
 * An order gateway's connection to one account at one venue: all that the gateway knows of a venue. Whoever writes one speaks
 * the venue's protocol on the one side and keeps these promises on the other:
 * <ul>
 * <li><b>Connections.</b> It connects, and connects again, by itself from within {@link #poll}, and says so. What was handed
 * to it goes out over the present connection or never: nothing is kept for the next one.</li>
 * <li><b>Order.</b> What the venue reports while a connection lasts is given complete, each once and in the venue's order. A
 * connection on which something was lost is ended. No report is given before {@link #requestExecutions} has been asked for the
 * first time on a connection, and what that gives comes before what happens afterwards.</li>
 * <li><b>Settle time.</b> Once a connection has begun the venue reads nothing more of an earlier one. What it has read when
 * it answers a question it knows at the latest {@link #settleNs} after that answer. That is what makes a
 * {@link RequestStanding#NONE} final when it is said again after this time.</li>
 * </ul>
 * One thread, the gateway's; the listener is called from within {@link #poll} only. Methods that return a boolean return false
 * when nothing was handed over, as without a connection or under back-pressure. No allocation while a connection lasts.
 */
public interface VenueSession extends AutoCloseable
{
    /** One duty cycle; returns the work done. */
    int poll(long nowNs);

    /** Whether there is a connection that takes requests. */
    boolean isConnected();

    /** An instrument as the node has defined it: requests name it by its id. */
    void define(Instrument instrument);

    boolean send(NewOrderSingleDecoder order);

    boolean send(OrderCancelRequestDecoder cancel);

    boolean send(OrderCancelReplaceRequestDecoder replace);

    /** Asks about one request; {@link VenueSessionListener#onStanding} is the answer. */
    boolean ask(LoggedRequest request);

    /**
     * Asks for the executions behind an id, and from now on for what happens;
     * {@link VenueSessionListener#onExecutionsEnd} comes between the two.
     */
    boolean requestExecutions(long afterExecId);

    /** Asks for the open orders; {@link VenueSessionListener#onOpenOrdersEnd} comes behind them. */
    boolean requestOpenOrders();

    /** Cancels all open orders of the account; FIX OrderMassCancelRequest. The venue reports each. */
    boolean cancelOpenOrders();

    /** How long the venue may hold a request that it has read before it knows it. */
    long settleNs();

    @Override
    void close();
}
