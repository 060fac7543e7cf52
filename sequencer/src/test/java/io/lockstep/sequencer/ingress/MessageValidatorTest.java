package io.lockstep.sequencer.ingress;

import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.sbe.AssignStrategyDecoder;
import io.lockstep.sbe.AssignStrategyEncoder;
import io.lockstep.sbe.BookUpdateDecoder;
import io.lockstep.sbe.BooleanType;
import io.lockstep.sbe.ConfigurationTextDecoder;
import io.lockstep.sbe.ControlStrategyEncoder;
import io.lockstep.sbe.MassStatusEndEncoder;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.NodeStartedDecoder;
import io.lockstep.sbe.NodeStoppedDecoder;
import io.lockstep.sbe.NodeStoppingDecoder;
import io.lockstep.sbe.OperationalAlertDecoder;
import io.lockstep.sbe.RecordKind;
import io.lockstep.sbe.RequestExpiredDecoder;
import io.lockstep.sbe.SnapshotRequestEncoder;
import io.lockstep.sbe.SourceDefinitionDecoder;
import io.lockstep.sbe.TimerFiredDecoder;
import io.lockstep.sbe.VenueDefinitionDecoder;
import io.lockstep.sbe.VenueStatusDecoder;
import io.lockstep.sequencer.WireRecords;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.SplittableRandom;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.assertj.core.api.Assertions.assertThat;

class MessageValidatorTest
{
    private static final int SCHEMA_ID_OFFSET = RecordDescriptor.HEADER_LENGTH +
        MessageHeaderDecoder.schemaIdEncodingOffset();
    private static final int VERSION_OFFSET = RecordDescriptor.HEADER_LENGTH +
        MessageHeaderDecoder.versionEncodingOffset();
    private static final int TEMPLATE_OFFSET = RecordDescriptor.HEADER_LENGTH +
        MessageHeaderDecoder.templateIdEncodingOffset();
    private static final int BLOCK_LENGTH_OFFSET = RecordDescriptor.HEADER_LENGTH +
        MessageHeaderDecoder.blockLengthEncodingOffset();
    private static final int BIDS_OFFSET = RecordDescriptor.BODY_OFFSET + BookUpdateDecoder.BLOCK_LENGTH;

    private final WireRecords gateway = new WireRecords(7, 70);

    private static String problem(final UnsafeBuffer record)
    {
        final MessageProblem problem = MessageValidator.problem(record, 0, record.capacity());
        return problem == null ? null : problem.text();
    }

    private UnsafeBuffer assignment()
    {
        final AssignStrategyEncoder assign = gateway.begin(new AssignStrategyEncoder()).instrumentId(0);
        final AssignStrategyEncoder.ParametersEncoder parameters = assign.parametersCount(2);
        parameters.next().name("fast").value().mantissa(1).exponent((byte)0);
        parameters.next().name("slow").value().mantissa(2).exponent((byte)0);
        return gateway.input(assign.strategyName("tick"));
    }

    private UnsafeBuffer control()
    {
        return gateway.input(
            gateway.begin(new ControlStrategyEncoder()).running(BooleanType.TRUE).strategyName("tick")
                .user("operator").reason(""));
    }

    private UnsafeBuffer[] good()
    {
        return new UnsafeBuffer[]{gateway.quote(0, 1, 2), gateway.bookUpdate(0, 3, 4), gateway.bookUpdate(0, 0, 0),
            gateway.snapshot(0, 1, 0, 1, 0, 20), gateway.hello(1, true), gateway.acknowledgement(3), assignment(),
            control()};
    }

    @Test
    void shouldTakeWhatGatewaysSend()
    {
        for (final UnsafeBuffer record : good())
        {
            assertThat(problem(record)).isNull();
        }
    }

    @Test
    void shouldTakeTheEndOfAnAnswerAndARequestForASnapshot()
    {
        assertThat(problem(gateway.input(gateway.begin(new MassStatusEndEncoder()).incarnation(1)))).isNull();
        assertThat(problem(gateway.input(gateway.begin(new SnapshotRequestEncoder()).user("operator")))).isNull();
    }

