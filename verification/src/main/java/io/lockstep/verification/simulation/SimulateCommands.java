package io.lockstep.verification.simulation;

import io.lockstep.cli.CommandGroup;
import io.lockstep.cli.CommandSet;

import java.util.List;

/**
 * The simulation.
 */
public final class SimulateCommands implements CommandSet
{
    @Override
    public CommandGroup group()
    {
        return CommandGroup.PROVE;
    }

    @Override
    public List<Class<?>> commands()
    {
        return List.of(SimulateCommand.class);
    }
}
