package io.lockstep.core.reference;

import io.lockstep.core.order.Order;
import io.lockstep.core.position.PositionView;
import io.lockstep.sbe.ExecType;
import io.lockstep.sbe.FeedCondition;
import io.lockstep.sbe.FeedReason;
import io.lockstep.sbe.LimitType;
import io.lockstep.sbe.OrdStatus;
import io.lockstep.sbe.OrderReason;
import io.lockstep.sbe.Side;
import io.lockstep.sbe.TriggerSource;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * The same operations, by chance and from one seed, for the model and the core: markets that walk, break and heal, orders of all kinds by
 * several strategies and by hand, a venue that answers whatever it may, limits and trading states of every scope that come and go. After
 * each operation both must have decided the same, and their orders and positions must be the same.
 */
final class ReferenceTrading
{
    private static final long MILLI_NS = 1_000_000;
    private static final int TOLD = Integer.getInteger("lockstep.reference.told", 24);
    private static final int OPEN_MAX = 10;

    private final long seed;
    private final SplittableRandom random;
    private final ReferenceModel model;
    private final CoreUnderTest core;
    private final RandomAsked orders;
    private final RandomLimits limits;
    private final List<ModelLeg> legs = new ArrayList<>();
    private final long[] bids = {1_000, 100_000, 5_000};
    private final Deque<String> told = new ArrayDeque<>();
    private final TreeMap<String, Integer> outcomes = new TreeMap<>();
    private boolean isBounded;
    private Asked repeated;
    private ModelLeg repeatedBy;
    private long nowNs = 1_000_000_000_000L;
    private long operations;

    ReferenceTrading(final long seed)
    {
        this.seed = seed;
        random = new SplittableRandom(seed);
        final List<ModelInstrument> instruments = List.of(instrument(0, 0, false, "1", "1", "1", 1, 1, 0),
            instrument(1, 1, false, "0.01", "0.001", "1", 5, 10, -4),
            instrument(2, 0, true, "0.1", "1", "100", 1, 1, -10));
        model = new ReferenceModel(instruments);
        core = new CoreUnderTest(instruments);
        orders = new RandomAsked(random);
        limits = new RandomLimits(random, model, core);
        time();
        instance(1, 0, 1);
        instance(2, 0);
        instance(3, 1, 2);
        instance(4, 2);
        instruments.forEach((instrument) -> snapshot(instrument.id()));
        compare("the beginning");
    }

    /**
     * Positions of each strategy and of each instrument are bounded from the beginning, and no limit is set or taken back: whatever happens,
     * none is ever beyond, also when all that is open were filled.
     */
    static ReferenceTrading bounded(final long seed)
    {
        final ReferenceTrading trading = new ReferenceTrading(seed);
        trading.legs.forEach((leg) -> trading.bound(ModelScope.ofLeg(leg), 20));
        trading.model.slots().forEach((slot) -> trading.bound(ModelScope.ofInstrument(slot.id()), 25));
        trading.isBounded = true;
        return trading;
    }

    private void bound(final ModelScope scope, final long steps)
    {
        final ModelInstrument instrument = model.slot(scope.instrumentId()).instrument;
        final BigDecimal most = instrument.lot().multiply(BigDecimal.valueOf(instrument.orderLots() * steps));
        model.limit(scope, LimitType.MAX_POSITION_QUANTITY, most);
        core.limit(scope, LimitType.MAX_POSITION_QUANTITY, most);
    }

    private void requireWithin(final ModelExposure expected, final ModelScope scope, final ModelInstrument instrument)
    {
        final long most = instrument.lots(model.risk().find(scope, LimitType.MAX_POSITION_QUANTITY).value());
        final long longest = expected.net() + expected.openLots(Side.BUY);
        final long shortest = expected.net() - expected.openLots(Side.SELL);
        if (longest > most || shortest < -most)
        {
            throw failure("beyond the limit of " + scope, List.of("-" + most + " to " + most),
                List.of(shortest + " to " + longest));
        }
    }

