package io.lockstep.gateways.link;

import io.aeron.Aeron;
import io.aeron.Publication;
import io.aeron.Subscription;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import io.aeron.logbuffer.Header;
import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.sbe.AcknowledgementEncoder;
import io.lockstep.sbe.CommandOutcomeDecoder;
import io.lockstep.sbe.DecisionAcknowledgementEncoder;
import io.lockstep.sbe.DecisionWithdrawnEncoder;
import io.lockstep.sbe.HelloDecoder;
import io.lockstep.sbe.InstrumentDefinitionEncoder;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.MessageHeaderEncoder;
import io.lockstep.sbe.OrderCancelRequestEncoder;
import io.lockstep.sbe.RecordKind;
import io.lockstep.sbe.ResumeEncoder;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.sbe.MessageEncoderFlyweight;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * The node's end of a link, over an Aeron that has no thread of its own, and what either end heard as lines of text.
 * Time is a number: each poll of the gateway moves it by a millisecond.
 */
final class LinkFixture implements AutoCloseable, LinkListener
{
    static final int SOURCE = 7;
    static final int SESSION = 70;
    static final int RING_CAPACITY = 1 << 12;

    private static final long POLL_INTERVAL_NS = 1_000_000;
    private static final int POLLS_MAX = 1_000_000;
    private static final int INGRESS_STREAM = 1;
    private static final int EGRESS_STREAM = 2;

    final List<String> heardByNode = new ArrayList<>();
    final List<String> heardByGateway = new ArrayList<>();
    final LinkClient link;
    RuntimeException toThrow;
    long nowNs;

    private final MediaDriver driver;
    private final Aeron aeron;
    private final Subscription nodeSubscription;
    private Publication nodePublication;
    private int receiver;
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();

    LinkFixture(final long startNs)
    {
        nowNs = startNs;
        driver = MediaDriver.launchEmbedded(new MediaDriver.Context()
            .threadingMode(ThreadingMode.INVOKER)
            .dirDeleteOnStart(true)
            .dirDeleteOnShutdown(true)
            .ipcTermBufferLength(1 << 16));
        aeron = Aeron.connect(new Aeron.Context()
            .aeronDirectoryName(driver.aeronDirectoryName())
            .driverAgentInvoker(driver.sharedAgentInvoker())
            .useConductorAgentInvoker(true)
            .errorHandler((error) -> heardByGateway.add("swallowed " + error.getMessage())));
        nodeSubscription = aeron.addSubscription("aeron:ipc", INGRESS_STREAM);
        final Publication publication = aeron.addPublication("aeron:ipc", INGRESS_STREAM);
        link = new LinkClient(new MessagePublication(publication),
            new MessageSubscription(aeron.addSubscription("aeron:ipc", EGRESS_STREAM), 1 << 16), this, SOURCE, SESSION,
            true, RING_CAPACITY);
        startNode();
    }

    /** Another incarnation; what the one before published is gone with it. */
    void startNode()
    {
        CloseHelper.close(nodePublication);
        nodePublication = aeron.addExclusivePublication("aeron:ipc", EGRESS_STREAM);
    }

    void sendResume(final long lastSourceSequence)
    {
        final ResumeEncoder resume = new ResumeEncoder();
        resume.wrapAndApplyHeader(buffer, RecordDescriptor.HEADER_LENGTH, header)
            .sourceId(SOURCE)
            .sourceSession(SESSION)
            .incarnation(1)
            .lastSourceSequence(lastSourceSequence);
        send(RecordKind.LINK, 0, resume.encodedLength());
    }

    void sendAcknowledgement(final int session, final long sourceSequence)
    {
        final AcknowledgementEncoder acknowledgement = new AcknowledgementEncoder();
        acknowledgement.wrapAndApplyHeader(buffer, RecordDescriptor.HEADER_LENGTH, header)
            .sourceId(SOURCE)
            .sourceSession(session)
            .sourceSequence(sourceSequence);
        send(RecordKind.LINK, 0, acknowledgement.encodedLength());
    }

    void sendDefinition(final Instrument instrument)
    {
        final InstrumentDefinitionEncoder definition = new InstrumentDefinitionEncoder();
        instrument.encode(definition.wrapAndApplyHeader(buffer, RecordDescriptor.HEADER_LENGTH, header));
        send(RecordKind.LINK, 0, definition.encodedLength());
    }

    void sendDecision(final long egressSequence)
    {
        final OrderCancelRequestEncoder decision = new OrderCancelRequestEncoder();
        decision.wrapAndApplyHeader(buffer, RecordDescriptor.HEADER_LENGTH, header);
        send(RecordKind.DECISION, egressSequence, decision.encodedLength());
    }

