package io.lockstep.cli.config;

import io.lockstep.cli.host.Processors;
import io.lockstep.sequencer.config.Channel;
import io.lockstep.sequencer.config.ChannelRule;
import io.lockstep.sequencer.config.DriverContext;
import io.lockstep.sequencer.config.NodeContext;
import io.lockstep.sequencer.config.YamlSection;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What of a configuration cannot be on this host: processors that it does not have, directories that are files, hosts that it cannot
 * resolve, recordings that are not there. Found before anything is started, with the key; later it would be an error of the system.
 */
final class HostConfigurationCheck
{
    private final YamlSection root;
    private final YamlSection aeron;
    private final Processors processors = Processors.ofThisHost();

    HostConfigurationCheck(final YamlSection root)
    {
        this.root = root;
        aeron = root.section("aeron");
    }

    void run(final NodeContext node, final GatewaySettings gateways)
    {
        processor(root.section("node"), "core", node.core());
        final List<YamlSection> shards = root.sections("shards");
        for (int i = 0; i < Math.min(shards.size(), node.shards().size()); i++)
        {
            processor(shards.get(i), "core", node.shards().get(i).core());
        }
        directory(root.section("node"), node.directory());
        directory(root.section("archive"), node.archive().directory());
        directory(root.section("log"), node.log().directory());
        directory(aeron, node.aeronDirectory());
        for (int i = 0; i < node.ingress().size(); i++)
        {
            channel("ingress[" + i + "].channel", node.ingress().get(i));
        }
        channel("egress.channel", node.egress());
        recordings(gateways);
    }

    void run(final DriverContext driver)
    {
        for (int i = 0; i < driver.cores().size(); i++)
        {
            processor(root.section("driver"), "cores[" + i + "]", driver.cores().get(i));
        }
        directory(aeron, driver.directory());
        directory(root.section("log"), driver.log().directory());
    }

    void run(final GatewayContext gateway)
    {
        directory(aeron, gateway.driverDirectory());
        directory(root.section("log"), gateway.log().directory());
        channel("toNode.channel", gateway.links().toNode());
        channel("fromNode.channel", gateway.links().fromNode());
        channel("market.channel", gateway.links().market());
        recordings(gateway.settings());
    }

    private void processor(final YamlSection section, final String key, final int core)
    {
        if (core >= 0 && !processors.has(core))
        {
            section.refuse(key, core, "a processor that this process may use, one of " + processors);
        }
    }

    private void directory(final YamlSection section, final Path directory)
    {
        if (directory == null || directory.toString().isEmpty())
        {
            return;
        }
        Path existing = directory.toAbsolutePath().normalize();
        while (existing.getParent() != null && !Files.exists(existing))
        {
            existing = existing.getParent();
        }
        if (!Files.isDirectory(existing))
        {
            section.refuse("directory", directory, "a directory, " + existing + " is none");
        }
    }

    private void channel(final String key, final Channel channel)
    {
        // The defaults and channels that were refused already need no second look.
        if (aeron.has(key.substring(0, key.indexOf('[') < 0 ? key.indexOf('.') : key.indexOf('['))) &&
            root.problems().list().stream().noneMatch((problem) -> problem.key().equals("aeron." + key)))
        {
            final String problem = ChannelRule.hostProblem(channel.uri());
            if (problem != null)
            {
                aeron.refuse(key, channel.uri(), problem);
            }
        }
    }

    private void recordings(final GatewaySettings gateways)
    {
        for (int i = 0; i < gateways.recordings().size(); i++)
        {
            final Path file = gateways.recordings().get(i);
            if (!Files.isReadable(file) || Files.isDirectory(file))
            {
                root.section("feed").refuse("recordings[" + i + "]", file, "a file that can be read");
            }
        }
    }
}
