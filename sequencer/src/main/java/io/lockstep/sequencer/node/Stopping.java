package io.lockstep.sequencer.node;

import io.lockstep.core.host.CoreHost;
import io.lockstep.sequencer.egress.LinkEgress;
import io.lockstep.sequencer.safety.OperationalInputs;

/**
 * The way from being told to stop to being allowed to: new orders are refused at once, open ones cancelled or kept, and the
 * loop goes on until the venues have answered, or for so long at most.
 */
public final class Stopping
{
    private final OperationalInputs inputs;
    private final CoreHost host;
    private final LinkEgress egress;
    private final boolean cancelOrders;
    private final long timeoutNs;
    private boolean begun;
    private long deadlineNs;

    /**
     * @param cancelOrders whether open orders are cancelled; else they stay at the venue.
     * @param timeoutNs    how long to wait for the venues.
     */
    public Stopping(
        final OperationalInputs inputs,
        final CoreHost host,
        final LinkEgress egress,
        final boolean cancelOrders,
        final long timeoutNs)
    {
        this.inputs = inputs;
        this.host = host;
        this.egress = egress;
        this.cancelOrders = cancelOrders;
        this.timeoutNs = timeoutNs;
    }

    /** Begins, once. */
    public void begin(final long nowNs)
    {
        if (!begun)
        {
            begun = true;
            deadlineNs = nowNs + timeoutNs;
            inputs.stopping(cancelOrders);
        }
    }

    /** Whether the loop may be left. */
    public boolean isDone(final long nowNs)
    {
        return begun && (isDrained() || nowNs - deadlineNs >= 0);
    }

    /** Without a gateway nothing will be answered, so nothing is waited for. */
    private boolean isDrained()
    {
        final boolean ordersGone = !cancelOrders || host.core().openOrderCount() == 0;
        return !egress.isReceiverThere() || ordersGone && egress.unacknowledged() == 0;
    }
}
