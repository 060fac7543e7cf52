package io.lockstep.perf.recovery;

import io.lockstep.tools.LockstepCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/**
 * Measures what recovery rests on, one thing at a time.
 */
@Command(name = "measure", description = "Measures restarts, replay, checksums, snapshots or durability.", mixinStandardHelpOptions = true, footer = {
    "", "Example: lockstep measure recovery --dir /var/tmp --rounds 5"})
public final class MeasureCommand implements Callable<Integer>
{
    /** What can be measured. */
    enum What
    {
        RECOVERY, REPLAY, CHECKSUM, SNAPSHOTS, DURABILITY
    }

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "WHAT", description = "${COMPLETION-CANDIDATES}")
    private What what;

    @Option(names = "--dir", paramLabel = "DIR", defaultValue = "/var/tmp", description = "On the file system to be measured; a directory is made below it, and removed. Default: ${DEFAULT-VALUE}.")
    private Path directory;

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "5", description = "Default: ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(names = "--seconds", paramLabel = "N", defaultValue = "3", description = "Of each round under load. Default: ${DEFAULT-VALUE}.")
    private int seconds;

    @Option(names = "--rate", paramLabel = "N", defaultValue = "10000", description = "Market events a second under load. Default: ${DEFAULT-VALUE}.")
    private int rate;

    @Option(names = "--inputs", paramLabel = "N", defaultValue = "1000000", description = "Behind the newest snapshot (recovery), or in the journal (replay, checksum). Default: ${DEFAULT-VALUE}.")
    private int inputs;

    @Option(names = "--launcher", paramLabel = "FILE", description = "Restart through it; else java is called as this process was. For recovery.")
    private Path launcher;

    @Override
    public Integer call() throws IOException, InterruptedException
    {
        final Figures figures = new Figures(spec.commandLine().getOut());
        final Path work = Files.createTempDirectory(directory, "lockstep-measure-").toAbsolutePath();
        try
        {
            figures.conditions();
            switch (what)
            {
                case RECOVERY -> new RecoveryMeasurement(work, figures, inputs, launcher).run(rounds);
                case REPLAY -> new ReplayMeasurement(work, figures, inputs).run(rounds);
                case CHECKSUM -> new ChecksumMeasurement(work, figures, inputs).run(rounds);
                case SNAPSHOTS -> new SnapshotMeasurement(work, figures, rate, seconds).run(rounds);
                case DURABILITY -> new DurabilityMeasurement(work, figures, rate, seconds).run(rounds);
            }
            figures.conditions();
        }
        finally
        {
            ChildProcess.run("rm", "-rf", work.toString());
        }
        return LockstepCommand.DONE;
    }
}
