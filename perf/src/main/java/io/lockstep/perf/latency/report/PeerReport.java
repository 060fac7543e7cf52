package io.lockstep.perf.latency.report;

import io.lockstep.perf.latency.fork.Quantile;
import io.lockstep.perf.latency.peer.PeerFigures;

import java.util.List;
import java.util.Locale;

/**
 * The page's section about peers.
 */
public final class PeerReport
{
    private PeerReport()
    {
    }

    public static void append(final StringBuilder html, final List<PeerFigures> peers, final List<Integer> rates)
    {
        html.append(
            "<h2>Peers</h2>\n<p>The same open load, each peer in processes of its own that take turns with the ")
            .append("others'. Lockstep here is the whole path, measured the same way.</p>\n<ul>\n");
        for (final PeerFigures peer : peers)
        {
            html.append("<li><b>").append(peer.kind().key()).append("</b> (")
                .append(LatencyReport.escape(peer.variant())).append("): ")
                .append(LatencyReport.escape(peer.kind().does())).append(".<br><span class=\"note\">")
                .append(LatencyReport.escape(peer.kind().doesNot())).append(".</span></li>\n");
        }
        html.append("</ul>\n");
        rates.forEach((rate) -> rate(html, peers, rate));
        flatOut(html, peers);
    }

    private static void rate(final StringBuilder html, final List<PeerFigures> peers, final int rate)
    {
        html.append(String.format(Locale.ROOT, "<h3>%,d events a second</h3>%n<table><tr><th>peer</th>", rate));
        PeerText.headings().forEach((heading) -> html.append("<th>").append(heading).append("</th>"));
        html.append("</tr>\n");
        for (final PeerFigures peer : peers)
        {
            html.append("<tr><td>").append(peer.kind().key()).append("</td>");
            for (final Quantile quantile : Quantile.values())
            {
                html.append(LatencyReport.cell(peer.value(rate, quantile)));
            }
            html.append("<td>").append(PeerText.threads(peer, rate)).append("</td><td>")
                .append(peer.isValid(rate) ? "valid" : "<b>not valid</b>").append("</td></tr>\n");
        }
        html.append("</table>\n");
        problems(html, peers, rate);
    }

    private static void problems(final StringBuilder html, final List<PeerFigures> peers, final int rate)
    {
        final long count = peers.stream().filter((peer) -> !peer.isValid(rate)).count();
        if (count == 0)
        {
            return;
        }
        html.append("<p>").append(count).append(" of ").append(peers.size())
            .append(
                " are not valid: p50 and p90 can be compared where few events went out late, p99 and above cannot.</p>\n")
            .append("<details><summary>What is wrong with each</summary>\n<ul>\n");
        peers.forEach((peer) -> peer.problems(rate).forEach((problem) -> html.append("<li>")
            .append(peer.kind().key()).append(": ").append(LatencyReport.escape(problem)).append("</li>\n")));
        html.append("</ul></details>\n");
    }

    private static void flatOut(final StringBuilder html, final List<PeerFigures> peers)
    {
        html.append("<h3>Flat out, and started on the journal</h3>\n<table><tr><th>peer</th>")
            .append("<th>events a second</th><th>replayed, events a second</th></tr>\n");
        peers.forEach((peer) -> html.append("<tr><td>").append(peer.kind().key()).append("</td><td>")
            .append(PeerText.amount(peer.flatOut())).append("</td><td>").append(PeerText.replay(peer))
            .append("</td></tr>\n"));
        html.append("</table>\n");
    }
}
