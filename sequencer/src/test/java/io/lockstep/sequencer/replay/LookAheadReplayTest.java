package io.lockstep.sequencer.replay;

import io.lockstep.codecs.Instrument;
import io.lockstep.core.host.CoreFailureException;
import io.lockstep.core.host.CoreHost;
import io.lockstep.core.host.Outbox;
import io.lockstep.core.order.Order;
import io.lockstep.core.order.OrderEvent;
import io.lockstep.core.strategy.Fill;
import io.lockstep.core.strategy.Parameters;
import io.lockstep.core.strategy.StateReader;
import io.lockstep.core.strategy.StateWriter;
import io.lockstep.core.strategy.Strategy;
import io.lockstep.core.strategy.StrategyContext;
import io.lockstep.core.strategy.StrategyFactory;
import io.lockstep.sequencer.OfflineNode;
import io.lockstep.sequencer.WireRecords;
import io.lockstep.sequencer.journal.JournalReader;
import io.lockstep.sequencer.journal.NodeDirectory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What a strategy does when it is to read ahead is no part of any input: a replay, which calls it at other moments than the node did,
 * finds one that writes or throws there.
 */
class LookAheadReplayTest
{
    @TempDir
    private Path path;
    private Path node;

    /** What the strategy does instead of reading. */
    private enum Habit
    {
        READS, WRITES, THROWS
    }

    /** Takes the place of the one that the journal was made with, and asks for nothing. */
    private static final class Touched implements Strategy
    {
        private final Habit habit;
        private long touches;

        Touched(final Habit habit)
        {
            this.habit = habit;
        }

        @Override
        public long touch(final int step)
        {
            return switch (habit)
            {
                case READS -> touches;
                case WRITES -> ++touches;
                case THROWS -> throw new IllegalStateException("no such field");
            };
        }

        @Override
        public void onMarket(final StrategyContext context)
        {
        }

        @Override
        public void onOrder(
            final StrategyContext context, final Order order, final OrderEvent event, final Fill fill)
        {
        }

        @Override
        public void onTimer(final StrategyContext context, final int timerKey)
        {
        }

        @Override
        public void onWatch(final StrategyContext context)
        {
        }

        @Override
        public void onCloseWatch(final StrategyContext context)
        {
        }

        @Override
        public void onInTrade(final StrategyContext context)
        {
        }

        @Override
        public long stateHash()
        {
            return touches;
        }

        @Override
        public void save(final StateWriter state)
        {
            state.putLong(touches);
        }

        @Override
        public void restore(final StateReader state)
        {
            touches = state.nextLong();
        }
    }

    private record Factory(Habit habit) implements StrategyFactory
    {
        @Override
        public String name()
        {
            return "tick";
        }

        @Override
        public Strategy create(final Instrument instrument, final Parameters parameters)
        {
            return new Touched(habit);
        }
    }

    /** The node had one instrument, so that nothing was read ahead. */
    @BeforeEach
    void record()
    {
        node = path.resolve("node");
        final OfflineNode offline = new OfflineNode(node, "timerMs: 0", List.of(new Factory(Habit.READS)));
        offline.run(true, OfflineNode.trades(new WireRecords(7, 70), 300));
    }

    private Replayer replay(final Habit habit, final boolean verify)
    {
        final CoreHost host = new CoreHost(List.of(new Factory(habit)), Outbox.MUTED);
        try (JournalReader reader = new JournalReader(new NodeDirectory(node)))
        {
            final Replayer replayer = new Replayer(reader, host, verify, new SkippedInputs());
            replayer.run(Long.MAX_VALUE);
            return replayer;
        }
    }

    @Test
    void shouldFindNothingWhereAStrategyOnlyReads()
    {
        assertThat(replay(Habit.READS, true).divergence()).isNull();
    }

    @Test
    void shouldFindAStrategyThatWrites()
    {
        assertThat(replay(Habit.WRITES, true).divergence()).as("by the state hash").isNotNull();
    }

    @Test
    void shouldNameAStrategyThatThrows()
    {
        assertThatThrownBy(() -> replay(Habit.THROWS, true)).isInstanceOf(CoreFailureException.class)
            .hasMessageContaining(Touched.class.getName() + ".touch(").hasMessageContaining("no such field");
    }

    /** A start replays what was traded: for what is only a matter of speed it does not fail. */
    @Test
    void shouldReadAheadNoMoreWhereAStrategyThrowsAndGoOn()
    {
        final Replayer replayer = replay(Habit.THROWS, false);

        assertThat(replayer.inputs()).isEqualTo(replay(Habit.READS, false).inputs()).isGreaterThan(300);
        assertThat(replayer.host().lookAheadFailure()).hasMessageContaining("no such field");
        assertThat(replayer.host().core().stateHash())
            .isEqualTo(replay(Habit.READS, false).host().core().stateHash());
    }
}
