package io.lockstep.perf.latency.report;

import io.lockstep.perf.latency.fork.ForkResult;
import io.lockstep.perf.latency.fork.Spread;
import io.lockstep.perf.latency.path.MeasuredPath;
import io.lockstep.perf.latency.peer.PeerFigures;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All that was measured in a run of the command.
 *
 * @param about where, when and how.
 * @param rates in the order they were asked for.
 * @param peers empty when they were not asked for.
 * @param processors of the machine.
 */
public record LatencyFigures(
    Map<String, Object> about, List<RateFigures> rates, List<ForkResult> forks, List<PeerFigures> peers,
    int processors)
{
    /** Events a second of a path as fast as it goes; not-a-number when it was not asked for. */
    Spread flatOut(final MeasuredPath path)
    {
        return Spread.of(forks.stream().filter((fork) -> fork.flatOut().containsKey(path.key()))
            .map((fork) -> (Number)fork.flatOut().get(path.key())).toList());
    }

    boolean hasFlatOut()
    {
        return forks.stream().noneMatch((fork) -> fork.flatOut().isEmpty());
    }

    /** What of it can be relied on. */
    public Reliability reliability()
    {
        return Reliability.of(rates, processors);
    }

    /** What peers are measured at: the same. */
    List<Integer> peerRates()
    {
        return rates.stream().map(RateFigures::rate).toList();
    }

    /** The first rate's values at the top, then what holds for all, then every rate's. */
    public Map<String, Object> json()
    {
        final Map<String, Object> json = new LinkedHashMap<>(rates.get(0).json());
        final Reliability reliability = reliability();
        json.put("valid", reliability.isValid());
        json.put("reliability", reliability.json());
        json.put("problems", reliability.problems());
        json.putAll(about);
        if (hasFlatOut())
        {
            final Map<String, Object> rateByPath = new LinkedHashMap<>();
            for (final MeasuredPath path : MeasuredPath.values())
            {
                if (path != MeasuredPath.HICCUP)
                {
                    rateByPath.put(path.key(), (long)flatOut(path).median());
                }
            }
            json.put("flatOutEventsPerSecond", rateByPath);
        }
        json.put("rates", rates.stream().map(RateFigures::json).toList());
        if (!peers.isEmpty())
        {
            json.put("peers", peers.stream().map((peer) -> peer.json(peerRates())).toList());
        }
        return json;
    }
}
