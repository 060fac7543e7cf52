package io.lockstep.sequencer.egress;

import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.codecs.transport.MessageSender;
import io.lockstep.core.TradingCore;
import io.lockstep.core.host.UnacknowledgedDecisions;
import io.lockstep.sbe.CommandReason;
import io.lockstep.sbe.HelloDecoder;
import io.lockstep.sbe.MassStatusEndEncoder;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.NewOrderSingleEncoder;
import io.lockstep.sbe.OrderMassStatusRequestDecoder;
import io.lockstep.sbe.RecordKind;
import io.lockstep.sequencer.WireRecords;
import io.lockstep.sequencer.ingress.InputSink;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Two venues with an order gateway each: what happens to one of them is none of the other's affair. */
class VenuesApartTest
{
    private static final int A = 0;
    private static final int B = 1;
    private static final int GATEWAY_A = 11;
    private static final int GATEWAY_B = 12;
    private static final int STRANGER = 13;
    private static final int SESSION = 20;
    private static final int INCARNATION = 4;
    private static final long NOW_NS = 1_000_000_000_000L;
    private static final InputSink NO_INPUTS = (InputSink)Proxy.newProxyInstance(
        VenuesApartTest.class.getClassLoader(), new Class<?>[]
        {InputSink.class}, (proxy, method, arguments) ->
        {
            throw new AssertionError(method.getName());
        });

    private final UnacknowledgedDecisions decisions = new UnacknowledgedDecisions(1 << 16);
    private final WireRecords gatewayA = new WireRecords(GATEWAY_A, SESSION);
    private final WireRecords gatewayB = new WireRecords(GATEWAY_B, SESSION);
    private final List<String> sent = new ArrayList<>();
    private final LinkEgress egress = new LinkEgress(INCARNATION, new ReadinessOptions(true, 5_000_000_000L, false),
        decisions, new TradingCore((sequence, ordinal, buffer, offset, length) ->
        {
        }, List.of()), new StubVenues(GATEWAY_A, GATEWAY_B), new Sender());
    private long nowNs = NOW_NS;

    private final class Sender implements MessageSender
    {
        @Override
        public long offer(final DirectBuffer buffer, final int offset, final int length)
        {
            if (RecordDescriptor.kind(buffer, offset) == RecordKind.DECISION.value())
            {
                sent.add("decision " + RecordDescriptor.sourceSequence(buffer, offset) + " to " +
                    RecordDescriptor.sourceId(buffer, offset));
            }
            else if (RecordDescriptor.templateId(buffer, offset) == OrderMassStatusRequestDecoder.TEMPLATE_ID)
            {
                final OrderMassStatusRequestDecoder request = new OrderMassStatusRequestDecoder();
                request.wrapAndApplyHeader(
                    buffer, offset + RecordDescriptor.HEADER_LENGTH, new MessageHeaderDecoder());
                sent.add("how do orders stand " + request.sourceId());
            }
            return 1;
        }
    }

    @BeforeEach
    void decideForBoth()
    {
        decide(A, gatewayA, 1);
        decide(B, gatewayB, 1);
        decide(B, gatewayB, 2);
    }

    private void decide(final int venueId, final WireRecords gateway, final long number)
    {
        final UnsafeBuffer record = gateway.input(gateway.begin(new NewOrderSingleEncoder()));
        record.putByte(RecordDescriptor.KIND_OFFSET, (byte)RecordKind.DECISION.value());
        RecordDescriptor.sourceSequence(record, 0, number);
        RecordDescriptor.sequencerTimeNs(record, 0, NOW_NS);
        decisions.add(venueId, record, 0);
    }

    private void sayHello(final WireRecords gateway)
    {
        hear(gateway);
        egress.doWork(nowNs);
    }

    /** Its Hello, which waits for its answer until the next turn. */
    private void hear(final WireRecords gateway)
    {
        final HelloDecoder hello = new HelloDecoder();
        hello.wrapAndApplyHeader(
            gateway.hello(1, true), RecordDescriptor.HEADER_LENGTH, new MessageHeaderDecoder());
        egress.answer(hello, 0);
    }

