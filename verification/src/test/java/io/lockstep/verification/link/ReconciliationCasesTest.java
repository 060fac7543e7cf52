package io.lockstep.verification.link;

import io.lockstep.codecs.Nulls;
import io.lockstep.codecs.RecordDescriptor;
import io.lockstep.core.order.Order;
import io.lockstep.gateways.link.LinkClient;
import io.lockstep.gateways.link.LinkListener;
import io.lockstep.gateways.simulated.SimulatedVenue;
import io.lockstep.gateways.simulated.VenueGateway;
import io.lockstep.gateways.simulated.VenueObserver;
import io.lockstep.gateways.simulated.VenueRules;
import io.lockstep.sbe.BestBidOfferEncoder;
import io.lockstep.sbe.FeedStatusDecoder;
import io.lockstep.sbe.MassStatusEndDecoder;
import io.lockstep.sbe.MessageHeaderEncoder;
import io.lockstep.sbe.OperationalAlertDecoder;
import io.lockstep.sbe.RequestExpiredDecoder;
import io.lockstep.sbe.Side;
import io.lockstep.sbe.TradeEncoder;
import io.lockstep.sbe.TradingMode;
import io.lockstep.sbe.VenueStatusDecoder;
import io.lockstep.sequencer.egress.JournalBehindException;
import io.lockstep.sequencer.egress.ReadinessOptions;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.sbe.MessageEncoderFlyweight;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A node that comes back finds its orders as the venue has them. Time is a number; a turn takes a millisecond. */
class ReconciliationCasesTest
{
    private static final int FEED = 1;
    private static final int VENUE = 2;
    private static final long SECOND_NS = 1_000_000_000L;
    private static final ReadinessOptions OPTIONS = new ReadinessOptions(true, 5 * SECOND_NS, false);

    private final LossyStream ingress = new LossyStream(new SplittableRandom(1));
    private final LossyStream egress = new LossyStream(new SplittableRandom(2));
    private final UnsafeBuffer message = new UnsafeBuffer(new byte[256]);
    private long nowNs = 1_000 * SECOND_NS;
    private final MemoryNode node = new MemoryNode(() -> nowNs, true);
    private final LinkClient feed = new LinkClient(
        ingress.newSender(), egress.newReceiver(), new LinkListener()
        {
        }, FEED, 10, false, 1 << 16);
    private VenueGateway venue = newVenue(20);
    private LossyStream.Receiver nodeReceiver;
    private LossyStream.Sender nodeSender;
    private boolean alive;
    private boolean venueRuns = true;

    @BeforeEach
    void trade()
    {
        start(OPTIONS);
        quote(99, 101);
    }

    private VenueGateway newVenue(final int session)
    {
        return new VenueGateway(ingress.newReceiver(), FEED,
            (sink) -> new SimulatedVenue(VenueRules.defaults(), sink, 1_000L * session),
            (listener) -> new LinkClient(
                ingress.newSender(), egress.newReceiver(), listener, VENUE, session, true, 1 << 16),
            VenueObserver.NONE, () -> nowNs);
    }

    private void start(final ReadinessOptions options)
    {
        nodeReceiver = ingress.newReceiver();
        nodeSender = egress.newSender();
        node.start(nodeReceiver, nodeSender, options, SECOND_NS);
        alive = true;
        turns(200);
    }

    private void kill()
    {
        nodeReceiver.die();
        nodeReceiver.miss();
        nodeSender.close();
        alive = false;
        turns(1);
    }

    private void turns(final int count)
    {
        for (int i = 0; i < count; i++)
        {
            nowNs += 1_000_000;
            feed.poll(nowNs);
            if (venueRuns)
            {
                venue.doWork();
            }
            if (alive)
            {
                node.turn();
            }
        }
    }

    private void offer(final MessageEncoderFlyweight encoder)
    {
        assertThat(feed.offer(message, 0, MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength(), nowNs, nowNs))
            .isTrue();
        turns(20);
    }

    private void quote(final long bidTicks, final long askTicks)
    {
        offer(encode(bidTicks, askTicks));
    }

    /** To the venue alone: the feed waits for the node. */
    private void quoteAtVenue(final long bidTicks, final long askTicks)
    {
        final int length = MessageHeaderEncoder.ENCODED_LENGTH + encode(bidTicks, askTicks).encodedLength();
        venue.venue().onMarketData(message, 0, length, nowNs);
        turns(20);
    }

    private BestBidOfferEncoder encode(final long bidTicks, final long askTicks)
    {
        return new BestBidOfferEncoder().wrapAndApplyHeader(message, 0, new MessageHeaderEncoder())
            .instrumentId(0)
            .updateId(Nulls.NULL_UPDATE_ID)
            .bidPriceTicks(bidTicks)
            .bidQuantityLots(10)
            .askPriceTicks(askTicks)
            .askQuantityLots(10);
    }

