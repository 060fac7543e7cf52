package io.lockstep.gateways.simulated;

import io.lockstep.sbe.ExecutionReportEncoder;
import io.lockstep.sbe.MessageHeaderEncoder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.ByteBuffer;

/**
 * The newest execution reports as they were sent, by execution id, which is +1 from one to the next: a ring. No allocation
 * after the constructor.
 */
final class ExecutionLog
{
    /** With texts that are empty: its execution ids are numbers, and fees are in the settlement currency. */
    static final int REPORT_LENGTH = MessageHeaderEncoder.ENCODED_LENGTH + ExecutionReportEncoder.BLOCK_LENGTH +
        ExecutionReportEncoder.venueExecIdHeaderLength() + ExecutionReportEncoder.commissionAssetHeaderLength() +
        ExecutionReportEncoder.venueExecRefIdHeaderLength();

    private final UnsafeBuffer buffer;
    private final long firstExecId;
    private final int capacity;
    private long nextExecId;

    ExecutionLog(final int capacity, final long firstExecId)
    {
        this.capacity = capacity;
        this.firstExecId = firstExecId;
        nextExecId = firstExecId;
        buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(Math.multiplyExact(capacity, REPORT_LENGTH)));
    }

    /** Of the report that comes next. */
    long nextExecId()
    {
        return nextExecId;
    }

    /** Of the newest report; 0 for none. */
    long lastExecId()
    {
        return nextExecId == firstExecId ? 0 : nextExecId - 1;
    }

    /** Of the oldest report that is still here. */
    long oldestExecId()
    {
        return Math.max(firstExecId, nextExecId - capacity);
    }

    /** Reports behind an execution id that were sent and are not here any more. */
    long missingBehind(final long execId)
    {
        return Math.max(0, oldestExecId() - Math.max(execId + 1, firstExecId));
    }

    /** Keeps the report with the next execution id. */
    void add(final DirectBuffer report, final int offset)
    {
        buffer.putBytes(offset(nextExecId), report, offset, REPORT_LENGTH);
        nextExecId++;
    }

    DirectBuffer buffer()
    {
        return buffer;
    }

    /** Where a report that is here begins. */
    int offset(final long execId)
    {
        return (int)((execId - firstExecId) % capacity) * REPORT_LENGTH;
    }
}
