package io.lockstep.perf.work;

import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.sbe.RecordKind;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.ByteBuffer;

/**
 * Checksum and chain of a record.
 */
public final class SealWork implements Work
{
    private final UnsafeBuffer buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(4_096));
    private long chain;

    /**
     * @param messageLength of the record's message in bytes.
     */
    public SealWork(final int messageLength)
    {
        RecordDescriptor.begin(buffer, 0, RecordKind.INPUT, messageLength);
    }

    @Override
    public long step()
    {
        RecordDescriptor.sequence(buffer, 0, chain);
        chain = RecordDescriptor.seal(buffer, 0, chain);
        return chain;
    }
}
