package io.lockstep.sequencer.node;

import io.lockstep.core.host.CoreHost;
import io.lockstep.sbe.TradingMode;
import io.lockstep.sequencer.FailingStrategy;
import io.lockstep.sequencer.NodeException;
import io.lockstep.sequencer.NodeText;
import io.lockstep.sequencer.OfflineNode;
import io.lockstep.sequencer.SnapshotProbe;
import io.lockstep.sequencer.TestDriver;
import io.lockstep.sequencer.TestGateway;
import io.lockstep.sequencer.TickStrategy;
import io.lockstep.sequencer.config.NodeContext;
import io.lockstep.sequencer.counters.NodeCounters;
import io.lockstep.sequencer.journal.JournalReader;
import io.lockstep.sequencer.journal.NodeDirectory;
import io.lockstep.sequencer.snapshot.SnapshotDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The shards of a node have their end in common: when one fails while it runs, the others are stopped in order. */
class ShardedNodeTest
{
    private static final String KEYS = ", idle: yield, stateHashInterval: 5, onStop: keep, stopTimeout: 0";
    private static final String INSTRUMENT = "tickSize: 1, lotSize: 1, baseCurrency: T, quoteCurrency: USD}";
    private static final String SHARDS = """
          - {symbol: TOCK, venue: TEST, %1$s
          - {symbol: TACK, venue: TEST, %1$s
        shards:
          - {shard: 0, instruments: [TICK.TEST]}
          - {shard: 1, instruments: [TOCK.TEST]}
          - {shard: 2, instruments: [TACK.TEST]}
        """.formatted(INSTRUMENT);
    private static final int FAILING = 1;

    @TempDir
    private Path path;
    private final Set<Integer> ready = ConcurrentHashMap.newKeySet();
    private final Set<Integer> failingAtStop = ConcurrentHashMap.newKeySet();
    private volatile boolean isToldToStop;

    private NodeContext context()
    {
        final String text = NodeText.of(path, KEYS, "embedded: true", "timerMs: 0")
            .replace(TickStrategy.FACTORY, FailingStrategy.FACTORY);
        final int limits = text.indexOf("limits:");
        final int shards = SHARDS.indexOf("shards:");
        return NodeText.context(
            text.substring(0, limits) + SHARDS.substring(0, shards) + text.substring(limits) +
                SHARDS.substring(shards));
    }

    private Node.Listener listener(final NodeContext shard)
    {
        return new Node.Listener()
        {
            @Override
            public void onReady()
            {
                ready.add(shard.shard());
            }

            @Override
            public void onStopping()
            {
                if (failingAtStop.contains(shard.shard()))
                {
                    throw new IllegalStateException("it fails, too");
                }
            }

            @Override
            public void onNotice(final String notice)
            {
                // What a start passes over is told by the journal as well.
            }
        };
    }

    /** Runs it on a thread of its own, until it is told to stop or fails. */
    private CompletableFuture<Map<Integer, Node.Result>> start(final NodeContext context)
    {
        final CompletableFuture<Map<Integer, Node.Result>> result = new CompletableFuture<>();
        new Thread(() ->
        {
            try
            {
                result.complete(new ShardedNode(context, this::listener, false).run((shard) -> () -> isToldToStop));
            }
            catch (final RuntimeException | Error ex)
            {
                result.completeExceptionally(ex);
            }
        }, "sharded-node").start();
        TestDriver.await(() -> ready.size() == 3 || result.isDone());
        return result;
    }

    private static TestGateway feed(final NodeContext context, final int shard, final int session)
    {
        return new TestGateway(context.shardContexts().get(shard), 7, session).link(false);
    }

    private static Throwable failure(final CompletableFuture<?> result)
    {
        TestDriver.await(result::isDone);
        return result.handle((value, failure) -> failure).join();
    }

    private NodeDirectory directory(final int shard)
    {
        return new NodeDirectory(path.resolve("shard-" + shard));
    }

    private boolean endsCleanly(final int shard)
    {
        try (JournalReader reader = new JournalReader(directory(shard)))
        {
            while (reader.next())
            {
                // To the end.
            }
            return reader.cleanEnd();
        }
    }

