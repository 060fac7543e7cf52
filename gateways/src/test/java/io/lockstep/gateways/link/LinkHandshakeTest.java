package io.lockstep.gateways.link;

import io.lockstep.codecs.Increment;
import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.codecs.link.LinkProof;
import io.lockstep.codecs.transport.MessageHandler;
import io.lockstep.codecs.transport.MessageReceiver;
import io.lockstep.sbe.BooleanType;
import io.lockstep.sbe.ChallengeEncoder;
import io.lockstep.sbe.ContractType;
import io.lockstep.sbe.HelloDecoder;
import io.lockstep.sbe.InstrumentDefinitionEncoder;
import io.lockstep.sbe.LinkRefusal;
import io.lockstep.sbe.LinkRefusedEncoder;
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

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What a gateway says until it is linked, to a node made by hand: the proof of its key, and whether it knows every instrument. */
class LinkHandshakeTest implements LinkListener
{
    private static final int SOURCE = 7;
    private static final int SESSION = 70;
    private static final String NONCE = "0123456789abcdef0123456789abcdef";
    private static final byte[] KEY = "a key of 32 bytes, or somewhat more".getBytes(StandardCharsets.US_ASCII);
    private static final Increment ONE = Increment.parse("1");

    private final List<String> said = new ArrayList<>();
    private final List<String> heard = new ArrayList<>();
    private final List<UnsafeBuffer> arriving = new ArrayList<>();
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
    private int stream = 1;
    private long nowNs;
    private LinkClient link = link(LinkOptions.gateway(SOURCE, SESSION, false, 1 << 12).withKey(KEY));

    private LinkClient link(final LinkOptions options)
    {
        return new LinkClient(this::offer, new Arriving(), this, options);
    }

    private final class Arriving implements MessageReceiver
    {
        @Override
        public int poll(final MessageHandler handler, final int limit)
        {
            final List<UnsafeBuffer> records = List.copyOf(arriving);
            arriving.clear();
            records.forEach((record) -> handler.onMessage(record, 0, record.capacity(), stream));
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
        if (RecordDescriptor.templateId(record, offset) == HelloDecoder.TEMPLATE_ID)
        {
            final HelloDecoder hello = new HelloDecoder();
            hello.wrapAndApplyHeader(record, offset + RecordDescriptor.HEADER_LENGTH, new MessageHeaderDecoder());
            final String wants = hello.wantsDefinitions() == BooleanType.TRUE ? " wants definitions" : "";
            hello.process();
            said.add("hello" + wants + " " + hello.proof());
        }
        return 1;
    }

    @Override
    public void onLinked(final int incarnation)
    {
        heard.add("linked");
    }

    @Override
    public void onUnlinked()
    {
        heard.add("unlinked");
    }

    @Override
    public void onInstrument(final Instrument instrument)
    {
        heard.add("instrument " + instrument.symbol());
    }

    @Override
    public void onSnapshotWanted(final int instrumentId, final long sequence)
    {
        heard.add("snapshot of " + instrumentId + " wanted by " + sequence);
    }

    private <T extends MessageEncoderFlyweight> T begin(final T message)
    {
        new MessageHeaderEncoder().wrap(buffer, RecordDescriptor.HEADER_LENGTH).blockLength(message.sbeBlockLength())
            .templateId(message.sbeTemplateId()).schemaId(message.sbeSchemaId()).version(message.sbeSchemaVersion());
        message.wrap(buffer, RecordDescriptor.BODY_OFFSET);
        return message;
    }

    private void arrive(final MessageEncoderFlyweight message, final int sourceId, final int session)
    {
        final int length = RecordDescriptor.begin(
            buffer, 0, RecordKind.LINK, MessageHeaderEncoder.ENCODED_LENGTH + message.encodedLength());
        RecordDescriptor.sourceId(buffer, 0, sourceId);
        RecordDescriptor.sourceSession(buffer, 0, session);
        final byte[] bytes = new byte[length];
        buffer.getBytes(0, bytes);
        arriving.add(new UnsafeBuffer(bytes));
    }

    private void challenge(final int session, final String nonce)
    {
        arrive(begin(new ChallengeEncoder()).sourceId(SOURCE).sourceSession(session).nonce(nonce), SOURCE, session);
    }

    private void refuse(final LinkRefusal reason)
    {
        arrive(begin(new LinkRefusedEncoder()).sourceId(SOURCE).sourceSession(SESSION).holderSession(0).holderHeard(0)
            .reason(reason).holderProcess(""), SOURCE, SESSION);
    }

    private void define(final int id, final int sourceId, final int session)
    {
        final InstrumentDefinitionEncoder definition = begin(new InstrumentDefinitionEncoder());
        new Instrument(id, "S" + id, "TEST", ContractType.LINEAR, ONE, ONE, 1, 1, ONE, "S", "USD", "USD")
            .encode(definition);
        arrive(definition, sourceId, session);
    }

    private void resume(final int definitions)
    {
        arrive(begin(new ResumeEncoder()).sourceId(SOURCE).sourceSession(SESSION).incarnation(1).lastSourceSequence(0)
            .definitions(definitions), SOURCE, SESSION);
    }

    /** What the gateway says in two of its turns, a while later. */
    private List<String> turns()
    {
        said.clear();
        for (int i = 0; i < 2; i++)
        {
            nowNs += 15_000_000;
            link.poll(nowNs);
        }
        return List.copyOf(said);
    }

