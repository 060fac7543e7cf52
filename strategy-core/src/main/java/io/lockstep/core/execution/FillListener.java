package io.lockstep.core.execution;

import io.lockstep.core.instance.Leg;
import io.lockstep.sbe.ExecutionReportDecoder;

/**
 * Is told of each fill when the position has followed: the account does.
 */
public interface FillListener
{
    /**
     * @param signedLots positive bought, negative sold.
     * @param report     of the venue; not kept.
     */
    void onFill(Leg leg, long signedLots, ExecutionReportDecoder report);
}
