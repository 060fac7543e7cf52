package io.lockstep.cli.config;

import io.lockstep.cli.gateway.MarketPlayer;
import io.lockstep.cli.link.GatewayLinks;
import io.lockstep.codecs.Instrument;
import io.lockstep.gateways.orders.OrderGatewayContext;
import io.lockstep.gateways.orders.RequestLogIdentity;
import io.lockstep.gateways.orders.RequestLogOptions;
import io.lockstep.gateways.simulated.remote.VenueFaults;
import io.lockstep.sequencer.config.Channel;
import io.lockstep.sequencer.config.ConfigurationException;
import io.lockstep.sequencer.config.NodeContext;
import io.lockstep.sequencer.config.SequencedTime;
import io.lockstep.sequencer.config.YamlSection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.InetSocketAddress;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class GatewayContextTest
{
    private static final String INSTRUMENT = "instruments: [{symbol: A, venue: SIM, tickSize: 0.01, lotSize: 1, baseCurrency: A, quoteCurrency: B}]\n";

    private static GatewayContext read(final String text)
    {
        return GatewayContext.read(YamlSection.parse(Path.of("gateway.yaml"), text));
    }

    @Test
    void shouldHearTheFeedWhereItPublishesUnlessToldOtherwise()
    {
        final String aeron = "aeron: {directory: here, toNode: {channel: \"aeron:udp?endpoint=a:1\", stream: 7}";
        final Channel toNode = new Channel("aeron:udp?endpoint=a:1", 7);
        assertThat(read(aeron + "}\nvenue: {minNotional: 1}\n").links())
            .isEqualTo(new GatewayLinks(toNode, NodeContext.DEFAULT_EGRESS, toNode));
        assertThat(read(aeron + ", market: {channel: \"aeron-spy:aeron:udp?endpoint=a:1\", stream: 7}}\n" +
            "venue: {minNotional: 1}\n").links().market()).isEqualTo(
                new Channel("aeron-spy:aeron:udp?endpoint=a:1", 7));
    }

    /** Two feeds and two venues on one node need four of them. */
    @Test
    void shouldKnowItsGatewaysByTheSourcesThatTheConfigurationNames()
    {
        final String aeron = "aeron: {directory: here, keys: keys.txt}\n" + INSTRUMENT;
        assertThat(read(aeron + "feed: {generator: {seed: 1}}\n").settings().sources())
            .isEqualTo(GatewaySources.DEFAULT).isEqualTo(new GatewaySources(1, 2, 1));
        assertThat(read(aeron + "feed: {source: 11, generator: {seed: 1}}\nvenue: {source: 12}\n").settings().sources())
            .isEqualTo(new GatewaySources(11, 12, 11));
        assertThat(read(aeron + "venue: {source: 12, feedSource: 11}\n").settings().sources())
            .isEqualTo(new GatewaySources(1, 12, 11));
        assertThat(read(aeron + "orders: {source: 13, venueServer: \"localhost:1\"}\n").settings().sources().orders())
            .isEqualTo(13);
        assertThat(read(aeron + "venue: {minNotional: 1}\n").links().keyFile()).isEqualTo(Path.of("keys.txt"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        aeron: {directory: here},venue: {source: 768}                        | venue.source=768: expected a whole number from 1 to 767
        aeron: {directory: here},venue: {source: 1}                          | feed.source=1: expected another id than that of
        venue: {minNotional: 1}                                              | aeron.directory=: expected a value
        aeron: {directory: here}                                             | feed=: expected a feed, a venue, an order gateway, or several
        aeron: {directory: here},venue: {makerFee: 1}                        | did you mean 'makerFeePpm'?
        aeron: {directory: here},feed: {generator: {seed: 1}}                | instruments=: expected those of the node
        aeron: {directory: here, embedded: true},venue: {minNotional: 1}     | aeron.embedded=true: expected a known key
        aeron: {directory: here},gateway: {tim: wall},venue: {minNotional: 1} | did you mean 'time'?
        aeron: {directory: here},venueServer: {listen: "127.0.0.1:1"}        | venueServer=...: expected a section venue
        aeron: {directory: here},orders: {venueServer: "127.0.0.1"}          | orders.venueServer=127.0.0.1: expected host:port
        aeron: {directory: here},orders: {venueServer: "127.0.0.1:65536"}    | orders.venueServer=127.0.0.1:65536: expected host:port
        aeron: {directory: here},orders: {account: main}                     | orders.venueServer=: expected a value
        aeron: {directory: here},orders: {venueServer: "127.0.0.1:1", log: {size: 1KiB}} | orders.log.size=1KiB: expected
        aeron: {directory: here},orders: {venueServer: "127.0.0.1:1"},venue: {minNotional: 1} | orders=...: expected either
        """)
    void shouldRefuse(final String text, final String problem)
    {
        assertThatThrownBy(() -> read(text.replace("},", "}\n") + "\n")).isInstanceOf(ConfigurationException.class)
            .hasMessageStartingWith("gateway.yaml").hasMessageContaining(problem);
    }

    @Test
    void shouldReadAnOrderGatewayAndTheVenueItTradesAt()
    {
        final OrdersSettings orders = read("aeron: {directory: here}\n" +
            "orders: {venueServer: \"127.0.0.1:7801\", venue: SIM, account: own, shard: 2, settleTime: 1s, nodeTimeout: 0s, "
            +
            "log: {directory: there, size: 100KiB, fsync: true}}\n").settings().orders();
        assertThat(orders.identity()).isEqualTo(new RequestLogIdentity("SIM", "own", 2));
        assertThat(orders.venueServer()).isEqualTo(new InetSocketAddress("127.0.0.1", 7801));
        assertThat(orders.log()).as("in whole pieces").isEqualTo(new RequestLogOptions(64 << 10, true));
        assertThat(orders.logDirectory()).isEqualTo(Path.of("there"));
        assertThat(orders.settleNs()).isEqualTo(1_000_000_000L);
        assertThat(orders.context()).isEqualTo(new OrderGatewayContext(2_000_000_000L, 0, false));
        assertThat(orders.withAcceptedNewLog().context().acceptsNewLog()).isTrue();
        final VenueServerSettings server = read("aeron: {directory: here}\nvenue: {minNotional: 1}\n" +
            "venueServer: {listen: \"127.0.0.1:0\", reuseClosedIds: true, seed: 3, requestDelayMax: 1ms, dropPpm: 5}\n")
            .settings().server();
        assertThat(server.reusesClosedIds()).isTrue();
        assertThat(server.faults()).isEqualTo(new VenueFaults(3, 1_000_000, 0, 5));
    }

    @Test
    void shouldPlayOnlyWhatTheNodeHasWithTheSameTerms()
    {
        final GatewayContext context = read(
            "aeron: {directory: here}\n" + INSTRUMENT + "feed: {generator: {seed: 1}}\n");
        final MarketPlayer player = new MarketPlayer(SequencedTime.WALL, context.instruments(), context.settings(),
            null);
        final Instrument own = context.instruments().get(0);
        player.create((name) -> name.equals(own.name()) ? own.withId(5) : null).close();
        assertThatThrownBy(() -> player.create((name) -> null)).isInstanceOf(ConfigurationException.class)
            .hasMessage("instrument=A.SIM: expected one that the node has defined");
        final Instrument other = read("aeron: {directory: here}\n" + INSTRUMENT.replace("0.01", "0.02") +
            "venue: {minNotional: 1}\n").instruments().get(0);
        assertThatThrownBy(() -> player.create((name) -> other.withId(5))).isInstanceOf(ConfigurationException.class)
            .hasMessageStartingWith("instrument=A.SIM: expected the terms that it has at the node");
    }
}
