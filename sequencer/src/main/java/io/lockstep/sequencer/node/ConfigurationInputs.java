package io.lockstep.sequencer.node;

import io.lockstep.codecs.Decimal;
import io.lockstep.codecs.RecordBatch;
import io.lockstep.core.TradingCore;
import io.lockstep.sbe.AssignStrategyEncoder;
import io.lockstep.sbe.MessageHeaderEncoder;
import io.lockstep.sbe.WithdrawStrategyEncoder;
import io.lockstep.sequencer.Sequencer;
import io.lockstep.sequencer.apply.ConfigurationChange.Kind;
import io.lockstep.sequencer.apply.ConfigurationChange;
import io.lockstep.sequencer.apply.ConfigurationPlan;
import io.lockstep.sequencer.apply.CoreConfiguration;
import io.lockstep.sequencer.apply.InstrumentIds;
import io.lockstep.sequencer.apply.RunningConfiguration;
import io.lockstep.sequencer.config.ConfiguredInstance;
import io.lockstep.sequencer.config.NodeContext;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The configuration as inputs of a start: each value that is another than the one configured last, and each that is configured no
 * more. What is the same is no input. Instruments keep the ids they have; new ones get the next.
 */
final class ConfigurationInputs
{
    private static final int UTF_8_BYTES_MAX = 3;
    private static final int FIXED_LENGTH_MAX = 1 << 12;

    private final TradingCore core;
    private final Sequencer sequencer;
    private final RecordBatch inputs;
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();

    /**
     * @param core as it is before the first input of the start.
     */
    ConfigurationInputs(final TradingCore core, final Sequencer sequencer)
    {
        this.core = core;
        this.sequencer = sequencer;
        inputs = sequencer.inputs();
    }

    void send(final NodeContext context)
    {
        final int known = core.instrumentCount();
        final RunningConfiguration running = new CoreConfiguration(core);
        ConfigurationPlan.changes(context, running, "").stream()
            .filter((change) -> change.kind() == Kind.INSTRUMENT || change.kind() == Kind.LIMIT).forEach(this::send);
        final InstrumentIds ids = new InstrumentIds(running);
        context.instruments().forEach((configured) -> ids.assign(configured.instrument()));
        sendStrategies(context, ids, known);
    }

    private void send(final ConfigurationChange change)
    {
        sequencer.onOwnInput(change.message(), 0, change.message().capacity());
    }

    private void sendStrategies(final NodeContext context, final InstrumentIds ids, final int known)
    {
        final Set<Integer> assigned = new HashSet<>();
        for (final ConfiguredInstance instance : context.instances())
        {
            for (final String leg : instance.legs())
            {
                final int id = ids.id(leg);
                assigned.add(id);
                if (id < 0 || id >= known || core.assignment(id) == null ||
                    !core.assignment(id).isEqual(instance.strategy(), decimals(instance)))
                {
                    assign(id, instance.strategy(), decimals(instance));
                }
            }
        }
        for (int id = 0; id < known; id++)
        {
            if (core.assignment(id) != null && !assigned.contains(id))
            {
                withdraw(id);
            }
        }
    }

    /** An assignment to an instrument has no parameters of other types. */
    static Map<String, Decimal> decimals(final ConfiguredInstance instance)
    {
        final Map<String, Decimal> decimals = new LinkedHashMap<>();
        instance.parameters().forEach((name, value) -> decimals.put(name, value.value()));
        return decimals;
    }

    private void assign(final int instrumentId, final String strategy, final Map<String, Decimal> decimals)
    {
        final int length = UTF_8_BYTES_MAX * strategy.length() + FIXED_LENGTH_MAX +
            decimals.size() * AssignStrategyEncoder.ParametersEncoder.sbeBlockLength();
        final AssignStrategyEncoder assign = new AssignStrategyEncoder();
        assign.wrapAndApplyHeader(inputs.buffer(), inputs.nextMessageOffset(length), header).instrumentId(instrumentId);
        final AssignStrategyEncoder.ParametersEncoder parameters = assign.parametersCount(decimals.size());
        for (final Map.Entry<String, Decimal> parameter : decimals.entrySet())
        {
            parameters.next().name(parameter.getKey());
            parameters.value().mantissa(parameter.getValue().mantissa())
                .exponent((byte)parameter.getValue().exponent());
        }
        assign.strategyName(strategy);
        sequencer.onOwnInput(assign);
    }

    private void withdraw(final int instrumentId)
    {
        final WithdrawStrategyEncoder withdraw = new WithdrawStrategyEncoder();
        withdraw.wrapAndApplyHeader(inputs.buffer(), inputs.nextMessageOffset(), header).instrumentId(instrumentId);
        sequencer.onOwnInput(withdraw);
    }
}
