package io.lockstep.core.calendar;

/** Trades around the clock; its days are those of UTC. */
public final class UtcCalendar implements MarketCalendar
{
    public static final int ID = 0;
    public static final UtcCalendar INSTANCE = new UtcCalendar();
    private static final long DAY_NS = 86_400_000_000_000L;

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
