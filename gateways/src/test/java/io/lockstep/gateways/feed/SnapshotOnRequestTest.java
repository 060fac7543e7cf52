package io.lockstep.gateways.feed;

import io.lockstep.codecs.Increment;
import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.codecs.transport.MessageHandler;
import io.lockstep.codecs.transport.MessageReceiver;
import io.lockstep.gateways.generator.GeneratorOptions;
import io.lockstep.gateways.generator.MarketGenerator;
import io.lockstep.gateways.link.LinkClient;
import io.lockstep.gateways.link.LinkOptions;
import io.lockstep.sbe.BookSnapshotDecoder;
import io.lockstep.sbe.ContractType;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.MessageHeaderEncoder;
import io.lockstep.sbe.RecordKind;
import io.lockstep.sbe.ResumeEncoder;
import io.lockstep.sbe.SnapshotWantedEncoder;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.sbe.MessageEncoderFlyweight;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** A feed that its node asks for a book, from the link to what it sends; nothing of the market is lost by it. */
class SnapshotOnRequestTest
{
    private static final int SOURCE = 7;
    private static final int SESSION = 70;
    private static final Increment ONE = Increment.parse("1");

    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
    private final List<UnsafeBuffer> arriving = new ArrayList<>();
    private final List<Integer> snapshots = new ArrayList<>();
    private final List<String> notices = new ArrayList<>();
    private long inputs;
    private final FeedGateway feed = new FeedGateway(
        (listener) -> new LinkClient(
            this::offer, new Arriving(), listener, LinkOptions.gateway(SOURCE, SESSION, false, 1 << 22)),
        FeedGateway.FLAT_OUT, (instrumentByName) -> market(), () -> true, FeedGateway.AS_RECORDED, notices::add);

    private static MarketSource market()
    {
        final Instrument instrument = new Instrument(
            0, "S", "TEST", ContractType.LINEAR, ONE, ONE, 1, 1, ONE, "S", "USD", "USD");
        return new MarketGenerator(
            3, List.of(instrument), MarketGenerator.UNLIMITED, 1_000_000, 1_000, GeneratorOptions.defaults());
    }

    private final class Arriving implements MessageReceiver
    {
        @Override
        public int poll(final MessageHandler handler, final int limit)
        {
            final List<UnsafeBuffer> records = List.copyOf(arriving);
            arriving.clear();
            records.forEach((record) -> handler.onMessage(record, 0, record.capacity(), 1));
            return records.size();
        }

        @Override
        public boolean isConnected()
        {
            return true;
        }
    }

    private long offer(final DirectBuffer record, final int offset, final int length)
    {
        if (RecordDescriptor.kind(record, offset) == RecordKind.INPUT.value())
        {
            assertThat(RecordDescriptor.sourceSequence(record, offset)).isEqualTo(++inputs);
            if (RecordDescriptor.templateId(record, offset) == BookSnapshotDecoder.TEMPLATE_ID)
            {
                final BookSnapshotDecoder snapshot = new BookSnapshotDecoder();
                snapshot.wrapAndApplyHeader(
                    record, offset + RecordDescriptor.HEADER_LENGTH, new MessageHeaderDecoder());
                snapshots.add(snapshot.instrumentId());
            }
        }
        return 1;
    }

    private <T extends MessageEncoderFlyweight> T begin(final T message)
    {
        new MessageHeaderEncoder().wrap(buffer, RecordDescriptor.HEADER_LENGTH).blockLength(message.sbeBlockLength())
            .templateId(message.sbeTemplateId()).schemaId(message.sbeSchemaId()).version(message.sbeSchemaVersion());
        message.wrap(buffer, RecordDescriptor.BODY_OFFSET);
        return message;
    }

    private void arrive(final MessageEncoderFlyweight message)
    {
        final int length = RecordDescriptor.begin(
            buffer, 0, RecordKind.LINK, MessageHeaderEncoder.ENCODED_LENGTH + message.encodedLength());
        final byte[] bytes = new byte[length];
        buffer.getBytes(0, bytes);
        arriving.add(new UnsafeBuffer(bytes));
    }

    private void want(final int instrumentId)
    {
        arrive(begin(new SnapshotWantedEncoder()).sourceId(SOURCE).instrumentId(instrumentId).sequence(9));
    }

    private void turns(final int count)
    {
        for (int i = 0; i < count; i++)
        {
            feed.doWork();
        }
    }

    @Test
    void shouldSendTheBookThatTheNodeWants()
    {
        arrive(begin(new ResumeEncoder()).sourceId(SOURCE).sourceSession(SESSION).incarnation(1).lastSourceSequence(0)
            .definitions(0));
        turns(5);
        final int first = snapshots.size();
        assertThat(first).as("the market's own").isPositive();
        final long eventsBefore = feed.marketEvents();

        want(0);
        turns(2);

        assertThat(snapshots).hasSize(2 * first).containsOnly(0);
        assertThat(feed.marketEvents()).isGreaterThan(eventsBefore);
        assertThat(notices).isEmpty();
    }

    @Test
    void shouldSayOnceThatItHasNone()
    {
        arrive(begin(new ResumeEncoder()).sourceId(SOURCE).sourceSession(SESSION).incarnation(1).lastSourceSequence(0)
            .definitions(0));
        turns(5);
        final int first = snapshots.size();

        want(5);
        want(5);
        want(6);
        turns(3);

        assertThat(snapshots).hasSize(first);
        assertThat(notices).hasSize(2);
        assertThat(notices.get(0)).contains("instrumentId=5").contains("this feed has none");
        assertThat(notices.get(1)).contains("instrumentId=6");
    }
}
