package io.lockstep.codecs;

import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.MessageHeaderEncoder;
import io.lockstep.sbe.RecordHeaderDecoder;
import io.lockstep.sbe.RecordHeaderEncoder;
import io.lockstep.sbe.RecordKind;
import io.lockstep.sbe.TradeEncoder;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Arrays;
import java.util.SplittableRandom;

import static org.assertj.core.api.Assertions.assertThat;

class RecordDescriptorTest
{
    private static final int OFFSET = 16;
    private static final long PREVIOUS_CHAIN = 0x0123_4567_89AB_CDEFL;

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[4096]);

    @Test
    void shouldLieWhereTheSchemaSays()
    {
        assertThat(RecordDescriptor.LENGTH_OFFSET).isEqualTo(RecordHeaderDecoder.recordLengthEncodingOffset());
        assertThat(RecordDescriptor.KIND_OFFSET).isEqualTo(RecordHeaderDecoder.kindEncodingOffset());
        assertThat(RecordDescriptor.FORMAT_OFFSET).isEqualTo(RecordHeaderDecoder.formatEncodingOffset());
        assertThat(RecordDescriptor.SHARD_OFFSET).isEqualTo(RecordHeaderDecoder.shardEncodingOffset());
        assertThat(RecordDescriptor.CHECKSUM_OFFSET).isEqualTo(RecordHeaderDecoder.checksumEncodingOffset());
        assertThat(RecordDescriptor.CHAIN_OFFSET).isEqualTo(RecordHeaderDecoder.chainEncodingOffset());
        assertThat(RecordDescriptor.SEQUENCE_OFFSET).isEqualTo(RecordHeaderDecoder.sequenceEncodingOffset());
        assertThat(RecordDescriptor.ORDINAL_OFFSET).isEqualTo(RecordHeaderDecoder.ordinalEncodingOffset());
        assertThat(RecordDescriptor.INCARNATION_OFFSET).isEqualTo(RecordHeaderDecoder.incarnationEncodingOffset());
        assertThat(RecordDescriptor.SOURCE_SEQUENCE_OFFSET)
            .isEqualTo(RecordHeaderDecoder.sourceSequenceEncodingOffset());
        assertThat(RecordDescriptor.SOURCE_ID_OFFSET).isEqualTo(RecordHeaderDecoder.sourceIdEncodingOffset());
        assertThat(RecordDescriptor.SOURCE_SESSION_OFFSET)
            .isEqualTo(RecordHeaderDecoder.sourceSessionEncodingOffset());
        assertThat(RecordDescriptor.VENUE_TIME_OFFSET).isEqualTo(RecordHeaderDecoder.venueTimeNsEncodingOffset());
        assertThat(RecordDescriptor.GATEWAY_TIME_OFFSET).isEqualTo(RecordHeaderDecoder.gatewayTimeNsEncodingOffset());
        assertThat(RecordDescriptor.SEQUENCER_TIME_OFFSET)
            .isEqualTo(RecordHeaderDecoder.sequencerTimeNsEncodingOffset());
        assertThat(RecordDescriptor.WALL_TIME_OFFSET).isEqualTo(RecordHeaderDecoder.wallTimeNsEncodingOffset());
        assertThat(RecordDescriptor.HEADER_LENGTH).isEqualTo(RecordHeaderDecoder.ENCODED_LENGTH);
        assertThat(RecordDescriptor.HEADER_LENGTH % RecordDescriptor.ALIGNMENT).isZero();
    }

    @Test
    void shouldReadWhatTheGeneratedEncoderWrites()
    {
        final RecordHeaderEncoder encoder = new RecordHeaderEncoder().wrap(buffer, OFFSET);
        encoder.recordLength(96).kind(RecordKind.STATE_HASH).format((short)RecordDescriptor.FORMAT).shard(65_001)
            .checksum(-1L).chain(-2L).sequence(3L).ordinal(4).incarnation(5).sourceSequence(6L).sourceId(7)
            .sourceSession(-8).venueTimeNs(9L).gatewayTimeNs(10L).sequencerTimeNs(11L).wallTimeNs(12L);

        assertThat(RecordDescriptor.recordLength(buffer, OFFSET)).isEqualTo(96);
        assertThat(RecordDescriptor.kind(buffer, OFFSET)).isEqualTo(RecordKind.STATE_HASH.value());
        assertThat(RecordDescriptor.format(buffer, OFFSET)).isEqualTo(RecordDescriptor.FORMAT);
        assertThat(RecordDescriptor.shard(buffer, OFFSET)).isEqualTo(65_001);
        assertThat(RecordDescriptor.checksum(buffer, OFFSET)).isEqualTo(-1L);
        assertThat(RecordDescriptor.chain(buffer, OFFSET)).isEqualTo(-2L);
        assertThat(RecordDescriptor.sequence(buffer, OFFSET)).isEqualTo(3L);
        assertThat(RecordDescriptor.ordinal(buffer, OFFSET)).isEqualTo(4);
        assertThat(RecordDescriptor.incarnation(buffer, OFFSET)).isEqualTo(5);
        assertThat(RecordDescriptor.sourceSequence(buffer, OFFSET)).isEqualTo(6L);
        assertThat(RecordDescriptor.sourceId(buffer, OFFSET)).isEqualTo(7);
        assertThat(RecordDescriptor.sourceSession(buffer, OFFSET)).isEqualTo(-8);
        assertThat(RecordDescriptor.venueTimeNs(buffer, OFFSET)).isEqualTo(9L);
        assertThat(RecordDescriptor.gatewayTimeNs(buffer, OFFSET)).isEqualTo(10L);
        assertThat(RecordDescriptor.sequencerTimeNs(buffer, OFFSET)).isEqualTo(11L);
        assertThat(RecordDescriptor.wallTimeNs(buffer, OFFSET)).isEqualTo(12L);
    }

    @Test
    void shouldWriteWhatTheGeneratedDecoderReads()
    {
        final int length = writeRecord(3);
        final RecordHeaderDecoder decoder = new RecordHeaderDecoder().wrap(buffer, OFFSET);

        assertThat(decoder.recordLength()).isEqualTo(length);
        assertThat(decoder.kind()).isEqualTo(RecordKind.DECISION);
        assertThat(decoder.format()).isEqualTo((short)RecordDescriptor.FORMAT);
        assertThat(decoder.shard()).isEqualTo(40_000);
        assertThat(decoder.sequence()).isEqualTo(1_234_567_890_123L);
        assertThat(decoder.ordinal()).isEqualTo(3);
        assertThat(decoder.incarnation()).isEqualTo(9);
        assertThat(decoder.sourceSequence()).isEqualTo(77L);
        assertThat(decoder.sourceId()).isEqualTo(5);
        assertThat(decoder.sourceSession()).isEqualTo(-12);
        assertThat(decoder.venueTimeNs()).isEqualTo(1L);
        assertThat(decoder.gatewayTimeNs()).isEqualTo(2L);
        assertThat(decoder.sequencerTimeNs()).isEqualTo(3L);
        assertThat(decoder.wallTimeNs()).isEqualTo(4L);
        assertThat(decoder.checksum()).isEqualTo(RecordDescriptor.computeChecksum(buffer, OFFSET));
        assertThat(decoder.chain()).isEqualTo(Xxh64.chain(PREVIOUS_CHAIN, decoder.checksum()));
    }

    @Test
    void shouldReadTheMessageHeader()
    {
        final int length = RecordDescriptor.begin(buffer, OFFSET, RecordKind.INPUT, messageLength());
        new TradeEncoder().wrapAndApplyHeader(
            buffer, OFFSET + RecordDescriptor.HEADER_LENGTH, new MessageHeaderEncoder());

        assertThat(length).isEqualTo(136);
        assertThat(RecordDescriptor.BODY_OFFSET)
            .isEqualTo(RecordDescriptor.HEADER_LENGTH + MessageHeaderDecoder.ENCODED_LENGTH);
        assertThat(RecordDescriptor.templateId(buffer, OFFSET)).isEqualTo(TradeEncoder.TEMPLATE_ID);
        assertThat(RecordDescriptor.schemaId(buffer, OFFSET)).isEqualTo(TradeEncoder.SCHEMA_ID);
        assertThat(RecordDescriptor.blockLength(buffer, OFFSET)).isEqualTo(TradeEncoder.BLOCK_LENGTH);
        assertThat(RecordDescriptor.version(buffer, OFFSET)).isEqualTo(TradeEncoder.SCHEMA_VERSION);
    }

    /** The message's length is varied so that zero to seven bytes of padding follow it. */
    @ParameterizedTest
    @ValueSource(ints =
    {0, 1, 2, 3, 4, 5, 6, 7})
    void shouldNoticeEverySingleBitFlipped(final int extraBytes)
    {
        final int length = writeRecord(extraBytes);
        assertThat(isIntact(length)).isTrue();

        for (int bit = 0; bit < length * Byte.SIZE; bit++)
        {
            flip(bit);
            assertThat(isIntact(length)).as("bit=%d of byte=%d", bit % Byte.SIZE, bit / Byte.SIZE).isFalse();
            flip(bit);
        }
        assertThat(isIntact(length)).isTrue();
    }

    @Test
    void shouldNoticeARecordOfAnotherChain()
    {
        writeRecord(0);
        final long chain = RecordDescriptor.chain(buffer, OFFSET);

        assertThat(RecordDescriptor.seal(buffer, OFFSET, PREVIOUS_CHAIN)).isEqualTo(chain);
        assertThat(RecordDescriptor.seal(buffer, OFFSET, PREVIOUS_CHAIN + 1)).isNotEqualTo(chain);
    }

    /** Whatever the buffer held before: a record is a function of its content. */
    @ParameterizedTest
    @ValueSource(ints =
    {0, 1, 2, 3, 4, 5, 6, 7})
    void shouldZeroHeaderAndPadding(final int extraBytes)
    {
        final int length = writeRecord(extraBytes);
        final byte[] clean = new byte[length];
        buffer.getBytes(OFFSET, clean);

        buffer.setMemory(0, buffer.capacity(), (byte)0xFF);
        writeRecord(extraBytes);
        final byte[] dirty = new byte[length];
        buffer.getBytes(OFFSET, dirty);

        assertThat(dirty).isEqualTo(clean);
        assertThat(buffer.getByte(OFFSET + length)).as("the byte after the record").isEqualTo((byte)0xFF);
        assertThat(buffer.getByte(OFFSET - 1)).as("the byte before the record").isEqualTo((byte)0xFF);
        final int messageEnd = RecordDescriptor.HEADER_LENGTH + messageLength() + extraBytes;
        assertThat(Arrays.copyOfRange(dirty, messageEnd, length)).isEqualTo(new byte[length - messageEnd]);
    }

    @Test
    void shouldJudgeLengths()
    {
        final int length = writeRecord(0);

        assertThat(RecordDescriptor.isLengthValid(buffer, OFFSET, length)).isTrue();
        assertThat(RecordDescriptor.isLengthValid(buffer, OFFSET, length - 1)).isFalse();
        for (final int wrong : new int[]{0, -8, Integer.MIN_VALUE, Integer.MAX_VALUE, RecordDescriptor.BODY_OFFSET - 8,
            length + 1, length - 4, length + 8})
        {
            new RecordHeaderEncoder().wrap(buffer, OFFSET).recordLength(wrong);
            assertThat(RecordDescriptor.isLengthValid(buffer, OFFSET, length)).as("length=%d", wrong).isFalse();
        }
        new RecordHeaderEncoder().wrap(buffer, OFFSET).recordLength(RecordDescriptor.BODY_OFFSET);
        assertThat(RecordDescriptor.isLengthValid(buffer, OFFSET, RecordDescriptor.BODY_OFFSET)).isTrue();
        assertThat(RecordDescriptor.isLengthValid(buffer, OFFSET, RecordDescriptor.BODY_OFFSET - 1)).isFalse();
    }

    private static int messageLength()
    {
        return MessageHeaderEncoder.ENCODED_LENGTH + TradeEncoder.BLOCK_LENGTH;
    }

    private int writeRecord(final int extraBytes)
    {
        final int messageLength = messageLength() + extraBytes;
        final int length = RecordDescriptor.begin(buffer, OFFSET, RecordKind.DECISION, messageLength);
        RecordDescriptor.shard(buffer, OFFSET, 40_000);
        RecordDescriptor.sequence(buffer, OFFSET, 1_234_567_890_123L);
        RecordDescriptor.ordinal(buffer, OFFSET, 3);
        RecordDescriptor.incarnation(buffer, OFFSET, 9);
        RecordDescriptor.sourceSequence(buffer, OFFSET, 77L);
        RecordDescriptor.sourceId(buffer, OFFSET, 5);
        RecordDescriptor.sourceSession(buffer, OFFSET, -12);
        RecordDescriptor.venueTimeNs(buffer, OFFSET, 1L);
        RecordDescriptor.gatewayTimeNs(buffer, OFFSET, 2L);
        RecordDescriptor.sequencerTimeNs(buffer, OFFSET, 3L);
        RecordDescriptor.wallTimeNs(buffer, OFFSET, 4L);
        final SplittableRandom random = new SplittableRandom(extraBytes);
        for (int i = 0; i < messageLength; i++)
        {
            buffer.putByte(OFFSET + RecordDescriptor.HEADER_LENGTH + i, (byte)random.nextInt());
        }
        RecordDescriptor.seal(buffer, OFFSET, PREVIOUS_CHAIN);
        return length;
    }

    private boolean isIntact(final int available)
    {
        return RecordDescriptor.isLengthValid(buffer, OFFSET, available) &&
            RecordDescriptor.checksum(buffer, OFFSET) == RecordDescriptor.computeChecksum(buffer, OFFSET) &&
            RecordDescriptor.chain(buffer, OFFSET) == Xxh64.chain(PREVIOUS_CHAIN,
                RecordDescriptor.checksum(buffer, OFFSET));
    }

    private void flip(final int bit)
    {
        final int index = OFFSET + bit / Byte.SIZE;
        buffer.putByte(index, (byte)(buffer.getByte(index) ^ 1 << bit % Byte.SIZE));
    }
}
