package io.lockstep.cli.operate;

import io.lockstep.cli.argument.UsageException;
import io.lockstep.cli.config.ConfigurationFile;
import io.lockstep.cli.output.ExitStatus;
import io.lockstep.journal.text.Json;
import io.lockstep.journal.verify.JournalVerification;
import io.lockstep.sequencer.NodeException;
import io.lockstep.sequencer.archive.ArchiveException;
import io.lockstep.sequencer.archive.ArchivedDirectory;
import io.lockstep.sequencer.config.NodeContext;
import io.lockstep.sequencer.journal.NodeDirectory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * A node's directory from its archive.
 */
@Command(name = "restore", description = {
    "Makes the directory of a node again from its archive, after the memory that it was kept in is gone: the journal up to",
    "where it was copied, snapshots and configuration. Every record is checked. The next 'run' goes on there."}, mixinStandardHelpOptions = true, footer =
    {"", "Example: lockstep restore --config node.yaml"})
final class RestoreCommand implements Callable<Integer>
{
    @Spec
    private CommandSpec spec;

    @Option(names = "--config", required = true, paramLabel = "FILE", description = "The node's own.")
    private Path config;

    @Option(names = "--from", paramLabel = "DIR", description = "Default: its archive.directory.")
    private Path from;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    @SuppressWarnings("try") // the locks are held, not used
    public Integer call() throws IOException
    {
        final NodeContext context = ConfigurationFile.anywhere(config).context();
        if (!context.shards().isEmpty())
        {
            // What is copied is a shard's directory; restored into the node's it would be in the wrong place.
            throw new UsageException("--config=" + config + ": shards: expected the configuration of one node; " +
                "restore each shard by itself, with node.directory its own and --from its part of the archive");
        }
        final Path archive = from != null ? from : context.archive().directory();
        if (archive == null)
        {
            throw new UsageException("--from: expected a directory, since archive.directory is not configured");
        }
        final NodeDirectory directory = new NodeDirectory(context.directory());
        final ArchivedDirectory archived = new ArchivedDirectory(archive);
        if (!archived.hasJournal())
        {
            throw new UsageException("archive=" + archive + ": expected a directory that a node was copied to");
        }
        try (NodeDirectory.Lock archiveLock = lock(new NodeDirectory(archive));
            NodeDirectory.Lock lock = lock(directory))
        {
            archived.restore(directory);
        }
        catch (final ArchiveException ex)
        {
            throw new NodeException(NodeException.CANNOT_RUN, ex.getMessage(), ex);
        }
        return print(JournalVerification.of(directory), directory);
    }

    private static NodeDirectory.Lock lock(final NodeDirectory directory) throws IOException
    {
        final NodeDirectory.Lock lock = directory.tryLock();
        if (lock == null)
        {
            throw new NodeException(NodeException.CANNOT_RUN, directory.path() + ": in use by another live process");
        }
        return lock;
    }

    private int print(final JournalVerification verification, final NodeDirectory directory)
    {
        final Map<String, Object> values = new LinkedHashMap<>();
        values.put("directory", directory.path().toString());
        values.put("records", verification.records());
        values.put("firstBadSequence", verification.firstBadSequence());
        values.put("problem", verification.problem());
        values.put("chainHash", Json.hex(verification.chain()));
        values.put("cleanEnd", verification.cleanEnd());
        if (json)
        {
            spec.commandLine().getOut().println(Json.text(values));
        }
        else
        {
            values.forEach((key, value) -> spec.commandLine().getOut().printf(Locale.ROOT, "%-18s %s%n", key, value));
        }
        return verification.problem() == null ? ExitStatus.DONE : ExitStatus.CHECK_FAILED;
    }
}
