package io.lockstep.sequencer.apply;

import io.lockstep.sequencer.config.CalendarSessions;

import java.util.List;

/**
 * A calendar as a core has it.
 *
 * @param timeZone what its times were made by.
 */
public record RunningCalendar(int id, String name, String timeZone, List<CalendarSessions.Times> sessions)
{
}
