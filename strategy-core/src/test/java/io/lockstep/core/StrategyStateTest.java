package io.lockstep.core;

import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.Nulls;
import io.lockstep.core.order.OpenOrders;
import io.lockstep.core.order.Order;
import io.lockstep.core.order.OrderEvent;
import io.lockstep.core.strategy.Fill;
import io.lockstep.core.strategy.Parameters;
import io.lockstep.core.strategy.StateReader;
import io.lockstep.core.strategy.StateWriter;
import io.lockstep.core.strategy.Strategy;
import io.lockstep.core.strategy.StrategyContext;
import io.lockstep.core.strategy.StrategyFactory;
import io.lockstep.sbe.ExecInst;
import io.lockstep.sbe.OrderReason;
import io.lockstep.sbe.Side;
import io.lockstep.sbe.TimeInForce;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.function.BiConsumer;

import static io.lockstep.core.CoreScenario.buy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What a strategy gives away and gets back, and what becomes of one that does it wrong. */
class StrategyStateTest
{
    /** Counts prices and keeps one order; saves and restores as the test says. */
    private static final class Keeper implements Strategy
    {
        private final BiConsumer<Keeper, StateWriter> save;
        private final BiConsumer<Keeper, StateReader> restore;
        private long prices;
        private Side side = Side.NULL_VAL;
        private Order order;

        Keeper(final BiConsumer<Keeper, StateWriter> save, final BiConsumer<Keeper, StateReader> restore)
        {
            this.save = save;
            this.restore = restore;
        }

        void saveAll(final StateWriter state)
        {
            state.putLong(prices).putCode(side.value()).putOrder(order).putInt(-7).putBoolean(true);
        }

        void restoreAll(final StateReader state)
        {
            prices = state.nextLong();
            side = Side.get(state.nextCode());
            order = state.nextOrder();
            assertThat(state.nextInt()).isEqualTo(-7);
            assertThat(state.nextBoolean()).isTrue();
        }

        @Override
        public void onMarket(final StrategyContext context)
        {
            prices++;
            if (order == null)
            {
                side = Side.BUY;
                context.sendLimit(
                    side, 90, 1, TimeInForce.GOOD_TILL_CANCEL, ExecInst.NONE, OrderReason.SIGNAL);
                order = context.sendLimit(
                    side, 91, 2, TimeInForce.GOOD_TILL_CANCEL, ExecInst.NONE, OrderReason.SIGNAL);
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
            final StrategyContext context, final Order changed, final OrderEvent event, final Fill fill)
        {
            // It keeps the order beyond its end, which is the mistake one test is about.
        }

        @Override
        public void onTimer(final StrategyContext context, final int timerKey)
        {
            // It sets none.
        }

        @Override
        public long stateHash()
        {
            return prices * 1_000 + side.value();
        }

        @Override
        public void save(final StateWriter state)
        {
            save.accept(this, state);
        }

        @Override
        public void restore(final StateReader state)
        {
            restore.accept(this, state);
        }
    }

    /** Makes it under the name {@code restless}, which scenarios can assign. */
    private static final class KeeperFactory implements StrategyFactory
    {
        private final BiConsumer<Keeper, StateWriter> save;
        private final BiConsumer<Keeper, StateReader> restore;
        private Keeper newest;

        KeeperFactory(final BiConsumer<Keeper, StateWriter> save, final BiConsumer<Keeper, StateReader> restore)
        {
            this.save = save;
            this.restore = restore;
        }

        @Override
        public String name()
        {
            return "restless";
        }

        @Override
        public Strategy create(final Instrument instrument, final Parameters parameters)
        {
            newest = new Keeper(save, restore);
            return newest;
        }
    }

    private final InputRecords records = new CoreScenario().define(CoreScenario.LINEAR).assign("restless")
        .snapshot(5, "100x10", "101x10").trade(100).trade(100).records();

    private TradingCore played(final KeeperFactory factory)
    {
        final TradingCore core = new TradingCore(new DecisionCounter(), List.of(factory));
        records.replay(core);
        return core;
    }

