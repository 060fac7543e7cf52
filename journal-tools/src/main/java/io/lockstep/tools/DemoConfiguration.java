package io.lockstep.tools;

import io.lockstep.codecs.Instrument;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * The configuration the demo runs with, written out so that it can be looked at and used again.
 */
final class DemoConfiguration
{
    private DemoConfiguration()
    {
    }

    /** Of the node. */
    static String node(final Path directory, final Path aeronDirectory, final List<Instrument> instruments)
    {
        final StringBuilder yaml = new StringBuilder();
        yaml.append("node: {directory: \"").append(directory).append("\", time: recorded, idle: backoff}\n")
            .append("aeron: {embedded: false, directory: \"").append(aeronDirectory).append("\"}\n")
            .append("instruments:\n");
        instruments.forEach((instrument) -> append(yaml, instrument));
        return yaml.append(STRATEGY).toString();
    }

    /**
     * Of the feed and the venue, which run beside the node.
     *
     * @param generator null when a recording is played.
     * @param pace      0 for as fast as it goes.
     */
    static String gateways(final GatewaySettings.Generator generator, final double pace)
    {
        final StringBuilder yaml = new StringBuilder("feed:\n");
        if (generator != null)
        {
            yaml.append("  generator: {seed: ").append(generator.seed()).append(", events: ")
                .append(generator.events()).append(", eventsPerSecond: ").append(generator.eventsPerSecond())
                .append("}\n");
        }
        yaml.append("  pace: ").append(pace == 0 ? "flat-out" : String.format(Locale.ROOT, "%.3f", pace)).append('\n');
        return yaml.append(VENUE).toString();
    }

    private static void append(final StringBuilder yaml, final Instrument instrument)
    {
        // All quoted: there are symbols that YAML takes for numbers.
        yaml.append("  - {symbol: \"").append(instrument.symbol())
            .append("\", venue: \"").append(instrument.venue())
            .append("\", contractType: ").append(instrument.contractType().name().toLowerCase(Locale.ROOT))
            .append(", tickSize: \"").append(instrument.tick())
            .append("\", lotSize: \"").append(instrument.lot())
            .append("\", multiplier: \"").append(instrument.multiplier())
            .append("\", baseCurrency: \"").append(instrument.baseCurrency())
            .append("\", quoteCurrency: \"").append(instrument.quoteCurrency())
            .append("\", settlementCurrency: \"").append(instrument.settlementCurrency()).append("\"}\n");
    }

    private static final String STRATEGY = """
        limits:
          maxOrderNotional: 20000
          maxPositionNotional: 60000
          maxOpenOrders: 3
          maxOrdersPerSecond: 1
          priceCollarBps: 200
          maxMarketDataAgeMs: 120000
        strategies:
          - name: moving-average-crossover
            parameters: {fast: 3, slow: 9, confirmations: 1, orderNotional: 20000, stopBps: 6, targetBps: 6, entryTimeoutMs: 3000}
        """;

    private static final String VENUE = """
        venue: {orderLatencyUs: 20000, reportLatencyUs: 20000, makerFeePpm: 200, takerFeePpm: 500, minNotional: 5}
        """;
}
