package io.lockstep.perf.work;

import io.lockstep.sbe.ExecType;

/**
 * The whole core over an order's life, three inputs a step: a book update that makes an order, which passes every limit; its
 * acceptance; its fill. Buying and selling in turn.
 */
public final class OrderCycleWork implements Work
{
    private final CoreRig rig = new CoreRig(20, 1, 1, true);
    private final InputTape updates = rig.market().bookUpdates(4);

    @Override
    public long step()
    {
        final int record = updates.next();
        rig.market().number(updates.buffer(), record);
        rig.give(updates.buffer(), record);
        rig.report(ExecType.NEW, 1);
        rig.report(ExecType.TRADE, 0);
        return rig.outcome();
    }

    /** Orders so far, all of them filled. */
    long orders()
    {
        rig.requireSound();
        return rig.orders();
    }
}
