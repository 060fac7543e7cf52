package io.lockstep.gateways.orders;

/**
 * An order gateway's patience; all in nanoseconds.
 *
 * @param answerTimeoutNs after which the venue is asked about a request that it has not answered.
 * @param nodeTimeoutNs   after which a node that says nothing is silent, and what is open at the venue is cancelled; 0 for
 *                        never.
 * @param acceptsNewLog   whether a log that ends before what the node has acknowledged is taken up there: an operator's word,
 *                        for one start, that he knows what is open at the venue.
 */
public record OrderGatewayContext(long answerTimeoutNs, long nodeTimeoutNs, boolean acceptsNewLog)
{
    public OrderGatewayContext
    {
        if (answerTimeoutNs <= 0 || nodeTimeoutNs < 0)
        {
            throw new IllegalArgumentException("answerTimeoutNs=" + answerTimeoutNs + " nodeTimeoutNs=" +
                nodeTimeoutNs + ": expected positive times, and 0 for no nodeTimeoutNs");
        }
    }
}
