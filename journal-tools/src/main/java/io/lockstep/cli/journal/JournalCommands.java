package io.lockstep.cli.journal;

import io.lockstep.cli.CommandGroup;
import io.lockstep.cli.CommandSet;

import java.util.List;

/**
 * What a journal holds, and whether its replay comes to the same.
 */
public final class JournalCommands implements CommandSet
{
    @Override
    public CommandGroup group()
    {
        return CommandGroup.ASK;
    }

    @Override
    public List<Class<?>> commands()
    {
        return List.of(JournalCommand.class, ReplayCommand.class);
    }
}
