package io.lockstep.sequencer.egress;

import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.codecs.RecordRing;
import io.lockstep.core.host.UnacknowledgedDecisions;
import io.lockstep.sbe.AlertType;
import io.lockstep.sbe.BooleanType;
import io.lockstep.sbe.FeedCondition;
import io.lockstep.sbe.FeedReason;
import io.lockstep.sbe.HelloDecoder;
import io.lockstep.sbe.MassStatusEndEncoder;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.NewOrderSingleEncoder;
import io.lockstep.sbe.OperationalAlertEncoder;
import io.lockstep.sbe.OrderCancelReplaceRequestEncoder;
import io.lockstep.sbe.OrderCancelRequestEncoder;
import io.lockstep.sequencer.WireRecords;
import io.lockstep.sequencer.ingress.InputSink;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.sbe.MessageEncoderFlyweight;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What must have happened before decisions are sent to the order gateway. */
class GatewayReadinessTest
{
    private static final int INCARNATION = 4;
    private static final int SESSION = 20;
    private static final long SECOND_NS = 1_000_000_000L;
    private static final long NOW_NS = 1_000 * SECOND_NS;
    private static final ReadinessOptions STRICT = new ReadinessOptions(true, 5 * SECOND_NS, false);

    private final UnacknowledgedDecisions outbox = new UnacknowledgedDecisions(1 << 16);
    private final RecordRing ring = outbox.ring(0);
    private final StubVenues venues = new StubVenues(2, 3);
    private final WireRecords venue = new WireRecords(2, SESSION);
    private final List<UnsafeBuffer> decisions = new ArrayList<>();
    private final List<String> inputs = new ArrayList<>();

    private GatewayReadiness on(final ReadinessOptions options)
    {
        venues.lastExecId(77);
        return new GatewayReadiness(0, outbox, options, INCARNATION, venues);
    }

    private <T extends MessageEncoderFlyweight> void decide(final T request, final int incarnation, final long timeNs)
    {
        final UnsafeBuffer record = venue.input(venue.begin(request));
        RecordDescriptor.incarnation(record, 0, incarnation);
        RecordDescriptor.sequence(record, 0, 100 + ring.nextSequence());
        RecordDescriptor.ordinal(record, 0, 1);
        RecordDescriptor.sourceSequence(record, 0, ring.nextSequence());
        RecordDescriptor.sequencerTimeNs(record, 0, timeNs);
        ring.append(record, 0, record.capacity());
        decisions.add(record);
    }

    private void decide(final long ageNs)
    {
        decide(new NewOrderSingleEncoder(), INCARNATION, NOW_NS - ageNs);
    }

    private static HelloDecoder hello(final DirectBuffer record)
    {
        final HelloDecoder hello = new HelloDecoder();
        hello.wrapAndApplyHeader(record, RecordDescriptor.HEADER_LENGTH, new MessageHeaderDecoder());
        return hello;
    }

    /** Of a gateway that has handled so many of the decisions. */
    private HelloDecoder hello(final int handled)
    {
        return hello(venue.hello(1, true, handled == 0 ? null : decisions.get(handled - 1)));
    }

    private void end(final GatewayReadiness readiness, final int incarnation, final int requestId)
    {
        readiness.onApplied(venue.input(venue.begin(new MassStatusEndEncoder())
            .incarnation(incarnation)
            .massStatusReqId(requestId)), 0);
    }

    /** The inputs of its own in one turn. */
    private List<String> turn(final GatewayReadiness readiness)
    {
        inputs.clear();
        readiness.addOwnInputs(new Sink(), NOW_NS);
        return List.copyOf(inputs);
    }

    private final class Sink implements InputSink
    {
        @Override
        public void onInput(final DirectBuffer buffer, final int offset, final int length)
        {
            throw new AssertionError("an input of a gateway");
        }

        @Override
        public void onTime(final long timeNs)
        {
            throw new AssertionError("time");
        }

        @Override
        public void onSourceStatus(
            final int sourceId, final int sourceSession, final FeedReason reason, final long expected,
            final long actual)
        {
            throw new AssertionError("a gap");
        }

        @Override
        public void onSilence(
            final int sourceId, final int sourceSession, final long sourceSequence, final FeedCondition condition,
            final long timeoutNs, final long silentNs)
        {
            throw new AssertionError("silence");
        }

        @Override
        public void onVenueStatus(final int sourceId, final BooleanType connected, final long silentNs)
        {
            throw new AssertionError("the venue's status");
        }

        @Override
        public void onRequestExpired(final int venueId, final DirectBuffer record, final int offset, final long ageNs)
        {
            inputs.add("expired " + RecordDescriptor.sourceSequence(record, offset) + " age " + ageNs / SECOND_NS);
        }

        @Override
        public void onGatewayAhead(final int venueId, final long gatewayEgressSequence,
            final long journalEgressSequence)
        {
            inputs.add("ahead " + gatewayEgressSequence + " journal " + journalEgressSequence);
        }
    }

