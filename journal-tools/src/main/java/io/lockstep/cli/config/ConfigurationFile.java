package io.lockstep.cli.config;

import io.lockstep.cli.argument.Directories;
import io.lockstep.sequencer.config.ConfigurationException;
import io.lockstep.sequencer.config.DriverContext;
import io.lockstep.sequencer.config.NodeContext;
import io.lockstep.sequencer.config.Problems;
import io.lockstep.sequencer.config.YamlSection;

import java.nio.file.Path;
import java.util.List;

/**
 * A configuration as the commands take it: read to its end, so that whoever is refused hears of everything that is wrong, and
 * before anything has been started.
 */
public final class ConfigurationFile
{
    /** What a file configures. */
    public enum Kind
    {
        NODE, BACKTEST, DRIVER, GATEWAY;

        /** By the sections that it has. */
        static Kind of(final YamlSection root)
        {
            if (root.has("driver"))
            {
                return DRIVER;
            }
            final YamlSection aeron = root.has("aeron") ? root.section("aeron") : null;
            if (root.has("gateway") || aeron != null && List.of("toNode", "fromNode", "market").stream()
                .anyMatch(aeron::has))
            {
                return GATEWAY;
            }
            return !root.has("backtest") && (root.has("node") || aeron != null) ? NODE : BACKTEST;
        }
    }

    /**
     * A node's, or a backtest's.
     *
     * @param root     for checks that come later, when a recording has been opened.
     * @param calendar a backtest's; null for a node.
     */
    public record NodeFile(
        YamlSection root, NodeContext context, GatewaySettings gateways, TradingCalendar calendar)
    {
        /**
         * Gives the context to a core that is thrown away.
         *
         * @throws ConfigurationException with what it refuses.
         */
        public void check(final NodeContext whole)
        {
            ConfigurationCheck.run(root, whole);
            root.problems().throwAny();
        }
    }

    private ConfigurationFile()
    {
    }

    /**
     * For a node that is to run on this host.
     *
     * @throws ConfigurationException with all that is wrong, here and below.
     */
    public static NodeFile node(final Path config)
    {
        return node(config, Kind.NODE, true);
    }

    /** For a backtest, which uses no processor and no channel of the configuration. */
    public static NodeFile backtest(final Path config)
    {
        return node(config, Kind.BACKTEST, false);
    }

    /** For what runs no node: it only looks, or works on a node's directory. */
    public static NodeFile anywhere(final Path config)
    {
        return node(config, Kind.NODE, false);
    }

    private static NodeFile node(final Path config, final Kind kind, final boolean isHere)
    {
        final String text = Directories.read(config);
        final YamlSection root = YamlSection.parse(config, text, Problems.collected());
        final NodeFile file = node(root, text, kind, isHere);
        root.problems().throwAny();
        return file;
    }

    public static NodeFile node(final YamlSection root, final String text, final Kind kind, final boolean isHere)
    {
        final NodeContext context = NodeContext.read(root, text);
        final GatewaySettings gateways = GatewaySettings.read(root);
        final TradingCalendar calendar = kind == Kind.BACKTEST ? TradingCalendar.read(root) : null;
        root.refuseUnknown();
        if (isHere)
        {
            new HostConfigurationCheck(root).run(context, gateways);
        }
        return new NodeFile(root, context, gateways, calendar);
    }

    public static Kind kind(final Path config)
    {
        return Kind.of(YamlSection.parse(config, Directories.read(config), Problems.collected()));
    }

    public static DriverContext driver(final Path config)
    {
        return driver(config, true);
    }

    /** For who only looks. */
    public static DriverContext driverAnywhere(final Path config)
    {
        return driver(config, false);
    }

    private static DriverContext driver(final Path config, final boolean isHere)
    {
        final YamlSection root = YamlSection.parse(config, Directories.read(config), Problems.collected());
        final DriverContext context = driver(root, isHere);
        root.problems().throwAny();
        return context;
    }

    public static DriverContext driver(final YamlSection root, final boolean isHere)
    {
        final DriverContext context = DriverContext.read(root);
        if (isHere)
        {
            new HostConfigurationCheck(root).run(context);
        }
        return context;
    }

    public static GatewayContext gateway(final Path config)
    {
        final YamlSection root = YamlSection.parse(config, Directories.read(config), Problems.collected());
        final GatewayContext context = gateway(root, true);
        root.problems().throwAny();
        return context;
    }

    public static GatewayContext gateway(final YamlSection root, final boolean isHere)
    {
        final GatewayContext context = GatewayContext.read(root);
        if (isHere)
        {
            new HostConfigurationCheck(root).run(context);
        }
        return context;
    }
}