    /** With its clean end, the snapshot behind that, and nothing that a replay decides otherwise. */
    private void assertStoppedInOrder(final int shard)
    {
        assertThat(endsCleanly(shard)).as("shard=%d", shard).isTrue();
        final CoreHost host = SnapshotProbe.replay(path.resolve("shard-" + shard), Long.MAX_VALUE);
        assertThat(new SnapshotDirectory(directory(shard).snapshots()).newestFirst()).as("shard=%d", shard)
            .extracting(SnapshotDirectory::sequence).contains(host.core().lastSequence());
    }

    private long counter(final int shard, final String name)
    {
        return NodeCounters.read(directory(shard).counters()).get(name);
    }

    /** Makes the core of a shard fail on the input with the sequence that is returned. */
    private long fail(final NodeContext context, final CompletableFuture<?> result)
    {
        final long sequence;
        try (TestGateway first = feed(context, 0, 70);
            TestGateway failing = feed(context, FAILING, 70);
            TestGateway last = feed(context, 2, 70))
        {
            first.send(OfflineNode.trades(first.records(), 3));
            last.send(OfflineNode.trades(last.records(), 4));
            failing.send(OfflineNode.trades(failing.records(), 2));
            sequence = SnapshotProbe.replay(path.resolve("shard-" + FAILING), Long.MAX_VALUE).core()
                .lastSequence() + 1;
            failing.add(failing.records().trade(0, FailingStrategy.BEFORE_TICKS, 1));
            failing.poll();
            TestDriver.await(result::isDone);
        }
        return sequence;
    }

    @Test
    void shouldStopTheOthersInOrderWhenOneFails()
    {
        final NodeContext context = context();
        final CompletableFuture<Map<Integer, Node.Result>> result = start(context);
        final long sequence = fail(context, result);

        assertThat(failure(result)).isInstanceOfSatisfying(NodeException.class,
            (ex) -> assertThat(ex.exitStatus()).isEqualTo(NodeException.CHECK_FAILED))
            .hasMessageStartingWith("shard=" + FAILING + ": the loop failed: stage=DECIDE sequence=" + sequence + ": ")
            .hasMessageContaining("a price of " + FailingStrategy.BEFORE_TICKS);
        assertStoppedInOrder(0);
        assertStoppedInOrder(2);
        assertThat(endsCleanly(FAILING)).isFalse();

        goOn(context);
    }

    /** The one that failed comes up halted, the others as they were. */
    private void goOn(final NodeContext context)
    {
        ready.clear();
        final CompletableFuture<Map<Integer, Node.Result>> result = start(context);
        try (TestGateway feed = feed(context, 0, 71))
        {
            feed.send(OfflineNode.trades(feed.records(), 1));
            TestDriver.await(() -> counter(FAILING, "tradingMode") == TradingMode.HALTED.value());
            assertThat(List.of(counter(0, "tradingMode"), counter(2, "tradingMode")))
                .containsOnly((long)TradingMode.RUNNING.value());
            isToldToStop = true;
            assertThat(failure(result)).isNull();
        }
        assertThat(result.join()).containsOnlyKeys(0, FAILING, 2)
            .allSatisfy((shard, of) -> assertThat(of.cleanEnd()).as("shard=%d", shard).isTrue());
        assertStoppedInOrder(0);
        assertStoppedInOrder(2);
        assertThat(endsCleanly(FAILING)).isTrue();
    }

    /** What goes wrong while the others are stopped is no cause: the first failure is what an operator has to know. */
    @Test
    void shouldNameTheFirstThatFailedAndStopTheRestThoughAnotherFailsBehindIt()
    {
        failingAtStop.add(0);
        final NodeContext context = context();
        final CompletableFuture<Map<Integer, Node.Result>> result = start(context);
        fail(context, result);

        assertThatThrownBy(() ->
        {
            throw failure(result);
        }).isInstanceOf(NodeException.class).hasMessageStartingWith("shard=" + FAILING + ": the loop failed: ");
        assertStoppedInOrder(2);
        assertThat(endsCleanly(0)).isFalse();
    }
}
