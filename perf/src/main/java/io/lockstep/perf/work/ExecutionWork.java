package io.lockstep.perf.work;

import io.lockstep.codecs.ClOrdIds;
import io.lockstep.sbe.ExecType;
import io.lockstep.sbe.Side;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The whole core over execution reports: part fills of a lot each of two orders of each instrument, one buying and one
 * selling, so that the position goes to and fro. The orders are too large ever to be filled.
 */
public final class ExecutionWork implements Work
{
    private static final long ORDER_LOTS = 1L << 40;
    private static final int ORDERS = 2 * SampleMarket.INSTRUMENTS;

    private final CoreRig rig = new CoreRig(20, 1, ORDER_LOTS, false);
    private final UnsafeBuffer clOrdIds = new UnsafeBuffer(new byte[ORDERS * ClOrdIds.LENGTH]);
    private int next;

    public ExecutionWork()
    {
        final InputTape updates = rig.market().bookUpdates(2);
        for (int i = 0; i < ORDERS; i++)
        {
            final int record = updates.next();
            rig.market().numberAsOrder(updates.buffer(), record, i / 2);
            rig.give(updates.buffer(), record);
            rig.report(ExecType.NEW, ORDER_LOTS);
            clOrdIds.putBytes(i * ClOrdIds.LENGTH, rig.clOrdId(), 0, ClOrdIds.LENGTH);
        }
    }

    @Override
    public long step()
    {
        rig.report(clOrdIds, next * ClOrdIds.LENGTH, next / 2, (next & 1) == 0 ? Side.BUY : Side.SELL, ORDER_LOTS);
        next = next + 1 == ORDERS ? 0 : next + 1;
        return rig.outcome();
    }

    /** Fills that the core has taken for what they are. */
    long sound()
    {
        rig.requireSound();
        return rig.core().lastSequence();
    }
}
