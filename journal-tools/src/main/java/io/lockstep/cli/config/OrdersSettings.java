package io.lockstep.cli.config;

import io.lockstep.gateways.orders.OrderGatewayContext;
import io.lockstep.gateways.orders.RequestLogIdentity;
import io.lockstep.gateways.orders.RequestLogOptions;
import io.lockstep.sequencer.config.YamlSection;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * What a configuration says of an order gateway: its section {@code orders}.
 *
 * @param identity     of the log.
 * @param logDirectory where the log's files are.
 * @param venueServer  the simulated venue that the orders go to.
 * @param settleNs     how long that venue may hold a request.
 */
public record OrdersSettings(
    RequestLogIdentity identity,
    Path logDirectory,
    RequestLogOptions log,
    InetSocketAddress venueServer,
    long settleNs,
    OrderGatewayContext context)
{
    private static final int SHARD_MAX = 1_295;

    static OrdersSettings read(final YamlSection section)
    {
        section.require("venueServer");
        final YamlSection log = section.section("log");
        final OrdersSettings settings = new OrdersSettings(
            new RequestLogIdentity(name(section, "venue", "SIMULATED"), name(section, "account", "main"),
                (int)section.whole("shard", 0, 0, SHARD_MAX)),
            log.path("directory", Path.of("orders")),
            logOptions(log),
            VenueServerSettings.address(section, "venueServer"),
            section.durationNs("settleTime", TimeUnit.MILLISECONDS.toNanos(500), TimeUnit.MILLISECONDS.toNanos(1),
                TimeUnit.MINUTES.toNanos(10)),
            new OrderGatewayContext(
                section.durationNs("answerTimeout", TimeUnit.SECONDS.toNanos(2), TimeUnit.MILLISECONDS.toNanos(10),
                    TimeUnit.HOURS.toNanos(1)),
                section.durationNs("nodeTimeout", TimeUnit.SECONDS.toNanos(10), 0, TimeUnit.HOURS.toNanos(1)),
                false));
        log.refuseUnknown();
        section.refuseUnknown();
        return settings;
    }

    /** For one start, the operator's word that a log which is behind the node may be taken up there. */
    OrdersSettings withAcceptedNewLog()
    {
        return new OrdersSettings(identity, logDirectory, log, venueServer, settleNs,
            new OrderGatewayContext(context.answerTimeoutNs(), context.nodeTimeoutNs(), true));
    }

    private static String name(final YamlSection section, final String key, final String defaultValue)
    {
        final String name = section.text(key, defaultValue);
        if (name.isBlank() || name.length() > RequestLogIdentity.NAME_LENGTH_MAX / 4)
        {
            section.refuse(key, name, "a name of 1 to " + RequestLogIdentity.NAME_LENGTH_MAX / 4 + " characters");
            return defaultValue;
        }
        return name;
    }

    private static RequestLogOptions logOptions(final YamlSection log)
    {
        final RequestLogOptions defaults = RequestLogOptions.defaults();
        final long size = log.bytes("size", defaults.fileLength(), RequestLogOptions.FILE_LENGTH_MIN,
            RequestLogOptions.FILE_LENGTH_MAX);
        // In whole pieces, as the file is made.
        return new RequestLogOptions(
            size - size % RequestLogOptions.FILE_LENGTH_MIN, log.flag("fsync", defaults.isForced()));
    }
}