    /** Makes an order to buy as much at the price. */
    private void trade(final long priceTicks, final long quantityLots)
    {
        offer(new TradeEncoder().wrapAndApplyHeader(message, 0, new MessageHeaderEncoder())
            .instrumentId(0)
            .tradeId(nowNs)
            .priceTicks(priceTicks)
            .quantityLots(quantityLots)
            .aggressorSide(Side.BUY));
    }

    private long count(final int templateId)
    {
        return node.inputs().stream().filter((input) -> RecordDescriptor.templateId(input, 0) == templateId).count();
    }

    private List<String> openOrders()
    {
        final List<String> open = new ArrayList<>();
        for (Order order = node.host().core().openOrders(0).first(); order != null; order = node.host().core()
            .openOrders(0).next(order))
        {
            open.add(order.state() + " " + order.cumQtyLots() + "/" + order.orderQtyLots());
        }
        return open;
    }

    private long positionLots()
    {
        return node.host().core().position(0).netLots();
    }

    /** What both have is the same, a second restart comes to the same, and trading goes on. */
    private void assertReconciled()
    {
        assertSameAsVenue();
        assertSameAfterARestart();
        final long before = venue.venue().orders();
        trade(90, 1);
        assertThat(venue.venue().orders()).as("orders are sent again").isEqualTo(before + 1);
    }

    private void assertSameAsVenue()
    {
        assertThat(openOrders()).hasSize(venue.venue().openOrders());
        assertThat(List.of(positionLots(), node.host().core().position(0).cash(), node.host().core().position(0).fees(),
            node.host().core().position(0).fills()))
            .as("position, cash, fees, fills").isEqualTo(List.of(venue.venue().ledger(0).positionLots(),
                venue.venue().ledger(0).cash(), venue.venue().ledger(0).fees(), venue.venue().ledger(0).fills()));
    }

    private void assertSameAfterARestart()
    {
        final List<String> open = openOrders();
        final long egressSequence = node.host().egressSequence(0);
        final TradingMode mode = node.host().core().mode();
        final long orders = venue.venue().orders();
        kill();
        start(OPTIONS);
        assertThat(openOrders()).isEqualTo(open);
        assertThat(node.host().egressSequence(0)).isEqualTo(egressSequence);
        assertThat(node.host().core().mode()).isEqualTo(mode);
        assertThat(venue.venue().orders()).as("nothing is sent twice").isEqualTo(orders);
        assertSameAsVenue();
    }

    @Test
    void shouldTradeWhenTheVenueHasAnswered()
    {
        assertThat(count(MassStatusEndDecoder.TEMPLATE_ID)).isEqualTo(1);
        trade(98, 3);
        assertThat(openOrders()).containsExactly("NEW 0/3");
        assertReconciled();
    }

    @Test
    void shouldSendAnOrderThatWasDecidedAndNotAcknowledged()
    {
        venueRuns = false;
        trade(98, 3);
        egress.loseAll();
        kill();
        venueRuns = true;
        assertThat(venue.venue().openOrders()).isZero();

        start(OPTIONS);

        assertThat(openOrders()).containsExactly("NEW 0/3");
        assertThat(venue.venue().repeats()).isZero();
        assertReconciled();
    }

    @Test
    void shouldLearnOfFillsWhileItWasDown()
    {
        trade(98, 13);
        kill();
        quoteAtVenue(97, 98);
        quoteAtVenue(96, 97);
        assertThat(venue.venue().fills()).as("in two parts").isEqualTo(2);

        start(OPTIONS);

        assertThat(openOrders()).isEmpty();
        assertThat(positionLots()).isEqualTo(13);
        assertReconciled();
    }

    @Test
    void shouldLearnOfAPartWhileItWasDown()
    {
        trade(98, 13);
        kill();
        quoteAtVenue(97, 98);
        assertThat(venue.venue().partialFills()).isEqualTo(1);

        start(OPTIONS);

        assertThat(openOrders()).containsExactly("PARTIALLY_FILLED 10/13");
        assertReconciled();
    }

    @Test
    void shouldLearnOfTwoPartsWhileItWasDown()
    {
        trade(98, 25);
        kill();
        quoteAtVenue(97, 98);
        quoteAtVenue(96, 97);
        assertThat(venue.venue().partialFills()).isEqualTo(2);

        start(OPTIONS);

        assertThat(openOrders()).containsExactly("PARTIALLY_FILLED 20/25");
        assertReconciled();
    }

    /** One part before, one while it is down. */
    @Test
    void shouldTakeTheSecondPartOnceWhenItHadTheFirst()
    {
        trade(98, 25);
        quote(97, 98);
        assertThat(openOrders()).containsExactly("PARTIALLY_FILLED 10/25");
        kill();
        quoteAtVenue(96, 97);

        start(OPTIONS);

        assertThat(openOrders()).containsExactly("PARTIALLY_FILLED 20/25");
        assertReconciled();
    }