    /** As many turns as it takes; what was sent in them. */
    private List<String> turns()
    {
        sent.clear();
        for (int i = 0; i < 3; i++)
        {
            nowNs += 60_000_000L;
            egress.addOwnInputs(NO_INPUTS, nowNs);
            egress.doWork(nowNs);
        }
        return sent.stream().distinct().toList();
    }

    private void answer(final WireRecords gateway)
    {
        egress.onApplied(gateway.input(gateway.begin(new MassStatusEndEncoder())
            .incarnation(INCARNATION)
            .massStatusReqId(1)), 0, CommandReason.NULL_VAL);
    }

    @Test
    void shouldAskEachGatewayAndTakeItsOwnAnswerAlone()
    {
        sayHello(gatewayA);
        sayHello(gatewayB);
        assertThat(turns()).containsExactly(
            "how do orders stand " + GATEWAY_A, "how do orders stand " + GATEWAY_B);

        answer(gatewayB);

        assertThat(turns()).contains("decision 1 to " + GATEWAY_B, "decision 2 to " + GATEWAY_B)
            .contains("how do orders stand " + GATEWAY_A).doesNotContain("decision 1 to " + GATEWAY_A);
        assertThat(egress.isReceiverReady(B)).isTrue();
        assertThat(egress.isReceiverReady()).as("of every venue").isFalse();

        answer(gatewayA);
        assertThat(turns()).containsExactly("decision 1 to " + GATEWAY_A);
        assertThat(egress.isReceiverReady()).isTrue();
    }

    @Test
    void shouldStopSendingToTheVenueThatIsSilentAndToNoOther()
    {
        sayHello(gatewayA);
        sayHello(gatewayB);
        turns();
        answer(gatewayA);
        answer(gatewayB);
        turns();

        egress.onReceiverSilent(GATEWAY_A);
        decide(A, gatewayA, 2);
        decide(B, gatewayB, 3);

        assertThat(turns()).containsExactly("decision 3 to " + GATEWAY_B);
        assertThat(egress.isReceiverThere()).isTrue();
        egress.onReceiverHeard(GATEWAY_A);
        assertThat(turns()).as("asked again first").containsExactly("how do orders stand " + GATEWAY_A);
    }

    @Test
    void shouldSendNothingForASourceThatIsNoVenuesGateway()
    {
        sayHello(new WireRecords(STRANGER, SESSION));
        egress.onReceiverSilent(STRANGER);
        egress.onReceiverHeard(STRANGER);

        assertThat(turns()).isEmpty();
        assertThat(egress.isReceiverThere()).isFalse();
    }

    /** Restarted, it has forgotten what it was sent; the other goes on where it was. */
    @Test
    void shouldSendAgainToTheGatewayThatComesBackAlone()
    {
        sayHello(gatewayA);
        sayHello(gatewayB);
        turns();
        answer(gatewayA);
        answer(gatewayB);
        turns();

        sayHello(gatewayB);

        assertThat(turns()).containsExactly("decision 1 to " + GATEWAY_B, "decision 2 to " + GATEWAY_B);
    }

    /** What left before the Resume would be lost on it, and come again behind it. */
    @Test
    void shouldSendNothingBetweenAHelloAndItsAnswer()
    {
        sayHello(gatewayA);
        sayHello(gatewayB);
        turns();
        answer(gatewayA);
        answer(gatewayB);
        turns();

        hear(gatewayB);
        decide(A, gatewayA, 2);
        decide(B, gatewayB, 3);
        sent.clear();
        egress.flush();

        assertThat(sent).containsExactly("decision 2 to " + GATEWAY_A);
        egress.doWork(nowNs);
        sent.clear();
        egress.flush();
        assertThat(sent).containsExactly(
            "decision 1 to " + GATEWAY_B, "decision 2 to " + GATEWAY_B, "decision 3 to " + GATEWAY_B);
    }
}
