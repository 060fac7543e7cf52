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
            .unknownOrders(core.unknownOrders)
            .ordersOpened(core.orders.opened())
            .impossibleOrderEvents(core.orders.impossibleEvents());
        core.commonLimits.save(section);
    }

    /** The count of instruments and the hash are the caller's to check. */
    static void restore(final TradingCore core, final CoreSectionDecoder section)
    {
        core.lastSequence = section.lastSequence();
        core.stateHashInterval = section.stateHashInterval();
        core.mode = section.mode();
        core.unknownInstruments = section.unknownInstruments();
        core.unknownOrders = section.unknownOrders();
        core.orders.restore(section.ordersOpened(), section.impossibleOrderEvents());
        core.commonLimits.restore(section);
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
            .running(machine.running ? BooleanType.TRUE : BooleanType.FALSE)
            .announcedCondition(machine.announcedCondition)
            .announcedReason(machine.announcedReason)
            .hasStrategy(hasStrategy ? BooleanType.TRUE : BooleanType.FALSE)
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
        machine.running = section.running() == BooleanType.TRUE;
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
