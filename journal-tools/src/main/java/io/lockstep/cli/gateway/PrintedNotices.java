package io.lockstep.cli.gateway;

import io.lockstep.codecs.text.Escapes;
import io.lockstep.gateways.orders.OrderGatewayNotices;
import io.lockstep.sequencer.log.ProcessLog;

import java.util.function.Consumer;

/**
 * Puts what an order gateway says into a process's log, and prints it.
 */
public record PrintedNotices(ProcessLog log, Consumer<String> printer) implements OrderGatewayNotices
{
    private static final String AREA = "orders";

    @Override
    public void info(final String line)
    {
        log.info(AREA, Escapes.line(line));
        print(line);
    }

    @Override
    public void warn(final String line)
    {
        log.warn(AREA, Escapes.line(line));
        print(line);
    }

    @Override
    public void error(final String line)
    {
        log.error(AREA, Escapes.line(line));
        print(line);
    }

    private void print(final String line)
    {
        printer.accept("order gateway: " + line);
    }
}