    private static ModelInstrument instrument(
        final int id,
        final int venueId,
        final boolean isInverse,
        final String tick,
        final String lot,
        final String multiplier,
        final long orderTicks,
        final long orderLots,
        final int cashExponent)
    {
        return new ModelInstrument(id, venueId, isInverse, new BigDecimal(tick), new BigDecimal(lot),
            new BigDecimal(multiplier), orderTicks, orderLots, cashExponent);
    }

    private void instance(final int strategyId, final int... instrumentIds)
    {
        core.instance(strategyId, instrumentIds);
        for (final int instrumentId : instrumentIds)
        {
            legs.add(model.addLeg(strategyId, instrumentId));
        }
    }

    /** How often each kind of decision, and each reason of a denial, came. */
    TreeMap<String, Integer> outcomes()
    {
        return outcomes;
    }

    ReferenceModel model()
    {
        return model;
    }

    private void time()
    {
        model.nowNs(nowNs);
        core.nowNs(nowNs);
    }

    private <T> T oneOf(final List<T> list)
    {
        return list.get(random.nextInt(list.size()));
    }

    private boolean oneIn(final int count)
    {
        return random.nextInt(count) == 0;
    }

    /** One operation, and what has become due before it. */
    void step()
    {
        operations++;
        nowNs += random.nextInt(300) * MILLI_NS;
        time();
        while (model.nextExpiryNs().isPresent() && model.nextExpiryNs().get() <= nowNs)
        {
            final long dueNs = model.nextExpiryNs().get();
            model.expire(dueNs);
            core.expire(dueNs);
            compare("expire " + dueNs);
        }
        final int chance = random.nextInt(1_000);
        compare(chance < 300 ? market() : chance < 620 ? order() : chance < 950 ? venue() : operate(chance));
    }

    private String operate(final int chance)
    {
        if (chance < 975)
        {
            return isBounded ? limits.run() : limits.limit();
        }
        if (chance < 979)
        {
            return limits.mode();
        }
        if (chance < 992)
        {
            return limits.run();
        }
        if (chance < 994)
        {
            core.restart();
            return "restart";
        }
        return byHand();
    }

    // The market.

    private String market()
    {
        final int id = random.nextInt(bids.length);
        final ModelInstrument instrument = model.slot(id).instrument;
        final int way = oneIn(25) ? 40 : 6;
        bids[id] = Math.max(500, bids[id] + instrument.orderTicks() * (random.nextInt(2 * way + 1) - way));
        final ModelMarket market = model.slot(id).market;
        if (!market.isLive() && market.reason() == FeedReason.SILENT)
        {
            return oneIn(3) ? heard(id) : random.nextBoolean() ? quote(id) : trade(id);
        }
        return switch (random.nextInt(40))
        {
            case 0 -> gap(id);
            case 1 -> silent(id);
            case 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14 -> trade(id);
            case 15, 16, 17, 18, 19, 20, 21, 22 -> quote(id);
            default -> snapshot(id);
        };
    }

    private String snapshot(final int id)
    {
        final long ask = bids[id] + 1 + random.nextInt(4);
        model.slot(id).market.best(bids[id], ask);
        model.slot(id).market.live();
        model.market(id);
        core.snapshot(id, bids[id], ask);
        return "snapshot " + id + " " + bids[id] + " " + ask;
    }

    private String quote(final int id)
    {
        final long ask = bids[id] + (oneIn(15) ? -2 : 1) + random.nextInt(4);
        model.slot(id).market.best(bids[id], ask);
        model.market(id);
        core.quote(id, bids[id], ask);
        return "quote " + id + " " + bids[id] + " " + ask;
    }

    /** Whether a trade counts for stops that follow the last one is not said while the market cannot be relied on. */
    private String trade(final int id)
    {
        final ModelMarket market = model.slot(id).market;
        final boolean isFollowed = model.slot(id).open().stream()
            .anyMatch((order) -> order.isHeld() && order.asked.isTrailing()
                && order.asked.source() == TriggerSource.LAST_TRADE);
        return isFollowed && !market.isReliable() ? quote(id) : tradeAnyway(id);
    }

