package io.lockstep.cli.gateway;

import io.lockstep.codecs.text.Escapes;
import io.lockstep.gateways.orders.OrderGatewayNotices;
import io.lockstep.sequencer.log.ProcessLog;

import java.util.function.Consumer;

/**
 * Puts what the gateways of a process say into the process's log, and prints it. Any thread.
 */
public record PrintedNotices(ProcessLog log, Consumer<String> printer)
{
    private static final String FEED_AREA = "feed";
    private static final String ORDERS_AREA = "orders";

    Consumer<String> feed()
    {
        return (line) ->
        {
            log.warn(FEED_AREA, Escapes.line(line));
            printer.accept("feed: " + line);
        };
    }

    OrderGatewayNotices orders()
    {
        return new OrderGatewayNotices()
        {
            @Override
            public void info(final String line)
            {
                log.info(ORDERS_AREA, Escapes.line(line));
                print(line);
            }

            @Override
            public void warn(final String line)
            {
                log.warn(ORDERS_AREA, Escapes.line(line));
                print(line);
            }

            @Override
            public void error(final String line)
            {
                log.error(ORDERS_AREA, Escapes.line(line));
                print(line);
            }

            private void print(final String line)
            {
                printer.accept("order gateway: " + line);
            }
        };
    }
}
