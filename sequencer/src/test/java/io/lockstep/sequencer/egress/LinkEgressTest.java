package io.lockstep.sequencer.egress;

import io.aeron.FragmentAssembler;
import io.aeron.Subscription;
import io.aeron.logbuffer.FragmentHandler;
import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.core.host.CoreHost;
import io.lockstep.core.host.UnacknowledgedDecisions;
import io.lockstep.sbe.AcknowledgementDecoder;
import io.lockstep.sbe.CommandOutcomeDecoder;
import io.lockstep.sbe.CommandReason;
import io.lockstep.sbe.HeartbeatDecoder;
import io.lockstep.sbe.HelloDecoder;
import io.lockstep.sbe.InstrumentDefinitionDecoder;
import io.lockstep.sbe.LimitType;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.RecordKind;
import io.lockstep.sbe.ResumeDecoder;
import io.lockstep.sbe.RiskReason;
import io.lockstep.sequencer.NodeText;
import io.lockstep.sequencer.TestDriver;
import io.lockstep.sequencer.WireRecords;
import io.lockstep.sequencer.aeron.AeronSender;
import io.lockstep.sequencer.config.NodeContext;
import io.lockstep.sequencer.config.SequencedTime;
import io.lockstep.sequencer.ingress.Ingress;
import io.lockstep.sequencer.ingress.InputSink;
import io.lockstep.sequencer.journal.Journal;
import io.lockstep.sequencer.loop.Sequencer;
import io.lockstep.sequencer.loop.SequencerMonitor;
import io.lockstep.sequencer.node.Incarnation;
import io.lockstep.sequencer.node.Strategies;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What gateways hear of the node, on the stream they all read. */
class LinkEgressTest
{
    private static final String IPC = "aeron:ipc";
    private static final long MILLI_NS = 1_000_000L;
    private static final int INCARNATION = 9;

    private static TestDriver driver;
    private static int streamId = 3000;

    private final List<String> heard = new ArrayList<>();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final FragmentHandler assembler = new FragmentAssembler(
        (buffer, offset, length, fragment) -> heard.add(text(buffer, offset)));
    private final UnacknowledgedDecisions decisions = new UnacknowledgedDecisions();
    private final Map<Long, DirectBuffer> decisionByEgressSequence = new HashMap<>();
    private final WireRecords venue = new WireRecords(2, 20);
    private final WireRecords feed = new WireRecords(7, 70);
    private final List<DirectBuffer> polled = new ArrayList<>();
    private long wallNs = 1_000_000 * MILLI_NS;
    private Subscription subscription;
    private CoreHost host;
    private LinkEgress egress;
    private Sequencer sequencer;

    @BeforeAll
    static void launch()
    {
        driver = new TestDriver();
    }

    @AfterAll
    static void close()
    {
        driver.close();
    }

    @BeforeEach
    void start()
    {
        streamId++;
        final NodeContext context = NodeText.context(
            NodeText.of(Path.of("none"), ", stateHashInterval: 0", "embedded: true", "timerMs: 0"));
        host = new CoreHost(Strategies.load(context.strategies()), decisions);
        subscription = driver.aeron().addSubscription(IPC, streamId);
        egress = new LinkEgress(INCARNATION, ReadinessOptions.NONE, decisions, host.core(), host.venues(),
            new AeronSender(driver.aeron().addPublication(IPC + "?term-length=64k", streamId)));
        sequencer = new Sequencer(host, new Polled(), Journal.NONE, egress, () -> wallNs, SequencedTime.WALL,
            SequencerMonitor.NONE, 0, INCARNATION, 0);
        TestDriver.await(subscription::isConnected);
        new Incarnation(host, sequencer).configure(context);
        turn(feed.quote(0, 99, 101));
        heard.clear();
    }

    @AfterEach
    void disconnect()
    {
        subscription.close();
    }

    private final class Polled implements Ingress
    {
        @Override
        public int poll(final InputSink sink, final int limit, final long wallTimeNs)
        {
            final int count = polled.size();
            polled.forEach((record) -> sink.onInput(record, 0, record.capacity()));
            polled.clear();
            return count;
        }

        @Override
        public void onJournaled(final boolean idle)
        {
            // Acknowledgements are the ingress' own matter.
        }
    }

    /** One turn of the loop over these inputs; what gateways heard by its end. */
    private List<String> turn(final UnsafeBuffer... records)
    {
        polled.addAll(List.of(records));
        sequencer.doWork();
        while (subscription.poll(assembler, 10) > 0)
        {
            Thread.onSpinWait();
        }
        final List<String> taken = List.copyOf(heard);
        heard.clear();
        return taken;
    }

    private List<String> decisions(final UnsafeBuffer... records)
    {
        return turn(records).stream().filter((text) -> text.startsWith("decision")).toList();
    }

