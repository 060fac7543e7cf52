package io.lockstep.cli.status;

import io.lockstep.cli.CommandGroup;
import io.lockstep.cli.CommandSet;

import java.util.List;

/**
 * How a node is.
 */
public final class StatusCommands implements CommandSet
{
    @Override
    public CommandGroup group()
    {
        return CommandGroup.ASK;
    }

    @Override
    public List<Class<?>> commands()
    {
        return List.of(StatCommand.class, HealthCommand.class, RiskCommand.class);
    }
}
