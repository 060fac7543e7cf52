package io.lockstep.sequencer.apply;

import io.lockstep.codecs.Instrument;
import io.lockstep.core.breaker.Breaker;
import io.lockstep.core.instance.StrategyDefinition;
import io.lockstep.core.risk.LimitOrigins;
import io.lockstep.core.risk.rule.ScopedLimit;
import io.lockstep.sequencer.config.RateContext;

import java.util.List;

/**
 * What a core has been told that a configuration says too. Read while the core stands still.
 */
public interface RunningConfiguration
{
    /** Ids given out, from 0. */
    int instrumentCount();

    /** The id must be a known one. */
    Instrument instrument(int instrumentId);

    /**
     * @param instrumentId a known one, or {@link io.lockstep.codecs.Nulls#NULL_INSTRUMENT_ID} for all.
     */
    LimitOrigins limitOrigins(int instrumentId);

    /**
     * Limits of an instance's own on one of its instruments.
     *
     * @return null when it has none.
     */
    LimitOrigins limitOrigins(int strategyId, int instrumentId);

    /** Limits that are kept by scope. */
    List<ScopedLimit> scopedLimits();

    /** By id; there is always a first one. */
    List<RunningVenue> venues();

    /** Those that have a definition, by id from 1 on. */
    List<RunningCalendar> calendars();

    /** Which calendar an instrument goes by; the id must be a known one. */
    int calendarOf(int instrumentId);

    /** In the order in which they were defined. */
    List<RunningSource> sources();

    /** Likewise. */
    List<RateContext> rates();

    /** By scope and cause. */
    List<Breaker> breakers();

    /** Those that are assigned, by id. */
    List<RunningInstance> instances();

    /** Of the code that runs under a strategy's name; {@link StrategyDefinition#UNKNOWN_CODE} where no instance of it runs. */
    default long codeHash(final String strategyName)
    {
        return instances().stream().filter((instance) -> instance.strategy().equals(strategyName))
            .mapToLong(RunningInstance::codeHash).findFirst().orElse(StrategyDefinition.UNKNOWN_CODE);
    }

    /** The id that the next new instance gets: one more than any that was ever given out. */
    int nextStrategyId();
}
