package io.lockstep.tools;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * An output file that appears whole or not at all: written beside its place, and moved there by {@link #commit()}.
 * Closed without that, or interrupted, it leaves nothing behind, and a file that was there before stays.
 */
final class AsideFile implements AutoCloseable
{
    private final Path target;
    private final Path aside;
    private final Thread interruptHook;
    private final BufferedWriter writer;

    /**
     * @throws UncheckedIOException when the file cannot be written where it is to be.
     */
    AsideFile(final Path target)
    {
        this.target = target.toAbsolutePath();
        this.aside = this.target.resolveSibling(
            "." + this.target.getFileName() + "." + ProcessHandle.current().pid() + ".tmp");
        this.interruptHook = new Thread(this::deleteAside, "aside-file-cleanup");
        try
        {
            writer = Files.newBufferedWriter(
                aside, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE);
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException("cannot write " + target + ": " + ex, ex);
        }
        Runtime.getRuntime().addShutdownHook(interruptHook);
    }

    Writer writer()
    {
        return writer;
    }

    void commit()
    {
        try
        {
            writer.close();
            Files.move(aside, target, StandardCopyOption.REPLACE_EXISTING);
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException("cannot write " + target + ": " + ex, ex);
        }
    }

    @Override
    public void close()
    {
        try
        {
            writer.close();
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException("cannot write " + target + ": " + ex, ex);
        }
        finally
        {
            deleteAside();
            removeHook();
        }
    }

    private void deleteAside()
    {
        try
        {
            Files.deleteIfExists(aside);
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException("cannot delete " + aside + ": " + ex, ex);
        }
    }

    private void removeHook()
    {
        try
        {
            Runtime.getRuntime().removeShutdownHook(interruptHook);
        }
        catch (final IllegalStateException ex)
        {
            // The process is ending: the hook runs, or has run, and has nothing left to delete.
        }
    }
}
