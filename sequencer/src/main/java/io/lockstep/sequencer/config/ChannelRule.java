package io.lockstep.sequencer.config;

import io.aeron.ChannelUri;
import io.aeron.CommonContext;
import io.aeron.driver.DefaultNameResolver;
import io.aeron.driver.NameResolver;
import io.aeron.driver.media.UdpChannel;
import io.lockstep.codecs.text.Nearest;

import java.lang.reflect.Field;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Which texts are channels of Aeron. What it would only find when a stream is opened, in another thread or another process and
 * without the key, is found here.
 */
public final class ChannelRule
{
    private static final String EXAMPLE = "a channel such as aeron:ipc or aeron:udp?endpoint=host:40456";
    private static final int PORT_MAX = 65_535;
    private static final Pattern PORT = Pattern.compile("[0-9]{1,5}");
    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|.*:.*");
    /** Knows addresses and stands for every host with a name, so that what else a channel says is checked without a network. */
    private static final NameResolver ANY_HOST = new NameResolver()
    {
        @Override
        public InetAddress resolve(final String name, final String uriParamName, final boolean isReResolution)
        {
            return ADDRESS.matcher(name).matches()
                ? DefaultNameResolver.INSTANCE.resolve(name, uriParamName, isReResolution)
                : InetAddress.getLoopbackAddress();
        }
    };
    private static final Set<String> PARAMETERS = parameters();

    private ChannelRule()
    {
    }

    /**
     * What is wrong with a channel wherever it is used.
     *
     * @return what was expected, or null when nothing is wrong.
     */
    static String problem(final String uri)
    {
        final ChannelUri parsed;
        try
        {
            parsed = ChannelUri.parse(uri);
        }
        catch (final RuntimeException ex)
        {
            return EXAMPLE + ": " + ex.getMessage();
        }
        if (!parsed.isUdp() && !parsed.isIpc())
        {
            return EXAMPLE + ": " + parsed.media() + " is no medium";
        }
        if (parsed.prefix() != null && !parsed.prefix().isEmpty() && !parsed.prefix().equals(ChannelUri.SPY_QUALIFIER))
        {
            return EXAMPLE + ": " + parsed.prefix() + " is no prefix";
        }
        return parameterProblem(parsed, uri);
    }

    private static String parameterProblem(final ChannelUri parsed, final String uri)
    {
        final String[] unknown = {null};
        parsed.forEachParameter((name, value) ->
        {
            if (!PARAMETERS.contains(name))
            {
                unknown[0] = name;
            }
        });
        if (unknown[0] != null)
        {
            return "parameters that Aeron knows: " + unknown[0] + " is none; did you mean '" +
                Nearest.of(unknown[0], PARAMETERS) + "'?";
        }
        if (!parsed.isUdp())
        {
            return parsed.containsKey(CommonContext.ENDPOINT_PARAM_NAME) ? "no endpoint with aeron:ipc" : null;
        }
        for (final String name : new String[]{
            CommonContext.ENDPOINT_PARAM_NAME, CommonContext.MDC_CONTROL_PARAM_NAME})
        {
            final String problem = parsed.containsKey(name) ? addressProblem(name, parsed.get(name)) : null;
            if (problem != null)
            {
                return problem;
            }
        }
        // With an interface it is a matter of the host, see hostProblem.
        return parsed.containsKey(CommonContext.INTERFACE_PARAM_NAME) ? null : parseProblem(uri, ANY_HOST);
    }

    private static String addressProblem(final String name, final String address)
    {
        final int colon = address.lastIndexOf(':');
        final String host = colon < 0 ? address : address.substring(0, colon);
        final String port = colon < 0 ? "" : address.substring(colon + 1);
        if (host.isEmpty() || !PORT.matcher(port).matches() || Integer.parseInt(port) > PORT_MAX)
        {
            return name + " as host:port with a port from 0 to " + PORT_MAX;
        }
        return null;
    }

    private static String parseProblem(final String uri, final NameResolver resolver)
    {
        try
        {
            UdpChannel.parse(uri.startsWith(ChannelUri.SPY_QUALIFIER + ":")
                ? uri.substring(ChannelUri.SPY_QUALIFIER.length() + 1)
                : uri, resolver);
            return null;
        }
        catch (final RuntimeException ex)
        {
            final Throwable cause = ex.getCause();
            if (cause instanceof UnknownHostException || ex.getMessage().contains("could not resolve"))
            {
                return "hosts that this one can resolve: " + (cause == null ? ex : cause).getMessage();
            }
            return EXAMPLE + ": " + (cause == null || cause.getMessage() == null ? ex : cause).getMessage();
        }
    }

    /**
     * What is wrong with a channel on this host: names that cannot be resolved, interfaces that it does not have. May ask a name
     * server.
     *
     * @return what was expected, or null when nothing is wrong.
     */
    public static String hostProblem(final String uri)
    {
        return ChannelUri.parse(uri).isUdp() ? parseProblem(uri, DefaultNameResolver.INSTANCE) : null;
    }

    private static Set<String> parameters()
    {
        final Set<String> names = new TreeSet<>();
        for (final Field field : CommonContext.class.getFields())
        {
            if (field.getName().endsWith("_PARAM_NAME") && field.getType() == String.class)
            {
                try
                {
                    names.add((String)field.get(null));
                }
                catch (final IllegalAccessException ex)
                {
                    throw new IllegalStateException(ex);
                }
            }
        }
        return names;
    }
}
