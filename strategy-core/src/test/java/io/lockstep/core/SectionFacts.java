package io.lockstep.core;

import io.lockstep.codecs.Nulls;
import io.lockstep.sbe.BookSectionDecoder;
import io.lockstep.sbe.BooleanType;
import io.lockstep.sbe.CoreSectionDecoder;
import io.lockstep.sbe.MachineSectionDecoder;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.OrdStatus;
import io.lockstep.sbe.OrderSectionDecoder;
import io.lockstep.sbe.RiskSectionDecoder;
import org.agrona.DirectBuffer;

import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;

/** What is remarkable about a section: a test wants to have met each of these. */
final class SectionFacts
{
    private final Set<OrdStatus> statuses = EnumSet.noneOf(OrdStatus.class);
    private final Set<String> names = new TreeSet<>();

    SectionFacts(final DirectBuffer section)
    {
        final MessageHeaderDecoder header = new MessageHeaderDecoder().wrap(section, 0);
        switch (header.templateId())
        {
            case CoreSectionDecoder.TEMPLATE_ID -> core(
                new CoreSectionDecoder().wrapAndApplyHeader(section, 0, header));
            case MachineSectionDecoder.TEMPLATE_ID -> machine(
                new MachineSectionDecoder().wrapAndApplyHeader(section, 0, header));
            case BookSectionDecoder.TEMPLATE_ID -> add("half a snapshot",
                new BookSectionDecoder().wrapAndApplyHeader(section, 0, header).nextChunk() > 0);
            case RiskSectionDecoder.TEMPLATE_ID -> add("order times",
                new RiskSectionDecoder().wrapAndApplyHeader(section, 0, header).countedOrders() > 0);
            case OrderSectionDecoder.TEMPLATE_ID -> order(
                new OrderSectionDecoder().wrapAndApplyHeader(section, 0, header));
            default -> {
                // Nothing remarkable.
            }
        }
    }

    Set<OrdStatus> statuses()
    {
        return statuses;
    }

    Set<String> names()
    {
        return names;
    }

    private void core(final CoreSectionDecoder core)
    {
        for (final CoreSectionDecoder.CommonLimitsDecoder limit : core.commonLimits())
        {
            limit.limitType();
        }
        final CoreSectionDecoder.ExecutionIdsDecoder executionIds = core.executionIds();
        add("a reconciliation", core.reconciling() == BooleanType.TRUE);
        add("a node that stops", core.stopping() == BooleanType.TRUE);
        add("statuses of an answer", core.statuses() > 0);
        add("ids of executions", executionIds.count() > 0);
        for (final CoreSectionDecoder.ExecutionIdsDecoder id : executionIds)
        {
            id.execId();
        }
        final CoreSectionDecoder.StraysDecoder strays = core.strays();
        add("lost orders", strays.count() > 1);
        while (strays.hasNext())
        {
            strays.next();
        }
        add("ids taken ahead", core.aheadIds().count() > 1);
    }

    private void machine(final MachineSectionDecoder machine)
    {
        final boolean hasStrategy = machine.hasStrategy() == BooleanType.TRUE;
        add("no strategy", !hasStrategy);
        add("a stopped strategy", hasStrategy && machine.running() == BooleanType.FALSE);
        // The crossover keeps many values, and an order of its own outside of WATCH.
        add("an order of a strategy", machine.openOrders() > 0 && machine.strategyValues() > 1);
        for (final MachineSectionDecoder.TimersDecoder timer : machine.timers())
        {
            add("a timer", timer.deadlineNs() != Nulls.NULL_TIME_NS);
        }
    }

    private void order(final OrderSectionDecoder order)
    {
        statuses.add(order.ordStatus());
        add("a replace under way", order.pendingKey() != Nulls.NULL_SEQUENCE);
        add("an order of an answer", order.venueStatus() != OrdStatus.NULL_VAL);
        add("a ClOrdID before", order.previousKey() != Nulls.NULL_SEQUENCE);
    }

    private void add(final String name, final boolean isSo)
    {
        if (isSo)
        {
            names.add(name);
        }
    }
}