    private String tradeAnyway(final int id)
    {
        final long price = bids[id] + random.nextInt(3) - 1;
        model.slot(id).market.trade(price);
        model.market(id);
        core.trade(id, price);
        return "trade " + id + " " + price;
    }

    private String gap(final int id)
    {
        model.slot(id).market.stale(FeedReason.SEQUENCE_GAP);
        model.market(id);
        core.gap(id);
        return "gap " + id;
    }

    private String silent(final int id)
    {
        if (!model.slot(id).market.isLive())
        {
            return snapshot(id);
        }
        model.slot(id).market.stale(FeedReason.SILENT);
        model.market(id);
        core.feed(id, FeedCondition.STALE, FeedReason.SILENT);
        return "silent " + id;
    }

    private String heard(final int id)
    {
        model.slot(id).market.live();
        model.market(id);
        core.feed(id, FeedCondition.LIVE, FeedReason.SILENT);
        return "heard " + id;
    }

    // Orders.

    private String order()
    {
        final ModelLeg leg = repeatedBy != null && oneIn(12) ? repeatedBy : oneOf(legs);
        if (!leg.open.isEmpty() && (leg.open.size() >= OPEN_MAX || oneIn(3)))
        {
            final List<ModelOrder> there = leg.open.stream().filter((order) -> !order.isHeld()).toList();
            return change(oneOf(there.isEmpty() || oneIn(3) ? leg.open : there));
        }
        final Asked asked = asked(leg);
        model.send(leg, asked);
        core.send(leg, asked);
        return "send " + leg.strategyId + " " + leg.slot.id() + " " + asked;
    }

    /** Now and then the same once more; and none that is to follow the last trade of a market that cannot be relied on. */
    private Asked asked(final ModelLeg leg)
    {
        final Asked asked = repeatedBy == leg && oneIn(3)
            ? repeated
            : orders.next(leg.slot.instrument, bids[leg.slot.id()], nowNs);
        repeated = asked;
        repeatedBy = leg;
        return asked.isTrailing() && asked.source() == TriggerSource.LAST_TRADE && !leg.slot.market.isReliable()
            ? Asked.market(asked.side(), asked.lots())
            : asked;
    }

    private String change(final ModelOrder order)
    {
        if (random.nextBoolean())
        {
            core.cancelByStrategy(order);
            model.cancelByStrategy(order);
            return "cancel " + order.number;
        }
        final ModelInstrument instrument = order.leg.slot.instrument;
        final long ticks = bids[instrument.id()];
        final long price = order.asked.leavesAsLimit() && oneIn(2) ? orders.price(instrument, ticks) : Asked.NONE;
        final long lots = oneIn(2) ? orders.lots(instrument) : Asked.NONE;
        final long trigger = oneIn(3) && order.asked.isTriggered() ? orders.trigger(order.asked, ticks) : Asked.NONE;
        final long expiryNs = oneIn(6) ? orders.expiryNs(nowNs) : Asked.NONE;
        core.replace(order, price, lots, trigger, expiryNs);
        model.replace(order, price, lots, trigger, expiryNs, OrderReason.SIGNAL);
        return "replace " + order.number + " " + lots + "@" + price + " trigger=" + trigger + " expiry=" + expiryNs;
    }

    private String byHand()
    {
        final ModelLeg leg = oneOf(legs);
        if (!leg.open.isEmpty() && random.nextBoolean())
        {
            final ModelOrder order = oneOf(leg.open);
            core.cancelByOperator(order);
            model.cancelForGood(order, OrderReason.OPERATOR);
            return "cancel by hand " + order.number;
        }
        final ModelInstrument instrument = leg.slot.instrument;
        final Asked asked = Asked.limit(random.nextBoolean() ? Side.BUY : Side.SELL,
            orders.lots(instrument), orders.price(instrument, bids[instrument.id()]));
        model.send(leg, asked);
        core.sendByOperator(leg, asked);
        return "by hand " + leg.strategyId + " " + leg.slot.id() + " " + asked;
    }

