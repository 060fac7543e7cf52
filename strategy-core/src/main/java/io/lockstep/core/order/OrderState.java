package io.lockstep.core.order;

import io.lockstep.sbe.OrdStatus;

/**
 * Where an order is in its life. The codes are FIX OrdStatus(39), with two more for what the engine itself holds.
 */
public enum OrderState
{
    PENDING_NEW(OrdStatus.PENDING_NEW, false), NEW(OrdStatus.NEW, false), PARTIALLY_FILLED(OrdStatus.PARTIALLY_FILLED,
        false), PENDING_CANCEL(OrdStatus.PENDING_CANCEL, false), PENDING_REPLACE(OrdStatus.PENDING_REPLACE,
            false), FILLED(OrdStatus.FILLED, true), CANCELED(OrdStatus.CANCELED,
                true), REJECTED(OrdStatus.REJECTED, true), EXPIRED(OrdStatus.EXPIRED, true),
    /** The engine keeps it; the venue knows nothing of it. */
    HELD(OrdStatus.HELD, false),
    /** A pre-trade check refused it when it was to leave. */
    DENIED(OrdStatus.DENIED, true);

    private final OrdStatus status;
    private final boolean terminal;

    OrderState(final OrdStatus status, final boolean terminal)
    {
        this.status = status;
        this.terminal = terminal;
    }

    public OrdStatus status()
    {
        return status;
    }

    /**
     * @throws IllegalArgumentException when there is none.
     */
    public static OrderState of(final OrdStatus status)
    {
        for (final OrderState state : values())
        {
            if (state.status == status)
            {
                return state;
            }
        }
        throw new IllegalArgumentException("no order state: ordStatus=" + status);
    }

    /** Whether a request about the order has no answer yet. */
    public boolean isPending()
    {
        return switch (this)
        {
            case PENDING_NEW, PENDING_CANCEL, PENDING_REPLACE -> true;
            case NEW, PARTIALLY_FILLED, FILLED, CANCELED, REJECTED, EXPIRED, HELD, DENIED -> false;
        };
    }

    public boolean isTerminal()
    {
        return terminal;
    }
}
