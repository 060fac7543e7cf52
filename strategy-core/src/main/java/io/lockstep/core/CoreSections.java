package io.lockstep.core;

import io.lockstep.sbe.BooleanType;
import io.lockstep.sbe.CoreSectionDecoder;
import io.lockstep.sbe.CoreSectionEncoder;
import io.lockstep.sbe.MachineSectionDecoder;
import io.lockstep.sbe.MachineSectionEncoder;

import static io.lockstep.core.strategy.StrategyContext.TIMER_KEYS;

/**
 * The sections of what the core itself and its machines keep: each field is written and read here, one method below the other.
 * A new field goes into the schema and into both. Stateless.
 */
final class CoreSections
{
    private CoreSections()
    {
    }

    static void save(final TradingCore core, final CoreSectionEncoder section)
    {
        section.lastSequence(core.lastSequence)
            .stateHash(core.stateHash())
            .stateHashInterval(core.stateHashInterval)
            .instruments(core.machines.count())
            .mode(core.mode)
            .unknownInstruments(core.unknownInstruments)
            .unknownOrders(core.reconciliation.unknownOrders())
            .ordersOpened(core.orders.opened())
            .impossibleOrderEvents(core.orders.impossibleEvents())
            .overfills(core.orders.overfills())
            .foreignInputs(core.foreignInputs)
            .egressSequence(core.decisions.egressSequence())
            .repeatedExecutions(core.executionIds.repeats())
            .ignoredAnswers(core.reconciliation.ignoredAnswers())
            .acknowledgedEgress(core.reconciliation.acknowledged())
            .statuses(core.reconciliation.statuses())
            .incarnation(core.availability.incarnation())
            .reconciles(of(core.availability.reconciles()))
            .reconciling(of(core.availability.isReconciling()))
            .stopping(of(core.availability.isStopping()))
            .clockBehind(of(core.clockBehind));
        core.totalLimits.saveFields(section);
        core.commonLimits.save(section);
        saveExecutionIds(core.executionIds, section);
        saveStrays(core.reconciliation.strays(), section);
        saveAheadIds(core.executionIds, section);
        core.totalLimits.saveGroups(section);
        core.commonOrigins.save(section);
    }

    /** The count of instruments and the hash are the caller's to check. */
    static void restore(final TradingCore core, final CoreSectionDecoder section)
    {
        core.lastSequence = section.lastSequence();
        core.stateHashInterval = section.stateHashInterval();
        core.mode = section.mode();
        core.unknownInstruments = section.unknownInstruments();
        core.orders.restore(section.ordersOpened(), section.impossibleOrderEvents(), section.overfills());
        core.foreignInputs = section.foreignInputs();
        core.decisions.restoreEgressSequence(section.egressSequence());
        core.reconciliation.restore(section.statuses(), section.unknownOrders(), section.ignoredAnswers(),
            section.acknowledgedEgress());
        core.availability.restore(section.incarnation(), is(section.reconciles()), is(section.reconciling()),
            is(section.stopping()));
        core.clockBehind = is(section.clockBehind());
        core.commonLimits.restore(section);
        restoreExecutionIds(core.executionIds, section);
        restoreStrays(core.reconciliation.strays(), section);
        restoreAheadIds(core.executionIds, section);
        core.totalLimits.restore(section);
        core.commonOrigins.restore(section);
    }

    private static void saveExecutionIds(final ExecutionIds ids, final CoreSectionEncoder section)
    {
        final CoreSectionEncoder.ExecutionIdsEncoder group = section.executionIdsCount(ids.count());
        for (int i = 0; i < ids.count(); i++)
        {
            group.next().sourceId(ids.sourceIdAt(i)).execId(ids.highestAt(i));
        }
    }

    private static void saveAheadIds(final ExecutionIds ids, final CoreSectionEncoder section)
    {
        final CoreSectionEncoder.AheadIdsEncoder group = section.aheadIdsCount(ids.aheadCount());
        for (int i = 0; i < ids.count(); i++)
        {
            final AheadIds ahead = ids.aheadAt(i);
            for (int place = 0; place < ahead.count(); place++)
            {
                group.next().sourceId(ids.sourceIdAt(i)).execId(ahead.at(place));
            }
        }
    }

    private static void restoreExecutionIds(final ExecutionIds ids, final CoreSectionDecoder section)
    {
        ids.restoreRepeats(section.repeatedExecutions());
        final CoreSectionDecoder.ExecutionIdsDecoder group = section.executionIds();
        while (group.hasNext())
        {
            group.next();
            ids.restore(group.sourceId(), group.execId());
        }
    }

    private static void restoreAheadIds(final ExecutionIds ids, final CoreSectionDecoder section)
    {
        final CoreSectionDecoder.AheadIdsDecoder group = section.aheadIds();
        while (group.hasNext())
        {
            group.next();
            ids.restoreAhead(group.sourceId(), group.execId());
        }
    }

    private static void saveStrays(final StrayOrders strays, final CoreSectionEncoder section)
    {
        final CoreSectionEncoder.StraysEncoder group = section.straysCount(strays.count());
        for (int i = 0; i < strays.count(); i++)
        {
            group.next().incarnation(strays.incarnationAt(i)).sequence(strays.sequenceAt(i))
                .ordinal(strays.ordinalAt(i));
        }
    }

    private static void restoreStrays(final StrayOrders strays, final CoreSectionDecoder section)
    {
        final CoreSectionDecoder.StraysDecoder group = section.strays();
        while (group.hasNext())
        {
            group.next();
            strays.add(group.incarnation(), group.sequence(), group.ordinal());
        }
    }

    private static BooleanType of(final boolean value)
    {
        return value ? BooleanType.TRUE : BooleanType.FALSE;
    }

    private static boolean is(final BooleanType value)
    {
        return value == BooleanType.TRUE;
    }

    /**
     * @param strategyValues how many the strategy has saved.
     */
    static void save(
        final SymbolMachine machine,
        final int sourceId,
        final boolean hasStrategy,
        final int strategyValues,
        final MachineSectionEncoder section)
    {
        section.instrumentId(machine.instrument().id())
            .sourceId(sourceId)
            .state(machine.state)
            .mode(machine.mode)
            .running(of(machine.running))
            .announcedCondition(machine.announcedCondition)
            .announcedReason(machine.announcedReason)
            .hasStrategy(of(hasStrategy))
            .openOrders(machine.openOrders().count())
            .strategyValues(strategyValues);
        final MachineSectionEncoder.TimersEncoder timers = section.timersCount(TIMER_KEYS);
        for (final long deadlineNs : machine.timerDeadlinesNs)
        {
            timers.next().deadlineNs(deadlineNs);
        }
    }

    /** What the counts announce comes in other sections. */
    static void restore(final SymbolMachine machine, final MachineSectionDecoder section)
    {
        machine.state = section.state();
        machine.mode = section.mode();
        machine.running = is(section.running());
        machine.announcedCondition = section.announcedCondition();
        machine.announcedReason = section.announcedReason();
        final MachineSectionDecoder.TimersDecoder timers = section.timers();
        if (timers.count() != TIMER_KEYS)
        {
            throw new IllegalArgumentException("timers=" + timers.count() + " expected=" + TIMER_KEYS);
        }
        for (int timerKey = 0; timerKey < TIMER_KEYS; timerKey++)
        {
            machine.timerDeadlinesNs[timerKey] = timers.next().deadlineNs();
        }
    }
}
