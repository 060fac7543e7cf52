package io.lockstep.sequencer.config;

import java.nio.file.Path;

/**
 * A process's log; the section {@code log} of the configuration.
 *
 * @param directory of the files; null for the process's own choice.
 * @param maxBytes  of a file before the next one begins.
 * @param keep      files that are kept, the newest.
 * @param toStderr  whether lines go to standard error as well; an option of the command, not of the configuration.
 */
public record LogContext(Path directory, long maxBytes, int keep, boolean toStderr)
{
    private static final long MAX_BYTES_DEFAULT = 16L << 20;
    private static final long MAX_BYTES_MIN = 64L << 10;
    private static final long MAX_BYTES_MAX = 1L << 40;
    private static final int KEEP_DEFAULT = 8;
    private static final int KEEP_MAX = 1_000;

    /** For a process whose configuration says nothing of its log. */
    public static final LogContext DEFAULT = new LogContext(null, MAX_BYTES_DEFAULT, KEEP_DEFAULT, false);

    public static LogContext read(final YamlSection section)
    {
        final LogContext context = new LogContext(
            section.path("directory"),
            section.bytes("maxSize", MAX_BYTES_DEFAULT, MAX_BYTES_MIN, MAX_BYTES_MAX),
            (int)section.whole("keep", KEEP_DEFAULT, 1, KEEP_MAX),
            false);
        section.refuseUnknown();
        return context;
    }

    public LogContext withStderr(final boolean newToStderr)
    {
        return new LogContext(directory, maxBytes, keep, newToStderr);
    }

    /** @param chosen by the process where the configuration names no directory. */
    public LogContext in(final Path chosen)
    {
        return directory == null ? new LogContext(chosen, maxBytes, keep, toStderr) : this;
    }

    /** Shards do not write into one file: each has a directory of its own below the one that is configured. */
    public LogContext ofShard(final int shard)
    {
        return directory == null
            ? this
            : new LogContext(directory.resolve("shard-" + shard), maxBytes, keep, toStderr);
    }
}
