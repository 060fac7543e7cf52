package io.lockstep.perf.work;

import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.sbe.TimerFiredEncoder;

/**
 * The whole core over timers: one fires, and its strategy sets it again.
 */
public final class TimerWork implements Work
{
    private final CoreRig rig = CoreRig.withoutOrders(20);
    private final InputTape tape = new InputTape();

    public TimerWork()
    {
        tape.begin(new TimerFiredEncoder()).timerId(0).deadlineNs(0);
        tape.end(0);
    }

    @Override
    public long step()
    {
        final int body = tape.next() + RecordDescriptor.BODY_OFFSET;
        tape.buffer().putLong(body + TimerFiredEncoder.timerIdEncodingOffset(), rig.timerId());
        tape.buffer().putLong(body + TimerFiredEncoder.deadlineNsEncodingOffset(), rig.deadlineNs());
        rig.give(tape.buffer(), tape.offset(0));
        return rig.outcome();
    }

    long deadlineNs()
    {
        return rig.deadlineNs();
    }
}
