package io.lockstep.sequencer.replay;

import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.sbe.RecordKind;
import io.lockstep.sbe.StateHashDecoder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The first place where a replay decides otherwise than the journal says.
 *
 * @param sequence of the input.
 * @param ordinal  of the decision within it; 0 for a state hash.
 * @param expected the journal's record, or null where it has none.
 * @param actual   the replay's record, or null where it has none.
 * @param equalUpToSequence of the newest state hash before that was equal; 0 when there was none.
 */
public record Divergence(
    long sequence, int ordinal, DirectBuffer expected, DirectBuffer actual, long equalUpToSequence)
{
    static Divergence of(
        final DirectBuffer expected,
        final int expectedOffset,
        final DirectBuffer actual,
        final int actualOffset,
        final long equalUpToSequence)
    {
        final DirectBuffer first = expected != null ? expected : actual;
        final int firstOffset = expected != null ? expectedOffset : actualOffset;
        return new Divergence(
            RecordDescriptor.sequence(first, firstOffset),
            RecordDescriptor.ordinal(first, firstOffset),
            copy(expected, expectedOffset),
            copy(actual, actualOffset),
            equalUpToSequence);
    }

    /**
     * Whether all decisions up to here are equal and the state is not: then it came apart between the newest equal state hash
     * and this one, and no decision has shown it yet.
     */
    public boolean isStateAlone()
    {
        return isStateHash(expected) && isStateHash(actual) &&
            expected.getLong(RecordDescriptor.BODY_OFFSET + StateHashDecoder.decisionHashEncodingOffset()) == actual
                .getLong(RecordDescriptor.BODY_OFFSET + StateHashDecoder.decisionHashEncodingOffset());
    }

    private static boolean isStateHash(final DirectBuffer record)
    {
        return record != null && RecordDescriptor.kind(record, 0) == RecordKind.STATE_HASH.value();
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
