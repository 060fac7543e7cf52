package io.lockstep.gateways.simulated;

import com.sun.management.ThreadMXBean;
import io.lockstep.codecs.ClOrdIds;
import io.lockstep.codecs.Increment;
import io.lockstep.codecs.Instrument;
import io.lockstep.gateways.generator.GeneratorOptions;
import io.lockstep.gateways.generator.MarketGenerator;
import io.lockstep.sbe.AccountType;
import io.lockstep.sbe.BestBidOfferDecoder;
import io.lockstep.sbe.ContractType;
import io.lockstep.sbe.ExecInst;
import io.lockstep.sbe.MachineState;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.MessageHeaderEncoder;
import io.lockstep.sbe.NewOrderSingleEncoder;
import io.lockstep.sbe.OrdType;
import io.lockstep.sbe.OrderCancelReplaceRequestEncoder;
import io.lockstep.sbe.OrderCancelRequestEncoder;
import io.lockstep.sbe.OrderReason;
import io.lockstep.sbe.Side;
import io.lockstep.sbe.TimeInForce;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** Generator and venue allocate nothing once they are warm; the control shows that the measurement would see it. */
class SteadyStateAllocationTest
{
    private static final int WARM_UP_MESSAGES = 400_000;
    private static final int MEASURED_MESSAGES = 200_000;
    private static final int RUNS_MAX = 10;

    private final ThreadMXBean threads = (ThreadMXBean)ManagementFactory.getThreadMXBean();
    private final List<Instrument> instruments = List.of(
        new Instrument(0, "BTCUSDT", "SIM", ContractType.LINEAR, Increment.parse("0.1"), Increment.parse("0.001"), 1, 1,
            Increment.parse("1"), "BTC", "USDT", "USDT"),
        new Instrument(1, "BTCUSD", "SIM", ContractType.INVERSE, Increment.parse("0.5"), Increment.parse("1"), 1, 1,
            Increment.parse("100"), "BTC", "USD", "BTC"));
    private final MarketGenerator generator = new MarketGenerator(3, instruments, MarketGenerator.UNLIMITED, 0, 1000,
        GeneratorOptions.defaults());
    private final UnsafeBuffer request = new UnsafeBuffer(new byte[256]);
    private final MessageHeaderEncoder requestHeader = new MessageHeaderEncoder();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final BestBidOfferDecoder touch = new BestBidOfferDecoder();
    private final NewOrderSingleEncoder newOrder = new NewOrderSingleEncoder();
    private final OrderCancelRequestEncoder cancelRequest = new OrderCancelRequestEncoder();
    private final OrderCancelReplaceRequestEncoder replaceRequest = new OrderCancelReplaceRequestEncoder();
    private long reports;
    private final SimulatedVenue venue = new SimulatedVenue(
        VenueRules.defaults().withLatency(5000, 0).withCapacity(64, 64, 512)
            .withAccount(new VenueAccountRules(true, AccountType.CASH, Map.of("USDT", BigDecimal.TEN), 10_000)),
        (buffer, offset, length, timeNs) -> reports++);
    private long nextId = 1;
    private Object leaked;

    @Test
    void generatorAllocatesNothing()
    {
        generate(WARM_UP_MESSAGES);
        assertThat(leastAllocated(() -> generate(MEASURED_MESSAGES))).isZero();
    }

    @Test
    void venueAllocatesNothing()
    {
        instruments.forEach(venue::define);
        trade(WARM_UP_MESSAGES);
        final long fillsBefore = venue.fills();
        assertThat(leastAllocated(() -> trade(MEASURED_MESSAGES))).isZero();
        assertThat(venue.fills() - fillsBefore).isGreaterThan(10_000);
        assertThat(venue.cancels()).isGreaterThan(1000);
        assertThat(venue.replaces()).isGreaterThan(1000);
        assertThat(venue.rejects()).isGreaterThan(100);
        assertThat(reports).isGreaterThan(venue.fills());
        assertThat(venue.account().reports()).isGreaterThan(1000);
    }

    @Test
    void measurementSeesASingleObject()
    {
        generate(WARM_UP_MESSAGES);
        assertThat(leastAllocated(() ->
        {
            generate(MEASURED_MESSAGES);
            leaked = new Object();
        })).isPositive();
        assertThat(leaked).isNotNull();
    }

    /**
     * The least of several equal runs. The VM resolves a method's string constants on the thread that has it compiled,
     * which counts as that thread's allocation, once for each class; what the code allocates itself is there in every
     * run.
     */
    private long leastAllocated(final Runnable run)
    {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < RUNS_MAX && least > 0; i++)
        {
            final long before = threads.getCurrentThreadAllocatedBytes();
            run.run();
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        return least;
    }

    private void generate(final int messages)
    {
        for (int i = 0; i < messages; i++)
        {
            generator.next();
        }
    }

    /** On every touch an order at or through it, then a replace of the one before and a cancel of an older one. */
    private void trade(final int messages)
    {
        for (int i = 0; i < messages; i++)
        {
            generator.next();
            venue.onMarketData(generator.buffer(), 0, generator.length(), generator.timeNs());
            header.wrap(generator.buffer(), 0);
            if (BestBidOfferDecoder.TEMPLATE_ID == header.templateId())
            {
                touch.wrapAndApplyHeader(generator.buffer(), 0, header);
                order();
            }
        }
    }

    private void order()
    {
        final long id = nextId;
        nextId += 3;
        final Side side = 0 == id % 2 ? Side.BUY : Side.SELL;
        final long priceTicks = 0 == id % 3 ? touch.bidPriceTicks() : touch.askPriceTicks();
        newOrder.wrapAndApplyHeader(request, 0, requestHeader).side(side)
            .ordType(0 == id % 7 ? OrdType.MARKET : OrdType.LIMIT).timeInForce(TimeInForce.GOOD_TILL_CANCEL)
            .execInst(0 == id % 5 ? ExecInst.PARTICIPATE_DONT_INITIATE : ExecInst.NONE).reason(OrderReason.NONE)
            .state(MachineState.WATCH).instrumentId(touch.instrumentId()).priceTicks(priceTicks)
            .orderQtyLots(1 + id % 30).transactTimeNs(generator.timeNs());
        send(id, 0, newOrder.limit());
        replaceRequest.wrapAndApplyHeader(request, 0, requestHeader).instrumentId(touch.instrumentId()).side(side)
            .reason(OrderReason.NONE).priceTicks(touch.bidPriceTicks()).orderQtyLots(20)
            .transactTimeNs(generator.timeNs());
        send(id + 1, id, replaceRequest.limit());
        if (id > 60)
        {
            cancelRequest.wrapAndApplyHeader(request, 0, requestHeader).instrumentId((int)(id % 2)).side(side)
                .reason(OrderReason.NONE).transactTimeNs(generator.timeNs());
            send(id + 2, id - 60, cancelRequest.limit());
        }
    }

    private void send(final long id, final long orig, final int length)
    {
        ClOrdIds.encode(request, MessageHeaderEncoder.ENCODED_LENGTH, 0, 1, id, 0);
        if (orig != 0)
        {
            ClOrdIds.encode(request, MessageHeaderEncoder.ENCODED_LENGTH + ClOrdIds.LENGTH, 0, 1, orig, 0);
        }
        venue.onRequest(request, 0, length);
    }
}
