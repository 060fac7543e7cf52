package io.lockstep.sequencer.node;

import io.lockstep.codecs.Decimal;
import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.Nulls;
import io.lockstep.codecs.RecordBatch;
import io.lockstep.core.TradingCore;
import io.lockstep.core.risk.LimitOrigins;
import io.lockstep.core.risk.LimitOrigins.Origin;
import io.lockstep.sbe.AllocateLimitEncoder;
import io.lockstep.sbe.AssignStrategyEncoder;
import io.lockstep.sbe.BooleanType;
import io.lockstep.sbe.InstrumentDefinitionEncoder;
import io.lockstep.sbe.LimitType;
import io.lockstep.sbe.MessageHeaderEncoder;
import io.lockstep.sbe.SetLimitEncoder;
import io.lockstep.sbe.UnsetLimitEncoder;
import io.lockstep.sbe.WithdrawStrategyEncoder;
import io.lockstep.sequencer.Sequencer;
import io.lockstep.sequencer.config.Allocation;
import io.lockstep.sequencer.config.ConfiguredInstance;
import io.lockstep.sequencer.config.ConfiguredInstrument;
import io.lockstep.sequencer.config.Limit;
import io.lockstep.sequencer.config.NodeContext;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
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
    private final InstrumentIds ids;
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();

    /**
     * @param core as it is before the first input of the start.
     */
    ConfigurationInputs(final TradingCore core, final Sequencer sequencer)
    {
        this.core = core;
        this.sequencer = sequencer;
        inputs = sequencer.inputs();
        ids = new InstrumentIds(core);
    }

    void send(final NodeContext context)
    {
        final int known = core.instrumentCount();
        for (final ConfiguredInstrument configured : context.instruments())
        {
            final Instrument instrument = ids.assign(configured.instrument());
            if (instrument.id() >= known)
            {
                define(instrument);
            }
        }
        sendLimits(context, known);
        sendStrategies(context, known);
    }

    private void define(final Instrument instrument)
    {
        final InstrumentDefinitionEncoder definition = new InstrumentDefinitionEncoder();
        instrument.encode(definition.wrapAndApplyHeader(inputs.buffer(), inputs.nextMessageOffset(), header));
        sequencer.onOwnInput(definition);
    }

    private void sendLimits(final NodeContext context, final int known)
    {
        final Set<LimitType> common = new HashSet<>();
        context.limits().forEach((limit) -> common.add(limit.type()));
        context.allocations().forEach((allocation) -> common.add(allocation.type()));
        unsetOthers(Nulls.NULL_INSTRUMENT_ID, common);
        context.limits().forEach((limit) -> limit(Nulls.NULL_INSTRUMENT_ID, limit));
        context.allocations().forEach(this::allocate);
        final Map<Integer, List<Limit>> limitsById = new HashMap<>();
        context.instruments().forEach((configured) -> limitsById.put(
            ids.id(configured.instrument().name()), configured.limits()));
        for (int id = 0; id < known; id++)
        {
            final Set<LimitType> own = new HashSet<>();
            limitsById.getOrDefault(id, List.of()).forEach((limit) -> own.add(limit.type()));
            unsetOthers(id, own);
        }
        for (final ConfiguredInstrument configured : context.instruments())
        {
            final int id = ids.id(configured.instrument().name());
            configured.limits().forEach((limit) -> limit(id, limit));
        }
    }

    /** What was configured and is no more. */
    private void unsetOthers(final int instrumentId, final Set<LimitType> configured)
    {
        final LimitOrigins origins = core.limitOrigins(instrumentId);
        for (final LimitType type : Limit.types())
        {
            if (origins.isSet(Origin.CONFIGURED, type) && !configured.contains(type))
            {
                final UnsetLimitEncoder unset = new UnsetLimitEncoder();
                unset.wrapAndApplyHeader(inputs.buffer(), inputs.nextMessageOffset(), header)
                    .instrumentId(instrumentId)
                    .limitType(type)
                    .configured(BooleanType.TRUE)
                    .user("");
                sequencer.onOwnInput(unset);
            }
        }
    }

    private boolean isConfigured(final int instrumentId, final LimitType type, final Decimal value)
    {
        return instrumentId < core.instrumentCount() && core.limitOrigins(instrumentId)
            .isEqual(Origin.CONFIGURED, type, value.mantissa(), value.exponent());
    }

    private void limit(final int instrumentId, final Limit limit)
    {
        if (isConfigured(instrumentId, limit.type(), limit.value()))
        {
            return;
        }
        final SetLimitEncoder setLimit = new SetLimitEncoder();
        setLimit.wrapAndApplyHeader(inputs.buffer(), inputs.nextMessageOffset(), header)
            .instrumentId(instrumentId)
            .limitType(limit.type())
            .configured(BooleanType.TRUE);
        setLimit.value().mantissa(limit.value().mantissa()).exponent((byte)limit.value().exponent());
        setLimit.user("");
        sequencer.onOwnInput(setLimit);
    }

    /** The core knows, too, whether the total is the same. */
    private void allocate(final Allocation allocation)
    {
        final AllocateLimitEncoder allocate = new AllocateLimitEncoder();
        allocate.wrapAndApplyHeader(inputs.buffer(), inputs.nextMessageOffset(), header).limitType(allocation.type());
        allocate.share().mantissa(allocation.share().mantissa()).exponent((byte)allocation.share().exponent());
        allocate.total().mantissa(allocation.total().mantissa()).exponent((byte)allocation.total().exponent());
        sequencer.onOwnInput(allocate);
    }

    private void sendStrategies(final NodeContext context, final int known)
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
