package io.lockstep.sequencer.journal;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;

/**
 * Asks a file system how much room it has.
 */
interface FreeSpace
{
    /** In place of bytes: the file system did not answer, which says nothing about its room. */
    long UNKNOWN_BYTES = -1;

    /** Bytes that the process may still use, or {@link #UNKNOWN_BYTES}. */
    long usableBytes();

    /** Where a file or directory is. */
    static FreeSpace of(final File file)
    {
        return () ->
        {
            // Not of a FileStore, which reads the list of all file systems each time; but 0 also means that it cannot be had.
            final long bytes = file.getUsableSpace();
            return bytes > 0 ? bytes : exactly(file);
        };
    }

    private static long exactly(final File file)
    {
        try
        {
            return Files.getFileStore(file.toPath()).getUsableSpace();
        }
        catch (final IOException ex)
        {
            return UNKNOWN_BYTES;
        }
    }

    /** For a message. */
    static String text(final long bytes)
    {
        return bytes == UNKNOWN_BYTES ? "unknown" : String.valueOf(bytes);
    }
}
