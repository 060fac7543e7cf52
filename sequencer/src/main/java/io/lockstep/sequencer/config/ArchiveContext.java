package io.lockstep.sequencer.config;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A second place where a node's directory is copied to while the node runs; the section {@code archive} of the configuration.
 *
 * @param directory  takes the copy; null for none.
 * @param intervalNs between two looks at what there is to copy; each ends with a sync.
 */
public record ArchiveContext(Path directory, long intervalNs)
{
    private static final long INTERVAL_DEFAULT_NS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long INTERVAL_MIN_NS = TimeUnit.MILLISECONDS.toNanos(1);

    static ArchiveContext read(final YamlSection section)
    {
        final ArchiveContext context = new ArchiveContext(
            section.path("directory"),
            section.durationNs("interval", INTERVAL_DEFAULT_NS, INTERVAL_MIN_NS, TimeUnit.MINUTES.toNanos(1)));
        section.refuseUnknown();
        return context;
    }

    /** The same for a shard of the node, which is copied to a directory of its own within. */
    ArchiveContext of(final int shard)
    {
        return isEnabled() ? new ArchiveContext(ShardDirectories.of(directory, shard), intervalNs) : this;
    }

    public boolean isEnabled()
    {
        return directory != null;
    }
}
