package io.lockstep.core.strategy;

import io.lockstep.codecs.Int128;
import io.lockstep.codecs.Nulls;
import io.lockstep.sbe.Side;

/** What a venue has corrected: an execution that was another than was reported, or is void. Valid during the call. */
public interface Correction
{
    /** Of the order. */
    Side side();

    /** At which the execution was reported. */
    long refPriceTicks();

    /** What was reported of it, positive. */
    long refQuantityLots();

    /** At which it was made; {@link Nulls#NULL_PRICE_TICKS} when it is void. */
    long priceTicks();

    /** What was executed; 0 when it is void. */
    long quantityLots();

    /** What the fee changes by, in cash units; negative is given back. */
    Int128 commission();

    /** Whether nothing takes the place of the execution. */
    default boolean isBust()
    {
        return quantityLots() == 0;
    }
}
