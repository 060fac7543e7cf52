package io.lockstep.perf;

import io.lockstep.cli.CommandGroup;
import io.lockstep.cli.CommandSet;
import io.lockstep.perf.bench.BenchCommand;
import io.lockstep.perf.latency.LatencyCommand;
import io.lockstep.perf.recovery.MeasureCommand;

import java.util.List;

/**
 * What measures latency, single parts, and recovery with the journal.
 */
public final class PerfCommands implements CommandSet
{
    @Override
    public CommandGroup group()
    {
        return CommandGroup.MEASURE;
    }

    @Override
    public List<Class<?>> commands()
    {
        return List.of(LatencyCommand.class, BenchCommand.class, MeasureCommand.class);
    }
}
