package io.lockstep.cli.host;

import java.nio.file.Path;
import java.util.List;

/**
 * A mounted file system.
 *
 * @param type    such as {@code ext4}.
 * @param options that it is mounted with.
 */
record Mount(Path point, String type, List<String> options)
{
    private static final Mount UNKNOWN = new Mount(Path.of("/"), "unknown", List.of());

    /** The innermost that holds a path. */
    static Mount of(final HostFiles files, final Path path)
    {
        final Path absolute = path.toAbsolutePath().normalize();
        Mount innermost = UNKNOWN;
        for (final String line : files.lines("/proc/mounts"))
        {
            final String[] fields = line.split(" ");
            if (fields.length >= 4)
            {
                final Path point = Path.of(fields[1].replace("\\040", " "));
                // Of two on one point the later hides the other.
                if (absolute.startsWith(point) && point.getNameCount() >= innermost.point.getNameCount())
                {
                    innermost = new Mount(point, fields[2], List.of(fields[3].split(",")));
                }
            }
        }
        return innermost;
    }

    boolean isMemory()
    {
        return type.equals("tmpfs");
    }

    /** The value of an option of the form {@code key=value}, or null. */
    String option(final String key)
    {
        return options.stream()
            .filter((option) -> option.startsWith(key + "="))
            .map((option) -> option.substring(key.length() + 1))
            .findFirst().orElse(null);
    }
}
