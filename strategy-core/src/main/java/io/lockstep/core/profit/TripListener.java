package io.lockstep.core.profit;

import io.lockstep.codecs.Int128;
import io.lockstep.core.instance.Leg;

/** Is told of each round trip that ends. */
public interface TripListener
{
    /**
     * @param result what it has made less fees, in cash units of the leg's instrument; not kept.
     */
    void onTripEnded(Leg leg, Int128 result);
}
