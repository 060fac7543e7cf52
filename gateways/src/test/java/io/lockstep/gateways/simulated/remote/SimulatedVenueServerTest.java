package io.lockstep.gateways.simulated.remote;

import io.lockstep.codecs.ClOrdIds;
import io.lockstep.codecs.Increment;
import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.Nulls;
import io.lockstep.codecs.transport.MessageHandler;
import io.lockstep.codecs.transport.MessageReceiver;
import io.lockstep.gateways.orders.LoggedRequest;
import io.lockstep.gateways.orders.RequestLog;
import io.lockstep.gateways.orders.RequestLogIdentity;
import io.lockstep.gateways.orders.RequestLogOptions;
import io.lockstep.gateways.orders.RequestStanding;
import io.lockstep.gateways.orders.VenueSessionListener;
import io.lockstep.gateways.simulated.SimulatedVenue;
import io.lockstep.gateways.simulated.VenueObserver;
import io.lockstep.gateways.simulated.VenueRules;
import io.lockstep.sbe.BestBidOfferEncoder;
import io.lockstep.sbe.ContractType;
import io.lockstep.sbe.ExecInst;
import io.lockstep.sbe.ExecutionReportDecoder;
import io.lockstep.sbe.MachineState;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.MessageHeaderEncoder;
import io.lockstep.sbe.NewOrderSingleDecoder;
import io.lockstep.sbe.NewOrderSingleEncoder;
import io.lockstep.sbe.OrdRejReason;
import io.lockstep.sbe.OrdType;
import io.lockstep.sbe.OrderReason;
import io.lockstep.sbe.Side;
import io.lockstep.sbe.TimeInForce;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A venue behind TCP and its client, both polled by the test; time is a number. */
class SimulatedVenueServerTest implements VenueSessionListener
{
    private static final Instrument INSTRUMENT = new Instrument(0, "BTCUSDT", "SIM", ContractType.LINEAR,
        Increment.parse("0.1"), Increment.parse("0.001"), 1, 1, Increment.parse("1"), "BTC", "USDT", "USDT");
    private static final MessageReceiver NO_MARKET = new MessageReceiver()
    {
        @Override
        public int poll(final MessageHandler handler, final int limit)
        {
            return 0;
        }

        @Override
        public boolean isConnected()
        {
            return false;
        }
    };
    private static final long SETTLE_NS = TimeUnit.SECONDS.toNanos(1);
    private static final int POLLS_MAX = 200_000;

    @TempDir
    private Path directory;

    private final List<String> heard = new ArrayList<>();
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[512]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private SimulatedVenueServer server;
    private SimulatedVenueSession session;
    private long nowNs = 1_000;
    private long stepNs = 1_000_000;
    private long cancelAfterNs;

    private void start(final VenueRules rules, final VenueFaults faults) throws IOException
    {
        server = new SimulatedVenueServer(new InetSocketAddress("127.0.0.1", 0),
            (sink) -> new SimulatedVenue(rules, sink), faults, cancelAfterNs, VenueObserver.NONE, NO_MARKET, 1,
            () -> nowNs);
        connect();
    }

    /** Another client, as after the death of the one before. */
    private void connect()
    {
        session = new SimulatedVenueSession(server.address(), this, SETTLE_NS);
        session.define(INSTRUMENT);
        await(session::isConnected);
        session.requestExecutions(0);
        await(() -> heard.contains("executions end"));
        quote();
    }

    private void quote()
    {
        final BestBidOfferEncoder quote = new BestBidOfferEncoder();
        quote.wrapAndApplyHeader(buffer, 0, header).instrumentId(0).updateId(nowNs).bidPriceTicks(100)
            .bidQuantityLots(1_000_000).askPriceTicks(101).askQuantityLots(1_000_000);
        server.venue().onMarketData(buffer, 0, quote.limit(), nowNs);
    }

    @AfterEach
    void end()
    {
        session.close();
        server.onClose();
    }

    private void await(final BooleanSupplier condition)
    {
        for (int i = 0; i < POLLS_MAX; i++)
        {
            if (condition.getAsBoolean())
            {
                return;
            }
            poll();
        }
        throw new AssertionError("not in " + POLLS_MAX + " polls: " + heard);
    }

    private void poll()
    {
        nowNs += stepNs;
        server.doWork();
        session.poll(nowNs);
        Thread.yield();
    }

