package io.lockstep.codecs;

import io.lockstep.codecs.SchemaModel.Field;
import io.lockstep.codecs.SchemaModel.Message;
import io.lockstep.sbe.AssignStrategyDecoder;
import io.lockstep.sbe.BookUpdateDecoder;
import io.lockstep.sbe.BookUpdateEncoder;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.MessageHeaderEncoder;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.sbe.MessageDecoderFlyweight;
import org.agrona.sbe.MessageEncoderFlyweight;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.Map;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every message of the schema: what was encoded is decoded, by this version's readers from this version's bytes and from
 * those of a later version.
 */
class MessageRoundTripTest
{
    private static final int OFFSET = 24;
    private static final int BODY = OFFSET + MessageHeaderEncoder.ENCODED_LENGTH;
    private static final int SEEDS = 200;
    /** An odd number of unknown bytes: nothing may rely on alignment. */
    private static final int UNKNOWN_BYTES = 13;

    private final MutableDirectBuffer buffer = new ExpandableArrayBuffer();
    private final MutableDirectBuffer later = new ExpandableArrayBuffer();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();

    static List<Message> messages()
    {
        return SchemaModel.allMessages();
    }

    @ParameterizedTest
    @MethodSource("messages")
    void shouldDecodeWhatWasEncoded(final Message message)
    {
        final MessageEncoderFlyweight encoder = SampleMessage.newEncoder(message);
        final MessageDecoderFlyweight decoder = SampleMessage.newDecoder(message);
        for (int seed = 0; seed < SEEDS; seed++)
        {
            buffer.setMemory(0, 4_096, (byte)seed);
            final Map<String, Object> encoded = SampleMessage.encode(message, seed, encoder, buffer, OFFSET);
            header.wrap(buffer, OFFSET);
            final Map<String, Object> decoded = SampleMessage.decode(message, decoder, buffer, BODY,
                header.blockLength(), header.version());

            assertThat(decoded).as("seed=%d", seed).isEqualTo(encoded);
            assertThat(decoder.encodedLength()).as("seed=%d", seed).isEqualTo(encoder.encodedLength());
            assertThat(header.templateId()).isEqualTo(message.id());
            assertThat(header.schemaId()).isEqualTo(encoder.sbeSchemaId()).isEqualTo(7001);
            assertThat(header.version()).isEqualTo(encoder.sbeSchemaVersion());
            assertThat(header.blockLength()).isEqualTo(encoder.sbeBlockLength());
        }
    }

    /** A later version has put fields at the end of the block: this version's reader steps over them. */
    @ParameterizedTest
    @MethodSource("messages")
    void shouldStepOverFieldsOfALaterVersion(final Message message)
    {
        final MessageEncoderFlyweight encoder = SampleMessage.newEncoder(message);
        final MessageDecoderFlyweight decoder = SampleMessage.newDecoder(message);
        for (int seed = 0; seed < SEEDS; seed++)
        {
            final Map<String, Object> encoded = SampleMessage.encode(message, seed, encoder, buffer, OFFSET);
            final int blockLength = encoder.sbeBlockLength();
            final int rest = encoder.encodedLength() - blockLength;
            later.putBytes(BODY, buffer, BODY, blockLength);
            later.setMemory(BODY + blockLength, UNKNOWN_BYTES, (byte)0xA5);
            later.putBytes(BODY + blockLength + UNKNOWN_BYTES, buffer, BODY + blockLength, rest);

            final Map<String, Object> decoded = SampleMessage.decode(
                message, decoder, later, BODY, blockLength + UNKNOWN_BYTES, encoder.sbeSchemaVersion() + 1);

            assertThat(decoded).as("seed=%d", seed).isEqualTo(encoded);
            assertThat(decoder.encodedLength()).as("seed=%d", seed).isEqualTo(encoder.encodedLength() + UNKNOWN_BYTES);
        }
    }

    /** That the test above can fail: with the block length of this version the same bytes give something else. */
    @Test
    void shouldNotDecodeALaterVersionsBlockAsItsOwn()
    {
        final Message message = messages().stream().filter((candidate) -> "BookUpdate".equals(candidate.name()))
            .findFirst().orElseThrow();
        final BookUpdateEncoder encoder = new BookUpdateEncoder();
        encoder.wrap(buffer, BODY).instrumentId(1).updateId(2).previousUpdateId(1);
        encoder.bidsCount(1).next().priceTicks(5).quantityLots(6);
        encoder.asksCount(0);
        later.putBytes(BODY, buffer, BODY, BookUpdateEncoder.BLOCK_LENGTH);
        later.setMemory(BODY + BookUpdateEncoder.BLOCK_LENGTH, 8, (byte)0);
        later.putBytes(BODY + BookUpdateEncoder.BLOCK_LENGTH + 8, buffer, BODY + BookUpdateEncoder.BLOCK_LENGTH,
            encoder.encodedLength() - BookUpdateEncoder.BLOCK_LENGTH);

        final Map<String, Object> right = SampleMessage.decode(
            message, new BookUpdateDecoder(), later, BODY, BookUpdateEncoder.BLOCK_LENGTH + 8, 1);
        final Map<String, Object> wrong = SampleMessage.decode(
            message, new BookUpdateDecoder(), later, BODY, BookUpdateEncoder.BLOCK_LENGTH, 0);

        assertThat(right).containsEntry("bids", 1).containsEntry("bids[0].priceTicks", 5L);
        assertThat(wrong).containsEntry("bids", 0);
    }

