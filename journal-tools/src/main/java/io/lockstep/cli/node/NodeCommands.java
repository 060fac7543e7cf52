package io.lockstep.cli.node;

import io.lockstep.cli.CommandGroup;
import io.lockstep.cli.CommandSet;

import java.util.List;

/**
 * A node, its media driver, and a recovery that goes no further.
 */
public final class NodeCommands implements CommandSet
{
    @Override
    public CommandGroup group()
    {
        return CommandGroup.RUN;
    }

    @Override
    public List<Class<?>> commands()
    {
        return List.of(RunCommand.class, DriverCommand.class, RecoverCommand.class);
    }
}
