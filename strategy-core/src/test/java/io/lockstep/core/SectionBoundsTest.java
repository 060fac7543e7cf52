package io.lockstep.core;

import io.lockstep.codecs.Instrument;
import io.lockstep.core.order.ClosedOrders;
import io.lockstep.core.order.Order;
import io.lockstep.core.order.OrderEvent;
import io.lockstep.core.snapshot.SectionWriter;
import io.lockstep.core.strategy.Fill;
import io.lockstep.core.strategy.Parameters;
import io.lockstep.core.strategy.StateReader;
import io.lockstep.core.strategy.StateWriter;
import io.lockstep.core.strategy.Strategy;
import io.lockstep.core.strategy.StrategyContext;
import io.lockstep.core.strategy.StrategyFactory;
import io.lockstep.core.venue.AheadIds;
import io.lockstep.core.venue.ExecutionIds;
import io.lockstep.sbe.ClosedOrdersDecoder;
import io.lockstep.sbe.ExecType;
import io.lockstep.sbe.Side;
import io.lockstep.sbe.StrategyStateDecoder;
import io.lockstep.sbe.StrayOrdersDecoder;
import io.lockstep.sbe.VenueIdsDecoder;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Arrays;

import static io.lockstep.core.CoreScenario.buy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What adds up over orders, executions or bytes is cut into as many sections of a snapshot as it takes, each of a bounded length, and
 * comes back whole.
 */
class SectionBoundsTest
{
    /** Far below an eighth of a term of the links. */
    private static final int SECTION_LENGTH_MAX = 1 << 18;
    private static final int ENTRIES = SectionWriter.ENTRIES_MAX;

    private final CoreScenario scenario = CoreScenario.live().forgetful();

    /** Saves it, compares it with what was saved, and returns how many sections of the template there were. */
    private static int sections(final CoreScenario scenario, final int templateId)
    {
        final SavedState saved = SavedState.of(scenario.core());
        final TradingCore restored = scenario.restored();
        assertThat(StateComparison.differences(scenario.core(), restored)).isEmpty();
        assertThat(restored.stateHash()).isEqualTo(scenario.core().stateHash());
        int count = 0;
        for (int i = 0; i < saved.sections().size(); i++)
        {
            assertThat(saved.sections().get(i).capacity()).isLessThan(SECTION_LENGTH_MAX);
            count += saved.templateId(i) == templateId ? 1 : 0;
        }
        return count;
    }

