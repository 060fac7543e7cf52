package io.lockstep.research.analytics;

import io.lockstep.cli.config.TradingCalendar;

import java.math.BigDecimal;
import java.util.List;

/**
 * Figures about an equity curve that is sampled by the day. Floating point is for ratios alone; amounts stay exact.
 * <p>
 * An annual figure of a few days means nothing, so there is none for less than {@link #DAYS_WITH_DATA_MIN} days with data or for a
 * span of less than {@link #SPAN_DAYS_MIN} days from the first to the last of them.
 */
final class BacktestStatistics
{
    /** The first of them gives the value that changes are counted from, so these make twenty changes. */
    static final int DAYS_WITH_DATA_MIN = 21;
    static final int SPAN_DAYS_MIN = 28;

    private BacktestStatistics()
    {
    }

    /**
     * A ratio, or the reason why there is none.
     *
     * @param value  null when there is none.
     * @param reason null when there is a value.
     */
    record Ratio(Double value, String reason)
    {
    }

    /**
     * The Sharpe ratio of daily changes: mean over standard deviation (n - 1), times the square root of the calendar's days in a
     * year (W. F. Sharpe, "The Sharpe Ratio", 1994, with a risk-free rate of zero). Changes are amounts and not returns, for there is
     * no capital to relate them to; for a constant capital the ratio is the same.
     */
    static Ratio sharpe(final DailyEquity.Samples samples, final TradingCalendar calendar)
    {
        if (samples.daysWithData() < DAYS_WITH_DATA_MIN || samples.spanDays() < SPAN_DAYS_MIN)
        {
            return new Ratio(null, "too short for an annual figure: wholeDaysWithData=" + samples.daysWithData() +
                " spanDays=" + samples.spanDays() + ": expected at least " + DAYS_WITH_DATA_MIN + " and " +
                SPAN_DAYS_MIN);
        }
        final List<BigDecimal> equity = samples.equity();
        final BigDecimal[] changes = new BigDecimal[equity.size() - 1];
        for (int i = 0; i < changes.length; i++)
        {
            changes[i] = equity.get(i + 1).subtract(equity.get(i));
        }
        if (isConstant(changes))
        {
            return new Ratio(null, "profit changes by " + changes[0].stripTrailingZeros().toPlainString() +
                " each day, so there is no deviation to relate it to");
        }
        return new Ratio(meanOverDeviation(changes) * Math.sqrt(calendar.daysPerYear()), null);
    }

    /** Exactly, for what rounding leaves of a deviation of zero would make a ratio of any size. */
    private static boolean isConstant(final BigDecimal[] changes)
    {
        for (final BigDecimal change : changes)
        {
            if (change.compareTo(changes[0]) != 0)
            {
                return false;
            }
        }
        return true;
    }

    private static double meanOverDeviation(final BigDecimal[] changes)
    {
        double sum = 0;
        for (final BigDecimal change : changes)
        {
            sum += change.doubleValue();
        }
        final double mean = sum / changes.length;
        double squares = 0;
        for (final BigDecimal change : changes)
        {
            final double distance = change.doubleValue() - mean;
            squares += distance * distance;
        }
        return mean / Math.sqrt(squares / (changes.length - 1));
    }
}
