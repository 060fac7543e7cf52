package io.lockstep.core.order;

import static io.lockstep.core.order.OrderEvent.*;
import static io.lockstep.core.order.OrderState.EXPIRED;
import static io.lockstep.core.order.OrderState.FILLED;
import static io.lockstep.core.order.OrderState.HELD;
import static io.lockstep.core.order.OrderState.NEW;
import static io.lockstep.core.order.OrderState.PARTIALLY_FILLED;
import static io.lockstep.core.order.OrderState.PENDING_CANCEL;
import static io.lockstep.core.order.OrderState.PENDING_NEW;
import static io.lockstep.core.order.OrderState.PENDING_REPLACE;

/**
 * The life of an order as a table: (state, event) to state. An event that is not in it changes no order: the caller refuses it and
 * counts it. A cancel or replace that ends without effect, and a word of the venue about what it had said before, lead back to {@link OrderState#NEW}, which the order itself turns
 * into {@link OrderState#PENDING_REPLACE} when a replace was under way before the cancel, and else into
 * {@link OrderState#PARTIALLY_FILLED} when some of it is filled.
 */
public final class OrderTransitions
{
    private static final int EVENT_COUNT = OrderEvent.values().length;
    private static final OrderState[] TABLE = new OrderState[OrderState.values().length * EVENT_COUNT];

    static
    {
        // A venue may fill before it acknowledges, and a cancel may overtake the acknowledgement.
        add(PENDING_NEW, ACCEPTED, NEW);
        add(PENDING_NEW, PARTIAL_FILL, PARTIALLY_FILLED);
        add(PENDING_NEW, FILL, FILLED);
        add(PENDING_NEW, CANCELED, OrderState.CANCELED);
        add(PENDING_NEW, REJECTED, OrderState.REJECTED);
        add(PENDING_NEW, OrderEvent.EXPIRED, EXPIRED);
        add(PENDING_NEW, CANCEL_REQUESTED, PENDING_CANCEL);

        add(NEW, PARTIAL_FILL, PARTIALLY_FILLED);
        add(NEW, FILL, FILLED);
        add(NEW, CANCELED, OrderState.CANCELED);
        add(NEW, OrderEvent.EXPIRED, EXPIRED);
        add(NEW, CANCEL_REQUESTED, PENDING_CANCEL);
        add(NEW, REPLACE_REQUESTED, PENDING_REPLACE);

        add(PARTIALLY_FILLED, ACCEPTED, PARTIALLY_FILLED);
        add(PARTIALLY_FILLED, PARTIAL_FILL, PARTIALLY_FILLED);
        add(PARTIALLY_FILLED, FILL, FILLED);
        add(PARTIALLY_FILLED, CANCELED, OrderState.CANCELED);
        add(PARTIALLY_FILLED, OrderEvent.EXPIRED, EXPIRED);
        add(PARTIALLY_FILLED, CANCEL_REQUESTED, PENDING_CANCEL);
        add(PARTIALLY_FILLED, REPLACE_REQUESTED, PENDING_REPLACE);

        // The order is still at the venue until the venue says otherwise: it can fill, and it can be rejected as new.
        add(PENDING_CANCEL, ACCEPTED, PENDING_CANCEL);
        add(PENDING_CANCEL, PARTIAL_FILL, PENDING_CANCEL);
        add(PENDING_CANCEL, FILL, FILLED);
        add(PENDING_CANCEL, CANCELED, OrderState.CANCELED);
        add(PENDING_CANCEL, REJECTED, OrderState.REJECTED);
        add(PENDING_CANCEL, OrderEvent.EXPIRED, EXPIRED);
        add(PENDING_CANCEL, REPLACED, PENDING_CANCEL);
        add(PENDING_CANCEL, REQUEST_REJECTED, NEW);

        add(PENDING_REPLACE, ACCEPTED, PENDING_REPLACE);
        add(PENDING_REPLACE, PARTIAL_FILL, PENDING_REPLACE);
        add(PENDING_REPLACE, FILL, FILLED);
        add(PENDING_REPLACE, REPLACED, NEW);
        add(PENDING_REPLACE, CANCELED, OrderState.CANCELED);
        add(PENDING_REPLACE, OrderEvent.EXPIRED, EXPIRED);
        add(PENDING_REPLACE, CANCEL_REQUESTED, PENDING_CANCEL);
        add(PENDING_REPLACE, REQUEST_REJECTED, NEW);

        // Between two parts of an order the venue knows nothing of it.
        add(PENDING_NEW, SLICE_FILLED, HELD);
        add(NEW, SLICE_FILLED, HELD);
        add(PARTIALLY_FILLED, SLICE_FILLED, HELD);

        add(HELD, RELEASED, PENDING_NEW);
        add(HELD, OrderEvent.DENIED, OrderState.DENIED);
        add(HELD, CANCELED, OrderState.CANCELED);
        add(HELD, OrderEvent.EXPIRED, EXPIRED);
        // It had left, and the journal has lost that: what the venue says of it goes before what the engine remembers.
        add(HELD, ACCEPTED, NEW);
        add(HELD, PARTIAL_FILL, PARTIALLY_FILLED);
        add(HELD, FILL, FILLED);
        add(HELD, REJECTED, OrderState.REJECTED);
        addRestatements();
    }

    /** What a venue says anew of an order that it has: its quantity or price, or an execution. It answers no request. */
    private static void addRestatements()
    {
        for (final OrderEvent event : new OrderEvent[]{RESTATED, TRADE_CORRECT, TRADE_CANCEL})
        {
            add(PENDING_NEW, event, NEW);
            add(NEW, event, NEW);
            add(PARTIALLY_FILLED, event, NEW);
            add(PENDING_CANCEL, event, PENDING_CANCEL);
            add(PENDING_REPLACE, event, PENDING_REPLACE);
            add(HELD, event, NEW);
        }
    }

    private OrderTransitions()
    {
    }

    /**
     * The state that follows, or null when the event must not happen in this state.
     */
    public static OrderState next(final OrderState state, final OrderEvent event)
    {
        return TABLE[state.ordinal() * EVENT_COUNT + event.ordinal()];
    }

    private static void add(final OrderState from, final OrderEvent event, final OrderState to)
    {
        TABLE[from.ordinal() * EVENT_COUNT + event.ordinal()] = to;
    }
}
