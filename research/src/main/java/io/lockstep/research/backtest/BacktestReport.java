package io.lockstep.research.backtest;

import io.lockstep.cli.output.RecordingReport;
import io.lockstep.cli.output.RefusalListing;
import io.lockstep.codecs.text.Decimals;
import io.lockstep.core.host.Refusals;
import io.lockstep.gateways.recording.Recording;
import io.lockstep.journal.read.NothingTraded;
import io.lockstep.journal.text.Json;
import io.lockstep.research.analytics.AccountEquity;

import java.io.PrintWriter;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a backtest came to, as values for JSON and as text.
 */
final class BacktestReport
{
    private final Map<String, Object> values = new LinkedHashMap<>();
    private final List<String> warnings = new ArrayList<>();
    private final RefusalListing refusals;
    private final Path directory;

    /**
     * @param directory of the journal, or null without one.
     * @param seconds   that the run took.
     */
    BacktestReport(
        final Backtest backtest,
        final FeedProblems problems,
        final Recording recording,
        final Path directory,
        final double seconds)
    {
        this.directory = directory;
        final Refusals counts = backtest.host().refusals();
        refusals = new RefusalListing(counts.refused(), counts.ordersRejected(), counts.requestsRejected());
        values.put("marketEvents", backtest.ends().marketEvents());
        values.put("dataPoints", backtest.dataPoints());
        values.put("inputs", backtest.host().core().lastSequence());
        values.put("decisions", backtest.host().decisionCount());
        values.put("orders", backtest.host().ordersSent());
        values.put("fills", backtest.ends().venue().fills());
        final List<AccountEquity.Result> results = backtest.results();
        final List<Map<String, Object>> currencies = results.stream().map(BacktestReport::values).toList();
        values.putAll(currencies.size() == 1
            ? currencies.get(0)
            : values(new AccountEquity.Result(null, null, null, null, null, null, null, null)));
        values.put("currencies", currencies);
        values.put("stateHash", Json.hex(backtest.host().core().stateHash()));
        values.put("decisionHash", Json.hex(backtest.host().decisionHash()));
        values.put("eventsPerSecond", Math.round(backtest.ends().marketEvents() / seconds));
        values.put("journal", directory == null ? null : directory.toString());
        values.put("report", null);
        values.put("gaps", problems.gaps());
        values.put("crossed", problems.crossed());
        values.put("withoutSnapshot", problems.withoutSnapshot());
        values.putAll(RecordingReport.counts(recording));
        refusals.putInto(values);
        values.put("warnings", warnings);
        if (backtest.ends().venue().fills() == 0)
        {
            warnings.addAll(new NothingTraded(backtest.host().core(), problems.activity(), backtest.host().ordersSent(),
                counts.refused(), counts.ordersRejected()).reasons());
        }
        results.forEach(this::warnOfSharpe);
    }

    private void warnOfSharpe(final AccountEquity.Result result)
    {
        if (result.noSharpeReason() != null)
        {
            warnings.add("sharpe of " + result.currency() + " is not shown: " + result.noSharpeReason());
        }
    }

    private static Map<String, Object> values(final AccountEquity.Result result)
    {
        final Map<String, Object> values = new LinkedHashMap<>();
        values.put("realizedPnl", result.realizedPnl());
        values.put("unrealizedPnl", result.unrealizedPnl());
        values.put("fees", result.fees());
        values.put("netPnl", result.netPnl());
        values.put("currency", result.currency());
        values.put("maxDrawdown", result.maxDrawdown());
        values.put("sharpe", result.sharpe());
        return values;
    }

    void print(final PrintWriter out, final boolean json)
    {
        if (json)
        {
            out.println(Json.text(values));
        }
        else
        {
            values.forEach((key, value) -> printText(out, key, value));
            refusals.lines(directory).forEach(out::println);
            warnings.forEach((warning) -> out.println("warning: " + warning));
        }
    }

    private void printText(final PrintWriter out, final String key, final Object value)
    {
        if (value instanceof Map<?, ?> || value == warnings)
        {
            // Behind all others, in words.
            return;
        }
        if (!(value instanceof List<?> list))
        {
            out.printf(Locale.ROOT, "%-16s %s%n", key, value == null ? "-" : text(value));
        }
        else if (list.size() > 1)
        {
            list.forEach((currency) -> ((Map<?, ?>)currency).forEach(
                (name, amount) -> printText(out, "  " + name, amount)));
        }
    }

    private static Object text(final Object value)
    {
        return value instanceof BigDecimal amount ? Decimals.plain(amount) : value;
    }
}
