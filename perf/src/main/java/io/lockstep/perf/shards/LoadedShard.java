package io.lockstep.perf.shards;

import io.lockstep.codecs.Increment;
import io.lockstep.codecs.Instrument;
import io.lockstep.core.host.CoreHost;
import io.lockstep.core.host.UnacknowledgedDecisions;
import io.lockstep.perf.latency.path.EchoStrategy;
import io.lockstep.sbe.ContractType;
import io.lockstep.sequencer.config.ConfiguredInstrument;
import io.lockstep.sequencer.config.NodeContext;
import io.lockstep.sequencer.config.SequencedTime;
import io.lockstep.sequencer.config.YamlSection;
import io.lockstep.sequencer.egress.Egress;
import io.lockstep.sequencer.journal.Journal;
import io.lockstep.sequencer.loop.Sequencer;
import io.lockstep.sequencer.loop.SequencerMonitor;
import io.lockstep.sequencer.node.Incarnation;
import io.lockstep.sequencer.recovery.Predecessor;
import org.agrona.concurrent.OffsetEpochNanoClock;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A sequencer with its core, journal and symbols, fed from memory: what a shard is but for its links.
 */
final class LoadedShard
{
    private static final String WITHOUT_STRATEGY = "node: {stateHashInterval: 10000}\n";
    /** Two moving averages of the mid price, and never an order. */
    private static final String WITH_STRATEGY = WITHOUT_STRATEGY + """
        strategies:
          - {name: echo, parameters: {every: 2000000000}}
        """;

    private final SymbolFeed feed;
    private final Sequencer sequencer;

    LoadedShard(final int symbols, final int depth, final boolean hasStrategy, final Journal journal)
    {
        feed = new SymbolFeed(symbols, depth);
        final CoreHost host = new CoreHost(List.of(new EchoStrategy.Factory()), new UnacknowledgedDecisions());
        sequencer = new Sequencer(host, feed, journal, Egress.NONE, new OffsetEpochNanoClock(),
            SequencedTime.RECORDED, SequencerMonitor.NONE, 0, 1, 0);
        final String text = hasStrategy ? WITH_STRATEGY : WITHOUT_STRATEGY;
        final NodeContext context = NodeContext.read(YamlSection.parse(Path.of("shard.yaml"), text), text)
            .withInstruments(IntStream.range(0, symbols).mapToObj(LoadedShard::instrument).toList());
        final Incarnation incarnation = new Incarnation(host, sequencer);
        incarnation.begin(context, 1, Predecessor.NONE);
        incarnation.configure(context);
    }

    private static ConfiguredInstrument instrument(final int number)
    {
        return new ConfiguredInstrument(new Instrument(number, "S" + number, "TEST", ContractType.LINEAR,
            Increment.parse("0.01"), Increment.parse("0.001"), 1, 1, Increment.parse("1"), "BASE", "USDT", "USDT"),
            List.of());
    }

    /** Takes so many book updates, and the snapshots before the first. */
    void run(final long updates)
    {
        feed.allow(updates);
        while (!feed.isExhausted())
        {
            sequencer.doWork();
        }
    }
}
