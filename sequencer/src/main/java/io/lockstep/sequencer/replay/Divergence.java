package io.lockstep.sequencer.replay;

import io.lockstep.codecs.RecordDescriptor;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The first place where a replay decides otherwise than the journal says.
 *
 * @param sequence of the input.
 * @param ordinal  of the decision within it; 0 for a state hash.
 * @param expected the journal's record, or null where it has none.
 * @param actual   the replay's record, or null where it has none.
 */
public record Divergence(long sequence, int ordinal, DirectBuffer expected, DirectBuffer actual)
{
    static Divergence of(
        final DirectBuffer expected, final int expectedOffset, final DirectBuffer actual, final int actualOffset)
    {
        final DirectBuffer first = expected != null ? expected : actual;
        final int firstOffset = expected != null ? expectedOffset : actualOffset;
        return new Divergence(
            RecordDescriptor.sequence(first, firstOffset),
            RecordDescriptor.ordinal(first, firstOffset),
            copy(expected, expectedOffset),
            copy(actual, actualOffset));
    }

    private static DirectBuffer copy(final DirectBuffer buffer, final int offset)
    {
        if (buffer == null)
        {
            return null;
        }
        final byte[] bytes = new byte[RecordDescriptor.recordLength(buffer, offset)];
        buffer.getBytes(offset, bytes);
        return new UnsafeBuffer(bytes);
    }
}
