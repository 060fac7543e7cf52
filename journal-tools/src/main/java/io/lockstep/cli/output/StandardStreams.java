package io.lockstep.cli.output;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;

/**
 * Standard output and standard error that say when they cannot be written, as {@link System#out} and {@link System#err} do not.
 */
public final class StandardStreams
{
    private StandardStreams()
    {
    }

    public static OutputStream out()
    {
        return new FileOutputStream(FileDescriptor.out);
    }

    public static OutputStream err()
    {
        return new FileOutputStream(FileDescriptor.err);
    }
}