    /** The order gateway says that it has handled so many decisions, of those that were heard. */
    private void ready(final long decisionsReceived)
    {
        final DirectBuffer newest = decisionByEgressSequence.get(decisionsReceived);
        final HelloDecoder hello = new HelloDecoder();
        hello.wrapAndApplyHeader(
            venue.hello(1, true, newest), RecordDescriptor.HEADER_LENGTH, new MessageHeaderDecoder());
        egress.answer(hello, 0);
        sequencer.doWork();
        polled.clear();
    }

    private static HelloDecoder hello(final WireRecords source)
    {
        final HelloDecoder hello = new HelloDecoder();
        hello.wrapAndApplyHeader(
            source.hello(1, false), RecordDescriptor.HEADER_LENGTH, new MessageHeaderDecoder());
        return hello;
    }

    private String text(final DirectBuffer buffer, final int offset)
    {
        final int message = offset + RecordDescriptor.HEADER_LENGTH;
        if (RecordDescriptor.kind(buffer, offset) == RecordKind.DECISION.value())
        {
            final byte[] bytes = new byte[RecordDescriptor.recordLength(buffer, offset)];
            buffer.getBytes(offset, bytes);
            decisionByEgressSequence.put(RecordDescriptor.sourceSequence(buffer, offset), new UnsafeBuffer(bytes));
            return "decision " + RecordDescriptor.sourceSequence(buffer, offset) + " of " +
                RecordDescriptor.sequence(buffer, offset);
        }
        return switch (RecordDescriptor.templateId(buffer, offset))
        {
            case HeartbeatDecoder.TEMPLATE_ID -> {
                final HeartbeatDecoder heartbeat = new HeartbeatDecoder();
                heartbeat.wrapAndApplyHeader(buffer, message, header);
                yield "heartbeat " + heartbeat.sourceId() + "/" + heartbeat.sourceSession() + "/" +
                    heartbeat.lastSequence();
            }
            case ResumeDecoder.TEMPLATE_ID -> {
                final ResumeDecoder resume = new ResumeDecoder();
                resume.wrapAndApplyHeader(buffer, message, header);
                yield "resume " + resume.sourceId() + "/" + resume.sourceSession() + "/" +
                    resume.lastSourceSequence() + " incarnation " + resume.incarnation();
            }
            case InstrumentDefinitionDecoder.TEMPLATE_ID -> {
                final InstrumentDefinitionDecoder definition = new InstrumentDefinitionDecoder();
                definition.wrapAndApplyHeader(buffer, message, header);
                yield "instrument " + definition.instrumentId() + " " + definition.symbol() + " for " +
                    RecordDescriptor.sourceId(buffer, offset) + "/" + RecordDescriptor.sourceSession(buffer, offset);
            }
            case AcknowledgementDecoder.TEMPLATE_ID -> {
                final AcknowledgementDecoder acknowledgement = new AcknowledgementDecoder();
                acknowledgement.wrapAndApplyHeader(buffer, message, header);
                yield "acknowledgement " + acknowledgement.sourceId() + "/" + acknowledgement.sourceSession() + "/" +
                    acknowledgement.sourceSequence();
            }
            case CommandOutcomeDecoder.TEMPLATE_ID -> {
                final CommandOutcomeDecoder outcome = new CommandOutcomeDecoder();
                outcome.wrapAndApplyHeader(buffer, message, header);
                yield "outcome " + outcome.sourceId() + "/" + outcome.sourceSession() + "/" +
                    outcome.sourceSequence() + " sequence " + outcome.sequence() + " " + outcome.reason() +
                    signal(outcome);
            }
            default -> "template " + RecordDescriptor.templateId(buffer, offset);
        };
    }

    private static String signal(final CommandOutcomeDecoder outcome)
    {
        return outcome.riskReasonCode() == CommandOutcomeDecoder.riskReasonCodeNullValue()
            ? ""
            : " signal " + RiskReason.get(outcome.riskReasonCode()) + " on " + outcome.instrumentId() + " order '" +
                outcome.clOrdId().strip() + "'";
    }

    @Test
    void shouldSendNoDecisionBeforeHello()
    {
        assertThat(decisions(feed.trade(0, 100, 1))).isEmpty();
        assertThat(decisions()).isEmpty();
        assertThat(egress.unacknowledged()).isEqualTo(1);

        ready(0);

        assertThat(decisions()).containsExactly("decision 1 of 7");
        assertThat(decisions(feed.trade(0, 100, 1))).as("and from then on at once").containsExactly("decision 2 of 8");
        assertThat(egress.unacknowledged()).isEqualTo(2);
    }