    /** Its venue was started again and has forgotten; what was given to the one before is over. */
    @Test
    void shouldCloseAnOrderThatTheVenueDoesNotKnow()
    {
        trade(98, 3);
        assertThat(openOrders()).containsExactly("NEW 0/3");
        kill();
        venue = newVenue(21);

        start(OPTIONS);
        turns(200);

        assertThat(openOrders()).isEmpty();
        quote(99, 101);
        assertReconciled();
    }

    /** The crash of an operating system loses the order and all that followed; part of it is filled before the node is back. */
    @Test
    void shouldCancelAnOrderThatTheJournalDoesNotKnowAndTakeItsFills()
    {
        trade(98, 25);
        kill();
        loseFromTrade();
        quoteAtVenue(97, 98);
        assertThat(venue.venue().partialFills()).isEqualTo(1);

        start(new ReadinessOptions(true, 5 * SECOND_NS, true));

        assertThat(openOrders()).isEmpty();
        assertThat(venue.venue().openOrders()).as("cancelled").isZero();
        assertThat(positionLots()).isEqualTo(10);
        assertThat(node.host().core().mode()).isEqualTo(TradingMode.HALTED);
        assertSameAsVenue();
        assertSameAfterARestart();
    }

    @Test
    void shouldLearnThatTheVenueHasCancelledWhileItWasDown()
    {
        trade(98, 3);
        kill();
        assertThat(venue.venue().cancelBest(0, Side.BUY)).isTrue();

        start(OPTIONS);

        assertThat(openOrders()).isEmpty();
        assertReconciled();
    }

    @Test
    void shouldStopWhenTheJournalHasLostItsTailUntilTheOperatorAcceptsIt()
    {
        trade(98, 3);
        kill();
        loseFromTrade();

        assertThatThrownBy(() -> start(OPTIONS)).isInstanceOf(JournalBehindException.class)
            .hasMessageContaining("egressSequence=1")
            .hasMessageContaining("the journal holds them up to egressSequence=0");
        kill();
        assertThat(venue.venue().openOrders()).isEqualTo(1);

        start(new ReadinessOptions(true, 5 * SECOND_NS, true));

        assertThat(count(OperationalAlertDecoder.TEMPLATE_ID)).isEqualTo(1);
        assertThat(node.host().core().mode()).isEqualTo(TradingMode.HALTED);
        assertThat(venue.venue().openOrders()).as("an order that the journal does not know is cancelled").isZero();
        assertThat(node.host().egressSequence(0)).as("numbered behind the gateway's").isEqualTo(2);
        assertThat(node.host().core().egressSequence()).isEqualTo(2);

        kill();
        start(OPTIONS);
        assertThat(node.host().egressSequence(0)).as("the same after a restart").isEqualTo(2);
        assertThat(count(OperationalAlertDecoder.TEMPLATE_ID)).isEqualTo(1);
        assertThat(positionLots()).isEqualTo(venue.venue().ledger(0).positionLots());
    }

    /** The order, its acknowledgements and reports: the venue has what the journal no longer knows. */
    private void loseFromTrade()
    {
        final long sequence = sequenceOfTrade();
        node.loseTail((int)node.inputs().stream()
            .filter((input) -> RecordDescriptor.sequence(input, 0) >= sequence).count());
    }

    private long sequenceOfTrade()
    {
        return node.inputs().stream()
            .filter((input) -> RecordDescriptor.templateId(input, 0) == TradeEncoder.TEMPLATE_ID)
            .mapToLong((input) -> RecordDescriptor.sequence(input, 0)).max().orElseThrow();
    }

    @Test
    void shouldNotSendARequestThatIsTooOld()
    {
        venueRuns = false;
        trade(98, 3);
        egress.loseAll();
        kill();
        nowNs += 6 * SECOND_NS;
        venueRuns = true;

        start(OPTIONS);

        assertThat(count(RequestExpiredDecoder.TEMPLATE_ID)).isEqualTo(1);
        assertThat(venue.venue().orders()).isZero();
        assertThat(openOrders()).isEmpty();
        kill();
        start(OPTIONS);
        assertThat(count(RequestExpiredDecoder.TEMPLATE_ID)).as("once").isEqualTo(1);
        assertReconciled();
    }

    @Test
    void shouldReconcileWithAVenueThatWasSilentWithoutARestart()
    {
        trade(98, 3);
        venueRuns = false;
        turns(1_200);
        assertThat(count(VenueStatusDecoder.TEMPLATE_ID)).isEqualTo(1);
        assertThat(count(FeedStatusDecoder.TEMPLATE_ID)).isEqualTo(1);
        trade(97, 1);
        assertThat(openOrders()).as("refused").containsExactly("NEW 0/3");

        venueRuns = true;
        turns(200);

        assertThat(count(VenueStatusDecoder.TEMPLATE_ID)).isEqualTo(2);
        assertThat(count(MassStatusEndDecoder.TEMPLATE_ID)).isEqualTo(2);
        assertReconciled();
    }
}
