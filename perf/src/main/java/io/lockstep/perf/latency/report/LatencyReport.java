package io.lockstep.perf.latency.report;

import io.lockstep.perf.latency.fork.Quantile;
import io.lockstep.perf.latency.fork.Spread;
import io.lockstep.perf.latency.path.MeasuredPath;
import io.lockstep.perf.latency.path.StageTimes;
import org.HdrHistogram.Histogram;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/**
 * One HTML page with all figures and plots in it; it loads nothing from anywhere.
 */
public final class LatencyReport
{
    private static final String STYLE = """
        body { font: 15px/1.45 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #222 }
        table { border-collapse: collapse; margin: 1rem 0 } td, th { padding: .2rem .7rem; text-align: right }
        th { border-bottom: 1px solid #999; font-weight: 600 } td:first-child, th:first-child { text-align: left }
        .tail { color: #999 } details { margin: 0 0 1rem } summary { cursor: pointer }
        .bad { background: #fde8e8; padding: .5rem 1rem } .note { color: #666 } svg { max-width: 100%; height: auto }
        """;

    private LatencyReport()
    {
    }

    public static String html(final LatencyFigures figures)
    {
        final StringBuilder html = new StringBuilder(
            "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
            .append("<title>Lockstep latency</title>\n<style>\n").append(STYLE).append("</style></head><body>\n")
            .append("<h1>Tick to trade, beside its floor</h1>\n");
        final Reliability reliability = figures.reliability();
        reliability(html, reliability);
        paths(html);
        figures.rates().forEach((rate) -> rate(html, rate, reliability));
        if (figures.hasFlatOut())
        {
            flatOut(html, figures);
        }
        if (!figures.peers().isEmpty())
        {
            PeerReport.append(html, figures.peers(), figures.peerRates());
        }
        about(html, figures);
        return html.append("</body></html>\n").toString();
    }

    private static void reliability(final StringBuilder html, final Reliability reliability)
    {
        reliability.faults().forEach((sentence) -> html.append("<p class=\"bad\">").append(escape(sentence))
            .append("</p>\n"));
        if (!reliability.isValid())
        {
            badPaths(html, reliability);
        }
        if (!reliability.hasProcessors())
        {
            html.append("<p>").append(escape(reliability.ofMachine())).append("</p>\n");
        }
    }

    private static void badPaths(final StringBuilder html, final Reliability reliability)
    {
        html.append("<details><summary>These paths, and what is wrong with each</summary>\n<table><tr>")
            .append(
                "<th>path</th><th>events a second</th><th>process</th><th>events sent late</th><th>orders</th></tr>\n");
        reliability.late().forEach((path) -> html.append(String.format(Locale.ROOT,
            "<tr><td>%s</td><td>%,d</td><td>%d</td><td>%,d of %,d, %.1f %%</td><td></td></tr>%n", path.path().key(),
            path.rate(), path.fork(), path.late(), path.events(), 100 * path.share())));
        reliability.missing().forEach((path) -> html.append(String.format(Locale.ROOT,
            "<tr><td>%s</td><td>%,d</td><td>%d</td><td></td><td>%,d back of %,d</td></tr>%n", path.path().key(),
            path.rate(), path.fork(), path.received(), path.sent())));
        html.append("</table></details>\n");
    }

    private static void paths(final StringBuilder html)
    {
        html.append("<p>Latency counts from the time an event was meant to be sent to the order's arrival. The paths ")
            .append("take turns of a quarter of a second in one process, on the same threads and the same driver; ")
            .append(
                "a figure is the median of the processes, with the least and the greatest in brackets.</p>\n<ul>\n");
        for (final MeasuredPath path : MeasuredPath.values())
        {
            html.append("<li><b>").append(path.key()).append("</b>: ").append(path.description()).append("</li>\n");
        }
        html.append("</ul>\n");
    }

    private static void rate(
        final StringBuilder html, final RateFigures rate, final Reliability reliability)
    {
        html.append(String.format(Locale.ROOT, "<h2>%,d events a second</h2>%n<table><tr><th>path</th>", rate.rate()));
        for (final Quantile quantile : Quantile.values())
        {
            html.append("<th>").append(quantile.label()).append("</th>");
        }
        html.append("<th>values</th></tr>\n");
        final Map<MeasuredPath, Histogram> totals = new EnumMap<>(MeasuredPath.class);
        for (final MeasuredPath path : MeasuredPath.values())
        {
            totals.put(path, rate.total(path));
            html.append("<tr><td>").append(path.key()).append("</td>");
            for (final Quantile quantile : Quantile.values())
            {
                html.append(cell(rate.value(path, quantile),
                    path == MeasuredPath.HICCUP || reliability.isReliable(quantile, rate.lateShare(path))));
            }
            html.append(String.format(Locale.ROOT, "<td>%,d</td></tr>%n", totals.get(path).getTotalCount()));
        }
        html.append("</table>\n")
            .append("<p class=\"note\">* more of the machine than of the path; hiccup is the machine ")
            .append("alone.</p>\n").append(PercentilePlot.svg(totals));
        summary(html, rate, reliability);
    }

    static String cell(final Spread spread)
    {
        return cell(spread, true);
    }

    private static String cell(final Spread spread, final boolean isReliable)
    {
        return (isReliable ? "<td>" : "<td class=\"tail\">") + LatencyText.duration(spread.median()) +
            (isReliable ? "" : " *") + "<br><span class=\"note\">" +
            LatencyText.duration(spread.min()) + " .. " + LatencyText.duration(spread.max()) + "</span></td>";
    }

    private static void summary(
        final StringBuilder html, final RateFigures rate, final Reliability reliability)
    {
        final Spread p50 = rate.ratio(Quantile.P50);
        final Spread p90 = rate.ratio(Quantile.P90);
        html.append(String.format(Locale.ROOT, "<p>Tick to trade / floor: p50 <b>%.2f</b>%s (%.2f .. %.2f), p90 " +
            "<b>%.2f</b>%s (%.2f .. %.2f). Journal: floor - unjournaled at p50 <b>%s</b>. Allocated by the loop: " +
            "<b>%.3f</b> bytes an event.</p>%n", p50.median(), reliability.ratioMark(rate, Quantile.P50), p50.min(),
            p50.max(), p90.median(), reliability.ratioMark(rate, Quantile.P90), p90.min(), p90.max(),
            LatencyText.duration(rate.journalCostNs().median()), rate.allocatedBytesPerEvent()));
        html.append("<table><tr><th>stage of the loop</th><th>p50</th><th>p90</th></tr>\n");
        StageTimes.STAGES.forEach((stage) -> html.append("<tr><td>").append(StageTimes.key(stage)).append("</td><td>")
            .append(LatencyText.duration(rate.stageNs(stage, Quantile.P50).median())).append("</td><td>")
            .append(LatencyText.duration(rate.stageNs(stage, Quantile.P90).median())).append("</td></tr>\n"));
        html.append("</table><p class=\"note\">Stages in a process of their own, for batches that made an order; ")
            .append("each includes a look at the clock.</p>\n");
    }

    private static void flatOut(final StringBuilder html, final LatencyFigures figures)
    {
        html.append("<h2>Flat out</h2>\n<table><tr><th>path</th><th>events a second</th><th>least</th><th>most</th>")
            .append("</tr>\n");
        for (final MeasuredPath path : MeasuredPath.values())
        {
            if (path != MeasuredPath.HICCUP)
            {
                final Spread spread = figures.flatOut(path);
                html.append(
                    String.format(Locale.ROOT, "<tr><td>%s</td><td>%,.0f</td><td>%,.0f</td><td>%,.0f</td></tr>%n",
                        path.key(), spread.median(), spread.min(), spread.max()));
            }
        }
        html.append("</table>\n");
    }

    private static void about(final StringBuilder html, final LatencyFigures figures)
    {
        html.append("<h2>About this run</h2>\n<table>\n");
        figures.about().forEach((name, value) -> html.append("<tr><td>").append(escape(name)).append("</td><td>")
            .append(escape(String.valueOf(value))).append("</td></tr>\n"));
        html.append("</table>\n");
    }

    static String escape(final String text)
    {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
