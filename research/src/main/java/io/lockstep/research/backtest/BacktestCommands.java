package io.lockstep.research.backtest;

import io.lockstep.cli.CommandGroup;
import io.lockstep.cli.CommandSet;

import java.util.List;

/**
 * Backtests.
 */
public final class BacktestCommands implements CommandSet
{
    @Override
    public CommandGroup group()
    {
        return CommandGroup.RESEARCH;
    }

    @Override
    public List<Class<?>> commands()
    {
        return List.of(BacktestCommand.class);
    }
}
