package io.lockstep.core.calendar;

import io.lockstep.codecs.Xxh64;
import io.lockstep.sbe.CalendarDefinitionDecoder;
import io.lockstep.sbe.CalendarDefinitionEncoder;

import java.util.Arrays;

/**
 * Sessions one after the other, each with the trading day that it counts to; several may count to one day. Immutable, but for where
 * the newest question was, which answers the next one faster and is no state.
 */
public final class SessionCalendar implements MarketCalendar
{
    public static final int SESSIONS_MAX = 2_048;

    private final int id;
    private final String name;
    private final String timeZone;
    private final long[] opensNs;
    private final long[] closesNs;
    private final int[] tradingDays;
    private int newest;

    private SessionCalendar(
        final int id,
        final String name,
        final String timeZone,
        final long[] opensNs,
        final long[] closesNs,
        final int[] tradingDays)
    {
        this.id = id;
        this.name = name;
        this.timeZone = timeZone;
        this.opensNs = opensNs;
        this.closesNs = closesNs;
        this.tradingDays = tradingDays;
    }

    /**
     * Reads a definition to its end; allocates.
     *
     * @throws IllegalArgumentException when there are no sessions or more than {@link #SESSIONS_MAX}, one does not follow the other, or
     *                                  a trading day comes before that of the session before.
     */
    public static SessionCalendar decode(final CalendarDefinitionDecoder definition)
    {
        final CalendarDefinitionDecoder.SessionsDecoder sessions = definition.sessions();
        final int count = sessions.count();
        final long[] opensNs = new long[count];
        final long[] closesNs = new long[count];
        final int[] tradingDays = new int[count];
        for (int i = 0; i < count; i++)
        {
            sessions.next();
            opensNs[i] = sessions.openNs();
            closesNs[i] = sessions.closeNs();
            tradingDays[i] = sessions.tradingDay();
        }
        final SessionCalendar calendar = new SessionCalendar(
            definition.calendarId(), definition.name(), definition.timeZone(), opensNs, closesNs, tradingDays);
        calendar.check();
        return calendar;
    }

    private void check()
    {
        if (opensNs.length == 0 || opensNs.length > SESSIONS_MAX)
        {
            throw new IllegalArgumentException("sessions=" + opensNs.length + " expected from 1 to " + SESSIONS_MAX);
        }
        for (int i = 0; i < opensNs.length; i++)
        {
            final boolean follows = i == 0 || opensNs[i] >= closesNs[i - 1] && tradingDays[i] >= tradingDays[i - 1];
            if (closesNs[i] <= opensNs[i] || !follows)
            {
                throw new IllegalArgumentException("session " + i + " does not follow the one before: openNs=" +
                    opensNs[i] + " closeNs=" + closesNs[i] + " tradingDay=" + tradingDays[i]);
            }
        }
    }

    @Override
    public int id()
    {
        return id;
    }

    public String name()
    {
        return name;
    }

    /** What the sessions were made by, for whoever reads it. */
    public String timeZone()
    {
        return timeZone;
    }

    public int sessionCount()
    {
        return opensNs.length;
    }

    public long openNs(final int session)
    {
        return opensNs[session];
    }

    public long closeNs(final int session)
    {
        return closesNs[session];
    }

    /** Trading day of a session, in days since 1970-01-01. */
    public int sessionDay(final int session)
    {
        return tradingDays[session];
    }

    @Override
    public boolean isOpen(final long timeNs)
    {
        final int session = openOrNext(timeNs);
        return session < opensNs.length && timeNs >= opensNs[session];
    }

    @Override
    public long tradingDay(final long timeNs)
    {
        final int session = openOrNext(timeNs);
        return session < opensNs.length ? tradingDays[session] : BEYOND;
    }

    @Override
    public long dayEndNs(final long timeNs)
    {
        int session = openOrNext(timeNs);
        if (session == opensNs.length)
        {
            return BEYOND;
        }
        while (session + 1 < opensNs.length && tradingDays[session + 1] == tradingDays[session])
        {
            session++;
        }
        return closesNs[session];
    }

    @Override
    public long horizonNs()
    {
        return closesNs[closesNs.length - 1];
    }

    /** The first session that is not over, or their count. */
    private int openOrNext(final long timeNs)
    {
        final boolean isNewest = newest < closesNs.length && timeNs < closesNs[newest] &&
            (newest == 0 || timeNs >= closesNs[newest - 1]);
        if (!isNewest)
        {
            final int found = Arrays.binarySearch(closesNs, timeNs);
            newest = found < 0 ? -found - 1 : found + 1;
        }
        return newest;
    }

    public void encode(final CalendarDefinitionEncoder definition)
    {
        definition.calendarId(id);
        final CalendarDefinitionEncoder.SessionsEncoder sessions = definition.sessionsCount(opensNs.length);
        for (int i = 0; i < opensNs.length; i++)
        {
            sessions.next().openNs(opensNs[i]).closeNs(closesNs[i]).tradingDay(tradingDays[i]);
        }
        definition.name(name).timeZone(timeZone);
    }

    long stateHash()
    {
        long hash = Xxh64.chain(id, opensNs.length);
        for (int i = 0; i < opensNs.length; i++)
        {
            hash = Xxh64.chain(Xxh64.chain(hash, opensNs[i]), closesNs[i]);
            hash = Xxh64.chain(hash, tradingDays[i]);
        }
        return Xxh64.chain(chain(hash, name), chain(hash, timeZone));
    }

    private static long chain(final long hash, final String text)
    {
        long result = Xxh64.chain(hash, text.length());
        for (int i = 0; i < text.length(); i++)
        {
            result = Xxh64.chain(result, text.charAt(i));
        }
        return result;
    }
}
