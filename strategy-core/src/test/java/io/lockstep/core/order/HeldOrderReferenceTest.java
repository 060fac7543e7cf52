package io.lockstep.core.order;

import io.lockstep.core.CoreScenario;
import io.lockstep.sbe.OffsetUnit;
import io.lockstep.sbe.OrderReason;
import io.lockstep.sbe.Side;
import io.lockstep.sbe.TriggerSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Held orders of all types against a plain list that looks at each of them with each price. Which are triggered, by what, and in which
 * order must be the same; now and then the core goes on as restored.
 */
class HeldOrderReferenceTest
{
    private static final int STEPS = 400;
    private static final int HELD_MAX = 60;

    /** An order as a plain list has it. */
    private static final class Plain
    {
        private final int number;
        private final Side side;
        private final boolean isLast;
        private final boolean isRising;
        private final boolean isTrailing;
        private final long offset;
        private final OffsetUnit unit;
        private long best;
        private long trigger;

        private Plain(
            final int number,
            final Side side,
            final boolean isLast,
            final boolean isRising,
            final boolean isTrailing,
            final long offset,
            final OffsetUnit unit,
            final long price)
        {
            this.number = number;
            this.side = side;
            this.isLast = isLast;
            this.isRising = isRising;
            this.isTrailing = isTrailing;
            this.offset = offset;
            this.unit = unit;
            best = price;
            trigger = isTrailing ? trailed() : isRising ? price + offset : price - offset;
        }

        private long trailed()
        {
            final long distance = unit == OffsetUnit.TICKS ? offset : (best * offset + 9_999) / 10_000;
            return isRising ? best + distance : best - distance;
        }

        private void follow(final long price)
        {
            if (isTrailing)
            {
                best = isRising ? Math.min(best, price) : Math.max(best, price);
                trigger = trailed();
            }
        }

        private boolean isReached(final long price)
        {
            return isRising ? price >= trigger : price <= trigger;
        }
    }

    private final CoreScenario scenario = CoreScenario.live();
    private final List<Plain> held = new ArrayList<>();
    private SplittableRandom random;
    private long bid = 10_000;
    private long ask = 10_001;
    private long last = 10_000;
    private long updateId = 1_000;
    private int placed;

    private long price(final boolean isLast, final Side side)
    {
        return isLast ? last : side == Side.BUY ? ask : bid;
    }

    private void place()
    {
        final Side side = random.nextBoolean() ? Side.BUY : Side.SELL;
        final boolean isLast = random.nextInt(3) == 0;
        final int kind = random.nextInt(3);
        final boolean isTrailing = kind == 2;
        final boolean isRising = (side == Side.BUY) == (kind != 1);
        final OffsetUnit unit = random.nextBoolean() ? OffsetUnit.TICKS : OffsetUnit.BASIS_POINTS;
        final long offset = 1 + random.nextInt(30);
        final Plain plain = new Plain(
            ++placed, side, isLast, isRising, isTrailing, offset, unit, price(isLast, side));
        held.add(plain);
        // On a trade at the last price, so that nothing moves.
        scenario.later((context) ->
        {
            final OrderTerms terms = context.terms().side(side).quantity(1).reason(OrderReason.STOP)
                .on(isLast ? TriggerSource.LAST_TRADE : TriggerSource.BID_ASK);
            context.send(switch (kind)
            {
                case 0 -> terms.stop(plain.trigger);
                case 1 -> terms.marketIfTouched(plain.trigger);
                default -> terms.trailingStop(offset, unit);
            });
        }).trade(last);
        assertThat(scenario.decisions()).singleElement().asString().startsWith("HELD #" + placed + " ");
    }

    private void cancel()
    {
        final Plain plain = held.remove(random.nextInt(held.size()));
        scenario.later((context) ->
        {
            Order order = context.openOrders().first();
            while (order.number() != plain.number)
            {
                order = context.openOrders().next(order);
            }
            context.cancel(order, OrderReason.ABANDONED);
        }).trade(last);
        assertThat(scenario.decisions()).containsExactly("HELD CANCELED #" + plain.number + " ABANDONED");
    }

    private long move(final long from)
    {
        final int way = random.nextInt(20) == 0 ? 60 : 8;
        return Math.max(1_000, from + random.nextInt(-way, way + 1));
    }

    private void market()
    {
        bid = move(bid);
        ask = bid + 1 + random.nextInt(3);
        scenario.snapshot(updateId++, bid + "x4", ask + "x4");
        expect(false);
    }

    private void trade()
    {
        last = move(last);
        scenario.trade(last);
        expect(true);
    }

    private void expect(final boolean ofLast)
    {
        final List<String> expected = new ArrayList<>();
        if (ofLast)
        {
            expect(expected, true, null);
        }
        else
        {
            expect(expected, false, Side.SELL);
            expect(expected, false, Side.BUY);
        }
        assertThat(scenario.decisions().stream().filter((line) -> line.startsWith("TRIGGERED")).toList())
            .isEqualTo(expected);
    }

    private void expect(final List<String> expected, final boolean ofLast, final Side sideOrNull)
    {
        final List<Plain> meant = held.stream()
            .filter((plain) -> plain.isLast == ofLast && (sideOrNull == null || plain.side == sideOrNull)).toList();
        meant.forEach((plain) -> plain.follow(price(ofLast, plain.side)));
        final List<Plain> reached = meant.stream().filter((plain) -> plain.isReached(price(ofLast, plain.side)))
            .sorted(Comparator.<Plain, Boolean>comparing((plain) -> !plain.isRising)
                .thenComparing((plain) -> plain.isRising ? plain.trigger : -plain.trigger)
                .thenComparing((plain) -> plain.number))
            .toList();
        held.removeAll(reached);
        reached.forEach((plain) -> expected
            .add("TRIGGERED #" + plain.number + " " + plain.trigger + " by " + price(ofLast, plain.side)));
    }

    @ParameterizedTest
    @ValueSource(longs =
    {1, 2, 3, 4, 5, 6, 7, 8})
    void shouldTriggerWhatAPlainListWould(final long seed)
    {
        random = new SplittableRandom(seed);
        scenario.snapshot(updateId++, bid + "x4", ask + "x4").trade(last).decisions();
        if (seed % 4 == 0)
        {
            scenario.compared();
        }
        for (int step = 0; step < STEPS; step++)
        {
            switch (random.nextInt(6))
            {
                case 0, 1 -> {
                    if (held.size() < HELD_MAX)
                    {
                        place();
                    }
                }
                case 2 -> {
                    if (!held.isEmpty() && random.nextInt(4) == 0)
                    {
                        cancel();
                    }
                }
                case 3, 4 -> market();
                default -> trade();
            }
        }
        assertThat(placed).isGreaterThan(50);
    }
}