    /** A decision, or what goes out in the place of one that was withdrawn, that names the source it is for. */
    void sendDecisionTo(final int receiverId, final boolean withdrawn, final long egressSequence)
    {
        final MessageEncoderFlyweight decision = withdrawn
            ? new DecisionWithdrawnEncoder()
            : new OrderCancelRequestEncoder();
        header.wrap(buffer, RecordDescriptor.HEADER_LENGTH).blockLength(decision.sbeBlockLength())
            .templateId(decision.sbeTemplateId()).schemaId(decision.sbeSchemaId())
            .version(decision.sbeSchemaVersion());
        decision.wrap(buffer, RecordDescriptor.BODY_OFFSET);
        receiver = receiverId;
        send(withdrawn ? RecordKind.LINK : RecordKind.DECISION, egressSequence, decision.encodedLength());
        receiver = 0;
    }

    /** A message of the gateway's; true when the link took it. */
    boolean offer(final long value)
    {
        final UnsafeBuffer message = new UnsafeBuffer(
            new byte[MessageHeaderEncoder.ENCODED_LENGTH + DecisionAcknowledgementEncoder.BLOCK_LENGTH]);
        new DecisionAcknowledgementEncoder().wrapAndApplyHeader(message, 0, header).egressSequence(value);
        return link.offer(message, 0, message.capacity(), 0, value);
    }

    /** Polls until nothing more is heard at either end. */
    void settle()
    {
        int idle = 0;
        while (idle < 3)
        {
            idle = poll() == 0 ? idle + 1 : 0;
        }
    }

    void await(final BooleanSupplier condition)
    {
        for (int i = 0; i < POLLS_MAX; i++)
        {
            if (condition.getAsBoolean())
            {
                return;
            }
            poll();
        }
        throw new AssertionError("not in " + POLLS_MAX + " polls: node=" + heardByNode + " gateway=" + heardByGateway);
    }

    void awaitHello()
    {
        heardByNode.clear();
        await(() -> heardByNode.stream().anyMatch((line) -> line.startsWith("hello")));
    }

    /** What the node heard since the last call. */
    List<String> takenByNode()
    {
        return taken(heardByNode);
    }

    List<String> takenByGateway()
    {
        return taken(heardByGateway);
    }

    @Override
    public void onLinked(final int incarnation)
    {
        heardByGateway.add("linked");
    }

    @Override
    public void onUnlinked()
    {
        heardByGateway.add("unlinked");
    }

    @Override
    public void onInstrument(final Instrument instrument)
    {
        if (toThrow != null)
        {
            throw toThrow;
        }
        heardByGateway.add("instrument " + instrument.name());
    }

    @Override
    public void onDecision(final DirectBuffer message, final int offset, final int length, final long egressSequence)
    {
        heardByGateway.add("decision " + egressSequence);
    }

    @Override
    public void onOutcome(final CommandOutcomeDecoder outcome)
    {
        heardByGateway.add("outcome " + outcome.sourceSequence());
    }

    @Override
    public void close()
    {
        CloseHelper.closeAll(aeron, driver);
    }

    int poll()
    {
        nowNs += POLL_INTERVAL_NS;
        aeron.conductorAgentInvoker().invoke();
        final int work = link.poll(nowNs);
        return work + nodeSubscription.poll(this::onMessageAtNode, 64);
    }

    private static List<String> taken(final List<String> lines)
    {
        final List<String> taken = List.copyOf(lines);
        lines.clear();
        return taken;
    }

    private void onMessageAtNode(final DirectBuffer message, final int offset, final int length, final Header fragment)
    {
        if (RecordDescriptor.kind(message, offset) == RecordKind.INPUT.value())
        {
            heardByNode.add("input " + RecordDescriptor.sourceSequence(message, offset));
        }
        else
        {
            final HelloDecoder hello = new HelloDecoder();
            hello.wrapAndApplyHeader(message, offset + RecordDescriptor.HEADER_LENGTH, new MessageHeaderDecoder());
            heardByNode.add(
                "hello first=" + hello.firstAvailable() + " decisions=" + hello.decisionsReceived());
        }
    }

    private void send(final RecordKind kind, final long sourceSequence, final int encodedLength)
    {
        final int length = RecordDescriptor.begin(
            buffer, 0, kind, MessageHeaderEncoder.ENCODED_LENGTH + encodedLength);
        RecordDescriptor.sourceSequence(buffer, 0, sourceSequence);
        RecordDescriptor.sourceId(buffer, 0, receiver);
        await(() -> nodePublication.offer(buffer, 0, length) > 0);
    }
}
