package io.lockstep.sequencer.config;

import io.lockstep.codecs.ClOrdIds;
import io.lockstep.codecs.Instrument;
import io.lockstep.sbe.LimitScope;
import io.lockstep.sbe.LimitType;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What of a node's configuration is right by itself and wrong beside the rest.
 */
final class NodeCrossCheck
{
    private final YamlSection root;
    private final YamlSection aeron;
    private final NodeContext context;

    private NodeCrossCheck(final YamlSection root, final NodeContext context)
    {
        this.root = root;
        aeron = root.section("aeron");
        this.context = context;
    }

    /**
     * @throws ConfigurationException naming what is wrong, unless problems are collected.
     */
    static void run(final YamlSection root, final NodeContext context)
    {
        final NodeCrossCheck check = new NodeCrossCheck(root, context);
        check.directories();
        check.streams();
        check.strategies();
        check.venues();
        check.calendars();
        check.oneCurrency();
        check.rates();
        check.breakers();
        if (!context.shards().isEmpty())
        {
            check.shards();
        }
    }

    private void directories()
    {
        if (!context.embeddedDriver() && context.aeronDirectory() == null)
        {
            aeron.refuse("directory", "", "the directory of the media driver, since embedded is false");
        }
        // A driver deletes its directory when it starts.
        if (context.aeronDirectory() != null && isWithin(context.directory(), context.aeronDirectory()))
        {
            aeron.refuse("directory", context.aeronDirectory(),
                "a directory of the media driver's own, node.directory=" + context.directory() + " lies in it");
        }
        final Path archive = context.archive().directory();
        if (archive != null && (isWithin(archive, context.directory()) || isWithin(context.directory(), archive)))
        {
            root.section("archive").refuse("directory", archive,
                "a directory apart from node.directory=" + context.directory() + ", neither within the other");
        }
    }

    private static boolean isWithin(final Path inner, final Path outer)
    {
        return inner.toAbsolutePath().normalize().startsWith(outer.toAbsolutePath().normalize());
    }

    private void streams()
    {
        final Set<Channel> different = new HashSet<>();
        for (int i = 0; i < context.ingress().size(); i++)
        {
            final Channel channel = context.ingress().get(i);
            if (!different.add(channel))
            {
                aeron.refuse("ingress[" + i + "].stream", channel.streamId(), "each channel and stream once");
            }
        }
        if (different.contains(context.egress()))
        {
            aeron.refuse("egress.stream", context.egress().streamId(),
                "a channel and stream that is not among those of ingress, the node would hear itself");
        }
    }

    private void strategies()
    {
        final List<String> names = names();
        for (int i = 0; i < context.strategies().size(); i++)
        {
            final ConfiguredStrategy strategy = context.strategies().get(i);
            final String key = "strategies[" + i + "]." + (strategy.legs().isEmpty() ? "instruments" : "legs");
            for (final String name : strategy.instrumentNames(List.of()))
            {
                if (!names.isEmpty() && !names.contains(name))
                {
                    root.refuse(key, name, "an instrument of the list, one of " + names);
                }
            }
        }
    }

    private List<String> names()
    {
        return context.instruments().stream().map((configured) -> configured.instrument().name()).toList();
    }

    private void venues()
    {
        final List<String> names = context.venues().stream().map(VenueContext::name).toList();
        for (int i = 0; i < context.instruments().size() && !names.isEmpty(); i++)
        {
            final String venue = context.instruments().get(i).instrument().venue();
            if (!names.contains(venue))
            {
                root.refuse("instruments[" + i + "].venue", venue,
                    "a venue with a gateway, one of venues " + names + ": no orders can go to a venue without one");
            }
        }
    }

    private void calendars()
    {
        final List<String> names = context.calendars().stream().map(CalendarContext::name).toList();
        for (int i = 0; i < context.instruments().size(); i++)
        {
            requireCalendar("instruments[" + i + "].calendar", context.instruments().get(i).calendar(), names);
        }
        for (int i = 0; i < context.venues().size(); i++)
        {
            requireCalendar("venues[" + i + "].calendar", context.venues().get(i).calendar(), names);
        }
    }

    private void requireCalendar(final String key, final String name, final List<String> names)
    {
        if (name != null && !names.contains(name))
        {
            root.refuse(key, name, "a calendar of the list, one of " + names);
        }
    }

