package io.lockstep.core.snapshot;

import io.lockstep.core.instance.Leg;
import io.lockstep.core.instance.StrategyInstance;
import io.lockstep.core.instrument.InstrumentSlot;
import io.lockstep.core.state.CoreState;
import io.lockstep.core.strategy.StateReader;
import io.lockstep.core.strategy.StrategyContext;
import io.lockstep.core.venue.Venue;
import io.lockstep.core.venue.Venues;
import io.lockstep.sbe.BooleanType;
import io.lockstep.sbe.CoreSectionDecoder;
import io.lockstep.sbe.MachineSectionDecoder;

import java.util.List;

/**
 * What snapshots say that were taken before there were venues and instances: all of the one venue becomes the first's, and the
 * strategy of each instrument an instance with one leg; what an instrument without a strategy holds is nobody's. Allocates.
 */
final class EarlierSections
{
    private final CoreState state;
    private boolean hasStrategy;
    private int values;
    private int sourceId;
    private StateReader reader;

    EarlierSections(final CoreState state)
    {
        this.state = state;
    }

    /** Reads the groups of the section that are of the one venue; today they are empty. */
    void restoreVenue(final CoreSectionDecoder section, final boolean isEarlier)
    {
        final Venue venue = state.venues().get(Venues.FIRST);
        if (isEarlier)
        {
            venue.restore(section.reconciling() == BooleanType.TRUE, section.egressSequence(),
                section.acknowledgedEgress(), section.statuses(), section.unknownOrders(), section.ignoredAnswers());
            venue.executionIds().restoreRepeats(section.repeatedExecutions());
        }
        for (final CoreSectionDecoder.ExecutionIdsDecoder id : section.executionIds())
        {
            venue.executionIds().restore(id.sourceId(), id.execId());
        }
        for (final CoreSectionDecoder.StraysDecoder stray : section.strays())
        {
            venue.strays().add(stray.incarnation(), stray.sequence(), stray.ordinal());
        }
        for (final CoreSectionDecoder.AheadIdsDecoder id : section.aheadIds())
        {
            venue.executionIds().restoreAhead(id.sourceId(), id.execId());
        }
    }

    /** The leg that position and orders of the instrument belong to. */
    Leg onMachine(final InstrumentSlot slot, final MachineSectionDecoder section)
    {
        hasStrategy = section.hasStrategy() == BooleanType.TRUE;
        values = section.strategyValues();
        reader = null;
        sourceId = section.sourceId();
        slot.restore(section.announcedCondition(), section.announcedReason());
        final StrategyInstance instance = hasStrategy
            ? state.instances().restore(state.instances().count())
            : state.instances().nobody();
        final Leg leg = hasStrategy
            ? state.instances().restoreLeg(instance, slot.id())
            : state.instances().nobodysLeg(slot);
        if (hasStrategy)
        {
            instance.restoreRunning(section.running() == BooleanType.TRUE);
        }
        final MachineSectionDecoder.TimersDecoder timers = section.timers();
        if (timers.count() != StrategyContext.TIMER_KEYS)
        {
            throw new IllegalArgumentException(
                "timers=" + timers.count() + " expected=" + StrategyContext.TIMER_KEYS);
        }
        final long[] deadlinesNs = new long[StrategyContext.TIMER_KEYS];
        for (int i = 0; i < deadlinesNs.length; i++)
        {
            deadlinesNs[i] = timers.next().deadlineNs();
        }
        leg.restore(section.state(), deadlinesNs);
        return leg;
    }

    /** Where the instrument's newest market data came from. */
    int sourceId()
    {
        return sourceId;
    }

    boolean hasStrategy()
    {
        return hasStrategy;
    }

    /** Values that the strategy has saved. */
    int values()
    {
        return values;
    }

    /** Of those values. */
    StateReader reader(final Leg leg)
    {
        if (reader == null)
        {
            reader = new StateReader(List.of(leg.openOrders()), false);
        }
        return reader;
    }
}
