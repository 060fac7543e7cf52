package io.lockstep.core;

import io.lockstep.codecs.Nulls;
import io.lockstep.sbe.AssignCalendarDecoder;
import io.lockstep.sbe.BookSectionDecoder;
import io.lockstep.sbe.BooleanType;
import io.lockstep.sbe.CalendarDefinitionDecoder;
import io.lockstep.sbe.CoreSectionDecoder;
import io.lockstep.sbe.LegSectionDecoder;
import io.lockstep.sbe.MessageHeaderDecoder;
import io.lockstep.sbe.OrdStatus;
import io.lockstep.sbe.OrderSectionDecoder;
import io.lockstep.sbe.ReferencePriceSectionDecoder;
import io.lockstep.sbe.RiskSectionDecoder;
import io.lockstep.sbe.StrategySectionDecoder;
import io.lockstep.sbe.VenueSectionDecoder;
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
            case VenueSectionDecoder.TEMPLATE_ID -> venue(
                new VenueSectionDecoder().wrapAndApplyHeader(section, 0, header));
            case StrategySectionDecoder.TEMPLATE_ID -> strategy(
                new StrategySectionDecoder().wrapAndApplyHeader(section, 0, header));
            case LegSectionDecoder.TEMPLATE_ID -> leg(new LegSectionDecoder().wrapAndApplyHeader(section, 0, header));
            case BookSectionDecoder.TEMPLATE_ID -> add("half a snapshot",
                new BookSectionDecoder().wrapAndApplyHeader(section, 0, header).nextChunk() > 0);
            case RiskSectionDecoder.TEMPLATE_ID -> add("order times",
                new RiskSectionDecoder().wrapAndApplyHeader(section, 0, header).countedOrders() > 0);
            case OrderSectionDecoder.TEMPLATE_ID -> order(
                new OrderSectionDecoder().wrapAndApplyHeader(section, 0, header));
            case ReferencePriceSectionDecoder.TEMPLATE_ID -> names.add("a reference price");
            case CalendarDefinitionDecoder.TEMPLATE_ID -> names.add("a calendar");
            case AssignCalendarDecoder.TEMPLATE_ID -> names.add("an instrument that goes by a calendar");
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
        add("a node that stops", core.stopping() == BooleanType.TRUE);
        add("cancels to be sent again", core.wishTimerNs() != Nulls.NULL_TIME_NS);
        add("closed orders", core.closedOrders() > 0);
    }

    private void venue(final VenueSectionDecoder venue)
    {
        add("a reconciliation", venue.reconciling() == BooleanType.TRUE);
        add("statuses of an answer", venue.statuses() > 0);
        add("lost orders", venue.strays() > 1);
        add("ids taken ahead", venue.aheadIds() > 1);
        add("ids of executions", venue.numberedIds().count() > 0);
    }

    private void strategy(final StrategySectionDecoder strategy)
    {
        final boolean isPresent = strategy.present() == BooleanType.TRUE;
        add("no strategy", !isPresent && strategy.legs() > 0);
        add("a stopped strategy", isPresent && strategy.running() == BooleanType.FALSE);
        add("a suspended strategy", strategy.suspended() == BooleanType.TRUE);
        add("an instance to be taken out", strategy.closing() == BooleanType.TRUE);
        add("parameters that wait", strategy.hasPending() == BooleanType.TRUE);
        add("signals taken", strategy.signalsTaken() > 0);
        add("several legs", isPresent && strategy.legs() > 1);
    }

    private void leg(final LegSectionDecoder leg)
    {
        add("an order of a strategy", leg.openOrders() > 0);
        add("a timer that waits", leg.dueTimers() > 0);
        add("a position to be closed", leg.flattening() == BooleanType.TRUE);
        for (final LegSectionDecoder.TimersDecoder timer : leg.timers())
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
