package io.lockstep.sequencer.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where the shards of a node keep what is theirs: in {@code shard-<number>} below the node's directory.
 */
public final class ShardDirectories
{
    private static final Pattern NAME = Pattern.compile("shard-(\\d{1,4})");

    private ShardDirectories()
    {
    }

    public static Path of(final Path node, final int shard)
    {
        return node.resolve("shard-" + shard);
    }

    /** Those that are there, by the shards' numbers. */
    public static Map<Integer, Path> existing(final Path node)
    {
        final Map<Integer, Path> directoryByShard = new TreeMap<>();
        if (Files.isDirectory(node))
        {
            try (Stream<Path> entries = Files.list(node))
            {
                entries.forEach((entry) ->
                {
                    final Matcher matcher = NAME.matcher(entry.getFileName().toString());
                    if (matcher.matches() && Files.isDirectory(entry))
                    {
                        directoryByShard.put(Integer.valueOf(matcher.group(1)), entry);
                    }
                });
            }
            catch (final IOException ex)
            {
                throw new UncheckedIOException(ex);
            }
        }
        return directoryByShard;
    }
}
