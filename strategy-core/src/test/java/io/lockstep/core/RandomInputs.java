package io.lockstep.core;

import io.lockstep.core.instance.StrategyInstance;
import io.lockstep.codecs.Decimal;
import io.lockstep.codecs.Increment;
import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.Nulls;
import io.lockstep.sbe.ContractType;
import io.lockstep.sbe.CxlRejResponseTo;
import io.lockstep.sbe.ExecType;
import io.lockstep.sbe.FeedCondition;
import io.lockstep.sbe.FeedReason;
import io.lockstep.sbe.LimitType;
import io.lockstep.sbe.NewOrderSingleDecoder;
import io.lockstep.sbe.Side;
import io.lockstep.sbe.TradingMode;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Inputs of every template for several instruments, sense or nonsense, from one seed: markets that walk, break and heal, a
 * venue that answers by chance, operators and nodes that come and go. The scenario's own core decides, so that the venue has
 * something to answer.
 */
final class RandomInputs
{
    private static final String RESTLESS = "restless";
    private static final int VENUES = 2;
    private static final int ROOM = 65_536;
    private static final TradingMode[] MODES = {TradingMode.RUNNING, TradingMode.RUNNING, TradingMode.RUNNING,
        TradingMode.HALTED, TradingMode.REDUCE_ONLY, TradingMode.KILLED};
    private static final FeedReason[] REASONS = {FeedReason.BAD_INPUT, FeedReason.DISCONNECTED, FeedReason.SILENT,
        FeedReason.SOURCE_GAP};

    /** In the quote currency of the others, so that a limit can bind them together. */
    private static final Instrument INVERSE = new Instrument(0, "BTCUSDT_PERP", "TEST", ContractType.INVERSE,
        Increment.parse("0.1"), Increment.parse("1"), 1, 1, Increment.parse("100"), "BTC", "USDT", "BTC");

    private final SplittableRandom random;
    private final CoreScenario scenario = new CoreScenario();
    private final RandomVenue venue;
    private final long[] bids = {1_000, 1_000, 1_000, 5_000, 1_000};
    private final long[] updateIds = {1, 1, 1, 1, 1};
    private long millis;
    private long signals;
    private int incarnation = CoreScenario.INCARNATION;

    RandomInputs(final long seed)
    {
        random = new SplittableRandom(seed);
        venue = new RandomVenue(scenario, random);
        for (int id = 0; id < VENUES; id++)
        {
            scenario.giveAsNode(NodeSays.venueDefinition(id, 1 + id, ROOM, "VENUE" + id));
        }
        scenario.started(10).limitAll(LimitType.MAX_POSITION_QUANTITY, "90");
        define(CoreScenario.LINEAR).assign(RESTLESS, "seed=" + seed);
        define(CoreScenario.LINEAR).assign(CoreScenario.CROSSING, "fast=2", "slow=5", "entryTimeoutMs=400",
            "orderNotional=10000");
        define(CoreScenario.LINEAR).assign(RESTLESS, "seed=" + (seed + 1), "fails=200");
        define(INVERSE).assign(CoreScenario.CROSSING, "fast=3", "slow=7", "source=1",
            "orderNotional=900.5");
        // The last has no strategy at first, and often no depth.
        define(CoreScenario.COARSE);
        scenario.give(OperatorSays.instance(5, "second", RESTLESS, true, 0))
            .give(OperatorSays.instance(6, "pair", RESTLESS, 0, 1));
        after();
    }

    /** Instruments take turns at the venues. */
    private CoreScenario define(final Instrument instrument)
    {
        return scenario.defineAt(scenario.core().instrumentCount() % VENUES, instrument);
    }

    CoreScenario scenario()
    {
        return scenario;
    }

