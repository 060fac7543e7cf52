package io.lockstep.tools;

import io.lockstep.codecs.Instrument;
import io.lockstep.sequencer.config.Channel;
import io.lockstep.sequencer.config.ConfigurationException;
import io.lockstep.sequencer.config.ConfiguredInstrument;
import io.lockstep.sequencer.config.IdleKind;
import io.lockstep.sequencer.config.NodeContext;
import io.lockstep.sequencer.config.SequencedTime;
import io.lockstep.sequencer.config.YamlSection;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The configuration of gateways in a process of their own, as read; {@code lockstep config --example gateway} documents each
 * key.
 *
 * @param driverDirectory of the media driver.
 * @param driverTimeoutNs after which a driver that says nothing is gone.
 * @param time            that the node goes by.
 * @param stopTimeoutNs   how long a stop waits until nothing is under way between venue and node.
 * @param instruments     that the market has; empty for those that a recording has.
 */
record GatewayContext(
    Path driverDirectory,
    long driverTimeoutNs,
    GatewayLinks links,
    IdleKind idle,
    SequencedTime time,
    long stopTimeoutNs,
    List<Instrument> instruments,
    GatewaySettings settings)
{
    /**
     * Reads the whole file.
     *
     * @throws ConfigurationException naming the first thing that is wrong.
     */
    static GatewayContext read(final YamlSection root)
    {
        final YamlSection aeron = root.section("aeron");
        final YamlSection gateway = root.section("gateway");
        final GatewayContext context = new GatewayContext(
            Path.of(aeron.requiredText("directory")),
            aeron.durationNs("driverTimeout", TimeUnit.SECONDS.toNanos(10), TimeUnit.MILLISECONDS.toNanos(500),
                TimeUnit.MINUTES.toNanos(10)),
            links(aeron),
            gateway.constant("idle", IdleKind.class, IdleKind.BACKOFF),
            gateway.constant("time", SequencedTime.class, SequencedTime.WALL),
            gateway.durationNs("stopTimeout", TimeUnit.SECONDS.toNanos(2), 0, TimeUnit.HOURS.toNanos(1)),
            root.sections("instruments").stream().map((section) -> ConfiguredInstrument.read(section).instrument())
                .toList(),
            GatewaySettings.read(root));
        aeron.refuseUnknown();
        gateway.refuseUnknown();
        root.refuseUnknown();
        context.conclude(root);
        return context;
    }

    private static GatewayLinks links(final YamlSection aeron)
    {
        final Channel toNode = channel(aeron, "toNode", NodeContext.DEFAULT_INGRESS);
        return new GatewayLinks(
            toNode, channel(aeron, "fromNode", NodeContext.DEFAULT_EGRESS), channel(aeron, "market", toNode));
    }

    private static Channel channel(final YamlSection aeron, final String key, final Channel defaultChannel)
    {
        return aeron.has(key) ? Channel.read(aeron.section(key)) : defaultChannel;
    }

    private void conclude(final YamlSection root)
    {
        final boolean isPlaying = settings.generator() != null || !settings.recordings().isEmpty();
        if (!isPlaying && settings.venue() == null)
        {
            throw new ConfigurationException(root.problem("feed", "", "a feed, a venue, or both"));
        }
        if (settings.generator() != null && instruments.isEmpty())
        {
            throw new ConfigurationException(
                root.problem("instruments", "", "those of the node that the generated market has"));
        }
    }
}
