package io.lockstep.tools.backtest;

import io.lockstep.codecs.Nulls;
import io.lockstep.core.TradingCore;
import io.lockstep.core.position.Position;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Profit over time, sampled: each minute of data while the data spans less than two days, each day from then on. Kept by
 * settlement currency, for amounts of different currencies do not add up. Floating point only for the Sharpe ratio.
 */
public final class EquityCurve
{
    private static final long MINUTE_NS = 60_000_000_000L;
    private static final long DAY_NS = 24 * 60 * MINUTE_NS;
    private static final long MINUTES_KEPT_NS = 2 * DAY_NS;
    private static final long YEAR_NS = 365 * DAY_NS;

    private final TreeMap<String, List<BigDecimal>> samplesByCurrency = new TreeMap<>();
    private final TreeMap<String, List<BigDecimal>> dailyByCurrency = new TreeMap<>();
    private long firstNs = Nulls.NULL_TIME_NS;
    private long nextMinuteNs;
    private long nextDayNs;
    private long lastNs;

    /**
     * What an account made in one currency.
     */
    public record Result(
        String currency,
        BigDecimal realizedPnl,
        BigDecimal unrealizedPnl,
        BigDecimal fees,
        BigDecimal netPnl,
        BigDecimal maxDrawdown,
        Double sharpe)
    {
    }

    /** Time has come this far. */
    public void onTime(final TradingCore core, final long timeNs)
    {
        if (firstNs == Nulls.NULL_TIME_NS)
        {
            firstNs = timeNs;
            nextMinuteNs = timeNs;
            nextDayNs = timeNs;
        }
        lastNs = timeNs;
        if (timeNs >= nextMinuteNs)
        {
            nextMinuteNs = timeNs - timeNs % MINUTE_NS + MINUTE_NS;
            sample(core, timeNs);
        }
    }

    private void sample(final TradingCore core, final long timeNs)
    {
        final boolean isDay = timeNs >= nextDayNs;
        if (isDay)
        {
            nextDayNs = timeNs - timeNs % DAY_NS + DAY_NS;
        }
        if (timeNs - firstNs < MINUTES_KEPT_NS || isDay)
        {
            netByCurrency(core).forEach((currency, net) ->
            {
                if (timeNs - firstNs < MINUTES_KEPT_NS)
                {
                    samplesByCurrency.computeIfAbsent(currency, (key) -> new ArrayList<>()).add(net);
                }
                if (isDay)
                {
                    dailyByCurrency.computeIfAbsent(currency, (key) -> new ArrayList<>()).add(net);
                }
            });
        }
    }

    private static TreeMap<String, BigDecimal> netByCurrency(final TradingCore core)
    {
        final TreeMap<String, BigDecimal> netByCurrency = new TreeMap<>();
        for (int id = 0; id < core.instrumentCount(); id++)
        {
            final Position position = core.position(id);
            final BigDecimal net = core.instrument(id).cash(
                position.realized() + unrealized(core, id) - position.fees());
            netByCurrency.merge(core.instrument(id).settlementCurrency(), net, BigDecimal::add);
        }
        return netByCurrency;
    }

    private static long unrealized(final TradingCore core, final int id)
    {
        final long markTicks = core.market(id).markTicks();
        return markTicks == Nulls.NULL_PRICE_TICKS ? 0 : core.position(id).unrealized(markTicks);
    }

    /** The end; one result for each settlement currency, by name. */
    public List<Result> results(final TradingCore core)
    {
        final boolean daily = firstNs != Nulls.NULL_TIME_NS && lastNs - firstNs >= MINUTES_KEPT_NS;
        final TreeMap<String, List<BigDecimal>> curves = daily ? dailyByCurrency : samplesByCurrency;
        final List<Result> results = new ArrayList<>();
        netByCurrency(core).forEach((currency, net) ->
        {
            BigDecimal realized = BigDecimal.ZERO;
            BigDecimal unrealized = BigDecimal.ZERO;
            BigDecimal fees = BigDecimal.ZERO;
            for (int id = 0; id < core.instrumentCount(); id++)
            {
                if (core.instrument(id).settlementCurrency().equals(currency))
                {
                    realized = realized.add(core.instrument(id).cash(core.position(id).realized()));
                    unrealized = unrealized.add(core.instrument(id).cash(unrealized(core, id)));
                    fees = fees.add(core.instrument(id).cash(core.position(id).fees()));
                }
            }
            final List<BigDecimal> curve = new ArrayList<>(curves.getOrDefault(currency, List.of()));
            curve.add(net);
            results.add(new Result(currency, realized, unrealized, fees, net, maxDrawdown(curve),
                sharpe(curve, daily ? DAY_NS : MINUTE_NS)));
        });
        return results;
    }

    private static BigDecimal maxDrawdown(final List<BigDecimal> curve)
    {
        BigDecimal peak = BigDecimal.ZERO;
        BigDecimal drawdown = BigDecimal.ZERO;
        for (final BigDecimal equity : curve)
        {
            peak = peak.max(equity);
            drawdown = drawdown.max(peak.subtract(equity));
        }
        return drawdown;
    }

    /**
     * Mean over standard deviation (n - 1) of the changes from sample to sample, times the square root of the samples in a
     * year of 365 days (W. F. Sharpe, "The Sharpe Ratio", 1994, with a risk-free rate of zero). Null for fewer than two
     * changes or none that differs.
     */
    private static Double sharpe(final List<BigDecimal> curve, final long intervalNs)
    {
        final int changes = curve.size() - 1;
        if (changes < 2)
        {
            return null;
        }
        final double[] change = new double[changes];
        double sum = 0;
        for (int i = 0; i < changes; i++)
        {
            change[i] = curve.get(i + 1).subtract(curve.get(i)).doubleValue();
            sum += change[i];
        }
        final double mean = sum / changes;
        double squares = 0;
        for (final double value : change)
        {
            squares += (value - mean) * (value - mean);
        }
        final double deviation = Math.sqrt(squares / (changes - 1));
        return deviation == 0 ? null : mean / deviation * Math.sqrt((double)YEAR_NS / intervalNs);
    }
}
