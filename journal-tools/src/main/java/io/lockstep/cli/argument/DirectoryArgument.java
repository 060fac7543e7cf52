package io.lockstep.cli.argument;

import io.lockstep.sequencer.journal.NodeDirectory;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.nio.file.Path;

/**
 * A node's directory, spelt the same in every command that takes one: by itself, or with {@code --dir} or {@code --journal}.
 */
public final class DirectoryArgument
{
    private static final Path DEFAULT = Path.of("node");

    @Parameters(arity = "0..1", paramLabel = "DIR", description = "A node's directory; also as --dir.")
    private Path positional;

    @Option(names = {"--dir", "--journal"}, paramLabel = "DIR", description = "The same.")
    private Path named;

    /**
     * @throws UsageException when none was given, or two.
     */
    public Path required()
    {
        if (given() == null)
        {
            throw new UsageException("DIR: expected a node's directory");
        }
        return given();
    }

    /** The directory {@code node} unless one was given. */
    public Path orDefault()
    {
        return given() == null ? DEFAULT : given();
    }

    /**
     * @throws UsageException when there is no journal.
     */
    public NodeDirectory journal()
    {
        final NodeDirectory directory = NodeDirectory.of(required());
        Directories.requireJournal(directory);
        return directory;
    }

    private Path given()
    {
        if (positional != null && named != null && !positional.equals(named))
        {
            throw new UsageException("DIR=" + positional + " --dir=" + named + ": expected one directory");
        }
        return positional == null ? named : positional;
    }
}
