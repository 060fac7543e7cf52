package io.lockstep.perf.latency.load;

import io.lockstep.sequencer.config.ConfiguredInstrument;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What all paths are loaded with, and what a node must be configured with to be loaded with it.
 *
 * @param about            names it, for people and JSON.
 * @param instruments      of the node; their ids are their places in the list.
 * @param orderMultiple    a book update makes an order when its id is a multiple of this.
 * @param messageLengthMax bytes of the longest message.
 * @param messagesARound   after how many it begins again, or {@link #ENDLESS}.
 * @param workloads        gives each path its own; all give the same messages in the same order.
 */
public record Load(
    Map<String, Object> about,
    List<ConfiguredInstrument> instruments,
    int orderMultiple,
    int messageLengthMax,
    int messagesARound,
    Supplier<Workload> workloads)
{
    /** The market does not repeat itself. */
    static final int ENDLESS = 0;

    /** What it is, and how often it goes round in what is recorded of each path in each fork, by the rate. */
    public Map<String, Object> about(final List<Integer> rates, final int seconds)
    {
        final Map<String, Object> all = new LinkedHashMap<>(about);
        if (messagesARound != ENDLESS)
        {
            final Map<String, Double> roundsByRate = new LinkedHashMap<>();
            rates.forEach((rate) -> roundsByRate.put(
                String.valueOf(rate), Math.round(100.0 * rate * seconds / messagesARound) / 100.0));
            all.put("rounds", roundsByRate);
        }
        return all;
    }
}
