package io.lockstep.core.strategy;

import io.lockstep.codecs.Int128;
import io.lockstep.sbe.LiquidityIndicator;

/**
 * What the venue executed of an order in one report. Only valid during the call it is given to.
 */
public interface Fill
{
    long priceTicks();

    /** Positive. */
    long quantityLots();

    /** The fee in the instrument's cash units; positive is paid. 0 when it was paid in another asset than the settlement currency. */
    Int128 commission();

    LiquidityIndicator liquidity();
}
