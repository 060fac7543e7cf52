package io.lockstep.core.order;

/** Is told of orders that are part of a list, at once and while they can be read. */
public interface PartListener
{
    /** Hears nothing. */
    PartListener NONE = (order) ->
    {
    };

    /** Something has become of the order; it may be over. */
    void onPart(Order order);
}
