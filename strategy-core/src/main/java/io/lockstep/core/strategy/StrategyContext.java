package io.lockstep.core.strategy;

import io.lockstep.codecs.Decimal;
import io.lockstep.codecs.Instrument;
import io.lockstep.core.market.Market;
import io.lockstep.core.order.OpenOrders;
import io.lockstep.core.order.Order;
import io.lockstep.core.position.Position;
import io.lockstep.sbe.ExecInst;
import io.lockstep.sbe.MachineState;
import io.lockstep.sbe.OrderReason;
import io.lockstep.sbe.Side;
import io.lockstep.sbe.TimeInForce;

/**
 * What a strategy sees and may do. Only valid during a call to the {@link Strategy}.
 */
public interface StrategyContext
{
    /** Timers of one strategy are named 0 to this, exclusive. */
    int TIMER_KEYS = 4;

    Instrument instrument();

    /** Sequenced time of the input being handled. */
    long nowNs();

    MachineState state();

    Market market();

    Position position();

    OpenOrders openOrders();

    /**
     * Lots worth this much of the quote currency at the mark price, rounded down to what an order may have: exact, whatever
     * the amount. When there are more than an order can have it is {@link Long#MAX_VALUE}, and an order of so many is refused.
     */
    long lotsFor(Decimal quoteNotional);

    /** Changes the state of the machine; a change to the present state does nothing. */
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

    /**
     * Asks the venue to cancel; the order stays open until the venue answers.
     *
     * @return false when the order is in no state to be cancelled, or a cancel is already under way.
     */
    boolean cancel(Order order, OrderReason reason);

    /**
     * Asks the venue for another price or total quantity; the order keeps its terms until the venue answers.
     *
     * @return false when a check refused it or the order is in no state to be replaced.
     */
    boolean replace(Order order, long priceTicks, long quantityLots, OrderReason reason);

    /** Asks for {@link Strategy#onTimer} at the deadline; replaces a timer of the same key. */
    void schedule(int timerKey, long deadlineNs);

    void cancelTimer(int timerKey);
}
