package io.lockstep.core.host;

import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.core.InputRecords;
import io.lockstep.sbe.DecisionWithdrawnDecoder;
import io.lockstep.sbe.NewOrderSingleEncoder;
import io.lockstep.sbe.RecordKind;
import org.agrona.MutableDirectBuffer;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What goes out in the place of a request that has expired. */
class WithdrawnRequestTest
{
    @Test
    void shouldKeepNumberNameAndLengthOfARequestThatIsWithdrawn()
    {
        final InputRecords records = new InputRecords();
        records.begin(new NewOrderSingleEncoder());
        records.end();
        final MutableDirectBuffer record = records.buffer();
        final int length = RecordDescriptor.recordLength(record, 0);
        RecordDescriptor.sequence(record, 0, 101);
        RecordDescriptor.sourceSequence(record, 0, 1);
        record.putByte(RecordDescriptor.BODY_OFFSET, (byte)'x');
        record.putByte(RecordDescriptor.BODY_OFFSET + 20, (byte)7);

        WithdrawnRequest.overwrite(record, 0);

        assertThat(RecordDescriptor.kind(record, 0)).isEqualTo(RecordKind.LINK.value());
        assertThat(RecordDescriptor.templateId(record, 0)).isEqualTo(DecisionWithdrawnDecoder.TEMPLATE_ID);
        assertThat(RecordDescriptor.recordLength(record, 0)).isEqualTo(length);
        assertThat(RecordDescriptor.sourceSequence(record, 0)).isEqualTo(1);
        assertThat(RecordDescriptor.sequence(record, 0)).isEqualTo(101);
        assertThat(record.getByte(RecordDescriptor.BODY_OFFSET)).isEqualTo((byte)'x');
        assertThat(record.getByte(RecordDescriptor.BODY_OFFSET + 20)).isZero();
        assertThat(RecordDescriptor.computeChecksum(record, 0)).isEqualTo(RecordDescriptor.checksum(record, 0));
    }
}
