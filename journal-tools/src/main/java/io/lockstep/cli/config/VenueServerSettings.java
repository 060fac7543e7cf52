package io.lockstep.cli.config;

import io.lockstep.gateways.simulated.remote.VenueFaults;
import io.lockstep.sequencer.config.YamlSection;

import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/**
 * What a configuration says of a simulated venue that order gateways of other processes trade at: its section
 * {@code venueServer}; the venue's rules are in the section {@code venue}.
 *
 * @param listen          where it listens.
 * @param reusesClosedIds whether it accepts a ClOrdID again once the order that had it is closed.
 * @param cancelAfterNs   how long after the end of a session its open orders are cancelled; 0 for never.
 */
public record VenueServerSettings(
    InetSocketAddress listen, boolean reusesClosedIds, long cancelAfterNs, VenueFaults faults)
{
    private static final int PORT_MAX = 65_535;
    private static final String LOCAL = "127.0.0.1";

    static VenueServerSettings read(final YamlSection section)
    {
        section.require("listen");
        final VenueServerSettings settings = new VenueServerSettings(
            address(section, "listen"),
            section.flag("reuseClosedIds", false),
            section.durationNs("cancelOnDisconnect", 0, 0, TimeUnit.HOURS.toNanos(1)),
            new VenueFaults(
                section.whole("seed", 1, Long.MIN_VALUE, Long.MAX_VALUE),
                delay(section, "requestDelayMax"),
                delay(section, "reportDelayMax"),
                (int)section.whole("dropPpm", 0, 0, 1_000_000)));
        section.refuseUnknown();
        return settings;
    }

    private static long delay(final YamlSection section, final String key)
    {
        return section.durationNs(key, 0, 0, TimeUnit.SECONDS.toNanos(10));
    }

    /** {@code host:port}; any address of this host in place of what was refused. */
    static InetSocketAddress address(final YamlSection section, final String key)
    {
        final String text = section.text(key, LOCAL + ":0");
        final int colon = text.lastIndexOf(':');
        final String port = text.substring(colon + 1);
        if (colon <= 0 || !port.matches("[0-9]{1,5}") || Integer.parseInt(port) > PORT_MAX)
        {
            section.refuse(key, text, "host:port, such as 127.0.0.1:7801");
            return new InetSocketAddress(LOCAL, 0);
        }
        final InetSocketAddress address = new InetSocketAddress(text.substring(0, colon), Integer.parseInt(port));
        if (address.isUnresolved())
        {
            section.refuse(key, text, "a host that can be resolved");
        }
        return address;
    }
}
