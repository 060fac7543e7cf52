package io.lockstep.perf.work;

import io.lockstep.core.order.OrderEvent;
import io.lockstep.core.order.OrderState;
import io.lockstep.core.order.OrderTransitions;
import io.lockstep.gateways.generator.SplitMix64;

/**
 * The table of an order's life, asked about a state and an event; one pair in a few is not in it.
 */
public final class TransitionWork implements Work
{
    private static final int PAIRS = 4_096;

    private final OrderState[] states = new OrderState[PAIRS];
    private final OrderEvent[] events = new OrderEvent[PAIRS];
    private int next;

    public TransitionWork()
    {
        final SplitMix64 random = new SplitMix64(5);
        OrderState state = OrderState.PENDING_NEW;
        for (int i = 0; i < PAIRS; i++)
        {
            states[i] = state;
            events[i] = OrderEvent.values()[random.below(OrderEvent.values().length)];
            final OrderState after = OrderTransitions.next(state, events[i]);
            if (after != null)
            {
                state = after.isTerminal() ? OrderState.PENDING_NEW : after;
            }
        }
    }

    @Override
    public long step()
    {
        final OrderState after = OrderTransitions.next(states[next], events[next]);
        next = next + 1 == PAIRS ? 0 : next + 1;
        return after == null ? -1 : after.ordinal();
    }
}
