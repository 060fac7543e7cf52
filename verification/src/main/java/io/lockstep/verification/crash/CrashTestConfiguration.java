package io.lockstep.verification.crash;

import io.lockstep.cli.config.GatewaySettings;
import io.lockstep.cli.demo.DemoConfiguration;
import io.lockstep.codecs.Instrument;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * What a crash test's node, feed and venue run with: much of everything under way at any time.
 */
final class CrashTestConfiguration
{
    /** Market events a second, recorded and played. */
    static final long EVENTS_PER_SECOND = 20_000;

    private static final int INPUTS_PER_SNAPSHOT = 2_000;
    /** What is open at the end stays so, and is held against what the venue has. */
    private static final String NODE_OPTIONS = ", stateHashInterval: 1000, onStop: keep";

    private static final String NODE = """
        journal: {segmentSize: 1MiB, reserveAhead: 512KiB, retainSegments: %d}
        snapshot: {everyInputs: %d, interval: 1s, keep: 3}
        limits:
          maxOrderNotional: 20000
          maxPositionQuantity: 20
          maxOpenOrders: 12
          maxOrdersPerSecond: 2000
          priceCollarBps: 200
          maxMarketDataAgeMs: 120000
        strategies:
          - name: moving-average-crossover
            instruments: [%s]
            parameters: {fast: 3, slow: 9, confirmations: 1, orderNotional: 100, stopBps: 6, targetBps: 6, entryTimeoutMs: 20}
          - name: restless
            class: %s
            instruments: [%s]
        """;

    private static final String VENUE = """
        venue: {orderLatencyUs: 3000, reportLatencyUs: 3000, makerFeePpm: 200, takerFeePpm: 500, minNotional: 5, maxQuantityLots: 10}
        """;

    private static final String VENUE_SERVER = """
        venueServer: {listen: "127.0.0.1:0", reuseClosedIds: true, seed: %d, requestDelayMax: 6ms, reportDelayMax: 10ms, dropPpm: 200}
        """;

    private static final String ORDERS = """
        aeron: {directory: "%s"}
        gateway: {idle: backoff, time: recorded, stopTimeout: 20s}
        log: {directory: "%s"}
        orders:
          venue: GENERATED
          account: main
          venueServer: "%s:%d"
          settleTime: 200ms
          log: {directory: "%s", size: 256KiB}
        """;

    private CrashTestConfiguration()
    {
    }

    /**
     * Of the node: half of the instruments run the crossover, the others what never rests.
     *
     * @param retainSegments as in the node's configuration.
     */
    static String node(final Path directory, final Path aeronDirectory, final int retainSegments)
    {
        final List<Instrument> instruments = DemoConfiguration.generatedInstruments();
        final int half = instruments.size() / 2;
        return DemoConfiguration.node(directory, aeronDirectory, NODE_OPTIONS, instruments,
            String.format(Locale.ROOT, NODE,
                retainSegments, INPUTS_PER_SNAPSHOT, names(instruments.subList(0, half)),
                RestlessStrategy.Factory.class.getName(),
                names(instruments.subList(half, instruments.size()))));
    }

    /** Of feed and venue. */
    static String gateways(final long seed, final long events)
    {
        return DemoConfiguration.gateways(new GatewaySettings.Generator(seed, events, EVENTS_PER_SECOND), 1, VENUE);
    }

    /** Of feed and a venue in this process that order gateways of others trade at, and that may delay and lose what it says. */
    static String servedVenue(final long seed, final long events)
    {
        return DemoConfiguration.gateways(new GatewaySettings.Generator(seed, events, EVENTS_PER_SECOND), 1,
            VENUE + String.format(Locale.ROOT, VENUE_SERVER, seed));
    }

    /** Of an order gateway in a process of its own. */
    static String orders(
        final Path aeronDirectory, final Path orders, final Path log, final InetSocketAddress venueServer)
    {
        return String.format(Locale.ROOT, ORDERS, aeronDirectory, log, venueServer.getHostString(),
            venueServer.getPort(), orders);
    }

    private static String names(final List<Instrument> instruments)
    {
        return String.join(", ", instruments.stream().map(Instrument::name).toList());
    }
}
