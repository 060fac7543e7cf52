package io.lockstep.sequencer.ingress;

import io.lockstep.codecs.MessageShape;
import io.lockstep.codecs.MessageShapes;
import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.core.host.CoreHost;
import io.lockstep.core.host.UnacknowledgedDecisions;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.MessageHeaderEncoder;
import io.lockstep.sbe.RecordKind;
import org.agrona.ExpandableArrayBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Whatever the ingress lets in, the core must take without failing: else any process could end the node. */
class AdmittedInputsTest
{
    private static final int SOURCE = 7;
    /** Room for the longest block, and for empty groups and texts behind it. */
    private static final int ZEROS = 512;

    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
    private final CoreHost host = new CoreHost(List.of(), new UnacknowledgedDecisions());

    static List<MessageShape> inputs()
    {
        final List<MessageShape> inputs = new ArrayList<>();
        MessageShapes.forEach((templateId) -> inputs.add(MessageShapes.of(templateId)));
        inputs.removeIf(
            (shape) -> shape.kind() == MessageShape.Kind.LINK || shape.kind() == MessageShape.Kind.NODE_INPUT);
        return inputs;
    }

    /** Its fields, entries and texts are all nothing, or all as large as can be. */
    @ParameterizedTest
    @MethodSource("inputs")
    void shouldBeTakenByTheCore(final MessageShape shape)
    {
        int taken = 0;
        long sequence = 0;
        for (final int fill : new int[]{0, 0x7F, 0xFF})
        {
            for (int blockLength = 0; blockLength < 200; blockLength++)
            {
                final int length = encode(shape.templateId(), blockLength, fill);
                if (MessageValidator.problem(buffer, 0, length) == null)
                {
                    RecordDescriptor.sequence(buffer, 0, ++sequence);
                    host.apply(buffer, 0);
                    host.decisions().clear();
                    taken++;
                    break;
                }
            }
        }
        assertThat(taken).as("admitted in each of three ways").isEqualTo(3);
    }

    private int encode(final int templateId, final int blockLength, final int fill)
    {
        final int length = RecordDescriptor.begin(buffer, 0, RecordKind.INPUT,
            MessageHeaderEncoder.ENCODED_LENGTH + ZEROS);
        buffer.setMemory(RecordDescriptor.BODY_OFFSET, ZEROS, (byte)0);
        buffer.setMemory(RecordDescriptor.BODY_OFFSET, blockLength, (byte)fill);
        new MessageHeaderEncoder().wrap(buffer, RecordDescriptor.HEADER_LENGTH).blockLength(blockLength)
            .templateId(templateId).schemaId(MessageHeaderDecoder.SCHEMA_ID)
            .version(MessageHeaderDecoder.SCHEMA_VERSION);
        RecordDescriptor.sourceId(buffer, 0, SOURCE);
        return length;
    }
}