    // The venue.

    private String venue()
    {
        final List<ModelOrder> there = legs.stream().flatMap((leg) -> leg.open.stream())
            .filter((order) -> !order.isHeld())
            .toList();
        return there.isEmpty() ? market() : venue(oneOf(there));
    }

    private String venue(final ModelOrder order)
    {
        if (order.state == OrdStatus.PENDING_NEW)
        {
            return switch (random.nextInt(10))
            {
                case 0 -> order.filled == 0 ? over(order, OrdStatus.REJECTED, ExecType.REJECTED) : fill(order);
                case 1, 2 -> fill(order);
                default -> accept(order);
            };
        }
        if (order.isReplaceUnderWay && !oneIn(3))
        {
            return answerReplace(order);
        }
        if (order.isCancelUnderWay && !order.isReplaceUnderWay && !oneIn(3))
        {
            return answerCancel(order);
        }
        return switch (random.nextInt(16))
        {
            case 0 -> order.isCancelUnderWay ? fill(order) : over(order, OrdStatus.CANCELED, ExecType.CANCELED);
            case 1 -> over(order, OrdStatus.EXPIRED, ExecType.EXPIRED);
            case 2 -> accept(order);
            default -> fill(order);
        };
    }

    private String accept(final ModelOrder order)
    {
        core.report(order, ExecType.NEW);
        model.accept(order);
        return "accept " + order.number;
    }

    private String over(final ModelOrder order, final OrdStatus how, final ExecType type)
    {
        core.report(order, type);
        model.over(order, how, true);
        core.forget(order.number);
        return how + " " + order.number;
    }

    private String fill(final ModelOrder order)
    {
        final long lots = 1 + random.nextLong(order.leaves());
        final ModelMarket market = order.leg.slot.market;
        final long price = order.asked.leavesAsLimit()
            ? order.price
            : bids[order.leg.slot.id()] + (market.isLive() ? 0 : 1);
        final long fee = random.nextInt(5) - 1;
        core.fill(order, lots, price, fee);
        model.fill(order, lots, price,
            new BigDecimal(BigInteger.valueOf(fee), -order.leg.slot.instrument.cashExponent()));
        return "fill " + order.number + " " + lots + "@" + price + " fee=" + fee;
    }

    private String answerReplace(final ModelOrder order)
    {
        if (order.pendingLots <= order.filled)
        {
            return over(order, OrdStatus.CANCELED, ExecType.CANCELED);
        }
        if (oneIn(4))
        {
            core.refuseReplace(order);
            model.refuseReplace(order);
            return "refuse replace " + order.number;
        }
        core.replaced(order);
        model.replaced(order);
        return "replaced " + order.number;
    }

    private String answerCancel(final ModelOrder order)
    {
        if (oneIn(4))
        {
            core.refuseCancel(order);
            model.refuseCancel(order);
            return "refuse cancel " + order.number;
        }
        core.cancelled(order);
        model.over(order, OrdStatus.CANCELED, true);
        core.forget(order.number);
        return "cancelled " + order.number;
    }

    // The comparison.

    private void compare(final String operation)
    {
        told.add(operations + " " + operation);
        while (told.size() > TOLD)
        {
            told.remove();
        }
        final List<String> expected = model.decisions();
        final List<String> actual = core.decisions();
        if (!expected.equals(actual))
        {
            throw failure("decisions", expected, actual);
        }
        expected.forEach(this::count);
        for (final ModelSlot slot : model.slots())
        {
            compare(slot);
        }
        if (isBounded)
        {
            legs.forEach((leg) -> requireWithin(leg, ModelScope.ofLeg(leg), leg.slot.instrument));
            model.slots()
                .forEach((slot) -> requireWithin(slot, ModelScope.ofInstrument(slot.id()), slot.instrument));
        }
        require("impossible events", model.impossible(), core.core().impossibleOrderEvents());
    }

