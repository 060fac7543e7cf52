package io.lockstep.core.instance;

/**
 * What timers go by: instance, leg and key in one number. Those of journals in which an instrument had one strategy are below
 * {@value #FIRST}, and there are some of the core's own.
 */
public final class TimerIds
{
    /** Id of the core's own timer, by which cancels are sent again that were refused or have no answer. */
    public static final long WISHES = Long.MAX_VALUE;
    /** Likewise of the timer by which orders come in doubt. */
    public static final long DOUBTS = Long.MAX_VALUE - 1;
    /** Id of the core's own timer of orders that are good till a time. */
    public static final long EXPIRY = Long.MAX_VALUE - 2;
    /** Likewise of the timer by which lists ask again for what was refused to them. */
    public static final long LISTS = Long.MAX_VALUE - 3;
    /** Likewise of circuit breakers that cool down. */
    public static final long BREAKERS = Long.MAX_VALUE - 4;
    private static final int KEY_BITS = 8;
    private static final int LEG_BITS = 16;
    private static final int STRATEGY_SHIFT = KEY_BITS + LEG_BITS;
    private static final long FIRST = 1L << STRATEGY_SHIFT;

    private TimerIds()
    {
    }

    /**
     * @param strategyId from 1.
     */
    public static long of(final int strategyId, final int legIndex, final int timerKey)
    {
        return (long)strategyId << STRATEGY_SHIFT | (long)legIndex << KEY_BITS | timerKey;
    }

    /** Whether it names an instrument and a key, as before there were instances. */
    public static boolean isOfInstrument(final long timerId)
    {
        return timerId >= 0 && timerId < FIRST;
    }

    /** The instrument of a timer for which {@link #isOfInstrument} holds. */
    public static int instrumentId(final long timerId)
    {
        return (int)(timerId >>> KEY_BITS);
    }

    public static int strategyId(final long timerId)
    {
        return (int)(timerId >>> STRATEGY_SHIFT);
    }

    public static int legIndex(final long timerId)
    {
        return (int)(timerId >>> KEY_BITS & (1 << LEG_BITS) - 1);
    }

    public static int timerKey(final long timerId)
    {
        return (int)(timerId & (1 << KEY_BITS) - 1);
    }
}
