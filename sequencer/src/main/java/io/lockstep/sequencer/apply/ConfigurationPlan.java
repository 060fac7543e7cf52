package io.lockstep.sequencer.apply;

import io.lockstep.sequencer.config.ConfigurationException;
import io.lockstep.sequencer.config.NodeContext;

import java.util.List;
import java.util.function.ToLongFunction;

/**
 * The inputs that bring a core to a configuration: one for each value that is another than the configured one, and for each that is
 * configured no more. Where both are the same there is none, so a configuration that is applied twice changes nothing the second
 * time. Instruments, venues and instances keep the ids they have; new ones get the next, and none is given twice.
 */
public final class ConfigurationPlan
{
    private ConfigurationPlan()
    {
    }

    /**
     * To be asked before anything is begun.
     *
     * @throws ConfigurationException when the core cannot be brought to the configuration.
     */
    public static void require(final NodeContext context, final RunningConfiguration running)
    {
        InstrumentIds.requireOneCurrency(running, context);
        changes(context, running, running::codeHash, "");
    }

    /**
     * @param codeHash of the code of a strategy by its name, as it will be in force: what a process has loaded at a start, and what runs
     *                 where none starts.
     * @param user     who applies it, as the inputs say it; empty for the node itself.
     * @throws ConfigurationException when a known instrument is configured with other terms, or a rate by an
     *                 unknown one.
     */
    public static List<ConfigurationChange> changes(
        final NodeContext context,
        final RunningConfiguration running,
        final ToLongFunction<String> codeHash,
        final String user)
    {
        final ChangeList changes = new ChangeList(user);
        final VenueChanges venues = new VenueChanges(context, running, changes);
        venues.add();
        final InstrumentIds ids = new InstrumentIds(running);
        new InstrumentChanges(context, running, ids, venues::idOf, changes).add();
        new RateChanges(context, running, ids, changes).add();
        new CalendarChanges(context, running, ids, changes).add();
        new LimitChanges(context, running, ids, changes).add();
        final ScopedLimitChanges scoped = new ScopedLimitChanges(running, ids, changes);
        scoped.want(context, venues::idOf);
        final StrategyChanges strategies = new StrategyChanges(context, running, codeHash, ids, scoped, changes);
        strategies.add();
        scoped.add();
        new BreakerChanges(context, running, ids, venues::idOf, strategies::idOf, changes).add();
        return changes.list();
    }
}