    /** Whoever could send these would speak for the node. */
    @ParameterizedTest
    @ValueSource(ints =
    {TimerFiredDecoder.TEMPLATE_ID, NodeStartedDecoder.TEMPLATE_ID, NodeStoppedDecoder.TEMPLATE_ID,
        NodeStoppingDecoder.TEMPLATE_ID, OperationalAlertDecoder.TEMPLATE_ID, RequestExpiredDecoder.TEMPLATE_ID,
        VenueStatusDecoder.TEMPLATE_ID, ConfigurationTextDecoder.TEMPLATE_ID, VenueDefinitionDecoder.TEMPLATE_ID,
        SourceDefinitionDecoder.TEMPLATE_ID})
    void shouldRefuseWhatOnlyTheNodeMaySay(final int templateId)
    {
        final UnsafeBuffer record = gateway.quote(0, 1, 2);
        record.putShort(TEMPLATE_OFFSET, (short)templateId, LITTLE_ENDIAN);

        assertThat(problem(record)).isEqualTo("template id is no input");
    }

    @Test
    void shouldTakeABlockThatALaterVersionHasMadeLonger()
    {
        final UnsafeBuffer record = gateway.quote(0, 1, 2);
        final UnsafeBuffer longer = new UnsafeBuffer(new byte[record.capacity() + 8]);
        longer.putBytes(0, record, 0, record.capacity());
        longer.putInt(RecordDescriptor.LENGTH_OFFSET, longer.capacity(), LITTLE_ENDIAN);
        longer.putShort(BLOCK_LENGTH_OFFSET,
            (short)(longer.getShort(BLOCK_LENGTH_OFFSET, LITTLE_ENDIAN) + 8), LITTLE_ENDIAN);

        assertThat(problem(longer)).isNull();
    }

    @ParameterizedTest
    @ValueSource(ints =
    {0, 1, 40, 95, 96, -1, Integer.MIN_VALUE})
    void shouldRefuseALengthThatIsNotTheMessages(final int length)
    {
        final UnsafeBuffer record = gateway.quote(0, 1, 2);
        record.putInt(RecordDescriptor.LENGTH_OFFSET, length, LITTLE_ENDIAN);

        assertThat(problem(record)).isEqualTo("record length differs from the length received");
    }

    @Test
    void shouldRefuseFewerBytesThanARecordHas()
    {
        final UnsafeBuffer record = gateway.quote(0, 1, 2);
        for (int length = 0; length < record.capacity(); length++)
        {
            assertThat(MessageValidator.problem(record, 0, length)).isEqualTo(MessageProblem.RECORD_LENGTH);
        }
    }

    @Test
    void shouldNameEachProblem()
    {
        UnsafeBuffer record = gateway.quote(0, 1, 2);
        record.putByte(RecordDescriptor.FORMAT_OFFSET, (byte)2);
        assertThat(problem(record)).isEqualTo("unknown record format");

        record = gateway.quote(0, 1, 2);
        record.putShort(SCHEMA_ID_OFFSET, (short)1, LITTLE_ENDIAN);
        assertThat(problem(record)).isEqualTo("unknown schema id");

        record = gateway.quote(0, 1, 2);
        record.putShort(VERSION_OFFSET, (short)(MessageHeaderDecoder.SCHEMA_VERSION + 1), LITTLE_ENDIAN);
        assertThat(problem(record)).isEqualTo("schema version newer than this node's");

        record = gateway.quote(0, 1, 2);
        record.putShort(TEMPLATE_OFFSET, (short)999, LITTLE_ENDIAN);
        assertThat(problem(record)).isEqualTo("template id is no input");

        record = gateway.quote(0, 1, 2);
        record.putShort(TEMPLATE_OFFSET, (short)NodeStartedDecoder.TEMPLATE_ID, LITTLE_ENDIAN);
        assertThat(problem(record)).as("the node's own").isEqualTo("template id is no input");

        record = gateway.quote(0, 1, 2);
        record.putByte(RecordDescriptor.KIND_OFFSET, (byte)RecordKind.DECISION.value());
        assertThat(problem(record)).isEqualTo("record kind is neither input nor link");

        record = gateway.quote(0, 1, 2);
        record.putByte(RecordDescriptor.KIND_OFFSET, (byte)RecordKind.LINK.value());
        assertThat(problem(record)).isEqualTo("template id is no input");

        record = gateway.quote(0, 1, 2);
        record.putShort(BLOCK_LENGTH_OFFSET, (short)8, LITTLE_ENDIAN);
        assertThat(problem(record)).isEqualTo("message shorter than its block");

        record = gateway.quote(0, 1, 2);
        record.putShort(BLOCK_LENGTH_OFFSET, (short)-1, LITTLE_ENDIAN);
        assertThat(problem(record)).isEqualTo("message shorter than its block");
    }

