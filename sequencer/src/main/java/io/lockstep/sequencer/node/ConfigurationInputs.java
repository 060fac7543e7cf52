package io.lockstep.sequencer.node;

import io.lockstep.core.TradingCore;
import io.lockstep.sequencer.apply.ConfigurationChange;
import io.lockstep.sequencer.apply.ConfigurationPlan;
import io.lockstep.sequencer.apply.CoreConfiguration;
import io.lockstep.sequencer.code.CodedFactory;
import io.lockstep.sequencer.config.NodeContext;
import io.lockstep.sequencer.loop.Sequencer;

import java.util.List;

/**
 * The configuration as inputs of a start: each value that is another than the one configured last, and each that is configured no
 * more. What is the same is no input. Instruments, venues and instances keep the ids they have; new ones get the next.
 */
final class ConfigurationInputs
{
    private final TradingCore core;
    private final Sequencer sequencer;

    /**
     * @param core as it is before the first input of the start.
     */
    ConfigurationInputs(final TradingCore core, final Sequencer sequencer)
    {
        this.core = core;
        this.sequencer = sequencer;
    }

    void send(final NodeContext context)
    {
        final List<ConfigurationChange> changes = ConfigurationPlan.changes(
            context, new CoreConfiguration(core), this::codeHash, "");
        for (final ConfigurationChange change : changes)
        {
            sequencer.onOwnInput(change.message(), 0, change.message().capacity());
        }
    }

    private long codeHash(final String strategyName)
    {
        return CodedFactory.codeHash(core.instances().factory(strategyName));
    }
}