    @Test
    void shouldAskUntilTheAnswerToThisQuestionIsApplied()
    {
        final GatewayReadiness readiness = on(STRICT);
        decide(0);
        assertThat(readiness.isAskDue(NOW_NS)).as("nobody is there").isFalse();

        readiness.onHello(hello(0));

        assertThat(readiness.isAskDue(NOW_NS)).isTrue();
        assertThat(readiness.lastExecId()).isEqualTo(77);
        readiness.onAsked(NOW_NS);
        assertThat(readiness.isAskDue(NOW_NS + 49_000_000)).isFalse();
        assertThat(readiness.isAskDue(NOW_NS + 50_000_000)).isTrue();
        venues.lastExecId(78);
        assertThat(readiness.lastExecId()).as("it is the same question").isEqualTo(77);
        end(readiness, INCARNATION - 1, 1);
        end(readiness, INCARNATION, 2);
        turn(readiness);
        assertThat(readiness.isReady()).isFalse();

        end(readiness, INCARNATION, 1);
        assertThat(turn(readiness)).isEmpty();
        assertThat(readiness.isReady()).isTrue();
        assertThat(readiness.isAskDue(NOW_NS + SECOND_NS)).isFalse();
    }

    @Test
    void shouldAskOnceMoreWhenTheGatewayWasSilentOrStartedAgainAndNotWhenItOnlyLostSomething()
    {
        final GatewayReadiness readiness = on(STRICT);
        readiness.onHello(hello(0));
        end(readiness, INCARNATION, 1);
        turn(readiness);

        readiness.onHello(hello(0));
        assertThat(readiness.isReady()).isTrue();

        readiness.onSilent();
        assertThat(readiness.isReady()).isFalse();
        venues.lastExecId(79);
        readiness.onHeard();
        assertThat(readiness.requestId()).isEqualTo(2);
        assertThat(readiness.lastExecId()).as("what the journal has by now").isEqualTo(79);
        readiness.onHello(hello(0));
        assertThat(readiness.requestId()).as("it is being asked already").isEqualTo(2);
        end(readiness, INCARNATION, 2);
        turn(readiness);
        assertThat(readiness.isReady()).isTrue();

        readiness.onHello(hello(new WireRecords(2, SESSION + 1).hello(1, true)));
        assertThat(readiness.isReady()).isFalse();
        assertThat(readiness.requestId()).isEqualTo(3);
    }

    @Test
    void shouldExpireWhatIsTooOldAndWasNotHadButNoCancel()
    {
        final GatewayReadiness readiness = on(new ReadinessOptions(false, 5 * SECOND_NS, false));
        decide(9 * SECOND_NS);
        decide(8 * SECOND_NS);
        decide(new OrderCancelRequestEncoder(), INCARNATION, NOW_NS - 7 * SECOND_NS);
        decide(new OrderCancelReplaceRequestEncoder(), INCARNATION, NOW_NS - 6 * SECOND_NS);
        decide(5 * SECOND_NS);

        readiness.onHello(hello(1));

        assertThat(turn(readiness)).containsExactly("expired 2 age 8", "expired 4 age 6");
        assertThat(readiness.isReady()).isTrue();
        assertThat(ring.unsentSequence()).isEqualTo(2);
        assertThat(turn(readiness)).isEmpty();
    }

    @Test
    void shouldExpireNothingWithoutAnAge()
    {
        final GatewayReadiness readiness = on(ReadinessOptions.NONE);
        decide(NOW_NS);

        readiness.onHello(hello(0));

        assertThat(turn(readiness)).isEmpty();
        assertThat(readiness.isReady()).isTrue();
    }

    /** So that a long list does not keep the inputs of others waiting. */
    @Test
    void shouldExpireSomeInEachTurnAndSendNothingBefore()
    {
        final GatewayReadiness readiness = on(new ReadinessOptions(false, SECOND_NS, false));
        for (int i = 0; i < 100; i++)
        {
            decide(9 * SECOND_NS);
        }
        readiness.onHello(hello(0));

        assertThat(turn(readiness)).hasSize(64);
        assertThat(readiness.isReady()).isFalse();
        assertThat(turn(readiness)).hasSize(36);
        assertThat(readiness.isReady()).isTrue();
    }

    /** Requests that the gateway says it has not had after all may be too old as well. */
    @Test
    void shouldExpireFromWhereTheGatewayGoesOnWhenItSaysSoMeanwhile()
    {
        final GatewayReadiness readiness = on(new ReadinessOptions(false, SECOND_NS, false));
        for (int i = 0; i < 100; i++)
        {
            decide(9 * SECOND_NS);
        }
        readiness.onHello(hello(20));
        assertThat(turn(readiness)).hasSize(64).startsWith("expired 21 age 9");

        readiness.onHello(hello(10));

        assertThat(turn(readiness)).hasSize(64).startsWith("expired 11 age 9");
        assertThat(turn(readiness)).hasSize(26).endsWith("expired 100 age 9");
        assertThat(readiness.isReady()).isTrue();
        assertThat(ring.unsentSequence()).isEqualTo(11);
    }

