package io.lockstep.sequencer.egress;

import io.lockstep.codecs.Increment;
import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.codecs.transport.MessageSender;
import io.lockstep.sbe.ContractType;
import io.lockstep.sbe.HelloDecoder;
import io.lockstep.sbe.InstrumentDefinitionDecoder;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.ResumeDecoder;
import io.lockstep.sequencer.WireRecords;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/** What sessions are told that say Hello: to each its own, however little the link takes at once. */
class HelloAnswersTest
{
    private static final int INSTRUMENTS = 10_000;
    private static final int INCARNATION = 9;

    private final List<Instrument> instruments = new ArrayList<>();
    private final List<String> sent = new ArrayList<>();
    private final List<String> answered = new ArrayList<>();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final WireRecords feed = new WireRecords(7, 70);
    private final WireRecords venue = new WireRecords(2, 20);
    private int room = Integer.MAX_VALUE;
    private long refusal = MessageSender.BACK_PRESSURED;

    private final HelloAnswers answers = new HelloAnswers(
        new HelloAnswers.Definitions()
        {
            @Override
            public int count()
            {
                return instruments.size();
            }

            @Override
            public Instrument instrument(final int id)
            {
                return instruments.get(id);
            }
        },
        new LinkMessages(this::offer), INCARNATION, new HelloAnswers.Receivers()
        {
            @Override
            public long acknowledged(final HelloDecoder hello)
            {
                return 17;
            }

            @Override
            public void onAnswered(final HelloDecoder hello)
            {
                answered.add(hello.sourceId() + "/" + hello.sourceSession() + " has " + hello.decisionsReceived());
            }
        });

    @BeforeEach
    void define()
    {
        define(INSTRUMENTS);
    }

    private void define(final int count)
    {
        final Increment one = Increment.parse("1");
        IntStream.range(instruments.size(), count).forEach((id) -> instruments.add(new Instrument(
            id, "S" + id, "TEST", ContractType.LINEAR, one, one, 1, 1, one, "S", "USD", "USD")));
    }

    private long offer(final DirectBuffer buffer, final int offset, final int length)
    {
        if (room-- <= 0)
        {
            return refusal;
        }
        final String addressee = " for " + RecordDescriptor.sourceId(buffer, offset) + "/" +
            RecordDescriptor.sourceSession(buffer, offset);
        final int message = offset + RecordDescriptor.HEADER_LENGTH;
        if (RecordDescriptor.templateId(buffer, offset) == InstrumentDefinitionDecoder.TEMPLATE_ID)
        {
            final InstrumentDefinitionDecoder definition = new InstrumentDefinitionDecoder();
            sent.add(definition.wrapAndApplyHeader(buffer, message, header).instrumentId() + addressee);
        }
        else
        {
            final ResumeDecoder resume = new ResumeDecoder();
            resume.wrapAndApplyHeader(buffer, message, header);
            sent.add("resume " + resume.lastSourceSequence() + " behind " + resume.definitions() + addressee);
        }
        return 1;
    }

    private void hello(final WireRecords source, final boolean receivesDecisions, final long lastSourceSequence)
    {
        final HelloDecoder hello = new HelloDecoder();
        hello.wrapAndApplyHeader(
            source.hello(1, receivesDecisions), RecordDescriptor.HEADER_LENGTH, new MessageHeaderDecoder());
        answers.add(hello, lastSourceSequence);
    }

    /** Turns until all is said; returns how many. */
    private int turns(final int roomOfATurn)
    {
        int turns = 0;
        for (; !answers.isIdle(); turns++)
        {
            final int before = sent.size();
            room = roomOfATurn;
            answers.send();
            assertThat(sent.size() - before).isBetween(1, Math.min(roomOfATurn, HelloAnswers.MESSAGES_PER_TURN));
        }
        return turns;
    }

    private static List<String> definitions(final String addressee, final int count)
    {
        return IntStream.range(0, count).mapToObj((id) -> id + " for " + addressee).toList();
    }

    @ParameterizedTest
    @ValueSource(ints =
    {1, 2, 7, 63, 64, 1_000})
    void shouldGoOnWhereTheLinkStoppedTakingIt(final int roomOfATurn)
    {
        hello(feed, false, 41);

        final int turns = turns(roomOfATurn);

        assertThat(sent.subList(0, INSTRUMENTS)).isEqualTo(definitions("7/70", INSTRUMENTS));
        assertThat(sent.subList(INSTRUMENTS, sent.size())).containsExactly("resume 41 behind 10000 for 7/70");
        assertThat(turns).isEqualTo(
            (INSTRUMENTS + 1 + Math.min(64, roomOfATurn) - 1) / Math.min(HelloAnswers.MESSAGES_PER_TURN, roomOfATurn));
        assertThat(answered).as("a feed gets no decisions").isEmpty();
    }

    /** A gateway says Hello every 20 ms until it has its answer: that must not make it begin again. */
    @Test
    void shouldNotBeginAgainWhenTheSameSessionSaysHelloAgain()
    {
        hello(feed, false, 41);
        for (int i = 0; !answers.isIdle(); i++)
        {
            room = 3;
            answers.send();
            if (!answers.isIdle())
            {
                hello(feed, false, 41 + i);
            }
        }

        assertThat(sent).hasSize(INSTRUMENTS + 1).startsWith("0 for 7/70")
            .endsWith("resume 3373 behind 10000 for 7/70");
    }

    @Test
    void shouldBeginAgainForAnotherSession()
    {
        hello(feed, false, 41);
        answers.send();
        hello(new WireRecords(7, 71), false, 0);

        turns(64);

        assertThat(sent.subList(64, 64 + INSTRUMENTS)).isEqualTo(definitions("7/71", INSTRUMENTS));
        assertThat(sent).endsWith("resume 0 behind 10000 for 7/71").noneMatch((text) -> text.endsWith("resume 41"));
    }

    /** The venue's decisions wait for its Resume, else it would lose them; and a feed's long answer does not keep it waiting. */
    @Test
    void shouldLetAnswersTakeTurns()
    {
        hello(feed, false, 41);
        answers.send();
        define(INSTRUMENTS + 1);
        hello(venue.wantsDefinitions(false), true, 5);
        answers.send();

        assertThat(sent).contains("resume 5 behind 0 for 2/20").doesNotContain("resume 41 behind 10000 for 7/70");
        assertThat(answered).containsExactly("2/20 has 0");
        turns(64);
        assertThat(sent).as("what was defined meanwhile is in it").endsWith("resume 41 behind 10001 for 7/70");
    }

    @Test
    void shouldGiveUpWhenNobodyListens()
    {
        hello(venue, true, 5);
        room = 100;
        answers.send();
        room = 0;
        refusal = MessageSender.NOT_CONNECTED;

        answers.send();

        assertThat(answers.isIdle()).isTrue();
        assertThat(answered).isEmpty();
    }

    @Test
    void shouldTellAllWhatIsDefinedLater()
    {
        answers.onDefined(3);
        assertThat(answers.isIdle()).as("nobody has asked yet").isTrue();
        hello(feed, false, 41);
        turns(64);
        sent.clear();

        define(INSTRUMENTS + 1);
        answers.onDefined(INSTRUMENTS);
        answers.onDefined(INSTRUMENTS + 7);

        room = 0;
        answers.send();
        assertThat(turns(64)).isEqualTo(1);
        assertThat(sent).containsExactly("10000 for 0/0");
    }
}
