package io.lockstep.sequencer.apply;

import io.lockstep.codecs.Decimal;
import io.lockstep.codecs.Instrument;
import io.lockstep.core.TradingCore;
import io.lockstep.core.risk.LimitOrigins;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What a core has been told, as the core itself has it.
 */
public final class CoreConfiguration implements RunningConfiguration
{
    private static final Decimal WEIGHT = new Decimal(1, 0);
    private static final Decimal UNBOUNDED = new Decimal(-1, 0);

    private final TradingCore core;

    public CoreConfiguration(final TradingCore core)
    {
        this.core = core;
    }

    @Override
    public int instrumentCount()
    {
        return core.instrumentCount();
    }

    @Override
    public Instrument instrument(final int instrumentId)
    {
        return core.instrument(instrumentId);
    }

    @Override
    public LimitOrigins limitOrigins(final int instrumentId)
    {
        return core.limitOrigins(instrumentId);
    }

    @Override
    public List<RunningVenue> venues()
    {
        return List.of(new RunningVenue(0, null));
    }

    @Override
    public List<RunningSource> sources()
    {
        return List.of();
    }

    /** An instrument runs one strategy; its instance has the name that an upgrade gives it. */
    @Override
    public List<RunningInstance> instances()
    {
        return IntStream.range(0, core.instrumentCount()).filter((id) -> core.assignment(id) != null)
            .mapToObj(this::instance).toList();
    }

    private RunningInstance instance(final int instrumentId)
    {
        final String strategy = core.assignment(instrumentId).strategyName();
        final String instrument = core.instrument(instrumentId).name();
        return new RunningInstance(instrumentId + 1, strategy + "@" + instrument, strategy, List.of(instrument),
            Map.of(), false, WEIGHT, UNBOUNDED, false);
    }

    @Override
    public int nextStrategyId()
    {
        return core.instrumentCount() + 1;
    }
}