    @ParameterizedTest
    @ValueSource(ints =
    {0, -1, Integer.MIN_VALUE, MessageValidator.SOURCE_ID_MAX + 1, Integer.MAX_VALUE})
    void shouldRefuseASourceThatNoGatewayMayBe(final int sourceId)
    {
        assertThat(problem(new WireRecords(sourceId, 1).quote(0, 1, 2))).isEqualTo("source id out of range");
    }

    @Test
    void shouldRefuseGroupsThatLeaveTheMessage()
    {
        // Length and count of the entries; the product of the last two does not fit in an int.
        final int[][] groups = {{16, 4}, {16, 0xFFFF}, {0xFFFF, 1}, {0x8000, 0xFFFF}, {0xFFFF, 0xFFFF}};
        for (final int[] group : groups)
        {
            final UnsafeBuffer record = gateway.bookUpdate(0, 3, 0);
            record.putShort(BIDS_OFFSET, (short)group[0], LITTLE_ENDIAN);
            record.putShort(BIDS_OFFSET + 2, (short)group[1], LITTLE_ENDIAN);
            assertThat(problem(record)).as("entryLength=%d count=%d", group[0], group[1])
                .isEqualTo("message shorter than its groups");
        }
    }

    /** The decoder would read behind the entry, in the end behind the message. */
    @ParameterizedTest
    @ValueSource(ints =
    {0, 8, 15})
    void shouldRefuseEntriesShorterThanTheirFields(final int entryLength)
    {
        final UnsafeBuffer record = gateway.bookUpdate(0, 0, 3);
        record.putShort(BIDS_OFFSET + 4, (short)entryLength, LITTLE_ENDIAN);
        assertThat(problem(record)).isEqualTo("message shorter than its groups");

        final UnsafeBuffer assignment = assignment();
        assignment.putShort(RecordDescriptor.BODY_OFFSET + AssignStrategyDecoder.BLOCK_LENGTH, (short)entryLength,
            LITTLE_ENDIAN);
        assertThat(problem(assignment)).isEqualTo("message shorter than its groups");
    }

    @Test
    void shouldRefuseTextsThatLeaveTheMessage()
    {
        final UnsafeBuffer record = control();
        final int textOffset = RecordDescriptor.BODY_OFFSET + ControlStrategyEncoder.BLOCK_LENGTH;
        record.putShort(textOffset, (short)40, LITTLE_ENDIAN);
        assertThat(problem(record)).isEqualTo("message shorter than its groups");

        record.putShort(textOffset, (short)-1, LITTLE_ENDIAN);
        assertThat(problem(record)).isEqualTo("message shorter than its groups");
    }

    /** Random bytes, and good records with bytes changed: an answer, never an exception. */
    @ParameterizedTest
    @ValueSource(longs =
    {1, 2, 3})
    void shouldAnswerForAnyBytes(final long seed)
    {
        final SplittableRandom random = new SplittableRandom(seed);
        final UnsafeBuffer[] good = good();
        int taken = 0;
        for (int i = 0; i < 200_000; i++)
        {
            final UnsafeBuffer record = good[random.nextInt(good.length)];
            final byte[] bytes = new byte[record.capacity()];
            record.getBytes(0, bytes);
            final int from = random.nextInt(4) == 0 ? 0 : RecordDescriptor.HEADER_LENGTH;
            for (int changes = random.nextInt(1, 6); changes > 0; changes--)
            {
                bytes[random.nextInt(from, bytes.length)] = (byte)(random.nextInt(3) == 0 ? 0xFF : random.nextInt());
            }
            final int length = random.nextInt(20) == 0 ? random.nextInt(bytes.length) : bytes.length;
            taken += MessageValidator.problem(new UnsafeBuffer(bytes), 0, length) == null ? 1 : 0;
        }
        assertThat(taken).as("changes of fields alone are no problem").isBetween(1_000, 190_000);
    }
}
