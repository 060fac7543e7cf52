package io.lockstep.codecs;

import io.lockstep.codecs.MessageShape.Kind;
import io.lockstep.codecs.SchemaModel.Message;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.MessageHeaderEncoder;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.sbe.MessageDecoderFlyweight;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import uk.co.real_logic.sbe.ir.Token;

import java.util.List;
import java.util.SplittableRandom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

/**
 * What the shapes of messages promise: what they measure, the generated decoder reads within the bytes there are; for each message
 * of the schema that arrives over a link, whichever the schema will have.
 */
class MessageShapesTest
{
    private static final int HEADER = MessageHeaderEncoder.ENCODED_LENGTH;
    private static final int SEEDS = 20;
    private static final SchemaTokens TODAY = SchemaTokens.today();
    private static final List<SchemaTokens> EARLIER = SchemaTokens.earlier();

    static List<Message> messages()
    {
        return SchemaModel.allMessages().stream().filter((message) -> MessageShapes.of(message.id()) != null).toList();
    }

    /** An input without a shape would be refused at every node's door. */
    @Test
    void shouldHaveAShapeForEachInputOfTheSchema()
    {
        for (final Message message : SchemaModel.allMessages())
        {
            final boolean isSaidToBeInput = message.description().startsWith("Input");
            final boolean isMarketData = message.file().equals("market-data.xml")
                && !message.description().startsWith("Decision");
            if (isSaidToBeInput || isMarketData)
            {
                assertThat(MessageShapes.of(message.id())).as("%s has no semanticType", message).isNotNull();
                assertThat(MessageShapes.of(message.id()).kind()).as(message.name()).isNotEqualTo(Kind.LINK);
            }
            if (message.description().startsWith("Decision"))
            {
                assertThat(MessageShapes.of(message.id())).as(message.name()).isNull();
            }
        }
        MessageShapes.forEach((templateId) -> assertThat(SchemaModel.allMessages())
            .anyMatch((message) -> message.id() == templateId &&
                message.name().equals(MessageShapes.of(templateId).name())));
        assertThat(MessageShapes.of(-1)).isNull();
        assertThat(MessageShapes.of(Integer.MAX_VALUE)).isNull();
    }

    /** As that version wrote it, messageHeader included. */
    private static UnsafeBuffer sample(final SchemaTokens schema, final Message message, final long seed)
    {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        final List<Token> tokens = schema.message(message.name());
        final int length = HEADER + EarlierMessage.encode(tokens, seed, buffer, HEADER);
        new MessageHeaderEncoder().wrap(buffer, 0).blockLength(tokens.get(0).encodedLength())
            .templateId(message.id()).schemaId(schema.schemaId()).version(schema.version());
        final byte[] bytes = new byte[length];
        buffer.getBytes(0, bytes);
        return new UnsafeBuffer(bytes);
    }

    private static int end(final Message message, final UnsafeBuffer bytes)
    {
        final MessageHeaderDecoder header = new MessageHeaderDecoder().wrap(bytes, 0);
        return MessageShapes.of(message.id())
            .end(bytes, HEADER, bytes.capacity(), header.version(), header.blockLength());
    }

    @ParameterizedTest
    @MethodSource("messages")
    void shouldMeasureWhatTheEncoderWrote(final Message message)
    {
        for (int seed = 0; seed < SEEDS; seed++)
        {
            final UnsafeBuffer bytes = sample(TODAY, message, seed);

            assertThat(end(message, bytes)).as("seed=%d", seed).isEqualTo(bytes.capacity());
        }
    }

    @ParameterizedTest
    @MethodSource("messages")
    void shouldRefuseEveryTruncation(final Message message)
    {
        for (int seed = 0; seed < SEEDS; seed++)
        {
            final UnsafeBuffer bytes = sample(TODAY, message, seed);
            for (int length = HEADER; length < bytes.capacity(); length++)
            {
                assertThat(end(message, new UnsafeBuffer(bytes, 0, length))).as("seed=%d length=%d", seed, length)
                    .isNegative();
            }
        }
    }

    /** Counts, lengths and the block's length with other bytes: refused, or read without leaving the bytes there are. */
    @ParameterizedTest
    @MethodSource("messages")
    void shouldRefuseWhatADecoderCouldNotRead(final Message message)
    {
        final SplittableRandom random = new SplittableRandom(message.id());
        for (int i = 0; i < 5_000; i++)
        {
            final UnsafeBuffer bytes = sample(TODAY, message, random.nextInt(SEEDS));
            for (int changes = random.nextInt(1, 4); changes > 0; changes--)
            {
                final int at = random.nextInt(4) == 0
                    ? MessageHeaderDecoder.blockLengthEncodingOffset()
                    : random.nextInt(HEADER, Math.max(HEADER + 1, bytes.capacity()));
                if (at < bytes.capacity())
                {
                    bytes.putByte(at, (byte)(random.nextInt(3) == 0 ? 0xFF : random.nextInt(40)));
                }
            }
            if (end(message, bytes) >= 0)
            {
                assertThatCode(() -> readAll(message, bytes)).as("i=%d", i).doesNotThrowAnyException();
            }
        }
    }

    /** Every field, entry and text: the generated text of a message has them all. */
    private static void readAll(final Message message, final UnsafeBuffer bytes)
    {
        final MessageHeaderDecoder header = new MessageHeaderDecoder().wrap(bytes, 0);
        final MessageDecoderFlyweight decoder = SampleMessage.newDecoder(message);
        decoder.wrap(bytes, HEADER, header.blockLength(), header.version());
        assertThat(decoder.toString()).isNotEmpty();
    }

    /** What an earlier version wrote is shorter, and whole. */
    @ParameterizedTest
    @MethodSource("messages")
    void shouldMeasureEachEarlierVersion(final Message message)
    {
        for (final SchemaTokens before : EARLIER)
        {
            if (before.message(message.name()) != null)
            {
                final UnsafeBuffer bytes = sample(before, message, 7);
                assertThat(end(message, bytes)).as("%s of %s", message, before).isEqualTo(bytes.capacity());
            }
        }
    }
}
