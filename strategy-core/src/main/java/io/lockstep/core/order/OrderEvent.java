package io.lockstep.core.order;

/**
 * What can happen to an order: what the venue reports, and what the engine asks for.
 */
public enum OrderEvent
{
    ACCEPTED, PARTIAL_FILL, FILL, CANCELED, REPLACED, REJECTED, EXPIRED, CANCEL_REQUESTED, REPLACE_REQUESTED,
    /** The venue refused a cancel or a replace; the order works on. */
    REQUEST_REJECTED,
    /** The venue has changed the order's quantity or price unasked. */
    RESTATED,
    /** An execution of the order was another than the venue had reported. */
    TRADE_CORRECT,
    /** An execution of the order is void. */
    TRADE_CANCEL,
    /** The engine lets go an order that it has held: its trigger was reached, or its list wants it at the venue. */
    RELEASED,
    /** A pre-trade check has refused a held order when it was to leave. */
    DENIED,
    /** The part that the venue had of an order is filled, and another part is to follow. */
    SLICE_FILLED;

    /** Whether it answers a request, if not always the newest. */
    public boolean isAnswer()
    {
        return switch (this)
        {
            case ACCEPTED, CANCELED, REPLACED, REJECTED, EXPIRED, REQUEST_REJECTED -> true;
            case PARTIAL_FILL, FILL, CANCEL_REQUESTED, REPLACE_REQUESTED, RESTATED, TRADE_CORRECT, TRADE_CANCEL,
                RELEASED,
                DENIED, SLICE_FILLED -> false;
        };
    }

    /** Whether a venue that reports this event has taken the order. */
    public boolean isAcceptance()
    {
        return switch (this)
        {
            case ACCEPTED, PARTIAL_FILL, FILL, REPLACED, RESTATED, TRADE_CORRECT, TRADE_CANCEL -> true;
            case CANCELED, REJECTED, EXPIRED, CANCEL_REQUESTED, REPLACE_REQUESTED, REQUEST_REJECTED, RELEASED,
                DENIED, SLICE_FILLED -> false;
        };
    }
}
