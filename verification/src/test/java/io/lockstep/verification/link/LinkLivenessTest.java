package io.lockstep.verification.link;

import io.lockstep.codecs.Nulls;
import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.gateways.link.LinkClient;
import io.lockstep.gateways.link.LinkListener;
import io.lockstep.sbe.BestBidOfferEncoder;
import io.lockstep.sbe.DecisionAcknowledgementEncoder;
import io.lockstep.sbe.MessageHeaderEncoder;
import io.lockstep.sbe.Side;
import io.lockstep.sbe.TradeEncoder;
import io.lockstep.sequencer.egress.ReadinessOptions;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.sbe.MessageEncoderFlyweight;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sessions are lost, links are held up, the node is killed and comes back knowing only its journal. When that has ended both
 * links come up again, and every message has arrived once and in order. Time is a number; a turn takes a millisecond.
 */
class LinkLivenessTest
{
    private static final long TURN_NS = 1_000_000L;
    private static final long MISSED_AFTER_TURNS = 1_000;
    private static final int FAULTY_TURNS = 20_000;
    private static final int CALM_TURNS = 20_000;
    private static final int FEED = 1;
    private static final int VENUE = 2;
    private static final long SECOND_NS = 1_000_000_000L;

    private long nowNs = 1_000 * SECOND_NS;
    private LossyStream ingress;
    private LossyStream egress;
    private MemoryNode node;
    private LossyStream.Receiver nodeReceiver;
    private LossyStream.Sender nodeSender;
    private LossyStream.Receiver deadReceiver;
    private long missAtTurn;
    private LinkClient feed;
    private LinkClient venue;
    private final List<Long> decisions = new ArrayList<>();
    private final UnsafeBuffer message = new UnsafeBuffer(new byte[256]);
    private long offered;
    private long acknowledged;

    private LinkClient gateway(final int sourceId, final boolean receivesDecisions)
    {
        return new LinkClient(ingress.newSender(), egress.newReceiver(), new Listener(), sourceId, 10 * sourceId,
            receivesDecisions, 1 << 22);
    }

    private final class Listener implements LinkListener
    {
        @Override
        public void onDecision(final DirectBuffer buffer, final int offset, final int length, final long egressSequence)
        {
            decisions.add(egressSequence);
        }
    }

    private void startNode()
    {
        nodeReceiver = ingress.newReceiver();
        nodeSender = egress.newSender();
        node.start(nodeReceiver, nodeSender, ReadinessOptions.NONE, SECOND_NS);
    }

    private void killNode(final long turn)
    {
        if (deadReceiver != null)
        {
            deadReceiver.miss();
        }
        deadReceiver = nodeReceiver;
        deadReceiver.die();
        missAtTurn = turn + MISSED_AFTER_TURNS;
        nodeSender.close();
    }

    private void turn(final SplittableRandom random, final boolean faulty, final long turn)
    {
        nowNs += TURN_NS;
        ingress.disturb();
        egress.disturb();
        if (deadReceiver != null && turn >= missAtTurn)
        {
            deadReceiver.miss();
            deadReceiver = null;
        }
        if (faulty && random.nextInt(3_000) == 0)
        {
            killNode(turn);
            startNode();
        }
        if (faulty && random.nextInt(10) == 0)
        {
            offerMarketData();
        }
        // A thread that gets no processor makes no turn.
        if (!faulty || random.nextInt(3) > 0)
        {
            feed.poll(nowNs);
        }
        if (!faulty || random.nextInt(3) > 0)
        {
            venue.poll(nowNs);
            acknowledge();
        }
        if (!faulty || random.nextInt(3) > 0)
        {
            node.turn();
        }
    }

    /** Quotes and trades by turns; each trade makes an order. */
    private void offerMarketData()
    {
        if (offered++ % 2 == 0)
        {
            offer(new BestBidOfferEncoder().wrapAndApplyHeader(message, 0, new MessageHeaderEncoder())
                .instrumentId(0)
                .updateId(Nulls.NULL_UPDATE_ID)
                .bidPriceTicks(99)
                .bidQuantityLots(10)
                .askPriceTicks(101)
                .askQuantityLots(10));
        }
        else
        {
            offer(new TradeEncoder().wrapAndApplyHeader(message, 0, new MessageHeaderEncoder())
                .instrumentId(0)
                .tradeId(offered)
                .priceTicks(100)
                .quantityLots(1)
                .aggressorSide(Side.BUY));
        }
    }

    private void offer(final MessageEncoderFlyweight encoder)
    {
        assertThat(feed.offer(message, 0, MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength(), nowNs, nowNs))
            .isTrue();
    }

    private void acknowledge()
    {
        if (venue.decisionsReceived() > acknowledged)
        {
            final DecisionAcknowledgementEncoder acknowledgement = new DecisionAcknowledgementEncoder();
            acknowledgement.wrapAndApplyHeader(message, 0, new MessageHeaderEncoder())
                .egressSequence(venue.decisionsReceived());
            venue.offer(message, 0, MessageHeaderEncoder.ENCODED_LENGTH + acknowledgement.encodedLength(), nowNs,
                nowNs);
            acknowledged = venue.decisionsReceived();
        }
    }

    private List<Long> sequences(final int sourceId)
    {
        return node.inputs().stream()
            .filter((input) -> RecordDescriptor.sourceId(input, 0) == sourceId &&
                RecordDescriptor.gatewayTimeNs(input, 0) != 0)
            .map((input) -> RecordDescriptor.sourceSequence(input, 0)).toList();
    }

    private static List<Long> oneTo(final long last)
    {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs =
    {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void shouldLinkAgainAndBringEachMessageOnce(final long seed)
    {
        final SplittableRandom random = new SplittableRandom(seed);
        ingress = new LossyStream(random.split());
        egress = new LossyStream(random.split());
        node = new MemoryNode(() -> nowNs, false);
        feed = gateway(FEED, false);
        venue = gateway(VENUE, true);
        startNode();

        ingress.faulty(true);
        egress.faulty(true);
        for (long turn = 0; turn < FAULTY_TURNS; turn++)
        {
            turn(random, true, turn);
        }
        ingress.faulty(false);
        egress.faulty(false);
        for (long turn = 0; turn < CALM_TURNS; turn++)
        {
            turn(random, false, FAULTY_TURNS + turn);
        }

        final String where = "seed=" + seed + " incarnations=" + node.incarnation();
        assertThat(feed.isLinked() && venue.isLinked()).as(where).isTrue();
        assertThat(node.gaps()).as(where).isEmpty();
        assertThat(sequences(FEED)).as(where).isEqualTo(oneTo(offered));
        assertThat(sequences(VENUE)).as(where).isEqualTo(oneTo(venue.offered()));
        assertThat(feed.acknowledged()).as(where).isEqualTo(offered);
        assertThat(decisions).as(where).isNotEmpty().isEqualTo(oneTo(node.host().egressSequence(0)));
        assertThat(node.incarnation()).as(where).isGreaterThan(1);
    }
}
