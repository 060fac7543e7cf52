package io.lockstep.cli.argument;

import io.lockstep.journal.read.NodeConfiguration;
import io.lockstep.sequencer.NodeException;
import io.lockstep.sequencer.config.NodeContext;
import io.lockstep.sequencer.config.ShardDirectories;
import io.lockstep.sequencer.counters.CounterType;
import io.lockstep.sequencer.counters.NodeCounters;
import io.lockstep.sequencer.journal.NodeDirectory;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * Finds the node, the shard or the shards that a directory is of.
 */
public final class NodeFinder
{
    private NodeFinder()
    {
    }

    /** Directories of the shards that have run below a node's directory; empty when it is not one of a divided node. */
    public static Map<Integer, NodeDirectory> shards(final Path directory)
    {
        requireReadable(directory);
        final Map<Integer, NodeDirectory> nodeByShard = new TreeMap<>();
        if (!Files.exists(new NodeDirectory(directory).counters()))
        {
            ShardDirectories.existing(directory).forEach((shard, path) ->
            {
                if (Files.exists(new NodeDirectory(path).counters()))
                {
                    nodeByShard.put(shard, new NodeDirectory(path));
                }
            });
        }
        return nodeByShard;
    }

    /**
     * The context that the node in the directory runs with, a shard's own where it is one.
     *
     * @throws UsageException when none has run there.
     */
    public static NodeContext context(final Path directory)
    {
        final NodeDirectory node = new NodeDirectory(directory);
        requireFile(node.configuration(), directory);
        return NodeConfiguration.of(directory, Directories.read(node.configuration())).orElseThrow(() ->
        {
            requireFile(node.counters(), directory);
            return new UsageException("--dir=" + directory + ": expected a shard of its configuration, shard=" +
                NodeCounters.read(node.counters()).getOrDefault(CounterType.SHARD.label(), -1L));
        });
    }

    private static void requireReadable(final Path directory)
    {
        if (Files.isDirectory(directory) && !(Files.isReadable(directory) && Files.isExecutable(directory)))
        {
            throw new NodeException(NodeException.CANNOT_RUN, "--dir=" + directory +
                ": expected a directory that this user may read: user=" + System.getProperty("user.name", "?"));
        }
    }

    private static void requireFile(final Path file, final Path directory)
    {
        if (!Files.exists(file))
        {
            throw new UsageException("--dir=" + directory + ": expected the directory of a node that runs");
        }
    }
}
