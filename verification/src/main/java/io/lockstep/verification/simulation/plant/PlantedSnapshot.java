package io.lockstep.verification.simulation.plant;

import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.sbe.HostStateDecoder;
import io.lockstep.sbe.SnapshotBeginDecoder;
import io.lockstep.sbe.SourceStateDecoder;
import io.lockstep.sequencer.snapshot.SnapshotStore;
import org.agrona.concurrent.UnsafeBuffer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

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
        return changed(written, SourceStateDecoder.TEMPLATE_ID, SourceStateDecoder.lastSourceSequenceEncodingOffset());
    }

    static byte[] withoutRefusals(final byte[] written)
    {
        return changed(written, HostStateDecoder.TEMPLATE_ID, HostStateDecoder.riskRejectsEncodingOffset());
    }

    static byte[] withOtherHash(final byte[] written)
    {
        return changed(written, SnapshotBeginDecoder.TEMPLATE_ID, SnapshotBeginDecoder.stateHashEncodingOffset());
    }

    /** In each section of the kind one field of eight bytes is 0. */
    private static byte[] changed(final byte[] written, final int templateId, final int fieldOffset)
    {
        final byte[] bytes = written.clone();
        final UnsafeBuffer records = new UnsafeBuffer(bytes);
        long chain = 0;
        for (int offset = 0; offset < bytes.length; offset += RecordDescriptor.recordLength(records, offset))
        {
            if (RecordDescriptor.templateId(records, offset) == templateId)
            {
                records.putLong(offset + RecordDescriptor.BODY_OFFSET + fieldOffset, 0);
            }
            chain = RecordDescriptor.seal(records, offset, chain);
        }
        return bytes;
    }

    /** As if the newest file could not be read. */
    static final class WithoutNewest implements SnapshotStore
    {
        private final SnapshotStore real;

        WithoutNewest(final SnapshotStore real)
        {
            this.real = real;
        }

        @Override
        public List<Path> newestFirst()
        {
            return real.newestFirst().stream().skip(1).toList();
        }

        @Override
        public byte[] read(final Path file) throws IOException
        {
            return real.read(file);
        }

        @Override
        public Path write(final long sequence, final Contents contents) throws IOException
        {
            return real.write(sequence, contents);
        }

        @Override
        public void prune(final int keep)
        {
            real.prune(keep);
        }
    }
}
