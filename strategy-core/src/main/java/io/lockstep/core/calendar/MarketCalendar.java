package io.lockstep.core.calendar;

/**
 * When there is trading, and which trading day it counts to. Pure functions of a time and the definition. One thread; allocates nothing.
 */
public interface MarketCalendar
{
    /** Of a day or a time behind {@link #horizonNs()}. */
    long BEYOND = Long.MAX_VALUE;

    /** 0 for {@link UtcCalendar}. */
    int id();

    /** Whether a session is open; at its opening time it is, at its closing time it is not. */
    boolean isOpen(long timeNs);

    /**
     * The trading day, in days since 1970-01-01: that of the open session, or of the next one; {@link #BEYOND} behind the last.
     */
    long tradingDay(long timeNs);

    /** When the trading day ends: the close of its last session, in nanoseconds since 1970; {@link #BEYOND} behind the last. */
    long dayEndNs(long timeNs);

    /** Close of the last session that is known; {@link #BEYOND} where there is no last. */
    long horizonNs();
}
