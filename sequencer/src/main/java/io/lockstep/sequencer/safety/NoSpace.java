package io.lockstep.sequencer.safety;

import io.lockstep.sequencer.NodeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Tells a full file system from other troubles: a write says it, a page of a mapped file that has no space behind it is a fault of
 * memory.
 */
public final class NoSpace
{
    private static final long LITTLE_BYTES = 64L << 20;

    private NoSpace()
    {
    }

    /**
     * @param directories where it may be.
     * @return what to throw: {@link NodeException#CANNOT_RUN} with the file system where there is no space, or what was given.
     */
    public static RuntimeException explain(final Throwable failure, final Path... directories)
    {
        final boolean isFault = failure instanceof InternalError;
        if (!isFault && !isIt(failure))
        {
            return (RuntimeException)failure;
        }
        final StringBuilder where = new StringBuilder();
        for (final Path directory : directories)
        {
            final long usableBytes = usableBytes(directory);
            if (usableBytes < LITTLE_BYTES)
            {
                where.append(" directory=").append(directory).append(" usableBytes=").append(usableBytes);
            }
        }
        return new NodeException(NodeException.CANNOT_RUN,
            (where.isEmpty() && isFault
                ? "a mapped file could not be read or written: "
                : "no space:" + where + ": ") +
                failure.getMessage() + "; make room, then start again",
            failure);
    }

    /** Whether a message says so. */
    public static boolean isIt(final Throwable failure)
    {
        for (Throwable cause = failure; cause != null; cause = cause.getCause())
        {
            if (String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT).contains("no space left"))
            {
                return true;
            }
        }
        return false;
    }

    private static long usableBytes(final Path directory)
    {
        try
        {
            Path existing = directory.toAbsolutePath();
            while (!Files.exists(existing))
            {
                existing = existing.getParent();
            }
            return Files.getFileStore(existing).getUsableSpace();
        }
        catch (final IOException ex)
        {
            return Long.MAX_VALUE;
        }
    }
}
