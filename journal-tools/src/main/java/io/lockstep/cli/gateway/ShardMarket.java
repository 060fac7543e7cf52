package io.lockstep.cli.gateway;

import io.lockstep.codecs.Instrument;
import io.lockstep.gateways.feed.InstrumentFilter;
import io.lockstep.gateways.feed.MarketSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * What a shard plays of a generated market: the market is made of all instruments of the node, so that it is the same however
 * the node is divided, and what is other shards' is left out.
 */
final class ShardMarket
{
    /** Beyond every id that a node gives. */
    private static final int FIRST_FOREIGN_ID = 1 << 30;

    private ShardMarket()
    {
    }

    /**
     * @param market of the whole node, in its order.
     * @param names  of the shard's own.
     * @param own    the shard's instruments by name.
     * @return the whole, with the shard's ids, and ids that no node gives for the others.
     */
    static List<Instrument> numbered(
        final List<Instrument> market, final Set<String> names, final Function<String, Instrument> own)
    {
        final List<Instrument> numbered = new ArrayList<>();
        for (final Instrument instrument : market)
        {
            numbered.add(names.contains(instrument.name())
                ? own.apply(instrument.name())
                : instrument.withId(FIRST_FOREIGN_ID + numbered.size()));
        }
        return numbered;
    }

    /** The shard's part of a market that was made of {@link #numbered} instruments. */
    static MarketSource part(final MarketSource whole)
    {
        return new InstrumentFilter(whole, (instrumentId) -> instrumentId < FIRST_FOREIGN_ID);
    }
}
