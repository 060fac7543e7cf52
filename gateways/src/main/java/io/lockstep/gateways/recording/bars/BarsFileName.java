package io.lockstep.gateways.recording.bars;

import io.lockstep.gateways.recording.scan.BarInterval;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the name of a file of bars says: {@code BTC_USDT_1h.csv.gz} holds BTC_USDT by the hour, {@code BTCUSD_2018_1m}
 * holds BTCUSD by the minute.
 *
 * @param symbol   the name up to the interval, without a year before it.
 * @param interval null when the name says none.
 */
record BarsFileName(String symbol, BarInterval interval)
{
    private static final Pattern INTERVAL = Pattern.compile("[_-]([1-9]\\d{0,3})([smhdwSHDWM])(?=[_.-]|$)");
    private static final Pattern YEAR = Pattern.compile("[_-](19|20)\\d\\d$");
    private static final Pattern EXTENSION = Pattern.compile("\\.(csv|txt|gz|zip)$");

    static BarsFileName parse(final String fileName)
    {
        String name = fileName;
        for (Matcher extension = EXTENSION.matcher(name); extension.find(); extension = EXTENSION.matcher(name))
        {
            name = name.substring(0, extension.start());
        }
        final Matcher interval = INTERVAL.matcher(name);
        final boolean isInterval = interval.find() && interval.start() > 0;
        String symbol = isInterval ? name.substring(0, interval.start()) : name;
        final Matcher year = YEAR.matcher(symbol);
        if (year.find() && year.start() > 0)
        {
            symbol = symbol.substring(0, year.start());
        }
        return new BarsFileName(
            symbol, isInterval ? BarInterval.of(Long.parseLong(interval.group(1)), interval.group(2)) : null);
    }
}
