package io.lockstep.cli.config;

import io.lockstep.codecs.Decimal;
import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.NameRule;
import io.lockstep.gateways.feed.FeedGateway;
import io.lockstep.gateways.recording.scan.RecordingFormat;
import io.lockstep.gateways.simulated.VenueAccountRules;
import io.lockstep.gateways.simulated.VenueRules;
import io.lockstep.sbe.AccountType;
import io.lockstep.sequencer.config.YamlSection;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a configuration says of the gateways that run beside the node: the sections {@code feed}, {@code venue},
 * {@code venueServer} and {@code orders}.
 *
 * @param recordings files to play; empty for none.
 * @param format     of the files, or null to recognise it.
 * @param generator  a generated market, or null.
 * @param pace       recorded seconds a second.
 * @param venue      rules of a simulated venue, or null for none.
 * @param server     of the venue, where order gateways of other processes trade at it; null where it is its own gateway.
 * @param orders     an order gateway, or null for none.
 * @param sources    what the node knows them by.
 */
public record GatewaySettings(
    List<Path> recordings, RecordingFormat format, Generator generator, double pace, VenueRules venue,
    VenueServerSettings server, OrdersSettings orders, GatewaySources sources)
{
    private static final long ACCOUNT_REPORT_INTERVAL_NS = 1_000_000_000L;
    private static final long ACCOUNT_REPORT_INTERVAL_MAX_NS = 3_600_000_000_000L;
    private static final int BALANCE_EXPONENT_MIN = -18;

    /**
     * @param events market events until the end; {@code Long.MAX_VALUE} for no end.
     * @param market what it is made of where the node has but a part of it; empty for the node's instruments.
     */
    public record Generator(long seed, long events, long eventsPerSecond, List<Instrument> market)
    {
        public Generator(final long seed, final long events, final long eventsPerSecond)
        {
            this(seed, events, eventsPerSecond, List.of());
        }
    }

    /** The same where the node is one shard of several. */
    public GatewaySettings withMarket(final List<Instrument> market)
    {
        return generator == null
            ? this
            : new GatewaySettings(recordings, format,
                new Generator(generator.seed, generator.events, generator.eventsPerSecond, market), pace, venue, server,
                orders, sources);
    }

    public static GatewaySettings read(final YamlSection root)
    {
        final GatewaySources sources = GatewaySources.read(root);
        final YamlSection feed = root.section("feed");
        final List<Path> recordings = feed.paths("recordings");
        final RecordingFormat format = format(feed);
        final Generator generator = feed.has("generator") ? generator(feed.section("generator")) : null;
        if (generator != null && !recordings.isEmpty())
        {
            feed.refuse("generator", "...", "either recordings or a generator");
        }
        final double pace = pace(feed);
        feed.refuseUnknown();
        final GatewaySettings settings = new GatewaySettings(
            recordings, format, generator, pace,
            root.has("venue") ? venue(root.section("venue")) : null,
            root.has("venueServer") ? VenueServerSettings.read(root.section("venueServer")) : null,
            root.has("orders") ? OrdersSettings.read(root.section("orders")) : null,
            sources);
        settings.conclude(root);
        return settings;
    }

    private void conclude(final YamlSection root)
    {
        if (server != null && venue == null)
        {
            root.refuse("venueServer", "...", "a section venue with the rules of the venue that it serves");
        }
        if (orders != null && venue != null && server == null)
        {
            root.refuse("orders", "...",
                "either an order gateway or a venue without venueServer, for both answer the node's orders");
        }
    }

    /** The same for one start, with the operator's word that a log which is behind the node may be taken up there. */
    public GatewaySettings withAcceptedNewLog()
    {
        return orders == null
            ? this
            : new GatewaySettings(
                recordings, format, generator, pace, venue, server, orders.withAcceptedNewLog(), sources);
    }

    private static RecordingFormat format(final YamlSection feed)
    {
        final String format = feed.text("format", null);
        try
        {
            return format == null ? null : RecordingFormat.parse(format);
        }
        catch (final IllegalArgumentException ex)
        {
            feed.refuse("format", format, "a known format: " + ex.getMessage());
            return null;
        }
    }

    private static double pace(final YamlSection feed)
    {
        if ("flat-out".equals(feed.text("pace", "1")))
        {
            return FeedGateway.FLAT_OUT;
        }
        if (!feed.has("pace"))
        {
            return 1;
        }
        final Decimal pace = feed.decimal("pace");
        if (pace != null && pace.mantissa() <= 0)
        {
            feed.refuse("pace", pace, "a positive factor or flat-out");
        }
        return pace == null ? 1 : pace.value().doubleValue();
    }

    private static Generator generator(final YamlSection section)
    {
        final Generator generator = new Generator(
            section.whole("seed", 1, Long.MIN_VALUE, Long.MAX_VALUE),
            section.whole("events", Long.MAX_VALUE, 1, Long.MAX_VALUE),
            section.whole("eventsPerSecond", 1_000, 1, 1_000_000_000));
        section.refuseUnknown();
        return generator;
    }

    static VenueRules venue(final YamlSection section)
    {
        final VenueRules defaults = VenueRules.defaults();
        final Decimal notionalMin = notNegative(section, "minNotional");
        final long quantityMin = section.whole("minQuantityLots", 1, 1, Long.MAX_VALUE);
        final long quantityMax = section.whole("maxQuantityLots", Long.MAX_VALUE, 1, Long.MAX_VALUE);
        if (quantityMax < quantityMin)
        {
            section.refuse("maxQuantityLots", quantityMax, "at least minQuantityLots=" + quantityMin);
        }
        final VenueRules rules = defaults
            .withLatency(
                section.whole("orderLatencyUs", 0, 0, Integer.MAX_VALUE) * 1_000,
                section.whole("reportLatencyUs", 0, 0, Integer.MAX_VALUE) * 1_000)
            .withFees(
                section.whole("makerFeePpm", defaults.makerFeePpm(), -100_000, 100_000),
                section.whole("takerFeePpm", defaults.takerFeePpm(), -100_000, 100_000))
            .withNotionalMin(notionalMin == null ? null : notionalMin.value())
            .withPriceBandBps(section.whole("priceBandBps", 0, 0, 10_000))
            .withQuantities(quantityMin, Math.max(quantityMin, quantityMax))
            .withAccount(account(section));
        section.refuseUnknown();
        return rules;
    }

    /** An account that the configuration says nothing of is not reported. */
    private static VenueAccountRules account(final YamlSection section)
    {
        final VenueAccountRules defaults = VenueAccountRules.SILENT;
        final boolean isReported = section.has("balances") || section.has("accountReportInterval") ||
            section.has("accountType");
        return new VenueAccountRules(
            isReported,
            section.constant("accountType", AccountType.class, defaults.type()),
            balances(section),
            section.durationNs("accountReportInterval", ACCOUNT_REPORT_INTERVAL_NS, 0, ACCOUNT_REPORT_INTERVAL_MAX_NS));
    }

    private static Map<String, BigDecimal> balances(final YamlSection section)
    {
        final YamlSection balances = section.section("balances");
        final Map<String, BigDecimal> amounts = new TreeMap<>();
        for (final String asset : balances.keys())
        {
            final Decimal amount = balances.decimal(asset);
            if (!NameRule.isName(asset))
            {
                balances.refuse(asset, amount, "an asset: " + NameRule.EXPECTED);
            }
            else if (amount != null && (amount.mantissa() < 0 || amount.exponent() < BALANCE_EXPONENT_MIN))
            {
                balances.refuse(asset, amount,
                    "an amount that is not negative, with at most 18 digits behind the point");
            }
            else if (amount != null)
            {
                amounts.put(asset, amount.value());
            }
        }
        return amounts;
    }

    private static Decimal notNegative(final YamlSection section, final String key)
    {
        final Decimal value = section.decimal(key);
        if (value == null || value.mantissa() >= 0)
        {
            return value;
        }
        section.refuse(key, value, "a decimal that is not negative");
        return null;
    }
}
