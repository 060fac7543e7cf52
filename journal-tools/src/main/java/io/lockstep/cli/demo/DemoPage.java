package io.lockstep.cli.demo;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the demo tells a reader.
 */
final class DemoPage
{
    private DemoPage()
    {
    }

    static void print(final PrintWriter out, final Map<String, Object> values, final List<String> refusals)
    {
        out.println();
        out.printf(Locale.ROOT, "What happened%n");
        out.printf(Locale.ROOT, "  %,d market events went over Aeron to the node and the simulated venue.%n",
            values.get("marketEvents"));
        out.printf(Locale.ROOT, "  %,d inputs were sequenced and journaled, %,d decisions followed from them:%n",
            values.get("inputs"),
            values.get("decisions"));
        out.printf(Locale.ROOT, "  %,d orders, %,d partial and %,d full fills, %,d cancels,%n", values.get("orders"),
            values.get("partialFills"), values.get("fullFills"), values.get("cancels"));
        out.printf(Locale.ROOT, "  %,d refused by the engine's own risk checks, %,d rejected by the venue.%n",
            values.get("riskRejects"),
            values.get("venueRejects"));
        ((List<?>)values.get("warnings")).forEach((warning) -> out.println("  " + warning));
        out.println();
        if (!refusals.isEmpty())
        {
            out.println("What was refused, and the command that shows each");
            refusals.forEach((line) -> out.println("  " + line));
            out.println();
        }
        out.printf(Locale.ROOT, "  In mid-flight the node (pid %d) was killed with SIGKILL after sequence %,d.%n",
            values.get("killedPid"),
            values.get("killedAtSequence"));
        out.printf(Locale.ROOT, "  Its successor replayed the journal up to sequence %,d and went on from there.%n",
            values.get("recoveredAtSequence"));
        if (Boolean.TRUE.equals(values.get("whole")))
        {
            out.printf(Locale.ROOT, "  Feed and venue never stopped; no event and no order was lost or repeated.%n");
        }
        else
        {
            out.printf(Locale.ROOT,
                "  FAILED: events or orders were lost or repeated, see the messages before this page.%n");
        }
        out.println();
        out.printf(Locale.ROOT, "  Then the whole journal was replayed through the same code: %d divergences.%n",
            values.get("divergences"));
        out.printf(Locale.ROOT, "  state hash %s, decision hash %s%n", values.get("stateHash"),
            values.get("decisionHash"));
        out.println();
        final Object journal = values.get("journal");
        out.println("What to try next");
        out.println("  ./lockstep replay --verify --journal " + journal);
        out.println("  ./lockstep journal info " + journal);
        out.println("  ./lockstep journal print --template NewOrderSingle --to 5000 " + journal);
        out.println("  ./lockstep journal verify " + journal);
        out.println("  ./lockstep latency        how fast the path is once it is warm; in this demo it never was");
        out.println("  ./lockstep config --example node > node.yaml && ./lockstep run --config node.yaml");
        out.flush();
    }
}
