package io.lockstep.verification.simulation;

import io.lockstep.codecs.Instrument;
import io.lockstep.sequencer.config.NodeContext;
import io.lockstep.sequencer.config.YamlSection;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/**
 * What every simulated node trades and may do, the same for all seeds.
 */
final class SimulatedMarket
{
    static final int INSTRUMENTS = 3;
    /** As the configuration has it for each instrument, in its own unit. */
    static final long POSITION_LOTS_MAX = 60;
    static final int OPEN_ORDERS_MAX = 6;
    static final int ORDERS_PER_SECOND_MAX = 25;

    private static final Integer[] SNAPSHOT_INPUTS = {25, 100, 400};
    private static final int TRADERS = 8;
    private static final String LIMITS = "{maxOpenOrders: " + OPEN_ORDERS_MAX + ", maxOrdersPerSecond: " +
        ORDERS_PER_SECOND_MAX + ", maxMarketDataAgeMs: 10000}";

    private static final String CONFIGURATION = """
        node: {directory: simulated, time: wall, stateHashInterval: 50, onStop: %s, stopTimeout: 2s}
        snapshot: {everyInputs: %d, keep: 3}
        instruments:
          - {symbol: AAAUSD, venue: SIM, contractType: linear, tickSize: "0.01", lotSize: "1", baseCurrency: AAA, quoteCurrency: USD, limits: {maxPositionQuantity: 60}}
          - {symbol: BBBUSD, venue: SIM, contractType: linear, tickSize: "0.5", lotSize: "0.001", baseCurrency: BBB, quoteCurrency: USD, limits: {maxPositionQuantity: 0.060}}
          - {symbol: CCCUSD, venue: SIM, contractType: linear, tickSize: "0.01", lotSize: "1", baseCurrency: CCC, quoteCurrency: USD, limits: {maxPositionQuantity: 60}}
        limits: %s
        strategies:
          - {name: random-trader, instruments: [AAAUSD.SIM], parameters: {seed: %d}}
          - {name: random-trader, instruments: [BBBUSD.SIM], parameters: {seed: %d}}
          - name: moving-average-crossover
            instruments: [CCCUSD.SIM]
            parameters: {fast: 2, slow: 5, confirmations: 1, orderNotional: 2000, stopBps: 6, targetBps: 6, entryTimeoutMs: 300}
        """;

    /** There are few texts, so that seldom one is parsed. */
    private static final Map<String, NodeContext> CONTEXT_BY_TEXT = new ConcurrentHashMap<>();

    private SimulatedMarket()
    {
    }

    /** The configuration of a node whose random traders do what the seeds say. */
    static NodeContext context(final SimulationRandom random, final Plant plant)
    {
        final String text = String.format(Locale.ROOT, CONFIGURATION, random.flip() ? "cancel" : "keep",
            random.choose(SNAPSHOT_INPUTS), plant.setsLimits() ? LIMITS : "{}", random.between(1, TRADERS),
            random.between(1, TRADERS));
        return CONTEXT_BY_TEXT.computeIfAbsent(text, SimulatedMarket::parse);
    }

    private static NodeContext parse(final String text)
    {
        final YamlSection root = YamlSection.parse(Path.of("simulated.yaml"), text);
        final NodeContext context = NodeContext.read(root, text);
        root.refuseUnknown();
        return context;
    }

    /** The instruments as the node's core will number them: in the order of the configuration. */
    static List<Instrument> instruments(final NodeContext context)
    {
        return IntStream.range(0, context.instruments().size())
            .mapToObj((id) -> context.instruments().get(id).instrument().withId(id)).toList();
    }
}
