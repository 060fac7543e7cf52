package io.lockstep.core.position;

import io.lockstep.codecs.Int128;
import io.lockstep.codecs.MutableInt128;

/**
 * Lots held and the cash they cost, to be read: of one leg, or of an instrument, whose position is the sum of the legs'. Cash is in
 * the instrument's cash units; {@code cash = realized + openCost} always. What is returned follows the position, and is valid until
 * the next call.
 */
public interface PositionView
{
    /** Positive long, negative short. */
    long netLots();

    /** Sum of the cash of all fills, fees not included. */
    Int128 cash();

    /** Paid; negative is received. */
    Int128 fees();

    /** Count. */
    long fills();

    /** Profit of what has been closed, before fees. */
    Int128 realized();

    /** Cash spent (negative) or received (positive) for the position now open. */
    Int128 openCost();

    /**
     * Sets the result to the profit that closing at the price would add to the realized, before fees, and returns it.
     *
     * @throws ArithmeticException when it needs more than 127 bits.
     */
    MutableInt128 unrealized(long markTicks, MutableInt128 result);
}
