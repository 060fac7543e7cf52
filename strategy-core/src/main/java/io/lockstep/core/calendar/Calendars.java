package io.lockstep.core.calendar;

import io.lockstep.codecs.Nulls;
import io.lockstep.codecs.Xxh64;
import io.lockstep.core.snapshot.SectionWriter;
import io.lockstep.core.snapshot.StateTable;
import io.lockstep.sbe.AssignCalendarDecoder;
import io.lockstep.sbe.AssignCalendarEncoder;
import io.lockstep.sbe.CalendarDefinitionDecoder;
import io.lockstep.sbe.CalendarDefinitionEncoder;
import io.lockstep.sbe.CommandReason;

import java.util.Arrays;

/**
 * The calendars by their dense ids, and which instrument goes by which. Id {@value UtcCalendar#ID} is there from the beginning, and
 * every instrument goes by it until another is assigned. One thread; only what defines or assigns allocates.
 */
public final class Calendars
{
    public static final int CALENDARS_MAX = 256;

    private final Definitions definitions = new Definitions();
    private final Assignments assignments = new Assignments();
    /** By id; the first place is empty. */
    private SessionCalendar[] calendars = {null};
    private long[] hashes = {0};
    /** By instrument; those behind the end go by UTC. */
    private int[] idByInstrument = {};
    private int assigned;

    /** Saves, restores and hashes what was defined. */
    public StateTable<CalendarDefinitionDecoder> definitions()
    {
        return definitions;
    }

    /** Saves, restores and hashes which instrument goes by which; comes behind {@link #definitions()}. */
    public StateTable<AssignCalendarDecoder> assignments()
    {
        return assignments;
    }

    /** Calendars, UTC among them. */
    public int count()
    {
        return calendars.length;
    }

    /** Null when there is none of this id. */
    public MarketCalendar find(final int id)
    {
        return id == UtcCalendar.ID ? UtcCalendar.INSTANCE : findSessions(id);
    }

    /** Likewise; null for UTC, which has no definition. */
    public SessionCalendar findSessions(final int id)
    {
        return id > 0 && id < calendars.length ? calendars[id] : null;
    }

    public MarketCalendar ofInstrument(final int instrumentId)
    {
        final int id = instrumentId < idByInstrument.length ? idByInstrument[instrumentId] : UtcCalendar.ID;
        return id == UtcCalendar.ID ? UtcCalendar.INSTANCE : calendars[id];
    }

    /** Defines the next calendar, or gives a known one other sessions; its name stays. */
    public CommandReason define(final CalendarDefinitionDecoder message)
    {
        final int id = message.calendarId();
        if (id <= 0 || id > calendars.length)
        {
            return CommandReason.INVALID_VALUE;
        }
        if (id >= CALENDARS_MAX)
        {
            return CommandReason.CAPACITY;
        }
        try
        {
            return define(SessionCalendar.decode(message));
        }
        catch (final IllegalArgumentException ex)
        {
            return CommandReason.INVALID_VALUE;
        }
    }

    private CommandReason define(final SessionCalendar calendar)
    {
        final int id = calendar.id();
        for (int other = 1; other < calendars.length; other++)
        {
            if (calendars[other].name().equals(calendar.name()) != (other == id))
            {
                return CommandReason.NAME_TAKEN;
            }
        }
        final boolean isNew = id == calendars.length;
        if (!isNew && hashes[id] == calendar.stateHash())
        {
            return CommandReason.NO_CHANGE;
        }
        if (isNew)
        {
            calendars = Arrays.copyOf(calendars, id + 1);
            hashes = Arrays.copyOf(hashes, id + 1);
        }
        calendars[id] = calendar;
        hashes[id] = calendar.stateHash();
        return CommandReason.ACCEPTED;
    }

    /** The instrument, which is a known one, goes by the calendar from now on. */
    public CommandReason assign(final int instrumentId, final int calendarId)
    {
        if (find(calendarId) == null)
        {
            return CommandReason.INVALID_VALUE;
        }
        if (ofInstrument(instrumentId).id() == calendarId)
        {
            return CommandReason.NO_CHANGE;
        }
        if (instrumentId >= idByInstrument.length)
        {
            idByInstrument = Arrays.copyOf(idByInstrument, instrumentId + 1);
        }
        final boolean wasUtc = idByInstrument[instrumentId] == UtcCalendar.ID;
        assigned += (wasUtc ? 1 : 0) - (calendarId == UtcCalendar.ID ? 1 : 0);
        idByInstrument[instrumentId] = calendarId;
        return CommandReason.ACCEPTED;
    }

    private final class Definitions implements StateTable<CalendarDefinitionDecoder>
    {
        @Override
        public int sectionCount()
        {
            return calendars.length - 1;
        }

        @Override
        public void save(final SectionWriter writer)
        {
            for (int id = 1; id < calendars.length; id++)
            {
                calendars[id].encode(writer.begin(new CalendarDefinitionEncoder()));
                writer.end();
            }
        }

        @Override
        public int templateId()
        {
            return CalendarDefinitionDecoder.TEMPLATE_ID;
        }

        @Override
        public CalendarDefinitionDecoder newDecoder()
        {
            return new CalendarDefinitionDecoder();
        }

        @Override
        public void restore(final CalendarDefinitionDecoder section)
        {
            final CommandReason reason = define(section);
            if (reason != CommandReason.ACCEPTED)
            {
                throw new IllegalArgumentException("calendarId=" + section.calendarId() + ": " + reason);
            }
        }

        @Override
        public long stateHash()
        {
            long hash = 0;
            for (int id = 1; id < calendars.length; id++)
            {
                hash = Xxh64.chain(hash, hashes[id]);
            }
            return hash;
        }
    }

    private final class Assignments implements StateTable<AssignCalendarDecoder>
    {
        @Override
        public int sectionCount()
        {
            return assigned;
        }

        @Override
        public void save(final SectionWriter writer)
        {
            for (int id = 0; id < idByInstrument.length; id++)
            {
                if (idByInstrument[id] != UtcCalendar.ID)
                {
                    writer.begin(new AssignCalendarEncoder()).instrumentId(id).calendarId(idByInstrument[id]);
                    writer.end();
                }
            }
        }

        @Override
        public int templateId()
        {
            return AssignCalendarDecoder.TEMPLATE_ID;
        }

        @Override
        public AssignCalendarDecoder newDecoder()
        {
            return new AssignCalendarDecoder();
        }

        @Override
        public void restore(final AssignCalendarDecoder section)
        {
            final int instrumentId = section.instrumentId();
            if (instrumentId < 0 || instrumentId == Nulls.NULL_INSTRUMENT_ID ||
                assign(instrumentId, section.calendarId()) != CommandReason.ACCEPTED)
            {
                throw new IllegalArgumentException(
                    "instrumentId=" + instrumentId + " calendarId=" + section.calendarId());
            }
        }

        @Override
        public long stateHash()
        {
            // What goes by UTC is not saved, and so not hashed either, whether it was assigned once or not.
            long hash = 0;
            for (int id = 0; assigned > 0 && id < idByInstrument.length; id++)
            {
                hash = idByInstrument[id] == UtcCalendar.ID
                    ? hash
                    : Xxh64.chain(hash, (long)id << Integer.SIZE | idByInstrument[id]);
            }
            return hash;
        }
    }
}
