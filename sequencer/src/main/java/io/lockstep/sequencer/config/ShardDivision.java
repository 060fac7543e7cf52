package io.lockstep.sequencer.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What may not be divided among the shards of a node: the legs of a strategy's instance, and the account of a venue.
 */
final class ShardDivision
{
    private final YamlSection root;
    private final NodeContext context;
    private final Map<String, Integer> shardByInstrument = new HashMap<>();

    private ShardDivision(final YamlSection root, final NodeContext context)
    {
        this.root = root;
        this.context = context;
        context.shards().forEach((shard) -> shard.instruments()
            .forEach((name) -> shardByInstrument.put(name, shard.shard())));
    }

    /**
     * @throws ConfigurationException naming what is divided, unless problems are collected.
     */
    static void check(final YamlSection root, final NodeContext context)
    {
        final ShardDivision division = new ShardDivision(root, context);
        division.instances();
        division.accounts();
    }

    private void instances()
    {
        for (int i = 0; i < context.strategies().size(); i++)
        {
            final List<String> legs = context.strategies().get(i).legs();
            // One that no shard has is refused for that.
            final String other = legs.stream().filter(shardByInstrument::containsKey)
                .filter((leg) -> !shardByInstrument.get(leg).equals(shardByInstrument.get(legs.get(0)))).findFirst()
                .orElse(null);
            if (other != null && shardByInstrument.containsKey(legs.get(0)))
            {
                root.refuse("strategies[" + i + "].legs", legs, "legs in one shard, but " + legs.get(0) +
                    " is in shard " + shardByInstrument.get(legs.get(0)) + " and " + other + " in shard " +
                    shardByInstrument.get(other) + "; move them into one, or divide the instance");
            }
        }
    }

    private void accounts()
    {
        for (int i = 0; i < context.venues().size(); i++)
        {
            final String venue = context.venues().get(i).name();
            final List<Integer> shards = shards(venue);
            if (shards.size() > 1)
            {
                root.refuse("venues[" + i + "].name", venue, "instruments of an account in one shard, but those of " +
                    venue + " are in shards " + shards + ", and none would know the whole account; move them into " +
                    "one shard, or divide the account: a sub-account for each shard, as a venue of its own name, " +
                    "source and account that the shard's instruments name");
            }
        }
    }

    private List<Integer> shards(final String venue)
    {
        final List<Integer> shards = new ArrayList<>();
        for (final ConfiguredInstrument configured : context.instruments())
        {
            final Integer shard = shardByInstrument.get(configured.instrument().name());
            if (configured.instrument().venue().equals(venue) && !shards.contains(shard))
            {
                shards.add(shard);
            }
        }
        return shards;
    }
}
