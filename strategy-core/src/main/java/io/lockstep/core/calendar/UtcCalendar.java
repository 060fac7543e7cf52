package io.lockstep.core.calendar;

import java.util.concurrent.TimeUnit;

/** Trades around the clock; its days are those of UTC. */
public final class UtcCalendar implements MarketCalendar
{
    public static final int ID = 0;
    public static final UtcCalendar INSTANCE = new UtcCalendar();
    private static final long DAY_NS = TimeUnit.DAYS.toNanos(1);

    private UtcCalendar()
    {
    }

    @Override
    public int id()
    {
        return ID;
    }

    @Override
    public boolean isOpen(final long timeNs)
    {
        return true;
    }

    @Override
    public long tradingDay(final long timeNs)
    {
        return Math.floorDiv(timeNs, DAY_NS);
    }

    @Override
    public long dayEndNs(final long timeNs)
    {
        return (tradingDay(timeNs) + 1) * DAY_NS;
    }

    @Override
    public long horizonNs()
    {
        return BEYOND;
    }
}