    private static String proof(final String nonce)
    {
        final byte[] proof = new byte[LinkProof.LENGTH];
        new LinkProof(KEY).make(nonce.getBytes(StandardCharsets.US_ASCII), SOURCE, SESSION, proof);
        return new String(proof, StandardCharsets.US_ASCII);
    }

    @Test
    void answersTheChallengeOfItsSession()
    {
        assertThat(turns()).containsExactly("hello wants definitions ");
        challenge(SESSION + 1, NONCE);
        assertThat(turns()).as("another's").containsExactly("hello wants definitions ");
        challenge(SESSION, "short");
        assertThat(turns()).as("none").containsExactly("hello wants definitions ");
        challenge(SESSION, NONCE);
        assertThat(turns()).isNotEmpty().allMatch(("hello wants definitions " + proof(NONCE))::equals);
        resume(0);
        turns();
        assertThat(heard).containsExactly("linked");
    }

    @Test
    void provesItselfAnewToANodeThatWasStartedAgain()
    {
        challenge(SESSION, NONCE);
        resume(0);
        turns();
        stream++;
        challenge(SESSION + 1, NONCE);
        assertThat(turns()).as("a proof for the node before would be wrong").contains("hello wants definitions ")
            .doesNotContain("hello wants definitions " + proof(NONCE));
        assertThat(heard).containsExactly("linked", "unlinked");
        final String other = NONCE.replace('0', 'f');
        challenge(SESSION, other);
        assertThat(turns()).contains("hello wants definitions " + proof(other));
    }

    @Test
    void saysWhatIsMissingWhenItHasNoKey()
    {
        link = link(LinkOptions.gateway(SOURCE, SESSION, false, 1 << 12));
        turns();
        challenge(SESSION, NONCE);

        assertThatThrownBy(this::turns).isInstanceOf(SourceRefusedException.class)
            .hasMessageContaining(
                "asks for a proof that sourceId=7 has its key, and this gateway has none; expected a line");
    }

    /** Once may be for a challenge of a node that has gone meanwhile. */
    @Test
    void endsWhenItsKeyIsAnotherThanTheNodes()
    {
        for (int i = 0; i < 2; i++)
        {
            challenge(SESSION, NONCE);
            assertThat(turns()).contains("hello wants definitions " + proof(NONCE));
            refuse(LinkRefusal.PROOF_WRONG);
            assertThat(turns()).as("asks for another challenge").contains("hello wants definitions ");
        }
        challenge(SESSION, NONCE);
        turns();
        refuse(LinkRefusal.PROOF_WRONG);

        assertThatThrownBy(this::turns).isInstanceOf(SourceRefusedException.class)
            .hasMessageContaining("refuses the proof of sourceId=7: its key for it is another");
    }

    @Test
    void endsWhenTheNodeHasNoKeyForIt()
    {
        refuse(LinkRefusal.SOURCE_UNKNOWN);

        assertThatThrownBy(this::turns).isInstanceOf(SourceRefusedException.class)
            .hasMessageContaining("has keys, and none for sourceId=7");
    }

    @Test
    void endsWhenTheNodeDoesNotKnowIt()
    {
        refuse(LinkRefusal.SOURCE_UNDEFINED);

        assertThatThrownBy(this::turns).isInstanceOf(SourceRefusedException.class).hasMessageContaining(
            "knows its sources, and sourceId=7 is none of them; expected an entry for it in the node's configuration");
    }

    @Test
    void isLinkedWhenItKnowsEveryInstrument()
    {
        define(0, SOURCE, SESSION);
        define(1, SOURCE, SESSION + 1);
        resume(2);
        turns();
        assertThat(heard).as("one was another session's").containsExactly("instrument S0");

        define(0, SOURCE, SESSION);
        define(1, SOURCE, SESSION);
        resume(2);
        turns();
        assertThat(heard).containsExactly("instrument S0", "instrument S1", "linked");

        define(2, 0, 0);
        turns();
        assertThat(heard).as("defined later, for all").endsWith("instrument S2");
    }

    @Test
    void asksForTheInstrumentsOnceOfEachNode()
    {
        define(0, SOURCE, SESSION);
        resume(1);
        turns();
        arrive(begin(new ResumeEncoder()).sourceId(SOURCE).sourceSession(SESSION).incarnation(1).lastSourceSequence(-1)
            .definitions(0), SOURCE, SESSION);

        assertThat(turns()).as("it has them").contains("hello ").doesNotContain("hello wants definitions ");
        stream++;
        challenge(SESSION + 1, NONCE);
        assertThat(turns()).contains("hello wants definitions ");
    }

    @Test
    void asksForNoInstrumentsWhereItNeedsNone()
    {
        link = link(LinkOptions.operator(SOURCE, SESSION, false, 1 << 12));

        assertThat(turns()).containsExactly("hello ");
        resume(0);
        turns();
        assertThat(heard).containsExactly("linked");
    }

    @Test
    void hearsWhichBookIsWantedOfIt()
    {
        resume(0);
        turns();
        arrive(begin(new SnapshotWantedEncoder()).sourceId(SOURCE + 1).instrumentId(3).sequence(40), SOURCE + 1, 0);
        arrive(begin(new SnapshotWantedEncoder()).sourceId(SOURCE).instrumentId(4).sequence(41), SOURCE, 0);
        turns();

        assertThat(heard).containsExactly("linked", "snapshot of 4 wanted by 41");
    }
}
