package io.lockstep.perf.latency.report;

import io.lockstep.perf.latency.fork.Quantile;
import io.lockstep.perf.latency.fork.Spread;
import io.lockstep.perf.latency.peer.PeerFigures;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/**
 * What was measured of the peers, as tables for people and for the page.
 */
public final class PeerText
{
    private PeerText()
    {
    }

    public static void print(final PrintWriter out, final List<PeerFigures> peers, final List<Integer> rates)
    {
        for (final int rate : rates)
        {
            out.printf(Locale.ROOT, "%n%,d events a second, each peer in processes of its own%n  %-22s", rate, "");
            headings().forEach((heading) -> out.printf(Locale.ROOT, "%12s", heading));
            out.println("   p50 of the forks");
            peers.forEach((peer) -> print(out, peer, rate));
        }
        out.printf(Locale.ROOT, "%nPeers flat out and started on their journals, events a second (least .. most)%n");
        peers.forEach((peer) -> out.printf(Locale.ROOT, "  %-22s %s   %s%n", peer.kind().key(), amount(peer.flatOut()),
            replay(peer)));
        out.println();
        peers
            .forEach((peer) -> out.printf(Locale.ROOT, "  %s (%s): %s.%n      %s.%n", peer.kind().key(), peer.variant(),
                peer.kind().does(), peer.kind().doesNot()));
    }

    private static void print(final PrintWriter out, final PeerFigures peer, final int rate)
    {
        out.printf(Locale.ROOT, "  %-22s", peer.kind().key());
        for (final Quantile quantile : Quantile.values())
        {
            out.printf(Locale.ROOT, "%12s", LatencyText.duration(peer.value(rate, quantile).median()));
        }
        out.printf(Locale.ROOT, "%12s%12s", threads(peer, rate), peer.isValid(rate) ? "valid" : "NOT VALID");
        final Spread p50 = peer.value(rate, Quantile.P50);
        out.printf(Locale.ROOT, "   %s .. %s%n", LatencyText.duration(p50.min()), LatencyText.duration(p50.max()));
        peer.problems(rate).forEach((problem) -> out.printf(Locale.ROOT, "      %s%n", problem));
    }

    /** Of the columns with one value for each peer and rate. */
    static List<String> headings()
    {
        return List.of("p50", "p90", "p99", "p99.9", "max", "threads", "");
    }

    /** How many there are that work, and how much of the processors they took together. */
    static String threads(final PeerFigures peer, final int rate)
    {
        return String.format(Locale.ROOT, "%.0f on %.1f", peer.threads(rate).median(),
            peer.processors(rate).median());
    }

    static String replay(final PeerFigures peer)
    {
        return peer.kind().isJournaled()
            ? amount(peer.replayRate()) + String.format(Locale.ROOT, ", %,.0f events", peer.replayedEvents().median())
            : "no journal";
    }

    static String amount(final Spread spread)
    {
        return String.format(Locale.ROOT, "%,12.0f  (%,.0f .. %,.0f)", spread.median(), spread.min(), spread.max());
    }
}
