package io.lockstep.sequencer;

import io.lockstep.sequencer.config.NodeContext;
import io.lockstep.sequencer.config.YamlSection;

import java.nio.file.Path;

/**
 * Configurations of nodes that run {@link TickStrategy}, as text.
 */
public final class NodeText
{
    private NodeText()
    {
    }

    /**
     * One instrument, TICK.TEST, with id 0; tick and lot 1. Gateways by hand neither say how their orders stand nor that they
     * are there. A machine that is busy makes no alerts of its own.
     */
    public static String of(final Path directory, final String nodeKeys, final String aeron, final String parameters)
    {
        return """
            node: {directory: "%s", reconcile: false, gatewayTimeout: 0, stallMax: 1h, clockStepMax: 1h%s}
            aeron: {%s}
            journal: {segmentSize: 4MiB, reserveAhead: 1MiB}
            instruments:
              - {symbol: TICK, venue: TEST, tickSize: 1, lotSize: 1, baseCurrency: T, quoteCurrency: USD}
            limits: {maxOpenOrders: 10000}
            strategies:
              - name: tick
                class: %s
                parameters: {%s}
            """.formatted(directory, nodeKeys, aeron, TickStrategy.FACTORY, parameters);
    }

    public static NodeContext context(final String text)
    {
        final YamlSection root = YamlSection.parse(Path.of("test.yaml"), text);
        final NodeContext context = NodeContext.read(root, text);
        root.refuseUnknown();
        return context;
    }
}
