package io.lockstep.perf.recovery;

import io.lockstep.cli.argument.UsageException;
import io.lockstep.cli.output.ExitStatus;
import io.lockstep.journal.text.Json;
import io.lockstep.perf.Figures;
import io.lockstep.perf.shards.ShardsMeasurement;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;

/**
 * Measures the journal, and what recovery and scale rest on, one thing at a time.
 */
@Command(name = "measure", description = "Measures restarts, replay, checksums, snapshots, durability, the journal or shards, or shows which calls the compiler has left in the loop.", mixinStandardHelpOptions = true, footer = {
    "", "Example: lockstep measure recovery --dir /var/tmp --rounds 5",
    "Inlining ends with status 1 when a call in the loop is megamorphic."})
public final class MeasureCommand implements Callable<Integer>
{
    /** What can be measured. */
    enum What
    {
        RECOVERY, REPLAY, CHECKSUM, SNAPSHOTS, DURABILITY, JOURNAL, SHARDS, INLINING
    }

    private static final int LOAD_RATE = 10_000;
    private static final int APPEND_RATE = 1_000_000;

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

    @Option(names = "--rate", paramLabel = "N", description = "Market events a second under load, default 10000; appends a second, default 1000000 (journal).")
    private Integer rate;

    @Option(names = "--inputs", paramLabel = "N", defaultValue = "1000000", description = "Behind the newest snapshot (recovery), in the journal (replay, checksum), of a shard in a turn (shards), or taken until the loop is looked at (inlining). Default: ${DEFAULT-VALUE}.")
    private int inputs;

    @Option(names = "--appends", paramLabel = "N", defaultValue = "10000000", description = "Of each round (journal). Default: ${DEFAULT-VALUE}.")
    private int appends;

    @Option(names = "--json", description = "Print one JSON object (journal).")
    private boolean json;

    @Option(names = "--launcher", paramLabel = "FILE", description = "Restart through it; else java is called as this process was. For recovery.")
    private Path launcher;

    @Override
    public Integer call() throws IOException, InterruptedException, ExecutionException
    {
        if (json && what != What.JOURNAL)
        {
            throw new UsageException("--json: expected with journal alone");
        }
        final PrintWriter out = spec.commandLine().getOut();
        final Figures figures = new Figures(json ? new PrintWriter(Writer.nullWriter()) : out);
        int status = ExitStatus.DONE;
        final Path work = Files.createTempDirectory(directory, "lockstep-measure-").toAbsolutePath();
        try
        {
            figures.conditions();
            switch (what)
            {
                case RECOVERY -> new RecoveryMeasurement(work, figures, inputs, launcher).run(rounds);
                case REPLAY -> new ReplayMeasurement(work, figures, inputs).run(rounds);
                case CHECKSUM -> new ChecksumMeasurement(work, figures, inputs).run(rounds);
                case SNAPSHOTS -> new SnapshotMeasurement(work, figures, rate(LOAD_RATE), seconds).run(rounds);
                case DURABILITY -> new DurabilityMeasurement(work, figures, rate(LOAD_RATE), seconds).run(rounds);
                case JOURNAL -> measureJournal(work, figures, out);
                case SHARDS -> new ShardsMeasurement(work, figures, inputs).run(rounds);
                case INLINING -> status = new InlinedLoop(work, out, inputs).run();
            }
            figures.conditions();
        }
        finally
        {
            ChildProcess.run("rm", "-rf", work.toString());
        }
        return status;
    }

    private int rate(final int defaultRate)
    {
        return rate == null ? defaultRate : rate;
    }

    private void measureJournal(final Path work, final Figures figures, final PrintWriter out)
        throws IOException, InterruptedException
    {
        final Map<String, Object> values = new JournalMeasurement(work, figures, appends, rate(APPEND_RATE))
            .run(rounds);
        if (json)
        {
            out.println(Json.text(values));
        }
    }
}
