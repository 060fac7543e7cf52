package io.lockstep.core.snapshot;

import io.lockstep.codecs.Nulls;
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
import io.lockstep.sbe.Side;

import java.util.List;

/**
 * Reads snapshots that were taken before there were venues and instances: the state of the one venue becomes the first venue's, and
 * the strategy of each instrument an instance with one leg; what an instrument without a strategy held is nobody's. Allocates.
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
        final CoreSectionDecoder.ExecutionIdsDecoder ids = section.executionIds();
        requireEmpty(isEarlier, ids.count(), ids.actingBlockLength(),
            CoreSectionDecoder.ExecutionIdsDecoder.sbeBlockLength());
        for (final CoreSectionDecoder.ExecutionIdsDecoder id : ids)
        {
            venue.executionIds().restore(id.sourceId(), id.execId());
        }
        final CoreSectionDecoder.StraysDecoder strays = section.strays();
        requireEmpty(isEarlier, strays.count(), strays.actingBlockLength(),
            CoreSectionDecoder.StraysDecoder.sbeBlockLength());
        for (final CoreSectionDecoder.StraysDecoder stray : strays)
        {
            venue.strays().add(stray.incarnation(), stray.sequence(), stray.ordinal(),
                Nulls.NULL_INSTRUMENT_ID, Side.NULL_VAL);
        }
        final CoreSectionDecoder.AheadIdsDecoder ahead = section.aheadIds();
        requireEmpty(isEarlier, ahead.count(), ahead.actingBlockLength(),
            CoreSectionDecoder.AheadIdsDecoder.sbeBlockLength());
        for (final CoreSectionDecoder.AheadIdsDecoder id : ahead)
        {
            venue.executionIds().restoreAhead(id.sourceId(), id.execId());
        }
    }

    private static void requireEmpty(
        final boolean isEarlier, final int count, final int blockLength, final int expectedBlockLength)
    {
        if (!isEarlier && (count != 0 || blockLength != expectedBlockLength))
        {
            throw new IllegalArgumentException("expected what is of a venue in the section of the venue");
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

    /** The reader of the strategy's values. */
    StateReader reader(final Leg leg)
    {
        if (reader == null)
        {
            reader = new StateReader(List.of(leg.openOrders()), false);
        }
        return reader;
    }
}
