package io.lockstep.cli.config;

import io.lockstep.sequencer.config.YamlSection;

/**
 * Which days of a year an instrument trades on: the grid that equity is sampled on, and what an annual figure is scaled by.
 */
public enum TradingCalendar
{
    /** Every day of the year: markets that never close. */
    EVERY_DAY(365),
    /** The days that have market data: exchanges that close on week-ends and holidays. */
    SESSIONS(252);

    private final int daysPerYear;

    TradingCalendar(final int daysPerYear)
    {
        this.daysPerYear = daysPerYear;
    }

    /** Of the section that only a backtest's configuration has. */
    public static TradingCalendar read(final YamlSection root)
    {
        final YamlSection section = root.section("backtest");
        final TradingCalendar calendar = section.constant("calendar", TradingCalendar.class, EVERY_DAY);
        section.refuseUnknown();
        return calendar;
    }

    /** Days of the grid in a year. */
    public int daysPerYear()
    {
        return daysPerYear;
    }
}
