package io.lockstep.sequencer.config;

import io.lockstep.codecs.ClOrdIds;
import io.lockstep.codecs.Decimal;
import io.lockstep.core.risk.TotalLimits;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What is a shard's own in the configuration of a node that has several.
 *
 * @param shard       its number, part of every ClOrdID.
 * @param core        to pin its thread to, or -1.
 * @param instruments names; each instrument of the node belongs to one shard.
 * @param shares      of the limits that bind all shards together.
 */
public record ShardContext(int shard, int core, List<String> instruments, List<Limit> shares)
{
    private static final int NO_CORE = -1;

    /**
     * Reads the list and refuses what is no division of the node: instruments and limits that are not all given out, or more
     * than once, and two shards of one number or on one processor.
     *
     * @param root        of the configuration.
     * @param instruments of the node.
     * @param limits      of the node.
     */
    static List<ShardContext> read(
        final YamlSection root, final List<ConfiguredInstrument> instruments, final List<Limit> limits)
    {
        final List<ShardContext> shards = new ArrayList<>();
        final Set<Integer> numbers = new HashSet<>();
        final Set<Integer> cores = new HashSet<>(Set.of(NO_CORE));
        final Map<String, Integer> shardByInstrument = new HashMap<>();
        final Set<String> names = new LinkedHashSet<>();
        instruments.forEach((configured) -> names.add(configured.instrument().name()));
        for (final YamlSection section : root.sections("shards"))
        {
            final ShardContext shard = read(section, limits);
            if (!numbers.add(shard.shard))
            {
                section.refuse("shard", shard.shard, "each number once");
            }
            if (shard.core != NO_CORE && !cores.add(shard.core))
            {
                section.refuse("core", shard.core, "a processor for each shard of its own");
            }
            shard.claim(section, names, shardByInstrument);
            shards.add(shard);
        }
        if (!shards.isEmpty())
        {
            requireAllGiven(root, instruments, shardByInstrument);
            limits.stream().filter((limit) -> TotalLimits.isTotal(limit.type()))
                .forEach((limit) -> requireNoMore(root, limit, shards));
        }
        return List.copyOf(shards);
    }

    private static ShardContext read(final YamlSection section, final List<Limit> limits)
    {
        section.require("shard");
        final YamlSection shareSection = section.section("limits");
        final ShardContext shard = new ShardContext(
            (int)section.whole("shard", 0, 0, ClOrdIds.SHARD_MAX),
            (int)section.whole("core", NO_CORE, NO_CORE, 4095),
            List.copyOf(section.names("instruments")),
            Limit.read(shareSection, TotalLimits::isTotal));
        section.refuseUnknown();
        for (final Limit limit : limits)
        {
            if (TotalLimits.isTotal(limit.type()) && shard.share(limit) == null)
            {
                shareSection.refuse(Limit.name(limit.type()), "", "this shard's share of " + limit.value());
            }
        }
        for (final Limit share : shard.shares)
        {
            if (limits.stream().noneMatch((limit) -> limit.type() == share.type()))
            {
                shareSection.refuse(Limit.name(share.type()), share.value(),
                    "no share of a limit that is not among those of the node, limits." + Limit.name(share.type()));
            }
        }
        return shard;
    }

    private void claim(
        final YamlSection section, final Set<String> known, final Map<String, Integer> shardByInstrument)
    {
        if (instruments.isEmpty())
        {
            section.refuse("instruments", "", "at least one instrument");
        }
        for (final String name : instruments)
        {
            if (!known.contains(name))
            {
                section.refuse("instruments", name, "an instrument of the list, one of " + known);
            }
            final Integer earlier = shardByInstrument.putIfAbsent(name, shard);
            if (earlier != null)
            {
                section.refuse("instruments", name, "an instrument that is not another's, it is in shard " + earlier);
            }
        }
    }

    private static void requireAllGiven(
        final YamlSection root,
        final List<ConfiguredInstrument> instruments,
        final Map<String, Integer> shardByInstrument)
    {
        for (final ConfiguredInstrument configured : instruments)
        {
            if (!shardByInstrument.containsKey(configured.instrument().name()))
            {
                root.refuse("instruments", configured.instrument().name(), "an instrument of one of the shards");
            }
        }
    }

    private static void requireNoMore(final YamlSection root, final Limit total, final List<ShardContext> shards)
    {
        final BigDecimal sum = shards.stream().map((shard) -> shard.share(total)).filter(Objects::nonNull)
            .map(Decimal::value).reduce(BigDecimal.ZERO, BigDecimal::add);
        if (sum.compareTo(total.value().value()) > 0)
        {
            root.section("limits").refuse(Limit.name(total.type()), total.value(),
                "at least the sum of the shards' shares, " + sum.toPlainString());
        }
    }

    /** Of the limit; null when there is none. */
    private Decimal share(final Limit total)
    {
        return shares.stream().filter((share) -> share.type() == total.type()).map(Limit::value).findFirst()
            .orElse(null);
    }

    /** Its shares beside what they are of. */
    List<Allocation> allocations(final List<Limit> limits)
    {
        return limits.stream().filter((limit) -> TotalLimits.isTotal(limit.type()))
            .map((limit) -> new Allocation(limit.type(), share(limit), limit.value()))
            .toList();
    }
}