    private void assertRefused(
        final BiConsumer<Keeper, StateWriter> save,
        final BiConsumer<Keeper, StateReader> restore,
        final String... words)
    {
        final KeeperFactory factory = new KeeperFactory(save, restore);
        final SavedState saved = SavedState.of(played(factory));
        assertThatThrownBy(() -> saved.restoreInto(
            new TradingCore(new DecisionCounter(), List.of(factory)), records.count()))
            .isInstanceOf(IllegalStateException.class).hasMessageContainingAll(words);
    }

    @Test
    void shouldGiveBackTheOrderThatThePoolKeeps()
    {
        final KeeperFactory factory = new KeeperFactory(Keeper::saveAll, Keeper::restoreAll);
        final TradingCore core = played(factory);
        final TradingCore restored = new TradingCore(new DecisionCounter(), List.of(factory));
        SavedState.of(core).restoreInto(restored, records.count());

        assertThat(restored.openOrders(0).count()).isEqualTo(2);
        assertThat(factory.newest.order).isSameAs(restored.openOrders(0).next(restored.openOrders(0).first()));
        assertThat(factory.newest.order.priceTicks()).isEqualTo(91);
        assertThat(factory.newest.side).isEqualTo(Side.BUY);
        assertThat(restored.stateHash()).isEqualTo(core.stateHash());
    }

    @Test
    void shouldFindAFieldThatAStrategyForgets()
    {
        assertRefused((keeper, state) -> state.putCode(keeper.side.value()),
            (keeper, state) -> keeper.side = Side.get(state.nextCode()), "stateHash=", "another state");
    }

    @Test
    void shouldFindAStrategyThatSavesNothing()
    {
        assertRefused((keeper, state) ->
        {
        }, (keeper, state) ->
        {
        }, "stateHash=", "another state");
    }

    @Test
    void shouldRefuseValuesThatTheStrategyLeaves()
    {
        assertRefused(
            Keeper::saveAll, (keeper, state) -> keeper.prices = state.nextLong(), "remaining=40", "instrumentId=0");
    }

    @Test
    void shouldRefuseAStrategyThatReadsMoreThanItSaved()
    {
        assertRefused((keeper, state) -> state.putLong(keeper.prices), Keeper::restoreAll,
            "strategy=restless", "reads more than it saved: bytes=8");
    }

    @Test
    void shouldRefuseAStrategyThatThrows()
    {
        assertRefused(Keeper::saveAll, (keeper, state) ->
        {
            throw new ArrayIndexOutOfBoundsException("index 5");
        }, "strategy=restless", "instrumentId=0", "index 5");
    }

    @Test
    void shouldNotGiveBackAnOrderThatIsNotOpenAnyMore()
    {
        final KeeperFactory factory = new KeeperFactory(Keeper::saveAll, Keeper::restoreAll);
        final TradingCore core = played(factory);
        final StateWriter state = new StateWriter().putOrder(factory.newest.order);
        final StateReader strict = new StateReader(List.of(OpenOrders.ofLeg()))
            .add(state.buffer(), 0, state.length());
        assertThatThrownBy(strict::nextOrder).isInstanceOf(IllegalStateException.class)
            .hasMessageContaining("not open");
        final StateReader reader = new StateReader(List.of(OpenOrders.ofLeg())).later()
            .add(state.buffer(), 0, state.length());

        assertThat(core.openOrders(0).count()).isEqualTo(2);
        assertThat(reader.nextOrder()).isNull();
        assertThat(reader.remaining()).isZero();
    }

    @Test
    void shouldTellKindsApartByTheirRange()
    {
        final TradingCore core = CoreScenario.live().act(buy(1, 100)).core();
        for (final long value : new long[]{Long.MAX_VALUE, Long.MIN_VALUE, Integer.MAX_VALUE + 1L})
        {
            final StateReader state = new StateReader(List.of(core.openOrders(0))).add(value).add(value).add(value)
                .add(value);

            assertThatThrownBy(state::nextInt).isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("offset=0", "value=" + value);
            assertThatThrownBy(state::nextBoolean).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("expected from 0 to 1");
            assertThatThrownBy(state::nextCode).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void shouldGiveBackNoOrderForNone()
    {
        final StateReader state = new StateReader(List.of(CoreScenario.live().core().openOrders(0)))
            .add(Nulls.NULL_SEQUENCE).add(0);

        assertThat(state.nextOrder()).isNull();
        assertThat(state.remaining()).isZero();
    }
}
