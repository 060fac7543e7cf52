package io.lockstep.verification.crash;

import io.lockstep.cli.CommandGroup;
import io.lockstep.cli.CommandSet;

import java.util.List;

/**
 * The crash test.
 */
public final class CrashTestCommands implements CommandSet
{
    @Override
    public CommandGroup group()
    {
        return CommandGroup.PROVE;
    }

    @Override
    public List<Class<?>> commands()
    {
        return List.of(CrashTestCommand.class);
    }
}