    private void oneCurrency()
    {
        if (context.limits().stream().noneMatch((limit) -> limit.type() == LimitType.MAX_TOTAL_NOTIONAL))
        {
            return;
        }
        for (final ConfiguredInstrument configured : context.instruments())
        {
            final Instrument first = context.instruments().get(0).instrument();
            if (!configured.instrument().quoteCurrency().equals(first.quoteCurrency()))
            {
                root.section("limits").refuse(
                    Limit.name(LimitType.MAX_TOTAL_NOTIONAL), "...", "instruments of one quote currency, " +
                        first.name() + " has " + first.quoteCurrency() + " and " + configured.instrument().name() +
                        " has " + configured.instrument().quoteCurrency());
                return;
            }
        }
    }

    /** Instruments that are not listed, as those of a recording, are looked at when they are known. */
    private void rates()
    {
        for (int i = 0; i < context.rates().size() && !context.instruments().isEmpty(); i++)
        {
            final RateContext rate = context.rates().get(i);
            final Instrument source = context.instruments().stream().map(ConfiguredInstrument::instrument)
                .filter((instrument) -> instrument.name().equals(rate.instrument())).findFirst().orElse(null);
            if (source == null)
            {
                root.refuse("rates[" + i + "].instrument", rate.instrument(),
                    "an instrument of the list, one of " + names());
            }
            else if (!trades(source, rate))
            {
                root.refuse("rates[" + i + "].instrument", rate.instrument(), "an instrument that trades " +
                    rate.asset() + " for " + rate.currency() + ", or the other way round; it trades " +
                    text(source.baseCurrency()) + " for " + text(source.quoteCurrency()));
            }
        }
    }

    /** Instruments that are not listed, as those of a recording, and strategies on them are looked at when they are known. */
    private void breakers()
    {
        final List<String> venues = context.venues().stream().map(VenueContext::name).toList();
        final List<String> instances = context.instances().stream().map(ConfiguredInstance::name).toList();
        for (int i = 0; i < context.breakers().size(); i++)
        {
            final BreakerContext breaker = context.breakers().get(i);
            final boolean isLookedAtLater = names().isEmpty() && breaker.scope() != LimitScope.VENUE;
            if (!isLookedAtLater && !breaker.isAmong(Set.copyOf(names()), Set.copyOf(venues), Set.copyOf(instances)))
            {
                root.refuse("breakers[" + i + "].of", breaker.of(), switch (breaker.scope())
                {
                    case STRATEGY -> "an instance of a strategy, one of " + instances;
                    case INSTRUMENT -> "an instrument of the list, one of " + names();
                    default -> "a venue of the list, one of " + venues;
                });
            }
        }
    }

    private static boolean trades(final Instrument source, final RateContext rate)
    {
        return source.baseCurrency().equals(rate.asset()) && source.quoteCurrency().equals(rate.currency()) ||
            source.baseCurrency().equals(rate.currency()) && source.quoteCurrency().equals(rate.asset());
    }

    private static String text(final String currency)
    {
        return currency.isEmpty() ? "a currency without a name" : currency;
    }

    private void shards()
    {
        for (final String key : List.of("shard", "core"))
        {
            if (root.section("node").has(key))
            {
                root.section("node").refuse(
                    key, root.section("node").text(key, ""), "no such key beside shards, each shard has its own");
            }
        }
        ShardDivision.check(root, context);
        final int streamMax = Integer.MAX_VALUE - NodeContext.STREAMS_OF_A_SHARD * ClOrdIds.SHARD_MAX;
        if (context.egress().streamId() > streamMax ||
            context.ingress().stream().anyMatch((channel) -> channel.streamId() > streamMax))
        {
            aeron.refuse("ingress", "...", "streams up to " + streamMax + " beside shards");
            return;
        }
        final Map<Channel, Integer> shardByChannel = new HashMap<>();
        for (final NodeContext shard : context.shardContexts())
        {
            final List<Channel> channels = new ArrayList<>(shard.ingress());
            channels.add(shard.egress());
            for (final Channel channel : channels)
            {
                final Integer earlier = shardByChannel.putIfAbsent(channel, shard.shard());
                if (earlier != null)
                {
                    aeron.refuse("ingress", channel.uri(),
                        "streams that do not meet when 10 times a shard's number is added, shards " + earlier +
                            " and " + shard.shard() + " would both use stream " + channel.streamId());
                }
            }
        }
    }
}
