package io.lockstep.core.execution;

import io.lockstep.core.account.Commission;
import io.lockstep.core.instance.Leg;

/**
 * Is told of each fill, and of each that is taken back, when the position has followed: the account does.
 */
public interface FillListener
{
    /**
     * @param signedLots positive bought, negative sold.
     * @param commission not kept.
     */
    void onFill(Leg leg, long priceTicks, long signedLots, Commission commission);
}