    /** One input or a few. */
    void step()
    {
        millis += random.nextInt(30);
        scenario.at(millis);
        fireTimers();
        if (random.nextInt(60) == 0)
        {
            // What is down does not stay so for long, or there would be little to come upon.
            scenario.started(1 + random.nextInt(50)).start(RESTLESS).mode(TradingMode.RUNNING);
        }
        final int id = random.nextInt(bids.length);
        scenario.on(id).source(1 + id % 2);
        final int chance = random.nextInt(100);
        if (chance < 45)
        {
            if (!venue.step(bids[id]))
            {
                moveMarket(id);
            }
        }
        else if (chance < 92)
        {
            moveMarket(id);
        }
        else if (chance < 94)
        {
            operate(id);
        }
        else if (chance < 97)
        {
            interfere(id);
        }
        else
        {
            disturb(id);
        }
        after();
    }

    private void fireTimers()
    {
        for (final Map.Entry<Long, Long> timer : new TreeMap<>(scenario.timers()).entrySet())
        {
            if (timer.getValue() <= scenario.nowNs())
            {
                scenario.timers().remove(timer.getKey());
                scenario.timer(timer.getKey(), timer.getValue());
                after();
            }
        }
    }

    private void moveMarket(final int id)
    {
        bids[id] = Math.max(500, bids[id] + random.nextInt(7) - 3);
        final long bid = bids[id];
        final boolean noDepth = id == 4 && random.nextInt(20) > 0;
        switch (random.nextInt(noDepth ? 6 : 14))
        {
            case 0, 1, 2 -> scenario.trade(bid + random.nextInt(2), 1 + random.nextInt(9),
                random.nextBoolean() ? Side.BUY : Side.SELL);
            case 3 -> scenario.bar(bid, bid + 5, bid - 5, bid + random.nextInt(3), random.nextInt(100));
            case 4 -> scenario.quote(++updateIds[id], bid, bid + 1 + random.nextInt(2));
            case 5 -> scenario.quote(Nulls.NULL_UPDATE_ID, bid, Nulls.NULL_PRICE_TICKS);
            case 6, 7, 8, 9 -> change(id);
            case 10 -> scenario.update(updateIds[id] + 5, updateIds[id] += 7, level(bid), "");
            case 11 -> partialSnapshot(id);
            default -> snapshot(id);
        }
    }

    private void change(final int id)
    {
        final long previous = updateIds[id]++;
        scenario.update(previous, updateIds[id], level(bids[id] - random.nextInt(4)),
            random.nextInt(12) == 0 ? level(bids[id] - 9) : level(bids[id] + 1 + random.nextInt(4)));
    }

    private String level(final long ticks)
    {
        return ticks + "x" + random.nextInt(5);
    }

    private void snapshot(final int id)
    {
        final long updateId = ++updateIds[id];
        final long bid = bids[id];
        scenario.chunk(0, 2, updateId, bid + "x10 " + (bid - 1) + "x20", "");
        after();
        scenario.chunk(1, 2, updateId, "", bid + 1 + "x10 " + (bid + 2) + "x20");
    }

    private void partialSnapshot(final int id)
    {
        final long updateId = ++updateIds[id];
        for (int chunk = 0; chunk <= random.nextInt(3); chunk++)
        {
            scenario.chunk(chunk, 4, updateId, bids[id] - chunk + "x7", bids[id] + 3 + chunk + "x7");
            after();
        }
    }