    @ParameterizedTest
    @CsvSource(
    {"0,0", "1,1", "4095,1", "4096,1", "4097,2", "8192,2", "8193,3"})
    void shouldCutLostOrders(final int orders, final int expected)
    {
        scenario.giveAsNode(NodeSays.started(true));
        for (int i = 0; i < orders; i++)
        {
            scenario.give(VenueSays.status(CoreScenario.clOrdId(1, 5_000_000 + i, 1), Side.BUY, 0, 1)).decisions();
        }

        assertThat(scenario.core().venue(0).strays().count()).isEqualTo(orders);
        assertThat(sections(scenario, StrayOrdersDecoder.TEMPLATE_ID)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
    {"1,1", "4096,1", "4097,2", "16384,4", "16390,4"})
    void shouldCutTheVenuesOwnIdsOfExecutions(final int executions, final int expected)
    {
        scenario.act(buy(1, 100));
        final String clOrdId = scenario.order(1).clOrdId();
        for (int i = 0; i < executions; i++)
        {
            scenario.give(VenueSays.report(ExecType.NEW, clOrdId, Side.BUY).venueExecId("T-" + i));
        }

        final ExecutionIds ids = scenario.core().venue(0).executionIds();
        assertThat(ids.texts().count()).isEqualTo(Math.min(executions, ExecutionIds.TEXTS_MAX));
        assertThat(sections(scenario, VenueIdsDecoder.TEMPLATE_ID)).isEqualTo(expected);
        final long repeats = ids.repeats();
        scenario.give(VenueSays.report(ExecType.NEW, clOrdId, Side.BUY).venueExecId("T-" + (executions - 1)));
        assertThat(ids.repeats()).isEqualTo(repeats + 1);
    }

    /** Each source by itself, so that what they have together may be as much as it will. */
    @Test
    void shouldCutTheIdsThatWereTakenAhead()
    {
        scenario.act(buy(1, 100)).giveAsNode(NodeSays.started(true));
        final String clOrdId = scenario.order(1).clOrdId();
        for (int sourceId = 1; sourceId <= 3; sourceId++)
        {
            scenario.source(sourceId);
            for (int i = 1; i <= AheadIds.CAPACITY; i++)
            {
                scenario.give(VenueSays.report(ExecType.NEW, clOrdId, Side.BUY).execId(2 * i));
            }
        }

        assertThat(scenario.core().venue(0).executionIds().aheadCount()).isEqualTo(3 * AheadIds.CAPACITY);
        assertThat(sections(scenario, VenueIdsDecoder.TEMPLATE_ID))
            .isEqualTo(3 * ((AheadIds.CAPACITY + ENTRIES - 1) / ENTRIES));
    }

    @Test
    void shouldSaveTheOrdersThatAreOver()
    {
        for (int number = 1; number <= ClosedOrders.CAPACITY + 3; number++)
        {
            scenario.act(buy(1, 100)).reject(number);
            scenario.decisions();
        }

        assertThat(scenario.core().openOrderCount()).isZero();
        assertThat(sections(scenario, ClosedOrdersDecoder.TEMPLATE_ID))
            .isEqualTo((ClosedOrders.CAPACITY + ENTRIES - 1) / ENTRIES);
    }

    @ParameterizedTest
    @CsvSource(
    {"1,1", "65528,1", "65529,2", "131064,2", "131065,3", "1000000,16"})
    void shouldCutWhatAStrategyKeeps(final int bytes, final int expected)
    {
        final CoreScenario large = new CoreScenario(new LargeStrategy.Factory()).define(CoreScenario.LINEAR)
            .give(OperatorSays.instanceWith(1, "large", LargeStrategy.NAME, 0, "bytes=" + bytes)).trade(100);

        assertThat(sections(large, StrategyStateDecoder.TEMPLATE_ID)).isEqualTo(expected);
    }

    /** The strategy is told when it puts, and the snapshot says whose it is. */
    @Test
    void shouldRefuseToSaveMoreThanAStrategyMayKeep()
    {
        final CoreScenario large = new CoreScenario(new LargeStrategy.Factory()).define(CoreScenario.LINEAR).give(
            OperatorSays.instanceWith(1, "large", LargeStrategy.NAME, 0, "bytes=" + (StateWriter.BYTES_MAX - 7)));

        assertThatThrownBy(() -> SavedState.of(large.core())).isInstanceOf(IllegalStateException.class)
            .hasMessageContainingAll("strategy large", "keeps more than " + StateWriter.BYTES_MAX + " bytes");
    }

    /** Keeps so many bytes. */
    private static final class LargeStrategy implements Strategy
    {
        static final String NAME = "large";

        static final class Factory implements StrategyFactory
        {
            @Override
            public String name()
            {
                return NAME;
            }

            @Override
            public Strategy create(final Instrument instrument, final Parameters parameters)
            {
                return new LargeStrategy((int)parameters.whole("bytes", 0, 0, StateWriter.BYTES_MAX));
            }
        }

        private final byte[] bytes;

        private LargeStrategy(final int length)
        {
            bytes = new byte[length];
        }

        @Override
        public void onMarket(final StrategyContext context)
        {
            for (int i = 0; i < bytes.length; i++)
            {
                bytes[i] = (byte)(i * 31);
            }
        }

        @Override
        public void onWatch(final StrategyContext context)
        {
            // All is done in onMarket.
        }

        @Override
        public void onCloseWatch(final StrategyContext context)
        {
            // All is done in onMarket.
        }

        @Override
        public void onInTrade(final StrategyContext context)
        {
            // All is done in onMarket.
        }

        @Override
        public void onOrder(
            final StrategyContext context, final Order order, final OrderEvent event, final Fill fill)
        {
            // It has none.
        }

        @Override
        public void onTimer(final StrategyContext context, final int timerKey)
        {
            // It has none.
        }

        @Override
        public long stateHash()
        {
            return Arrays.hashCode(bytes);
        }

        @Override
        public void save(final StateWriter state)
        {
            state.putBytes(new UnsafeBuffer(bytes), 0, bytes.length);
        }

        @Override
        public void restore(final StateReader state)
        {
            System.arraycopy(state.nextBytes(), 0, bytes, 0, bytes.length);
        }
    }
}
