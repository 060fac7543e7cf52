package io.lockstep.cli.demo;

import io.lockstep.cli.config.GatewaySettings;
import io.lockstep.codecs.Increment;
import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.Nulls;
import io.lockstep.sbe.ContractType;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The configuration the demo runs with, written out so that it can be looked at and used again.
 */
public final class DemoConfiguration
{
    private DemoConfiguration()
    {
    }

    /** What a generated market trades. */
    public static List<Instrument> generatedInstruments()
    {
        final List<Instrument> instruments = new ArrayList<>();
        for (final String base : List.of("ALFA", "BRAVO", "CHARLIE", "DELTA"))
        {
            instruments.add(new Instrument(Nulls.NULL_INSTRUMENT_ID, base + "USD", "GENERATED", ContractType.LINEAR,
                new Increment(1, -2), new Increment(1, -1), 1, 1, new Increment(1, 0), base, "USD", "USD"));
        }
        return instruments;
    }

    /** Of the node. */
    public static String node(final Path directory, final Path aeronDirectory, final List<Instrument> instruments)
    {
        return node(directory, aeronDirectory, "", instruments, STRATEGY);
    }

    /**
     * Of a node whose time is the recorded one.
     *
     * @param options  more of the section {@code node}, each with a comma and a space before it.
     * @param sections all but the instruments.
     */
    public static String node(
        final Path directory,
        final Path aeronDirectory,
        final String options,
        final List<Instrument> instruments,
        final String sections)
    {
        final StringBuilder yaml = new StringBuilder();
        yaml.append("node: {directory: \"").append(directory).append("\", time: recorded, idle: backoff")
            .append(options).append("}\n")
            .append("aeron: {embedded: false, directory: \"").append(aeronDirectory).append("\"}\n")
            .append("instruments:\n");
        instruments.forEach((instrument) -> append(yaml, instrument));
        return yaml.append(sections).toString();
    }

    /**
     * Of the feed and the venue, which run beside the node.
     *
     * @param generator null when a recording is played.
     * @param pace      0 for as fast as it goes.
     */
    public static String gateways(final GatewaySettings.Generator generator, final double pace)
    {
        return gateways(generator, pace, VENUE);
    }

    public static String gateways(final GatewaySettings.Generator generator, final double pace, final String venue)
    {
        final StringBuilder yaml = new StringBuilder("feed:\n");
        if (generator != null)
        {
            yaml.append("  generator: {seed: ").append(generator.seed()).append(", events: ")
                .append(generator.events()).append(", eventsPerSecond: ").append(generator.eventsPerSecond())
                .append("}\n");
        }
        yaml.append("  pace: ").append(pace == 0 ? "flat-out" : String.format(Locale.ROOT, "%.3f", pace)).append('\n');
        return yaml.append(venue).toString();
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
