package io.lockstep.core.command;

import io.lockstep.codecs.Nulls;
import io.lockstep.core.calendar.Calendars;
import io.lockstep.core.decision.DecisionWriter;
import io.lockstep.core.instrument.Slots;
import io.lockstep.sbe.AssignCalendarDecoder;
import io.lockstep.sbe.CalendarDefinitionDecoder;
import io.lockstep.sbe.CommandReason;
import io.lockstep.sbe.MessageHeaderDecoder;
import org.agrona.DirectBuffer;

/** Which calendars there are, and which instrument goes by which. Each is answered by a CommandResult. Allocates, for it is seldom. */
public final class CalendarInputs
{
    private final Calendars calendars;
    private final Slots slots;
    private final DecisionWriter decisions;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final CalendarDefinitionDecoder definition = new CalendarDefinitionDecoder();
    private final AssignCalendarDecoder assignment = new AssignCalendarDecoder();

    public CalendarInputs(final Calendars calendars, final Slots slots, final DecisionWriter decisions)
    {
        this.calendars = calendars;
        this.slots = slots;
        this.decisions = decisions;
    }

    public void onDefinition(final DirectBuffer buffer, final int offset)
    {
        decisions.commandResult(calendars.define(definition.wrapAndApplyHeader(buffer, offset, header)),
            CalendarDefinitionDecoder.TEMPLATE_ID, Nulls.NULL_INSTRUMENT_ID);
    }

    public void onAssignment(final DirectBuffer buffer, final int offset)
    {
        assignment.wrapAndApplyHeader(buffer, offset, header);
        final int instrumentId = assignment.instrumentId();
        final boolean isKnown = instrumentId >= 0 && instrumentId < slots.count();
        decisions.commandResult(isKnown
            ? calendars.assign(instrumentId, assignment.calendarId())
            : CommandReason.UNKNOWN_INSTRUMENT, AssignCalendarDecoder.TEMPLATE_ID, instrumentId);
    }
}
