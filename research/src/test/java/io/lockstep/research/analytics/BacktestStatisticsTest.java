package io.lockstep.research.analytics;

import io.lockstep.cli.config.TradingCalendar;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.math.BigDecimal;
import java.util.Arrays;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** Against figures that Python's statistics module gives for the same numbers. */
class BacktestStatisticsTest
{
    private static final long DAY_NS = DailyEquity.DAY_NS;
    private static final long HOUR_NS = DAY_NS / 24;
    /** 2024-01-01, a Monday. */
    private static final long FIRST_DAY = 19_723;
    private static final double EXACT = 1e-9;

    /** Weekdays of 45 days but for one holiday. */
    private static final long[] WEEKDAYS = {0, 1, 2, 3, 4, 7, 8, 9, 10, 11, 15, 16, 17, 18, 21, 22, 23, 24, 25, 28, 29,
        30, 31, 32, 35, 36, 37, 38, 39, 42, 43, 44};
    private static final long[] WEEKDAY_CENTS = {492, 139, -308, -319, -531, -584, -968, -1212, -1358, -1765, -2543,
        -1709, -2240, -2309, -1842, -2381, -1711, -2427, -3103, -3444, -3174, -3515, -3930, -4200, -3597, -3857, -4361,
        -3774, -3846, -4626, -5492, -4961};
    private static final long[] WEEKLY_CENTS = {814, 51, 903, 928, 804, 464, -43, 297, -301, 415, 489, -40, -470, 306,
        239, 382, 390, 946, 161, -524, -754, -945};

    private final EquityCurve curve = new EquityCurve();
    private long cents;

    private void at(final long timeNs, final long newCents)
    {
        curve.onTime(timeNs);
        curve.onData(timeNs);
        curve.add(BigDecimal.valueOf(newCents - cents, 2));
        cents = newCents;
    }

    private static long ns(final long day, final long hour)
    {
        return (FIRST_DAY + day) * DAY_NS + hour * HOUR_NS;
    }

    private BacktestStatistics.Ratio sharpe(final TradingCalendar calendar)
    {
        curve.close();
        return BacktestStatistics.sharpe(curve.samples(calendar), calendar);
    }

    private void weekdays()
    {
        for (int i = 0; i < WEEKDAYS.length; i++)
        {
            // What happens within a day does not count.
            at(ns(WEEKDAYS[i], 14), WEEKDAY_CENTS[i] + 5_000);
            at(ns(WEEKDAYS[i], 20), WEEKDAY_CENTS[i]);
        }
    }

    @Test
    void everyDayCarriesTheValueOverWeekEndsAndHolidays()
    {
        weekdays();
        assertThat(sharpe(TradingCalendar.EVERY_DAY).value()).isEqualTo(-5.940462141317586, within(EXACT));
    }

    @Test
    void sessionsAreTheDaysWithData()
    {
        weekdays();
        assertThat(sharpe(TradingCalendar.SESSIONS).value()).isEqualTo(-5.9771269558260585, within(EXACT));
    }

    @ParameterizedTest
    @CsvSource(
    {"EVERY_DAY, -1.2063843898777793", "SESSIONS, -1.1853778538214799"})
    void dataCoarserThanADayAreCarriedForward(final TradingCalendar calendar, final double expected)
    {
        for (int i = 0; i < WEEKLY_CENTS.length; i++)
        {
            at(ns(4 + 7L * i, 20), WEEKLY_CENTS[i]);
        }
        assertThat(sharpe(calendar).value()).isEqualTo(expected, within(EXACT));
    }

    @Test
    void theHourOfADailyValueDoesNotMatter()
    {
        for (int i = 0; i < WEEKDAYS.length; i++)
        {
            at(ns(WEEKDAYS[i], i % 2 == 0 ? 4 : 5), WEEKDAY_CENTS[i]);
        }
        assertThat(sharpe(TradingCalendar.SESSIONS).value()).isEqualTo(-5.9771269558260585, within(EXACT));
    }

    @Test
    void midnightBelongsToTheDayThatItEnds()
    {
        for (int i = 0; i < WEEKDAYS.length; i++)
        {
            at(ns(WEEKDAYS[i], 24) - 1, 77);
            at(ns(WEEKDAYS[i], 24), WEEKDAY_CENTS[i]);
        }
        assertThat(sharpe(TradingCalendar.SESSIONS).value()).isEqualTo(-5.9771269558260585, within(EXACT));
    }