    /** A later version has put fields at the end of each group entry. */
    @Test
    void shouldStepOverLaterFieldsOfGroupEntries()
    {
        int at = BODY;
        later.putInt(at, 7, LITTLE_ENDIAN);
        later.putLong(at + 4, 100, LITTLE_ENDIAN);
        later.putLong(at + 12, 99, LITTLE_ENDIAN);
        at += BookUpdateDecoder.BLOCK_LENGTH;
        at = putLevels(at, 24, 10, 20, 30);
        putLevels(at, 17, 40);

        final BookUpdateDecoder decoder = new BookUpdateDecoder().wrap(later, BODY, BookUpdateDecoder.BLOCK_LENGTH, 1);
        final BookUpdateDecoder.BidsDecoder bids = decoder.bids();
        assertThat(bids.count()).isEqualTo(3);
        for (final long price : new long[]{10, 20, 30})
        {
            bids.next();
            assertThat(bids.priceTicks()).isEqualTo(price);
            assertThat(bids.quantityLots()).isEqualTo(price + 1);
        }
        final BookUpdateDecoder.AsksDecoder asks = decoder.asks();
        assertThat(asks.count()).isEqualTo(1);
        asks.next();
        assertThat(asks.priceTicks()).isEqualTo(40);
        assertThat(asks.quantityLots()).isEqualTo(41);
    }

    @Test
    void shouldStepOverLaterFieldsOfParameters()
    {
        final int entryLength = AssignStrategyDecoder.ParametersDecoder.sbeBlockLength() + 3;
        int at = BODY;
        later.putInt(at, 7, LITTLE_ENDIAN);
        at += AssignStrategyDecoder.BLOCK_LENGTH;
        later.putShort(at, (short)entryLength, LITTLE_ENDIAN);
        later.putShort(at + 2, (short)2, LITTLE_ENDIAN);
        at += 4;
        for (final String name : new String[]{"fast", "slow"})
        {
            later.setMemory(at, entryLength, (byte)0);
            later.putStringWithoutLengthAscii(at, name);
            later.putLong(at + 32, name.charAt(0), LITTLE_ENDIAN);
            later.putByte(at + 40, (byte)-2);
            at += entryLength;
        }
        later.putShort(at, (short)3, LITTLE_ENDIAN);
        later.putStringWithoutLengthAscii(at + 2, "abc");

        final AssignStrategyDecoder decoder = new AssignStrategyDecoder().wrap(later, BODY,
            AssignStrategyDecoder.BLOCK_LENGTH, 1);
        final AssignStrategyDecoder.ParametersDecoder parameters = decoder.parameters();
        for (final String name : new String[]{"fast", "slow"})
        {
            parameters.next();
            assertThat(parameters.name()).isEqualTo(name);
            assertThat(parameters.value().mantissa()).isEqualTo(name.charAt(0));
            assertThat(parameters.value().exponent()).isEqualTo((byte)-2);
        }
        assertThat(decoder.strategyName()).isEqualTo("abc");
    }

    /** Bytes of an earlier version lack later fields: those read as absent. Says nothing while there are none. */
    @ParameterizedTest
    @MethodSource("messages")
    void shouldReadFieldsOfALaterVersionAsAbsent(final Message message) throws ReflectiveOperationException
    {
        for (final Field field : message.fields())
        {
            if (field.sinceVersion() > 0)
            {
                final MessageDecoderFlyweight decoder = SampleMessage.newDecoder(message);
                final int blockLength = (int)decoder.getClass().getMethod(field.name() + "EncodingOffset").invoke(null);
                decoder.wrap(buffer, BODY, blockLength, field.sinceVersion() - 1);
                final Object value = decoder.getClass().getMethod(field.name()).invoke(decoder);

                assertThat(value).as("%s.%s", message.name(), field.name())
                    .isEqualTo(SampleMessage.absent(decoder, field.name()));
            }
        }
    }

    private int putLevels(final int offset, final int entryLength, final long... prices)
    {
        later.putShort(offset, (short)entryLength, LITTLE_ENDIAN);
        later.putShort(offset + 2, (short)prices.length, LITTLE_ENDIAN);
        int at = offset + 4;
        for (final long price : prices)
        {
            later.setMemory(at, entryLength, (byte)0xA5);
            later.putLong(at, price, LITTLE_ENDIAN);
            later.putLong(at + 8, price + 1, LITTLE_ENDIAN);
            at += entryLength;
        }
        return at;
    }
}