    private void count(final String line)
    {
        told.add("    " + line);
        final String[] words = line.split(" ");
        final boolean isRefusal = "REFUSED".equals(words[0]);
        outcomes.merge(isRefusal ? words[3] : words[0], 1, Integer::sum);
    }

    private void compare(final ModelSlot slot)
    {
        final List<String> expected = slot.open().stream().map(ReferenceTrading::text).toList();
        final List<String> actual = new ArrayList<>();
        for (Order order = core.core().openOrders(slot.id()).first(); order != null; order = core.core()
            .openOrders(slot.id()).next(order))
        {
            actual.add(text(order));
        }
        if (!expected.equals(actual))
        {
            final Set<String> common = new HashSet<>(expected);
            common.retainAll(actual);
            throw failure("orders on " + slot.id(), without(expected, common), without(actual, common));
        }
        final int count = core.core().slot(slot.id()).legCount();
        for (int i = 0; i < count; i++)
        {
            final io.lockstep.core.instance.Leg leg = core.core().slot(slot.id()).leg(i);
            slot.legs.stream().filter((other) -> other.strategyId == leg.strategyId())
                .forEach((other) -> compare(other.position, leg.position(), slot.instrument));
        }
        require("position on " + slot.id(), slot.net(), core.core().position(slot.id()).netLots());
        require("realized on " + slot.id(),
            slot.legs.stream().map((leg) -> leg.position.realized()).reduce(BigDecimal.ZERO, BigDecimal::add),
            cash(core.core().position(slot.id()).realized(), slot.instrument));
    }

    private static List<String> without(final List<String> list, final Set<String> common)
    {
        return list.stream().filter((line) -> !common.contains(line)).toList();
    }

    private static String text(final ModelOrder order)
    {
        return "#" + order.number + " " + order.state + " " + order.filled + "/" + order.lots + "@" +
            Denial.text(order.price) + " trigger=" + Denial.text(order.isHeld() ? order.triggerPrice() : Asked.NONE) +
            " open=" + order.exposure() + " till=" + (order.isToBeGone ? "" : Denial.text(order.expiryNs));
    }

    private static String text(final Order order)
    {
        return "#" + order.number() + " " + order.state().status() + " " + order.cumQtyLots() + "/" +
            order.orderQtyLots() + "@" + Denial.text(order.priceTicks()) + " trigger=" +
            Denial.text(order.isHeld() ? order.trigger().priceTicks() : Asked.NONE) + " open=" + order.exposureLots() +
            " till=" + (order.wish() == OrderReason.NONE ? Denial.text(order.expireTimeNs()) : "");
    }

    private static BigDecimal cash(final io.lockstep.codecs.Int128 units, final ModelInstrument instrument)
    {
        return new BigDecimal(new BigInteger(units.toString()), -instrument.cashExponent());
    }

    private void compare(final ModelPosition expected, final PositionView actual, final ModelInstrument instrument)
    {
        require("position", expected.net(), actual.netLots());
        require("cost", expected.cost(), cash(actual.openCost(), instrument));
        require("realized", expected.realized(), cash(actual.realized(), instrument));
        require("fees", expected.fees(), cash(actual.fees(), instrument));
    }

    private void require(final String what, final BigDecimal expected, final BigDecimal actual)
    {
        if (expected.compareTo(actual) != 0)
        {
            throw failure(what, List.of(expected.toString()), List.of(actual.toString()));
        }
    }

    private void require(final String what, final long expected, final long actual)
    {
        if (expected != actual)
        {
            throw failure(what, List.of(Long.toString(expected)), List.of(Long.toString(actual)));
        }
    }

    private AssertionError failure(final String what, final List<String> expected, final List<String> actual)
    {
        return new AssertionError("seed=" + seed + " operation=" + operations + ": " + what + "\nmodel:\n  " +
            String.join("\n  ", expected) + "\ncore:\n  " + String.join("\n  ", actual) + "\nbefore:\n" +
            String.join("\n", told) + "\nlimits: " + Arrays.toString(model.risk().limits().stream()
                .map((limit) -> limit.scope + " " + limit.type + " " + limit.value()).toArray()));
    }
}