    @Test
    void aLastDayThatIsCutShortIsLeftOutAndNotCountedTwice()
    {
        weekdays();
        at(ns(45, 1), -4_961);
        assertThat(sharpe(TradingCalendar.EVERY_DAY).value()).isEqualTo(-5.940462141317586, within(EXACT));
    }

    @Test
    void aWholeDayWithoutChangeCounts()
    {
        weekdays();
        at(ns(45, 20), -4_961);
        assertThat(sharpe(TradingCalendar.EVERY_DAY).value()).isNotCloseTo(-5.940462141317586, within(1e-3));
    }

    @Test
    void whatComesAfterTheLastDataOfADayIsOfThatDayAndWhatComesOnADayWithoutDataIsCarriedOn()
    {
        weekdays();
        final EquityCurve other = new EquityCurve();
        long last = 0;
        for (int i = 0; i < WEEKDAYS.length; i++)
        {
            other.onTime(ns(WEEKDAYS[i], 20));
            other.onData(ns(WEEKDAYS[i], 20));
            // A fill that is reported later, half of them on the next day.
            other.onTime(ns(WEEKDAYS[i], 21));
            other.add(BigDecimal.valueOf(WEEKDAY_CENTS[i] - last, 2));
            last = WEEKDAY_CENTS[i];
        }
        other.close();
        assertThat(BacktestStatistics.sharpe(other.samples(TradingCalendar.EVERY_DAY), TradingCalendar.EVERY_DAY))
            .isEqualTo(sharpe(TradingCalendar.EVERY_DAY));
    }

    @Test
    void tooFewDaysGiveNoFigure()
    {
        for (int day = 0; day < 20; day++)
        {
            at(ns(2L * day, 20), WEEKDAY_CENTS[day]);
        }
        assertThat(sharpe(TradingCalendar.EVERY_DAY).reason()).isEqualTo(
            "too short for an annual figure: wholeDaysWithData=20 spanDays=38: expected at least 21 and 28");
    }

    @Test
    void tooShortASpanGivesNoFigure()
    {
        for (int day = 0; day < 28; day++)
        {
            at(ns(day, 20), WEEKDAY_CENTS[day]);
        }
        final BacktestStatistics.Ratio ratio = sharpe(TradingCalendar.EVERY_DAY);
        assertThat(ratio.value()).isNull();
        assertThat(ratio.reason()).contains("wholeDaysWithData=28 spanDays=27");
    }

    @Test
    void theLeastThatGivesAFigureDoes()
    {
        for (int day = 0; day < 29; day++)
        {
            at(ns(day, 20), WEEKDAY_CENTS[day]);
        }
        assertThat(sharpe(TradingCalendar.EVERY_DAY).value()).isNotNull();
    }

    @Test
    void nothingAtAllGivesNoFigure()
    {
        assertThat(sharpe(TradingCalendar.EVERY_DAY).reason()).contains("wholeDaysWithData=0");
    }

    @ParameterizedTest
    @CsvSource(
    {"0, 0", "10, 0.1"})
    void equalChangesGiveNoFigure(final long changeCents, final String text)
    {
        for (int day = 0; day < 40; day++)
        {
            at(ns(day, 20), changeCents * day);
        }
        final BacktestStatistics.Ratio ratio = sharpe(TradingCalendar.EVERY_DAY);
        assertThat(ratio.value()).isNull();
        assertThat(ratio.reason()).startsWith("profit changes by " + text + " each day");
    }

    @Test
    void theDrawdownIsOfAllChangesAndNotOfSamples()
    {
        Arrays.stream(WEEKDAY_CENTS).forEach((value) -> at(ns(0, 1), value));
        assertThat(curve.maxDrawdown()).isEqualByComparingTo("59.84");
        at(ns(0, 2), 20_000);
        at(ns(0, 2), 13_999);
        at(ns(0, 2), 20_000);
        assertThat(curve.maxDrawdown()).isEqualByComparingTo("60.01");
    }

    @Test
    void timesBefore1970HaveDaysToo()
    {
        for (int i = 0; i < WEEKDAYS.length; i++)
        {
            at((WEEKDAYS[i] - 7_000) * DAY_NS + 20 * HOUR_NS, WEEKDAY_CENTS[i]);
        }
        assertThat(sharpe(TradingCalendar.SESSIONS).value()).isEqualTo(-5.9771269558260585, within(EXACT));
    }
}
