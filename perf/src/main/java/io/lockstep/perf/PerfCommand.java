package io.lockstep.perf;

import io.lockstep.codecs.text.NeutralLocale;
import io.lockstep.perf.bench.BenchCommand;
import io.lockstep.perf.latency.LatencyCommand;
import io.lockstep.perf.recovery.MeasureCommand;
import io.lockstep.tools.LockstepCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * The launcher's entry for measurements: {@code lockstep latency}, {@code bench} and {@code measure}.
 */
@Command(name = "lockstep", description = "Measurements.", mixinStandardHelpOptions = true, scope = CommandLine.ScopeType.INHERIT, versionProvider = LockstepCommand.Version.class, synopsisSubcommandLabel = "COMMAND", subcommands = {
    LatencyCommand.class,
    BenchCommand.class,
    MeasureCommand.class
})
public final class PerfCommand
{
    PerfCommand()
    {
    }

    public static void main(final String[] args)
    {
        NeutralLocale.set();
        System.exit(LockstepCommand.execute(
            new PerfCommand(), LockstepCommand.standardOut(), LockstepCommand.standardErr(), args));
    }
}
