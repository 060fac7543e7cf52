package io.lockstep.cli.operate;

import io.lockstep.cli.CommandGroup;
import io.lockstep.cli.CommandSet;

import java.util.List;

/**
 * An operator's hand on a node, on its directory and on its host.
 */
public final class OperateCommands implements CommandSet
{
    @Override
    public CommandGroup group()
    {
        return CommandGroup.OPERATE;
    }

    @Override
    public List<Class<?>> commands()
    {
        return List.of(ControlCommand.class, RestoreCommand.class, CheckHostCommand.class);
    }
}
