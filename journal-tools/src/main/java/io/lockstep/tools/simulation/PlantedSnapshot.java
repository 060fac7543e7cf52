package io.lockstep.tools.simulation;

import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.sbe.SourceStateDecoder;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A snapshot that says less than it should, and is whole by its checksums.
 */
final class PlantedSnapshot
{
    private PlantedSnapshot()
    {
    }

    static byte[] withoutSources(final byte[] written)
    {
        final byte[] bytes = written.clone();
        final UnsafeBuffer records = new UnsafeBuffer(bytes);
        long chain = 0;
        for (int offset = 0; offset < bytes.length; offset += RecordDescriptor.recordLength(records, offset))
        {
            if (RecordDescriptor.templateId(records, offset) == SourceStateDecoder.TEMPLATE_ID)
            {
                records.putLong(
                    offset + RecordDescriptor.BODY_OFFSET + SourceStateDecoder.lastSourceSequenceEncodingOffset(), 0);
            }
            chain = RecordDescriptor.seal(records, offset, chain);
        }
        return bytes;
    }
}
