package io.lockstep.research.analytics;

import io.lockstep.cli.config.TradingCalendar;

import java.math.BigDecimal;

/**
 * Profit over time in one currency: its newest value, the deepest fall from a peak, exact over all changes, and its value at the end
 * of each day. It begins at zero, before anything has traded.
 */
final class EquityCurve
{
    private final DailyEquity daily = new DailyEquity();
    private BigDecimal equity = BigDecimal.ZERO;
    private BigDecimal peak = BigDecimal.ZERO;
    private BigDecimal maxDrawdown = BigDecimal.ZERO;

    /** Time has come this far; what is added from now on is of this time. */
    void onTime(final long timeNs)
    {
        if (daily.isOver(timeNs))
        {
            daily.advance(timeNs, equity);
        }
    }

    /** There was market data at the time that {@link #onTime} was told. */
    void onData(final long timeNs)
    {
        daily.onData(timeNs);
    }

    void add(final BigDecimal change)
    {
        equity = equity.add(change);
        if (equity.compareTo(peak) > 0)
        {
            peak = equity;
        }
        else
        {
            maxDrawdown = maxDrawdown.max(peak.subtract(equity));
        }
    }

    /** The end. */
    void close()
    {
        daily.close(equity);
    }

    BigDecimal equity()
    {
        return equity;
    }

    /** The deepest fall below an earlier peak; zero when there was none. */
    BigDecimal maxDrawdown()
    {
        return maxDrawdown;
    }

    DailyEquity.Samples samples(final TradingCalendar calendar)
    {
        return daily.samples(calendar);
    }
}
