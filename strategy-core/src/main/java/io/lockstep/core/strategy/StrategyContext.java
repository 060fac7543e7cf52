package io.lockstep.core.strategy;

import io.lockstep.codecs.Decimal;
import io.lockstep.codecs.Instrument;
import io.lockstep.core.decision.Cause;
import io.lockstep.core.list.ListTerms;
import io.lockstep.core.market.MarketView;
import io.lockstep.core.order.OpenOrders;
import io.lockstep.core.order.Order;
import io.lockstep.core.order.OrderTerms;
import io.lockstep.core.position.PositionView;
import io.lockstep.sbe.ExecInst;
import io.lockstep.sbe.MachineState;
import io.lockstep.sbe.OrderReason;
import io.lockstep.sbe.Side;
import io.lockstep.sbe.TimeInForce;

/**
 * What a strategy sees of one of its legs, and may do there. Only valid during a call to the {@link Strategy}. What the engine keeps is
 * read here and never changed; a misuse is refused by {@link IllegalArgumentException} before anything has changed.
 */
public interface StrategyContext
{
    /** Timers of one strategy are named 0 to this, exclusive. */
    int TIMER_KEYS = 4;

    /** Which of the instance's legs this is, from 0. */
    int legIndex();

    /** How many legs the instance has. */
    int legCount();

    /**
     * Another leg, or this one: what is sent there leaves with the same input's decisions.
     *
     * @param legIndex from 0 to {@link #legCount()}, exclusive.
     */
    StrategyContext leg(int legIndex);

    Instrument instrument();

    /** Sequenced time of the input being handled. */
    long nowNs();

    MachineState state();

    MarketView market();

    /** This leg's own position. */
    PositionView position();

    /** This leg's own open orders, the oldest first. */
    OpenOrders openOrders();

    /**
     * Lots worth this much of the quote currency at the mark price, rounded down to what an order may have: exact, whatever
     * the amount. When there are more than an order can have it is {@link Long#MAX_VALUE}, and an order of so many is refused.
     */
    long lotsFor(Decimal quoteNotional);

    /**
     * Why the next order of this leg will be asked for, in the present call to the strategy; a decision beside the order. Without it
     * the order has its {@link OrderReason} alone.
     *
     * @param signalCode the strategy's own number.
     * @return to be given the features that led to it.
     */
    Cause because(int signalCode);

    /** Changes the leg's state; a change to the present state does nothing. */
    void state(MachineState newState, OrderReason reason);

    /**
     * Sends a limit order.
     *
     * @return the order, or null when a pre-trade check refused it; the refusal is a decision of its own.
     */
    Order sendLimit(
        Side side, long priceTicks, long quantityLots, TimeInForce timeInForce, ExecInst execInst, OrderReason reason);

    /** Sends a market order; returns as {@link #sendLimit}. */
    Order sendMarket(Side side, long quantityLots, OrderReason reason);

    /** Terms to be filled for {@link #send}: one object for all orders, and empty. */
    OrderTerms terms();

    /**
     * Sends the order that the terms describe, or has the engine hold it where they name a trigger.
     *
     * @return as {@link #sendLimit}.
     */
    Order send(OrderTerms terms);

    /** Terms of a list to be filled for {@link #send(ListTerms)}: one object for all lists, and empty. */
    ListTerms list();

    /**
     * Sends the orders that the terms describe, which depend on each other; all of them, or none when a check refuses one. Their
     * {@link Order#listId} is that of the list.
     *
     * @return the list's id, or {@link OrderTerms#NO_LIST} when it was refused; the refusals are decisions of their own.
     */
    int send(ListTerms terms);

    /**
     * The wish that all orders of the list be gone.
     *
     * @return false when the leg has no such list with open orders.
     */
    boolean cancelList(int listId, OrderReason reason);

    /**
     * Asks the venue to cancel; the order stays open until the venue answers. One that the engine holds is over at once, and
     * {@link Strategy#onOrder} says so when the input has been handled.
     *
     * @return false when the order is in no state to be cancelled, a cancel is already under way, or one was refused and the venue's
     *         egress has no room for another one.
     */
    boolean cancel(Order order, OrderReason reason);

    /**
     * Asks the venue for another price or total quantity; the order keeps its terms until the venue answers. One that the engine holds
     * has them at once.
     *
     * @return false when a check refused it or the order is in no state to be replaced.
     */
    boolean replace(Order order, long priceTicks, long quantityLots, OrderReason reason);

    /**
     * As above, with whatever is to change: price, total quantity, trigger price, expiry, quantity shown. What is not said stays.
     */
    boolean replace(Order order, OrderTerms changes);

    /** Asks for {@link Strategy#onTimer} at the deadline; replaces a timer of the same key. */
    void schedule(int timerKey, long deadlineNs);

    void cancelTimer(int timerKey);
}
