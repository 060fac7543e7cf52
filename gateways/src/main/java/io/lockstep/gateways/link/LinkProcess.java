package io.lockstep.gateways.link;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Which process a gateway is, for whoever reads that it holds a source id or has given a command.
 */
public final class LinkProcess
{
    private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");
    private static final int TEXT_LENGTH_MAX = 200;

    private static final String TEXT = make();

    private LinkProcess()
    {
    }

    /** For example {@code pid 4711 of trader on host-1}. */
    public static String text()
    {
        return TEXT;
    }

    private static String make()
    {
        final String text = "pid " + ProcessHandle.current().pid() + " of " + user() + " on " + host();
        return text.substring(0, Math.min(text.length(), TEXT_LENGTH_MAX));
    }

    /** The operating system's name of the user that this process runs as. */
    public static String user()
    {
        return System.getProperty("user.name", "?");
    }

    /** As the kernel says, for a resolver may make whoever asks wait. */
    private static String host()
    {
        try
        {
            return Files.readString(HOST_NAME).strip();
        }
        catch (final IOException ex)
        {
            return "this host";
        }
    }
}
