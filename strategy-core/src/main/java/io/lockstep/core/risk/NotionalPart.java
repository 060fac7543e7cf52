package io.lockstep.core.risk;

import io.lockstep.codecs.MutableInt128;

/** What one instrument counts with in the total notional. */
interface NotionalPart
{
    /** It is not one of those that have exposure. */
    int NOT_EXPOSED = -1;

    /** The checks of the instrument. */
    RiskGate gate();

    /** Place among the parts that have exposure, or {@link #NOT_EXPOSED}; {@link TotalNotional} keeps it. */
    int place();

    void place(int newPlace);

    /**
     * Sets the result to the value of the largest position that the open orders can make, in the unit of the sum.
     *
     * @return false when it cannot be counted: there is no price, or it has more bits than a part may have.
     */
    boolean value(long nowNs, MutableInt128 result);

    /** Whether the value asked for last was that of a mark older than allowed, or there was no price. */
    boolean isDoubtful();
}
