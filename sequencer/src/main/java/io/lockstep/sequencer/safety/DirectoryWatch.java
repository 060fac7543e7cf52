package io.lockstep.sequencer.safety;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Sees that a directory which a process works in was removed, or that another is in its place: what is written from there on is in
 * files that nobody finds again. Looks once a second, on a thread that is not the loop's; {@link #problem} is for any thread.
 */
public final class DirectoryWatch
{
    private static final long INTERVAL_NS = TimeUnit.SECONDS.toNanos(1);

    private final List<Watched> watched = new ArrayList<>();
    private long nextLookNs = System.nanoTime();
    private volatile String problem;

    private record Watched(Path path, Object fileKey)
    {
    }

    /**
     * @param directories that are there now.
     */
    public DirectoryWatch(final Path... directories)
    {
        for (final Path directory : directories)
        {
            watched.add(new Watched(directory, fileKey(directory)));
        }
    }

    private static Object fileKey(final Path path)
    {
        try
        {
            return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
        }
        catch (final IOException ex)
        {
            return null;
        }
    }

    /** Looks, when it is time to. */
    public void look(final long nowNs)
    {
        if (problem != null || nowNs - nextLookNs < 0)
        {
            return;
        }
        nextLookNs = nowNs + INTERVAL_NS;
        for (final Watched directory : watched)
        {
            final Object fileKey = fileKey(directory.path);
            if (directory.fileKey != null && !directory.fileKey.equals(fileKey))
            {
                problem = directory.path + (fileKey == null
                    ? " was removed"
                    : " was replaced by another directory") + " while it was in use";
                return;
            }
        }
    }

    /** What is wrong, or null. */
    public String problem()
    {
        return problem;
    }
}
