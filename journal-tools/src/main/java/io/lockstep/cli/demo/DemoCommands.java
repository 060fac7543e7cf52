package io.lockstep.cli.demo;

import io.lockstep.cli.CommandGroup;
import io.lockstep.cli.CommandSet;

import java.util.List;

/**
 * The demonstration.
 */
public final class DemoCommands implements CommandSet
{
    @Override
    public CommandGroup group()
    {
        return CommandGroup.RUN;
    }

    @Override
    public List<Class<?>> commands()
    {
        return List.of(DemoCommand.class);
    }
}