    private void interfere(final int id)
    {
        switch (random.nextInt(23))
        {
            case 0 -> scenario.mode(MODES[random.nextInt(MODES.length)]);
            case 1 -> scenario.stop(RESTLESS);
            case 2 -> scenario.stop(CoreScenario.CROSSING);
            case 3 -> scenario.limitAll(LimitType.MAX_ORDER_QUANTITY, "1000");
            case 4 -> scenario.limit(LimitType.MAX_ORDERS_PER_SECOND, String.valueOf(random.nextInt(20)));
            case 5 -> scenario.limit(id, anyLimit(), new Decimal(50 + random.nextInt(1_000_000), -1));
            case 6 -> scenario.limitAll(anyLimit(), String.valueOf(60 + random.nextInt(5_000_000)));
            case 7 -> scenario.source(0).assign(RESTLESS, "seed=" + random.nextInt(1_000));
            case 8 -> scenario.started(1 + random.nextInt(50)).mode(TradingMode.RUNNING);
            case 9 ->
                scenario.allocate(LimitType.MAX_TOTAL_NOTIONAL, "150000", "5000000");
            case 10 -> scenario.unset(anyLimit());
            case 11 -> scenario.unsetAll(anyLimit());
            case 12 -> scenario.source(0).limitAll(anyLimit(), String.valueOf(60 + random.nextInt(5_000_000)))
                .unset(anyLimit()).unsetAll(anyLimit());
            case 13 -> scenario.source(0).limit(LimitType.MAX_OPEN_ORDERS, String.valueOf(5 + random.nextInt(20)));
            case 14 -> scenario.markPrice(bids[id] + random.nextInt(3), bids[id]);
            case 15 -> scenario.fundingRate(random.nextInt(9) - 4, -4, random.nextInt(9));
            case 16 -> scenario.give(OperatorSays.calendar(scenario.core().calendars().count(), 1, 2));
            case 17 -> scenario.give(OperatorSays.calendarOf(id, random.nextInt(scenario.core().calendars().count())));
            // More often than not things get going again, or nothing would be open for most of a run.
            default -> scenario.start(RESTLESS).start(CoreScenario.CROSSING).mode(TradingMode.RUNNING)
                .limitAll(LimitType.MAX_ORDERS_PER_SECOND, "15").limitAll(LimitType.MAX_TOTAL_NOTIONAL, "200000");
        }
    }

    /** By hand, and about instances. */
    private void operate(final int id)
    {
        final int count = scenario.core().instances().count();
        final int one = random.nextInt(count);
        final int other = random.nextInt(count);
        final Side side = random.nextBoolean() ? Side.BUY : Side.SELL;
        switch (random.nextInt(14))
        {
            case 0 -> scenario.give(OperatorSays.limitOrder(0, id, side, 1 + random.nextInt(9), bids[id]));
            case 1 -> scenario.give(OperatorSays.limitOrder(one, id, side, 1 + random.nextInt(9), bids[id]));
            case 2 -> scenario.give(OperatorSays.cancelAll(id, random.nextBoolean() ? one : Nulls.NULL_INSTRUMENT_ID));
            case 3 -> scenario.give(OperatorSays.flatten(id, random.nextBoolean() ? one : Nulls.NULL_INSTRUMENT_ID));
            case 4 -> scenario.give(OperatorSays.flatten(Nulls.NULL_INSTRUMENT_ID, one));
            case 5, 6 -> scenario.give(OperatorSays.transfer(id, one, other, random.nextInt(9) - 4));
            case 7 -> scenario.give(OperatorSays.unassign(one));
            case 8 -> scenario.give(OperatorSays.instance(
                count, "made" + random.nextInt(9), RESTLESS, random.nextBoolean(), id, (id + 1) % bids.length));
            case 9 -> scenario.give(OperatorSays.instanceWith(
                count, "made" + random.nextInt(9), RESTLESS, id, "seed=" + random.nextInt(99), "fails=300"));
            case 10 -> change(scenario.core().instances().find(one));
            case 11, 12 -> scenario.give(signal(id).side(side));
            default -> scenario.give(OperatorSays.capital(one, random.nextInt(3) == 0 ? 40_000 : -1));
        }
    }

    /** New ones mostly, of two clients; now and then an earlier one, or the first of an epoch. */
    private SignalSays signal(final int id)
    {
        signals++;
        final boolean isNew = random.nextInt(4) > 0;
        final long epoch = 1 + signals / 16;
        final long counter = isNew ? signals : Math.max(0, signals - random.nextInt(1_200));
        return SignalSays.signal(random.nextInt(8) == 0 ? "other" : "ops", epoch, counter)
            .quantity(String.valueOf(10 * (1 + random.nextInt(3))))
            .symbol(scenario.core().instrument(id).name());
    }

