package io.lockstep.core.strategy;

import io.lockstep.core.order.Order;
import io.lockstep.core.order.OrderEvent;
import io.lockstep.sbe.RiskReason;
import io.lockstep.sbe.Side;

/**
 * What trades: one object for each instance. An instance has one leg or several, each an instrument with a state machine, a
 * position, orders and timers of its own; each call is about one leg, which the context says, and reaches the others by
 * {@link StrategyContext#leg}.
 * <p>
 * A call that throws suspends the instance by a decision of its own, and no other: what it had decided before stands, its orders
 * are cancelled or kept by setting, and an operator resumes it.
 * <p>
 * A strategy is part of the deterministic core: everything it knows comes through these calls and the context, and nothing
 * else may change what it does. No clock, no randomness, no file, no log, no static state, no floating point for prices,
 * quantities or money, no iteration over hash maps. It allocates in its constructor only.
 * <p>
 * For each market data input of a leg {@link #onMarket} comes first, in every state, then the one method of the state the machine is
 * in. Every call may send orders and change the state through the context.
 */
public interface Strategy
{
    /** Every market data input of the instrument: the place for indicators. */
    void onMarket(StrategyContext context);

    /** WATCH: looking for an opportunity. */
    void onWatch(StrategyContext context);

    /** CLOSE_WATCH: evaluating entry. */
    void onCloseWatch(StrategyContext context);

    /** IN_TRADE: managing a position. */
    void onInTrade(StrategyContext context);

    /**
     * Something happened to an order of this strategy; order and position are already up to date. After a terminal state
     * the order must not be kept.
     *
     * @param fill what was executed, when the event is that; else null.
     */
    void onOrder(StrategyContext context, Order order, OrderEvent event, Fill fill);

    /** Once, when the instance begins: nothing else was called before. The context is of the first leg. */
    default void onStart(final StrategyContext context)
    {
        // Most begin with the market.
    }

    /**
     * Takes over from an object of the same strategy with other parameters or code, while positions, orders and timers stay as they
     * are: on a new object, in place of {@link #onStart}. Other parameters come so when the instance is not flat; otherwise it begins
     * anew with them. Other code comes so whenever a process starts with it.
     *
     * @param state what the object before has saved; with other code, what the new code has saved after it has restored it.
     * @return false when it cannot: other parameters then wait until the instance is flat; with other code the object that has restored
     * the state goes on.
     */
    default boolean onReload(final StateReader state)
    {
        return false;
    }

    /** Once, when the instance is taken out: it is flat, and no call follows. The context is of the first leg. */
    default void onStop(final StrategyContext context)
    {
        // Most keep nothing.
    }

    /**
     * The position has moved by a fill of an order that no call has ever named: the journal has lost it in a crash of the
     * operating system, the venue has not. The position is already up to date. It comes while the venue is asked how orders
     * stand, when every order is refused, or soon after. Does nothing unless a strategy says otherwise: what it keeps of its
     * position then no longer fits.
     *
     * @param side         of the fill.
     * @param priceTicks   it was made at.
     * @param quantityLots positive.
     */
    default void onStrayFill(
        final StrategyContext context, final Side side, final long priceTicks, final long quantityLots)
    {
        // Most can do without.
    }

    /**
     * The venue says that an execution of one of this strategy's orders was another than it had reported, or is void; the position
     * is already up to date. Of an order that is still open {@link #onOrder} comes before, with {@link OrderEvent#TRADE_CORRECT} or
     * {@link OrderEvent#TRADE_CANCEL}, or with {@link OrderEvent#FILL} where a correction has filled it.
     */
    default void onCorrection(final StrategyContext context, final Correction correction)
    {
        // Most look at the position.
    }

    /**
     * A signal from outside that the router has given to this strategy, whose factory says that it takes signals: it does at once, or
     * later, what it is told. An order that a check refuses is the answer to the signal by itself.
     *
     * @return {@link RiskReason#NONE} when it has taken the signal, else why not, such as {@link RiskReason#MODEL_BUSY}.
     */
    default RiskReason onSignal(final StrategyContext context, final SignalView signal)
    {
        return RiskReason.UNKNOWN_MODEL;
    }

    /**
     * Whether the strategy is given less of a signal than was asked for, where the instance's capital does not allow all of it; else
     * such a signal is refused. The same for as long as the strategy lives.
     */
    default boolean scalesSignals()
    {
        return false;
    }

    /** A timer this strategy has scheduled is due. */
    void onTimer(StrategyContext context, int timerKey);

    /**
     * A hash of every field that can influence a later decision; see {@link io.lockstep.codecs.Xxh64#chain}. Two strategies
     * with equal hashes must decide alike from here on.
     */
    long stateHash();

    /**
     * Reads, and only reads, what {@link #onMarket} will need: it comes soon. With thousands of instruments none of it is in the
     * processor's caches, and what is read here for several of them together need not be waited for one after the other. What it
     * returns means nothing, but for that the reads cannot be left out.
     *
     * @param step 0 for fields of the strategy, 1 for objects they lead to, 2 for what these lead to; each step is done for all
     *             of the instruments before the next.
     */
    default long touch(final int step)
    {
        return 0;
    }

    /**
     * How many prices, or whatever its indicators are fed with, it needs before it can give a signal; 0 when it cannot say. For whoever
     * asks why nothing was traded.
     */
    default long warmUpNeeded()
    {
        return 0;
    }

    /** How many of {@link #warmUpNeeded()} it has had, at most as many. */
    default long warmUpSeen()
    {
        return 0;
    }

    /**
     * Saves all that {@link #stateHash()} covers and the parameters do not give. Called between two inputs, on a strategy
     * that follows the one that trades, and when the instance is suspended or its parameters change; it may allocate.
     */
    void save(StateWriter state);

    /**
     * Takes up, in the same order, what {@link #save} has saved: on a new object made with the same parameters, the
     * instrument's open orders being restored already. It must read every value, and the state hash must then be the one
     * before.
     *
     * @throws IllegalStateException when the values are none that this strategy has saved.
     */
    void restore(StateReader state);
}
