package io.lockstep.journal.read;

import io.lockstep.sequencer.config.ConfigurationException;
import io.lockstep.sequencer.config.NodeContext;
import io.lockstep.sequencer.config.YamlSection;
import io.lockstep.sequencer.counters.CounterType;
import io.lockstep.sequencer.counters.NodeCounters;
import io.lockstep.sequencer.journal.NodeDirectory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The configuration that a node, or a shard of one, keeps in its directory and runs with.
 */
public final class NodeConfiguration
{
    private NodeConfiguration()
    {
    }

    /**
     * A shard's own where the directory is that of one, with the directory as it is named here: where a node is may look otherwise
     * from here than it did to the node.
     *
     * @return nothing where no node has run, or where the configuration has no such shard.
     * @throws ConfigurationException when this version cannot use it.
     */
    public static Optional<NodeContext> of(final Path directory)
    {
        final Path file = new NodeDirectory(directory).configuration();
        return Files.exists(file) ? of(directory, text(file)) : Optional.empty();
    }

    /**
     * As {@link #of(Path)}, of a file that was read already.
     */
    public static Optional<NodeContext> of(final Path directory, final String text)
    {
        final NodeDirectory node = new NodeDirectory(directory);
        final NodeContext context = NodeContext.read(YamlSection.parse(node.configuration(), text), text);
        if (context.shards().isEmpty())
        {
            return Optional.of(context.withDirectory(directory));
        }
        final long shard = shard(node);
        return context.withDirectory(directory.toAbsolutePath().normalize().getParent()).shardContexts().stream()
            .filter((own) -> own.shard() == shard).findFirst();
    }

    private static long shard(final NodeDirectory node)
    {
        return Files.exists(node.counters())
            ? NodeCounters.read(node.counters()).getOrDefault(CounterType.SHARD.label(), -1L)
            : -1L;
    }

    private static String text(final Path file)
    {
        try
        {
            return Files.readString(file);
        }
        catch (final CharacterCodingException ex)
        {
            throw new ConfigurationException(file + ": expected text in UTF-8");
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(file.toString(), ex);
        }
    }
}
