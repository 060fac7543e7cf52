package io.lockstep.cli.gateway;

import io.lockstep.cli.CommandGroup;
import io.lockstep.cli.CommandSet;

import java.util.List;

/**
 * A gateway in a process of its own.
 */
public final class GatewayCommands implements CommandSet
{
    @Override
    public CommandGroup group()
    {
        return CommandGroup.RUN;
    }

    @Override
    public List<Class<?>> commands()
    {
        return List.of(GatewayCommand.class);
    }
}
