package io.lockstep.verification.replay;

import io.lockstep.cli.config.GatewaySettings;
import io.lockstep.codecs.Instrument;
import io.lockstep.core.host.CoreHost;
import io.lockstep.gateways.generator.GeneratorOptions;
import io.lockstep.gateways.generator.MarketGenerator;
import io.lockstep.journal.text.Json;
import io.lockstep.sequencer.config.NodeContext;
import io.lockstep.sequencer.config.YamlSection;
import io.lockstep.sequencer.journal.NodeDirectory;
import io.lockstep.sequencer.journal.QueueJournal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

/**
 * A backtest over a made-up market that meets every kind of input, and the journal of it: linear, inverse and spot
 * instruments, one of bars alone, orders of all fates, limits, timers, operator's commands and orders by hand, a strategy that fails,
 * reconciliation with the venue, its account, executions out of place, roles of sources, silence, alerts and the stop. The same seed gives the same journal, but for run metadata. Has a main method, so that other virtual machines can write it too.
 */
public final class ProofBacktest
{
    static final long SEED = 20_240_808;

    private static final long START_NS = 1_700_000_000_000_000_000L;
    private static final long INTERVAL_NS = 2_000_000;
    private static final int EVENTS = 900;

    /** Not all of it ASCII, so that the encoding of the process would show. */
    private static final String CONFIGURATION = """
        # Größe ≤ Limit
        node: {stateHashInterval: 250}
        instruments:
          - {symbol: BTCUSDT, venue: PROOF_USDM, tickSize: 0.1, lotSize: 0.001, baseCurrency: BTC, quoteCurrency: USDT}
          - {symbol: BTCUSD_PERP, venue: PROOF_COINM, contractType: inverse, tickSize: 0.1, lotSize: 1, multiplier: 100,
             baseCurrency: BTC, quoteCurrency: USD}
          - {symbol: ETHUSDT, venue: PROOF_SPOT, tickSize: 0.01, lotSize: 0.0001, orderTickSize: 0.05,
             baseCurrency: ETH, quoteCurrency: USDT, limits: {maxPositionQuantity: 0.004}}
          - {symbol: BTCEUR, venue: PROOF_BARS, tickSize: 0.01, lotSize: 1, baseCurrency: BTC, quoteCurrency: EUR}
        rates:
          - {asset: ETH, currency: USDT, instrument: ETHUSDT.PROOF_SPOT, maxAge: 1s}
        limits: {maxOrderQuantity: 9, maxOpenOrders: 5, maxOrdersPerSecond: 30, priceCollarBps: 40, maxMarketDataAgeMs: 60000}
        strategies:
          - name: NAME
            class: io.lockstep.tools.ProofStrategy$FACTORY
            instruments: [BTCUSDT.PROOF_USDM, BTCUSD_PERP.PROOF_COINM, ETHUSDT.PROOF_SPOT]
            parameters: {seed: 7}
          - name: failing
            strategy: NAME
            class: io.lockstep.tools.ProofStrategy$FACTORY
            instruments: [BTCUSDT.PROOF_USDM]
            parameters: {seed: 11, causes: 1, failsAfter: 40}
          - name: moving-average-crossover
            instruments: [BTCEUR.PROOF_BARS]
            parameters: {fast: 2, slow: 3, confirmations: 1, orderNotional: 1000}
        venue: {orderLatencyUs: 1500, reportLatencyUs: 2500, makerFeePpm: 200, takerFeePpm: 500, priceBandBps: 30}
        """;

    private ProofBacktest()
    {
    }

    /**
     * Writes the journal of a pure or an impure strategy and prints its hashes as one JSON object.
     *
     * @param arguments the name of the strategy, and the node's directory.
     */
    public static void main(final String[] arguments)
    {
        final CoreHost host = write(arguments[0], Path.of(arguments[1]));
        System.out.println(Json.text(Map.of(
            "decisionHash", Json.hex(host.decisionHash()),
            "stateHash", Json.hex(host.core().stateHash()))));
    }

    /** Of the strategy that is a function of its inputs. */
    public static CoreHost write(final Path directory)
    {
        return write("proof", directory);
    }

    public static CoreHost write(final String strategy, final Path directory)
    {
        final String text = CONFIGURATION.replace("NAME", strategy)
            .replace("FACTORY", strategy.equals("proof") ? "Factory" : "ImpureFactory");
        final YamlSection root = YamlSection.parse(directory.resolve("proof.yaml"), text);
        final NodeContext context = NodeContext.read(root, text);
        final NodeDirectory node = new NodeDirectory(directory);
        createDirectories(node.journal());
        try (QueueJournal journal = new QueueJournal(node.incarnation(1)))
        {
            return new ProofNode(context, GatewaySettings.read(root).venue(), journal, START_NS)
                .run((ids) -> new ProofSource(market(context, ids)));
        }
    }

    private static void createDirectories(final Path path)
    {
        try
        {
            Files.createDirectories(path);
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    /** Of all instruments but the one of bars. */
    private static MarketGenerator market(final NodeContext context, final ToIntFunction<Instrument> ids)
    {
        final List<Instrument> instruments = new ArrayList<>();
        context.instruments().subList(0, 3).forEach((configured) -> instruments.add(
            configured.instrument().withId(ids.applyAsInt(configured.instrument()))));
        return new MarketGenerator(SEED, instruments, EVENTS, START_NS, INTERVAL_NS, GeneratorOptions.defaults());
    }
}
