package io.lockstep.cli.config;

import io.lockstep.sequencer.config.SourceContext;
import io.lockstep.sequencer.config.YamlSection;

/**
 * What a node knows the gateways of one configuration by: {@code feed.source}, {@code venue.source}, {@code orders.source}; and whose
 * market data a simulated venue goes by, {@code venue.feedSource}.
 *
 * @param feed      of the feed.
 * @param orders    of what answers the node's orders: the simulated venue, or the order gateway.
 * @param venueFeed of the feed that a simulated venue hears.
 */
public record GatewaySources(int feed, int orders, int venueFeed)
{
    /** Of a node with one feed and one venue. */
    public static final GatewaySources DEFAULT = new GatewaySources(
        SourceContext.FEED, SourceContext.ORDER_GATEWAY, SourceContext.FEED);

    static GatewaySources read(final YamlSection root)
    {
        final int feed = root.has("feed") ? source(root.section("feed"), "source", DEFAULT.feed) : DEFAULT.feed;
        int orders = DEFAULT.orders;
        int venueFeed = feed;
        if (root.has("venue"))
        {
            orders = source(root.section("venue"), "source", orders);
            venueFeed = source(root.section("venue"), "feedSource", feed);
        }
        if (root.has("orders"))
        {
            orders = source(root.section("orders"), "source", orders);
        }
        if (feed == orders)
        {
            root.section("feed").refuse("source", feed, "another id than that of what answers the node's orders");
        }
        return new GatewaySources(feed, orders, venueFeed);
    }

    private static int source(final YamlSection section, final String key, final int defaultId)
    {
        return (int)section.whole(key, defaultId, 1, SourceContext.ID_MAX);
    }
}
