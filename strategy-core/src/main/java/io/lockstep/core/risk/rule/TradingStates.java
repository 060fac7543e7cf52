package io.lockstep.core.risk.rule;

import io.lockstep.codecs.Xxh64;
import io.lockstep.core.risk.RiskSubject;
import io.lockstep.sbe.CommandReason;
import io.lockstep.sbe.LimitScope;
import io.lockstep.sbe.TradingMode;

import java.util.ArrayList;
import java.util.List;

/**
 * The trading states of strategies, instruments, venues and accounts; what is running has none. The node's own is kept apart. Changing one
 * allocates.
 */
public final class TradingStates
{
    /**
     * The state of one scope.
     *
     * @param closes   whether orders that close positions pass although the mode is KILLED.
     * @param sequence of the input that has set it.
     */
    public record State(ScopeKey key, TradingMode mode, boolean closes, long sequence)
    {
    }

    public static final int STATES_MAX = 4_096;

    private final List<State> states = new ArrayList<>();
    private boolean nodeCloses;
    private long version;

    public int count()
    {
        return states.size();
    }

    /** Whether orders that close positions pass although the node's mode is KILLED. */
    public boolean nodeCloses()
    {
        return nodeCloses;
    }

    public void nodeCloses(final boolean nowCloses)
    {
        nodeCloses = nowCloses;
    }

    /**
     * The node's mode as it binds an order.
     *
     * @param isClosing whether it closes the position of a leg that is being flattened.
     */
    public TradingMode nodeMode(final TradingMode mode, final boolean isClosing)
    {
        return isClosing && nodeCloses && mode == TradingMode.KILLED ? TradingMode.REDUCE_ONLY : mode;
    }

    /** By scope. */
    public State get(final int index)
    {
        return states.get(index);
    }

    /** Grows with each change. */
    long version()
    {
        return version;
    }

    public TradingMode mode(final ScopeKey key)
    {
        final int place = place(key);
        return isAt(place, key) ? states.get(place).mode() : TradingMode.RUNNING;
    }

    private int place(final ScopeKey key)
    {
        int place = 0;
        while (place < states.size() && states.get(place).key().compareTo(key) < 0)
        {
            place++;
        }
        return place;
    }

    private boolean isAt(final int place, final ScopeKey key)
    {
        return place < states.size() && states.get(place).key().equals(key);
    }

    /**
     * @param mode one that is a mode.
     * @return ACCEPTED, NO_CHANGE, or CAPACITY.
     */
    public CommandReason set(
        final ScopeKey key, final TradingMode mode, final boolean closes, final long sequence)
    {
        final int place = place(key);
        final boolean isThere = isAt(place, key);
        final State before = isThere ? states.get(place) : new State(key, TradingMode.RUNNING, false, 0);
        if (before.mode() == mode && before.closes() == closes)
        {
            return CommandReason.NO_CHANGE;
        }
        if (!isThere && states.size() == STATES_MAX)
        {
            return CommandReason.CAPACITY;
        }
        if (isThere)
        {
            states.remove(place);
        }
        if (mode != TradingMode.RUNNING)
        {
            states.add(place, new State(key, mode, closes, sequence));
        }
        version++;
        return CommandReason.ACCEPTED;
    }

    /** Puts a state behind those that there are, as a snapshot has them. */
    public void restore(final State state)
    {
        final boolean isInOrder = states.isEmpty() || states.get(states.size() - 1).key().compareTo(state.key()) < 0;
        if (!isInOrder || state.mode() == TradingMode.RUNNING)
        {
            throw new IllegalArgumentException("no state that can follow: " + state);
        }
        states.add(state);
        version++;
    }

    /** The strictest of the scopes that cover the leg, the narrowest of several; null when all run. */
    State strictest(final RiskSubject leg)
    {
        State strictest = null;
        for (final State state : states)
        {
            if (state.key().covers(leg) &&
                (strictest == null || state.mode().value() > strictest.mode().value() ||
                    state.mode() == strictest.mode() && strictest.closes() && !state.closes()))
            {
                strictest = state;
            }
        }
        return strictest;
    }

    /**
     * Whether a state of the leg's scopes is REDUCE_ONLY.
     *
     * @param ofStrategy of its strategy, whose own position it is about; else of the others, which are about that of all.
     */
    boolean isReduceOnly(final RiskSubject leg, final boolean ofStrategy)
    {
        for (final State state : states)
        {
            if ((state.key().scope() == LimitScope.STRATEGY) == ofStrategy &&
                state.mode() == TradingMode.REDUCE_ONLY && state.key().covers(leg))
            {
                return true;
            }
        }
        return false;
    }

    /** 0 while everything runs. */
    long stateHash()
    {
        long hash = states.size() + (nodeCloses ? 1L << 32 : 0);
        for (int i = 0; i < states.size(); i++)
        {
            final State state = states.get(i);
            hash = Xxh64.chain(hash, (long)state.key().scope().value() << 16 | state.mode().value() << 1 |
                (state.closes() ? 1 : 0));
            hash = Xxh64.chain(Xxh64.chain(hash, state.key().scopedId()), state.key().instrumentId());
            hash = Xxh64.chain(hash, state.sequence());
        }
        return hash;
    }
}
