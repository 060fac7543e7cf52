package io.lockstep.perf.latency.peer;

import io.lockstep.peers.PeerResult;
import io.lockstep.peers.Tally;
import io.lockstep.perf.latency.fork.Quantile;
import io.lockstep.perf.latency.fork.Spread;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * All forks' figures of one peer. A figure is the median of the forks' figures.
 *
 * @param variant how its threads waited.
 */
public record PeerFigures(PeerKind kind, String variant, List<PeerResult> forks)
{
    private static final double PERCENT = 100;
    private static final double NANOS_PER_SECOND = 1e9;

    public Spread value(final int rate, final Quantile quantile)
    {
        return perFork((fork) -> quantile.valueNs(fork.histogram(rate)));
    }

    /** Gaps in time before it was started. */
    Spread hiccup(final Quantile quantile)
    {
        return perFork((fork) -> quantile.valueNs(fork.hiccup()));
    }

    /** Events a second; 0 when it was not asked for. */
    public Spread flatOut()
    {
        return perFork(PeerResult::flatOut);
    }

    /** Events a second from the start on its journal until all are applied; 0 without a journal. */
    public Spread replayRate()
    {
        return perFork((fork) -> fork.replayNs() == 0
            ? 0
            : fork.replayedEvents() * NANOS_PER_SECOND / fork.replayNs());
    }

    public Spread replayedEvents()
    {
        return perFork(PeerResult::replayedEvents);
    }

    /** Threads that took more than a fiftieth of a processor, the sender's included. */
    public Spread threads(final int rate)
    {
        return perFork((fork) -> fork.threads(rate));
    }

    /** Processors that all threads took together. */
    public Spread processors(final int rate)
    {
        return perFork((fork) -> fork.processorsPercent(rate) / PERCENT);
    }

    private Spread perFork(final ToDoubleFunction<PeerResult> figure)
    {
        return Spread.of(forks.stream().mapToDouble(figure).toArray());
    }

    /** Why its figures at this rate are not valid; empty when they are. */
    public List<String> problems(final int rate)
    {
        final List<String> problems = new ArrayList<>();
        for (int i = 0; i < forks.size(); i++)
        {
            final PeerResult fork = forks.get(i);
            if (Tally.isBehind(fork.late(rate), fork.events(rate)))
            {
                problems
                    .add(String.format(Locale.ROOT, "the sender fell behind: fork=%d late=%.1f%% of %d events", i + 1,
                        PERCENT * fork.late(rate) / fork.events(rate), fork.events(rate)));
            }
            if (fork.received(rate) != fork.sent(rate) || fork.sent(rate) == 0)
            {
                problems.add("answers are missing: fork=" + (i + 1) + " received=" + fork.received(rate) +
                    ": expected " + fork.sent(rate) + " and at least 1");
            }
        }
        return problems;
    }

    public boolean isValid(final int rate)
    {
        return problems(rate).isEmpty();
    }

    /** As it is in JSON. */
    public Map<String, Object> json(final List<Integer> rates)
    {
        final Map<String, Object> json = new LinkedHashMap<>();
        json.put("peer", kind.key());
        json.put("waits", variant);
        json.put("journal", kind.isJournaled());
        json.put("does", kind.does());
        json.put("mind", kind.doesNot());
        json.put("flatOutEventsPerSecond", whole(flatOut()));
        json.put("replayEventsPerSecond", whole(replayRate()));
        json.put("replayedEvents", (long)replayedEvents().median());
        json.put("hiccupMaxNs", whole(hiccup(Quantile.MAX)));
        json.put("rates", rates.stream().map(this::json).toList());
        return json;
    }

    private Map<String, Object> json(final int rate)
    {
        final Map<String, Object> json = new LinkedHashMap<>();
        json.put("rate", rate);
        for (final Quantile quantile : Quantile.values())
        {
            json.put(quantile.key(), whole(value(rate, quantile)));
        }
        json.put("threads", (long)threads(rate).median());
        json.put("processors", processors(rate).median());
        json.put("valid", isValid(rate));
        json.put("problems", problems(rate));
        return json;
    }

    private static Map<String, Object> whole(final Spread spread)
    {
        final Map<String, Object> json = new LinkedHashMap<>();
        json.put("median", (long)spread.median());
        json.put("min", (long)spread.min());
        json.put("max", (long)spread.max());
        return json;
    }
}