    @Test
    void shouldNotExpireWhatIsAcknowledgedMeanwhile()
    {
        final GatewayReadiness readiness = on(new ReadinessOptions(false, SECOND_NS, false));
        for (int i = 0; i < 100; i++)
        {
            decide(9 * SECOND_NS);
        }
        readiness.onHello(hello(0));
        assertThat(turn(readiness)).hasSize(64);

        ring.release(90);

        assertThat(turn(readiness)).hasSize(10).startsWith("expired 91 age 9");
        assertThat(readiness.isReady()).isTrue();
    }

    @Test
    void shouldStopWhenTheGatewayHasMoreThanTheJournal()
    {
        final GatewayReadiness readiness = on(STRICT);
        decide(0);
        decide(0);
        final HelloDecoder ahead = hello(2);
        ring.reset(2);

        assertThatThrownBy(() -> readiness.onHello(ahead)).isInstanceOf(JournalBehindException.class)
            .hasMessageContaining(
                "the order gateway sourceId=2 of venueId=0 has handled decisions up to egressSequence=2, " +
                    "which is incarnation=4 sequence=102 ordinal=1; the journal holds them up to egressSequence=1;");
        assertThat(readiness.isReady()).isFalse();
    }

    @Test
    void shouldStopWhenTheGatewayHasAnotherDecisionUnderTheSameNumber()
    {
        final GatewayReadiness readiness = on(STRICT);
        decide(new NewOrderSingleEncoder(), INCARNATION - 1, NOW_NS);
        final HelloDecoder other = hello(1);
        ring.reset(1);
        decide(0);

        assertThatThrownBy(() -> readiness.onHello(other)).isInstanceOf(JournalBehindException.class)
            .hasMessageContaining("up to egressSequence=1, and under that number incarnation=4 sequence=101 ordinal=1");
    }

    /** A decision is what its incarnation, sequence and ordinal say, each of them. */
    @ParameterizedTest
    @CsvSource(
    {"3, 101, 1", "4, 102, 1", "4, 101, 2"})
    void shouldTellDecisionsOfOneNumberApart(final int incarnation, final long sequence, final int ordinal)
    {
        final GatewayReadiness readiness = on(STRICT);
        decide(0);
        final UnsafeBuffer other = new UnsafeBuffer(decisions.get(0).byteArray().clone());
        RecordDescriptor.incarnation(other, 0, incarnation);
        RecordDescriptor.sequence(other, 0, sequence);
        RecordDescriptor.ordinal(other, 0, ordinal);

        assertThatThrownBy(() -> readiness.onHello(hello(venue.hello(1, true, other))))
            .isInstanceOf(JournalBehindException.class);
        readiness.onHello(hello(1));
        assertThat(readiness.isThere()).isTrue();
    }

    /** What was sent to the gateway before may be lost with its memory. */
    @Test
    void shouldSendAgainWhatIsBehindTheGatewayThatIsAhead()
    {
        final GatewayReadiness readiness = on(new ReadinessOptions(false, SECOND_NS, true));
        decide(new NewOrderSingleEncoder(), INCARNATION - 1, NOW_NS);
        final HelloDecoder ahead = hello(1);
        ring.reset(1);
        for (int i = 0; i < 3; i++)
        {
            decide(0);
            ring.advance();
        }
        readiness.onHello(ahead);
        assertThat(turn(readiness)).containsExactly("ahead 1 journal 3");

        readiness.onApplied(venue.input(venue.begin(new OperationalAlertEncoder())
            .alertType(AlertType.GATEWAY_AHEAD)
            .value(1)), 0);

        assertThat(turn(readiness)).isEmpty();
        assertThat(readiness.isReady()).isTrue();
        assertThat(ring.unsentSequence()).isEqualTo(2);
    }

    @Test
    void shouldGoOnBehindTheGatewayWhenTheOperatorAcceptsIt()
    {
        final GatewayReadiness readiness = on(new ReadinessOptions(true, SECOND_NS, true));
        decide(0);
        decide(0);
        final HelloDecoder ahead = hello(2);
        ring.reset(2);

        readiness.onHello(ahead);
        assertThat(turn(readiness)).containsExactly("ahead 2 journal 1");
        readiness.onHello(ahead);
        readiness.onApplied(venue.input(venue.begin(new OperationalAlertEncoder())
            .alertType(AlertType.CLOCK_JUMP)), 0);
        assertThat(readiness.isAskDue(NOW_NS)).as("another alert").isFalse();

        ring.reset(3);
        readiness.onApplied(venue.input(venue.begin(new OperationalAlertEncoder())
            .alertType(AlertType.GATEWAY_AHEAD)
            .value(2)), 0);

        assertThat(readiness.isAskDue(NOW_NS)).as("as after any start").isTrue();
        readiness.onHello(ahead);
        assertThat(turn(readiness)).isEmpty();
    }
}
