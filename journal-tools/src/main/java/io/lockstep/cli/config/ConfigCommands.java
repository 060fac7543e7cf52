package io.lockstep.cli.config;

import io.lockstep.cli.CommandGroup;
import io.lockstep.cli.CommandSet;

import java.util.List;

/**
 * Configurations, before anything runs with them.
 */
public final class ConfigCommands implements CommandSet
{
    @Override
    public CommandGroup group()
    {
        return CommandGroup.OPERATE;
    }

    @Override
    public List<Class<?>> commands()
    {
        return List.of(ConfigCommand.class);
    }
}
