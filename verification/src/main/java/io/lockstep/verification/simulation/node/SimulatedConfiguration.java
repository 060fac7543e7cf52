package io.lockstep.verification.simulation.node;

import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.InstrumentSettings;
import io.lockstep.sequencer.config.NodeContext;
import io.lockstep.sequencer.config.YamlSection;
import io.lockstep.verification.simulation.market.RandomTrader;
import io.lockstep.verification.simulation.market.SimulatedMarket;
import io.lockstep.verification.simulation.plant.Plant;
import io.lockstep.verification.simulation.seed.SimulationRandom;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/**
 * What a simulated node is configured with: the simulated market, with limits, snapshots and the way to stop as the seed says. A node
 * that is started again may be without some of the instances.
 */
public final class SimulatedConfiguration
{
    private static final Integer[] SNAPSHOT_INPUTS = {25, 100, 400};
    private static final int SEEDS = 32;
    private static final String LIMITS = "{maxOpenOrders: " + SimulatedMarket.OPEN_ORDERS_MAX + ", maxOrdersPerSecond: "
        +
        SimulatedMarket.ORDERS_PER_SECOND_MAX + ", maxMarketDataAgeMs: 10000%s}";

    private static final String RATES = "[{asset: " + SimulatedMarket.FEE_ASSET +
        ", currency: USD, instrument: FEEUSD.ALT, maxAge: 1d}]";

    private static final String CONFIGURATION = """
        node: {directory: simulated, time: wall, stateHashInterval: 50, onStop: %s, stopTimeout: 2s}
        snapshot: {everyInputs: %d, keep: 3}
        venues:
          - {name: SIM, source: 2, egressBuffer: %d, account: {haltOnDifference: %b}}
          - {name: ALT, source: 4, egressBuffer: %d, account: {haltOnDifference: %b}}
        sources:
          - {id: 3, role: %s}
        instruments:
          - {symbol: AAAUSD, venue: SIM, contractType: linear, tickSize: "0.01", lotSize: "1", baseCurrency: AAA, quoteCurrency: USD, limits: {maxPositionQuantity: 60}}
          - {symbol: BBBUSD, venue: SIM, contractType: linear, tickSize: "0.5", lotSize: "0.001", baseCurrency: BBB, quoteCurrency: USD, limits: {maxPositionQuantity: 0.060}}
          - {symbol: CCCUSD, venue: SIM, contractType: linear, tickSize: "0.01", lotSize: "1", baseCurrency: CCC, quoteCurrency: USD, limits: {maxPositionQuantity: 60}}
          - {symbol: AAAUSD, venue: ALT, contractType: linear, tickSize: "0.01", lotSize: "1", baseCurrency: AAA, quoteCurrency: USD, limits: {maxPositionQuantity: 60}}
          - {symbol: FEEUSD, venue: ALT, contractType: linear, tickSize: "0.01", lotSize: "1", baseCurrency: FEE, quoteCurrency: USD}
        rates: %s
        limits: %s
        strategies:
        """;
    private static final String CROSSOVER = """
          - name: moving-average-crossover
            instruments: [CCCUSD.SIM]
            parameters: {fast: 2, slow: 5, confirmations: 1, orderNotional: 2000, stopBps: 6, targetBps: 6, entryTimeoutMs: 300}
        """;

    /** Of half of the seeds: so that open breakers do not keep back too much of all. */
    private static final String BREAKERS = """
        breakers:
          - {scope: node, cause: disconnects, threshold: 1, window: 10s, coolDown: 100ms}
          - {scope: venue, of: SIM, cause: reject-rate, threshold: 2, window: 1s, coolDown: 50ms}
          - {scope: venue, of: ALT, cause: drawdown, threshold: 20, currency: USD, coolDown: 100ms}
          - {scope: instrument, of: BBBUSD.SIM, cause: slippage, threshold: 1, fills: 3, coolDown: 100ms}
          - {scope: instrument, of: AAAUSD.SIM, cause: consecutive-losses, threshold: 2, coolDown: 50ms}
        """;

    /** There are few texts, so that seldom one is parsed. */
    private static final Map<String, NodeContext> CONTEXT_BY_TEXT = new ConcurrentHashMap<>();

    private SimulatedConfiguration()
    {
    }

    /** The configurations of a node whose random traders do what the seeds say: with all instances, and without some. */
    public static List<NodeContext> contexts(final SimulationRandom random, final Plant plant)
    {
        final String onStop = random.flip() ? "cancel" : "keep";
        final int snapshotInputs = random.choose(SNAPSHOT_INPUTS);
        final int seed = random.between(1, SEEDS);
        final String head = String.format(Locale.ROOT, CONFIGURATION, onStop, snapshotInputs, plant.egressRequests(),
            plant.differencesHalt(), plant.egressRequests(),
            plant.differencesHalt(), plant.operatorRole(), plant.convertsFees() ? RATES : "[]",
            plant.setsLimits() ? limits(seed) : "{}");
        return List.of(context(head, seed, SimulatedMarket.TRADERS.length),
            context(head, seed, SimulatedMarket.TRADERS.length - 2));
    }

    /** Of the seeds one in four lets orders of ours trade with each other, the others do what they may with them. */
    private static String limits(final int seed)
    {
        return String.format(Locale.ROOT, LIMITS, seed % 4 == 0 ? "" : ", selfTrade: " + seed % 4);
    }

    private static NodeContext context(final String head, final int seed, final int traders)
    {
        final StringBuilder text = new StringBuilder(head);
        IntStream.range(0, traders)
            .forEach((index) -> text.append(entry(SimulatedMarket.TRADERS[index], seed + index)));
        text.append(CROSSOVER).append(seed % 2 == 0 ? BREAKERS : "");
        return CONTEXT_BY_TEXT.computeIfAbsent(text.toString(), SimulatedConfiguration::parse);
    }

    /** Of several instruments it is one instance with legs, else one on its instrument. */
    private static String entry(final SimulatedMarket.Trader trader, final int seed)
    {
        final int at = trader.name().indexOf('@');
        final String where = at < 0
            ? "legs: [AAAUSD.SIM, AAAUSD.ALT]"
            : "instruments: [" + trader.name().substring(at + 1) + "]";
        return String.format(Locale.ROOT, "  - {name: %s, strategy: %s, %s, onFailure: %s, parameters: {seed: %d, " +
            "bias: %d, throwsOf10000: %d, reloads: %d}}%n", at < 0 ? trader.name() : trader.name().substring(0, at),
            RandomTrader.NAME, where, trader.keepsOrders() ? "keep" : "cancel", seed, trader.bias(),
            trader.throwsOf10000(),
            trader.reloads() ? 1 : 0);
    }

    private static NodeContext parse(final String text)
    {
        final YamlSection root = YamlSection.parse(Path.of("simulated.yaml"), text);
        final NodeContext context = NodeContext.read(root, text);
        root.refuseUnknown();
        return context;
    }

    /** The instruments as the node's core will number them: in the order of the configuration. */
    public static List<Instrument> instruments(final NodeContext context)
    {
        return IntStream.range(0, context.instruments().size())
            .mapToObj((id) -> atVenue(context.instruments().get(id).instrument().withId(id))).toList();
    }

    private static Instrument atVenue(final Instrument instrument)
    {
        return instrument.withSettings(new InstrumentSettings(SimulatedMarket.venueOf(instrument.id()),
            instrument.settings().lockedIsCrossed(), instrument.settings().crossedHealNs()));
    }
}
