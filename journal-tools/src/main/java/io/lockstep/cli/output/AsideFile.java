package io.lockstep.cli.output;

import io.lockstep.cli.argument.UsageException;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/**
 * An output file that appears whole or not at all: written beside its place, and moved there by {@link #commit()}.
 * Closed without that, or interrupted, it leaves nothing behind, and a file that was there before stays. A link stays one: the
 * file that it leads to is replaced. What is no regular file, a pipe or a device, is written to as it is.
 */
public final class AsideFile implements AutoCloseable
{
    private static final Set<String> STANDARD_OUT = Set.of("/dev/stdout", "/dev/fd/1", "/proc/self/fd/1");
    private static final int LINKS_MAX = 40;

    private final Path target;
    private final Path aside;
    private final Thread interruptHook;
    private final BufferedWriter writer;

    /**
     * @throws UncheckedIOException when the file cannot be written where it is to be.
     * @throws UsageException       when there is a directory.
     */
    public AsideFile(final Path file)
    {
        target = behindLinks(file.toAbsolutePath());
        if (Files.isDirectory(target))
        {
            throw new UsageException(file + ": expected a file, found a directory");
        }
        aside = isWrittenAside()
            ? target.resolveSibling("." + target.getFileName() + "." + ProcessHandle.current().pid() + ".tmp")
            : null;
        interruptHook = new Thread(this::deleteAside, "aside-file-cleanup");
        try
        {
            writer = new BufferedWriter(
                new OutputStreamWriter(new CheckedOutput(file.toString(), open()), StandardCharsets.UTF_8));
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException("cannot write " + file + ": " + ex, ex);
        }
        Runtime.getRuntime().addShutdownHook(interruptHook);
    }

    /** Writes a whole file. */
    public static void write(final Path file, final String text)
    {
        try (AsideFile aside = new AsideFile(file))
        {
            aside.writer().write(text);
            aside.commit();
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex.getMessage(), ex);
        }
    }

    private static Path behindLinks(final Path file)
    {
        Path target = file;
        try
        {
            for (int i = 0; i < LINKS_MAX && !isDevice(target) && Files.isSymbolicLink(target); i++)
            {
                target = target.resolveSibling(Files.readSymbolicLink(target)).normalize();
            }
            return target;
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException("cannot write " + file + ": " + ex, ex);
        }
    }

    private static boolean isDevice(final Path file)
    {
        return file.startsWith("/dev") && !file.startsWith("/dev/shm") || file.startsWith("/proc");
    }

    private boolean isWrittenAside()
    {
        return !isDevice(target) && (!Files.exists(target) || Files.isRegularFile(target));
    }

    private OutputStream open() throws IOException
    {
        if (aside != null)
        {
            return Files.newOutputStream(aside, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE);
        }
        // Opened a second time, a file that standard output leads to would be written from its start once more.
        return isStandardOut()
            ? StandardStreams.out()
            : Files.newOutputStream(target, StandardOpenOption.WRITE);
    }

    /** Whether this is the process's own standard output. */
    public boolean isStandardOut()
    {
        return STANDARD_OUT.contains(target.toString());
    }

    /** UTF-8; what it throws names the file. */
    public Writer writer()
    {
        return writer;
    }

    /** Nothing more is written; the file is in its place when this returns. */
    public void commit()
    {
        try
        {
            writer.close();
            if (aside != null)
            {
                Files.move(aside, target, StandardCopyOption.REPLACE_EXISTING);
            }
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex.getMessage(), ex);
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
            throw new UncheckedIOException(ex.getMessage(), ex);
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
            if (aside != null)
            {
                Files.deleteIfExists(aside);
            }
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