    private void send(final int number, final OrdType type, final long priceTicks)
    {
        final NewOrderSingleEncoder order = new NewOrderSingleEncoder();
        order.wrapAndApplyHeader(buffer, 0, header).side(Side.BUY).ordType(type)
            .timeInForce(type == OrdType.MARKET ? TimeInForce.IMMEDIATE_OR_CANCEL : TimeInForce.GOOD_TILL_CANCEL)
            .execInst(ExecInst.NONE).reason(OrderReason.SIGNAL).state(MachineState.WATCH).instrumentId(0)
            .priceTicks(priceTicks).orderQtyLots(1).transactTimeNs(1);
        ClOrdIds.encode(buffer, MessageHeaderEncoder.ENCODED_LENGTH, 0, 1, number, 0);
        assertThat(session.send(
            new NewOrderSingleDecoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderDecoder()))).isTrue();
    }

    private void marketOrder(final int number)
    {
        send(number, OrdType.MARKET, Nulls.NULL_PRICE_TICKS);
    }

    private void ask(final int number) throws IOException
    {
        try (RequestLog log = RequestLog.open(directory.resolve("log-" + heard.size()),
            new RequestLogIdentity("SIM", "main", 0),
            new RequestLogOptions(RequestLogOptions.FILE_LENGTH_MIN, false)))
        {
            new NewOrderSingleEncoder().wrapAndApplyHeader(buffer, 0, header);
            ClOrdIds.encode(buffer, MessageHeaderEncoder.ENCODED_LENGTH, 0, 1, number, 0);
            final LoggedRequest request = log.begin(buffer, 0, 1, 1, number, 0);
            assertThat(session.ask(request)).isTrue();
        }
        final int before = heard.size();
        await(() -> heard.subList(before, heard.size()).stream().anyMatch((line) -> line.startsWith("standing")));
    }

    private long count(final String line)
    {
        return heard.stream().filter(line::equals).count();
    }

    @Test
    void shouldExecuteAndReport() throws IOException
    {
        start(VenueRules.defaults(), VenueFaults.NONE);
        marketOrder(1);
        await(() -> heard.contains("TRADE 1"));
        assertThat(heard).containsSubsequence("connected", "executions end", "NEW 1", "TRADE 1");
        ask(1);
        assertThat(heard.get(heard.size() - 1)).isEqualTo("standing 1 DONE");
        ask(2);
        assertThat(heard.get(heard.size() - 1)).isEqualTo("standing 2 NONE");
    }

    @Test
    void shouldIgnoreARequestThatComesAgain() throws IOException
    {
        start(VenueRules.defaults(), VenueFaults.NONE);
        marketOrder(1);
        await(() -> heard.contains("TRADE 1"));
        marketOrder(1);
        marketOrder(2);
        await(() -> heard.contains("TRADE 2"));
        assertThat(count("TRADE 1")).isEqualTo(1);
    }

    /** The danger that the gateway's log is for. */
    @Test
    void shouldExecuteARequestAgainWhereClosedIdsAreReused() throws IOException
    {
        start(VenueRules.defaults().withReusedIds(), VenueFaults.NONE);
        marketOrder(1);
        await(() -> heard.contains("TRADE 1"));
        marketOrder(1);
        await(() -> count("TRADE 1") == 2);
        assertThat(server.venue().fills()).isEqualTo(2);
        send(2, OrdType.LIMIT, 50);
        await(() -> heard.contains("NEW 2"));
        send(2, OrdType.LIMIT, 50);
        marketOrder(3);
        await(() -> heard.contains("TRADE 3"));
        assertThat(count("NEW 2")).as("that of an open order is taken").isEqualTo(1);
    }

    /** What is held is not known, and is acted on though its session has ended. */
    @Test
    void shouldActOnAHeldRequestWhateverBecomesOfItsSession() throws IOException
    {
        start(VenueRules.defaults(), new VenueFaults(4, SETTLE_NS / 2, 0, 0));
        stepNs = 10;
        marketOrder(1);
        for (int i = 0; i < 2_000; i++)
        {
            poll();
        }
        ask(1);
        assertThat(heard.get(heard.size() - 1)).isEqualTo("standing 1 NONE");
        session.close();
        stepNs = 1_000_000;
        await(() -> server.venue().fills() == 1);
        heard.clear();
        connect();
        assertThat(heard).containsSubsequence("connected", "NEW 1", "TRADE 1", "executions end");
    }

    @Test
    void shouldRefuseASettleTimeThatIsTooShort() throws IOException
    {
        assertThatThrownBy(() -> start(VenueRules.defaults(), new VenueFaults(4, SETTLE_NS, 0, 0)))
            .isInstanceOf(IllegalStateException.class).hasMessageContaining("settleTime=1000ms")
            .hasMessageContaining("longer than the venue holds a request, 1000ms");
    }

    @Test
    void shouldEndTheSessionInPlaceOfAReportAndHaveItForTheNext() throws IOException
    {
        start(VenueRules.defaults(), new VenueFaults(4, 0, 0, VenueFaults.PARTS_PER_MILLION));
        marketOrder(1);
        await(() -> server.drops() > 0 && heard.stream().anyMatch((line) -> line.startsWith("disconnected")));
        assertThat(heard).doesNotContain("NEW 1", "TRADE 1");
        assertThat(server.venue().fills()).isEqualTo(1);
        assertThat(server.venue().lastExecId()).isEqualTo(2);
    }

    @Test
    void shouldListAndCancelAllOpenOrders() throws IOException
    {
        start(VenueRules.defaults(), VenueFaults.NONE);
        send(1, OrdType.LIMIT, 50);
        send(2, OrdType.LIMIT, 51);
        await(() -> heard.contains("NEW 2"));
        session.requestOpenOrders();
        await(() -> heard.contains("open orders end 2"));
        assertThat(heard).containsSubsequence("open ORDER_STATUS 2", "open ORDER_STATUS 1", "open orders end 2");
        session.cancelOpenOrders();
        await(() -> heard.contains("CANCELED 1") && heard.contains("CANCELED 2"));
        assertThat(server.venue().openOrders()).isZero();
    }

    @Test
    void shouldCancelWhatASessionLeavesOpenWhenThatIsSet() throws IOException
    {
        cancelAfterNs = SETTLE_NS;
        start(VenueRules.defaults(), VenueFaults.NONE);
        send(1, OrdType.LIMIT, 50);
        await(() -> heard.contains("NEW 1"));
        session.close();
        final long closedNs = nowNs;
        while (nowNs - closedNs < SETTLE_NS - stepNs)
        {
            nowNs += stepNs;
            server.doWork();
        }
        assertThat(server.venue().openOrders()).isEqualTo(1);
        await(() -> server.venue().openOrders() == 0);
        heard.clear();
        connect();
        assertThat(heard).containsSubsequence("NEW 1", "CANCELED 1", "executions end");
    }

    @Test
    void shouldEndASessionWhenAnotherBegins() throws IOException
    {
        start(VenueRules.defaults(), VenueFaults.NONE);
        final SimulatedVenueSession first = session;
        connect();
        for (int i = 0; i < 1_000 && first.isConnected(); i++)
        {
            first.poll(nowNs);
        }
        assertThat(first.isConnected()).isFalse();
        assertThat(session.isConnected()).isTrue();
        assertThat(server.sessions()).isEqualTo(2);
    }

    // ---- what the client hears

    @Override
    public void onConnected()
    {
        heard.add("connected");
    }

    @Override
    public void onDisconnected(final String reason)
    {
        heard.add("disconnected " + reason);
    }

    @Override
    public void onReport(final DirectBuffer message, final int offset, final int length, final long timeNs)
    {
        heard.add(report(message, offset));
    }

    private static String report(final DirectBuffer message, final int offset)
    {
        final ExecutionReportDecoder report = new ExecutionReportDecoder().wrapAndApplyHeader(
            message, offset, new MessageHeaderDecoder());
        return report.execType() + " " + ClOrdIds.sequence(message, report.offset());
    }

    @Override
    public void onExecutionsEnd(final long lastExecId, final long missing)
    {
        heard.add("executions end");
    }

    @Override
    public void onOpenOrder(final DirectBuffer message, final int offset, final int length, final long timeNs)
    {
        heard.add("open " + report(message, offset));
    }

    @Override
    public void onOpenOrdersEnd(final int openOrders, final long lastExecId)
    {
        heard.add("open orders end " + openOrders);
    }

    @Override
    public void onStanding(
        final DirectBuffer message, final int clOrdIdOffset, final RequestStanding standing, final OrdRejReason reason)
    {
        heard.add("standing " + ClOrdIds.sequence(message, clOrdIdOffset) + " " + standing);
    }
}