    @Test
    void shouldGoOnAfterAReconnectBehindWhatTheGatewayHas()
    {
        ready(0);
        assertThat(decisions(feed.trade(0, 100, 1), feed.trade(0, 100, 1), feed.trade(0, 100, 1))).hasSize(3);

        ready(1);

        assertThat(decisions()).containsExactly("decision 2 of 8", "decision 3 of 9");
        ready(3);
        assertThat(decisions()).isEmpty();
    }

    @Test
    void shouldForgetWhatTheGatewayHasAcknowledged()
    {
        ready(0);
        turn(feed.trade(0, 100, 1), feed.trade(0, 100, 1), feed.trade(0, 100, 1));

        turn(feed.acknowledgement(2));

        assertThat(egress.unacknowledged()).isEqualTo(1);
        ready(0);
        assertThat(decisions()).as("the nearest it still has").containsExactly("decision 3 of 9");
    }

    @Test
    void shouldTellTheOperatorWhatBecameOfACommand()
    {
        final WireRecords operator = new WireRecords(3, 33);

        assertThat(turn(operator.limit(LimitType.MAX_OPEN_ORDERS, 5), operator.limit(LimitType.NULL_VAL, 1)))
            .contains("outcome 3/33/1 sequence 7 " + CommandReason.ACCEPTED,
                "outcome 3/33/2 sequence 8 " + CommandReason.INVALID_VALUE);
        assertThat(turn(feed.trade(0, 100, 1))).noneMatch((text) -> text.startsWith("outcome"));
    }

    /** Behind another command nothing of the signal is said. */
    @Test
    void shouldTellWhoSendsASignalWhatBecameOfIt()
    {
        final WireRecords operator = new WireRecords(3, 33);

        assertThat(turn(operator.signal("TICK", "7"), operator.limit(LimitType.MAX_OPEN_ORDERS, 5)))
            .contains("outcome 3/33/1 sequence 7 REFUSED signal NO_MODEL on 0 order ''",
                "outcome 3/33/2 sequence 8 ACCEPTED");
    }

    @Test
    void shouldSayAHeartbeatATenthOfASecondApart()
    {
        turn();
        wallNs += 99 * MILLI_NS;
        assertThat(turn()).isEmpty();
        wallNs += MILLI_NS;
        assertThat(turn()).containsExactly("heartbeat 0/9/0");
        ready(0);
        turn(feed.trade(0, 100, 1));
        wallNs += 100 * MILLI_NS;
        assertThat(turn()).containsExactly("heartbeat 0/9/1");
        wallNs -= 3_600_000 * MILLI_NS;
        assertThat(turn()).as("also when the clock steps back").containsExactly("heartbeat 0/9/1");
    }

    @Test
    void shouldTellASourceTheInstrumentsAndWhereToGoOn()
    {
        egress.answer(hello(feed), 41);

        assertThat(turn()).containsExactly("instrument 0 TICK for 7/70", "resume 7/70/41 incarnation 9");
        assertThat(egress.acknowledge(7, 70, 42)).isTrue();
        assertThat(turn()).containsExactly("acknowledgement 7/70/42");
    }

    /** An operator's client that halts the node need not know 10,000 instruments. */
    @Test
    void shouldTellASourceThatWantsNoInstrumentsOnlyWhereToGoOn()
    {
        egress.answer(hello(feed.wantsDefinitions(false)), 41);

        assertThat(turn()).containsExactly("resume 7/70/41 incarnation 9");
    }

    /** What is defined while gateways are linked, all of them hear. */
    @Test
    void shouldTellAllWhatIsDefinedLater()
    {
        egress.answer(hello(feed), 41);
        turn();

        assertThat(turn(feed.definition(host.core().instrument(0).withId(1))))
            .contains("instrument 1 TICK for 0/0");
    }

    @Test
    void shouldSayThatAnAcknowledgementWasNotTaken()
    {
        subscription.close();
        TestDriver.await(() -> !egress.acknowledge(7, 70, 42));
    }

    /** Many times what the link holds: the rest goes when there is room, and nothing is lost or repeated. */
    @Test
    void shouldSendLaterWhatTheLinkDidNotTake()
    {
        ready(0);
        final int count = 5_000;
        for (int i = 0; i < count; i++)
        {
            polled.add(feed.trade(0, 100, 1));
            if (polled.size() == 250)
            {
                sequencer.doWork();
            }
        }
        final List<String> taken = new ArrayList<>(decisions());
        assertThat(taken).as("the link was full").hasSizeLessThan(count / 2);

        TestDriver.await(() ->
        {
            taken.addAll(decisions());
            return taken.size() >= count;
        });
        assertThat(taken).hasSize(count).doesNotHaveDuplicates().startsWith("decision 1 of 7")
            .endsWith("decision 5000 of 5006");
    }
}
