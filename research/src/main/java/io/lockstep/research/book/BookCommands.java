package io.lockstep.research.book;

import io.lockstep.cli.CommandGroup;
import io.lockstep.cli.CommandSet;

import java.util.List;

/**
 * Order books of recordings.
 */
public final class BookCommands implements CommandSet
{
    @Override
    public CommandGroup group()
    {
        return CommandGroup.RESEARCH;
    }

    @Override
    public List<Class<?>> commands()
    {
        return List.of(BookCommand.class);
    }
}