    /** Other parameters for an instance with one leg. */
    private void change(final StrategyInstance instance)
    {
        if (instance.isPresent() && instance.legCount() == 1)
        {
            scenario
                .give(OperatorSays.instanceWith(instance.id(), instance.name(), instance.definition().strategyName(),
                    instance.leg(0).slot().id(), "seed=" + random.nextInt(99)));
        }
    }

    private LimitType anyLimit()
    {
        return LimitType.get((short)(1 + random.nextInt(11)));
    }

    private void disturb(final int id)
    {
        switch (random.nextInt(12))
        {
            case 0 -> scenario.feed(FeedCondition.STALE, REASONS[random.nextInt(REASONS.length)]);
            case 1 -> scenario.feedOfSource(FeedCondition.STALE, REASONS[random.nextInt(REASONS.length)]);
            case 2 -> scenario.feedOfSource(FeedCondition.LIVE, FeedReason.NONE);
            case 3 -> scenario.on(77).trade(5);
            case 4 -> scenario.report(ExecType.CANCELED, CoreScenario.clOrdId(1, 1, 1), "", 0, 0, 0, 0);
            case 5 -> refuseWhatWasNotAsked();
            case 6 -> scenario.incarnation(++incarnation).acknowledged(random.nextInt(100));
            case 7 -> scenario.give(NodeSays.snapshotRequest());
            case 8 -> reconcile();
            case 9 -> scenario.giveAsNode(random.nextInt(8) == 0
                ? NodeSays.clockBehind()
                : NodeSays.alert(MODES[random.nextInt(MODES.length)], random.nextBoolean()));
            case 10 -> stopOrExpire();
            default -> scenario.defineAs(CoreScenario.COARSE.withId(id));
        }
    }

    /** A restart or a lost venue, and an answer that knows some orders, lost ones among them, and often comes to no end. */
    private void reconcile()
    {
        final int venueId = random.nextInt(VENUES);
        scenario.incarnation(++incarnation).source(1 + venueId);
        scenario.giveAsNode(random.nextBoolean() ? NodeSays.started(true) : NodeSays.venue(venueId, false));
        final String lost = CoreScenario.clOrdId(incarnation, 5_000_000, 1 + random.nextInt(3));
        scenario.give(VenueSays.fill(lost, Side.SELL, 1, 1_000, 3).instrumentId(venueId).execId(random.nextInt(1_000)))
            .give(VenueSays.status(lost, Side.SELL, 1, 3).instrumentId(venueId));
        int statuses = 1;
        for (int number = Math.max(1, scenario.orderCount() - 20); number <= scenario.orderCount(); number++)
        {
            final SentOrder order = scenario.order(number);
            if (scenario.core().venueOf(order.instrumentId()) == venueId && random.nextInt(3) > 0)
            {
                final long lie = random.nextInt(9) == 0 ? 1 : 0;
                scenario.give(VenueSays.status(order).instrumentId(order.instrumentId()).cum(order.filledLots() + lie));
                statuses++;
            }
        }
        if (random.nextInt(3) > 0)
        {
            scenario.give(VenueSays.end(incarnation,
                scenario.core().venue(venueId).egressSequence() - random.nextInt(3), random.nextInt(1_000), statuses));
        }
    }

    private void stopOrExpire()
    {
        if (random.nextInt(4) == 0)
        {
            scenario.giveAsNode(NodeSays.stopping(random.nextBoolean()));
        }
        else if (scenario.orderCount() > 0)
        {
            scenario.giveAsNode(NodeSays.expired(
                scenario.order(scenario.orderCount()).clOrdId(), NewOrderSingleDecoder.TEMPLATE_ID));
        }
    }

    private void refuseWhatWasNotAsked()
    {
        for (int number = scenario.orderCount(); number > 0; number--)
        {
            final SentOrder order = scenario.order(number);
            if (order.cancelClOrdId().isEmpty())
            {
                scenario.reject(order.clOrdId(), order.clOrdId(), CxlRejResponseTo.CANCEL_REQUEST);
                return;
            }
        }
    }

    private void after()
    {
        scenario.decisions();
        venue.takeOrders();
    }
}
