package io.lockstep.cli.config;

import io.lockstep.cli.link.GatewayLinks;
import io.lockstep.codecs.Instrument;
import io.lockstep.sequencer.config.Channel;
import io.lockstep.sequencer.config.ConfiguredInstrument;
import io.lockstep.sequencer.config.IdleKind;
import io.lockstep.sequencer.config.LogContext;
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
public record GatewayContext(
    Path driverDirectory,
    long driverTimeoutNs,
    GatewayLinks links,
    IdleKind idle,
    SequencedTime time,
    long stopTimeoutNs,
    List<Instrument> instruments,
    GatewaySettings settings,
    LogContext log)
{
    /**
     * Reads the whole file.
     *
     * @throws io.lockstep.sequencer.config.ConfigurationException naming what is wrong, unless problems are collected.
     */
    public static GatewayContext read(final YamlSection root)
    {
        final YamlSection aeron = root.section("aeron");
        final YamlSection gateway = root.section("gateway");
        aeron.require("directory");
        final int problems = root.problems().count();
        final GatewayContext context = new GatewayContext(
            aeron.path("directory", Path.of("")),
            aeron.durationNs("driverTimeout", TimeUnit.SECONDS.toNanos(10), TimeUnit.MILLISECONDS.toNanos(500),
                TimeUnit.MINUTES.toNanos(10)),
            links(aeron),
            gateway.constant("idle", IdleKind.class, IdleKind.BACKOFF),
            gateway.constant("time", SequencedTime.class, SequencedTime.WALL),
            gateway.durationNs("stopTimeout", TimeUnit.SECONDS.toNanos(2), 0, TimeUnit.HOURS.toNanos(1)),
            ConfiguredInstrument.readAll(root).stream().map(ConfiguredInstrument::instrument).toList(),
            GatewaySettings.read(root),
            LogContext.read(root.section("log")).in(Path.of("log")));
        if (root.problems().count() == problems)
        {
            context.conclude(root);
        }
        root.refuseUnknown();
        return context;
    }

    private static GatewayLinks links(final YamlSection aeron)
    {
        final Channel toNode = Channel.read(aeron, "toNode", NodeContext.DEFAULT_INGRESS);
        return new GatewayLinks(toNode, Channel.read(aeron, "fromNode", NodeContext.DEFAULT_EGRESS),
            Channel.read(aeron, "market", toNode), aeron.path("keys"));
    }

    private void conclude(final YamlSection root)
    {
        final boolean isPlaying = settings.generator() != null || !settings.recordings().isEmpty();
        if (!isPlaying && settings.venue() == null && settings.orders() == null)
        {
            root.refuse("feed", "", "a feed, a venue, an order gateway, or several of them");
        }
        if (settings.generator() != null && instruments.isEmpty())
        {
            root.refuse("instruments", "", "those of the node that the generated market has");
        }
        if (links.toNode().equals(links.fromNode()))
        {
            root.section("aeron").refuse("fromNode.stream", links.fromNode().streamId(),
                "another channel or stream than toNode has");
        }
    }
}
