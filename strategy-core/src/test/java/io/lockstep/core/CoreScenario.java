package io.lockstep.core;

import io.lockstep.codecs.ClOrdIds;
import io.lockstep.codecs.Decimal;
import io.lockstep.codecs.Increment;
import io.lockstep.codecs.Instrument;
import io.lockstep.codecs.InstrumentSettings;
import io.lockstep.codecs.Nulls;
import io.lockstep.core.instance.TimerIds;
import io.lockstep.core.instrument.InstrumentSlot;
import io.lockstep.core.strategy.ScriptedStrategy;
import io.lockstep.core.strategy.StrategyContext;
import io.lockstep.core.strategy.StrategyFactory;
import io.lockstep.sbe.AllocateLimitEncoder;
import io.lockstep.sbe.AssignStrategyEncoder;
import io.lockstep.sbe.BarEncoder;
import io.lockstep.sbe.BestBidOfferEncoder;
import io.lockstep.sbe.BookSnapshotEncoder;
import io.lockstep.sbe.BookUpdateEncoder;
import io.lockstep.sbe.BooleanType;
import io.lockstep.sbe.ContractType;
import io.lockstep.sbe.ControlStrategyEncoder;
import io.lockstep.sbe.CxlRejResponseTo;
import io.lockstep.sbe.DecisionAcknowledgementEncoder;
import io.lockstep.sbe.ExecInst;
import io.lockstep.sbe.ExecType;
import io.lockstep.sbe.ExecutionReportEncoder;
import io.lockstep.sbe.FeedCondition;
import io.lockstep.sbe.FeedReason;
import io.lockstep.sbe.FeedStatusEncoder;
import io.lockstep.sbe.FundingRateEncoder;
import io.lockstep.sbe.InstrumentDefinitionEncoder;
import io.lockstep.sbe.LimitScope;
import io.lockstep.sbe.LimitType;
import io.lockstep.sbe.LiquidityIndicator;
import io.lockstep.sbe.MarkPriceEncoder;
import io.lockstep.sbe.NodeStartedEncoder;
import io.lockstep.sbe.OrdRejReason;
import io.lockstep.sbe.OrdStatus;
import io.lockstep.sbe.OrderCancelRejectEncoder;
import io.lockstep.sbe.OrderReason;
import io.lockstep.sbe.SetLimitEncoder;
import io.lockstep.sbe.SetTradingModeEncoder;
import io.lockstep.sbe.Side;
import io.lockstep.sbe.TimeInForce;
import io.lockstep.sbe.TimerFiredEncoder;
import io.lockstep.sbe.TradeEncoder;
import io.lockstep.sbe.TradingMode;
import io.lockstep.sbe.UnsetLimitEncoder;
import io.lockstep.sbe.WithdrawStrategyEncoder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Given events, when one more, then these decisions. Each method encodes an input as a record, gives it to the core and
 * returns the scenario; {@link #decisions()} are lines such as {@code NEW BUY 10@100 POST_ONLY SIGNAL}, those since the last
 * call. {@link DecisionLines} says how they read.
 * <p>
 * Inputs go to the instrument that {@link #on} chose, 0 at first, at the time that {@link #at} set. Orders are named by the
 * order in which they were sent, from 1. What the instruments' {@link ScriptedStrategy} does, {@link #act} says.
 */
public final class CoreScenario
{
    /** Linear, one quote unit a tick, one base unit a lot: notional is price times quantity. */
    public static final Instrument LINEAR = linear("BTCUSDT", 1, 1);
    /** Linear, orders in steps of 5 ticks and 10 lots. */
    public static final Instrument COARSE = linear("ETHUSDT", 5, 10);
    /** Inverse, 100 quote units a contract. */
    public static final Instrument INVERSE = new Instrument(0, "BTCUSD_PERP", "TEST", ContractType.INVERSE,
        Increment.parse("0.1"), Increment.parse("1"), 1, 1, Increment.parse("100"), "BTC", "USD", "BTC");
    public static final String SCRIPTED = "scripted";
    /** A second scripted strategy, for another instance on the same instrument. */
    public static final String OTHER = "other";
    public static final String CROSSING = "crossing";
    public static final long START_NS = 1_000_000_000_000L;
    public static final int INCARNATION = 3;

    private final InputRecords records = new InputRecords();
    private final DecisionLines lines = new DecisionLines();
    private final ScriptedStrategy.Factory scripted = new ScriptedStrategy.Factory(SCRIPTED);
    private final ScriptedStrategy.Factory other = new ScriptedStrategy.Factory(OTHER);
    private final List<StrategyFactory> given;
    private final TradingCore core;
    private DecisionPort tap = lines;
    private int instrumentId;
    private boolean isOther;
    private BooleanType isConfigured = BooleanType.FALSE;
    private long lastUpdateId;
    private long feedDelayNs = Nulls.NULL_TIME_NS;
    private boolean forgetful;
    private boolean compared;

    private static Instrument linear(final String symbol, final long orderTicks, final long orderLots)
    {
        return new Instrument(0, symbol, "TEST", ContractType.LINEAR, Increment.parse("1"), Increment.parse("1"),
            orderTicks, orderLots, Increment.parse("1"), "BASE", "USDT", "USDT", 0);
    }

    private List<StrategyFactory> factories(final StrategyFactory... itsOwn)
    {
        final List<StrategyFactory> factories = new ArrayList<>(given);
        factories.addAll(List.of(itsOwn));
        factories.addAll(List.of(new CrossingStrategy.Factory(), new RestlessStrategy.Factory()));
        return factories;
    }

    /**
     * Nothing defined yet.
     *
     * @param given strategies beside those that the core's tests have.
     */
    public CoreScenario(final StrategyFactory... given)
    {
        this.given = List.of(given);
        core = new TradingCore(this::onDecision, factories(scripted, other));
        lines.core(core);
        records.header(INCARNATION, 0);
        records.timeNs(START_NS);
    }

    /** {@link #LINEAR} with a book of 10 at 100 to 10 at 101, its scripted strategy running; decisions so far forgotten. */
    public static CoreScenario live()
    {
        return live(LINEAR);
    }

    public static CoreScenario live(final Instrument instrument, final StrategyFactory... given)
    {
        final CoreScenario scenario = new CoreScenario(given).define(instrument).assign(SCRIPTED)
            .snapshot(100, "100x10 99x10", "101x10 102x10");
        scenario.decisions();
        return scenario;
    }

    /**
     * As {@link #live()}, with a limit for the total of all instruments, so that it is counted. After every input the core is
     * compared with one restored from it, which has reckoned anew all that is not saved: whoever forgets to reckon, save or
     * restore something fails here.
     */
    public static CoreScenario reckoned()
    {
        final CoreScenario scenario = live().limitAll(LimitType.MAX_TOTAL_NOTIONAL, "1000000000");
        scenario.decisions();
        return scenario.compared();
    }

    /** Nothing has been given yet: goes on from what was saved. */
    CoreScenario restored(final SavedState saved, final long lastSequence)
    {
        saved.restoreInto(core, lastSequence);
        records.continueBehind(lastSequence);
        return this;
    }

    /** From now on the core is compared behind every input with one restored from it. */
    public CoreScenario compared()
    {
        compared = true;
        return this;
    }

    private void onDecision(
        final long sequence,
        final int ordinal,
        final DirectBuffer buffer,
        final int offset,
        final int length)
    {
        tap.onDecision(sequence, ordinal, buffer, offset, length);
    }

    // What is read.

    /** Decisions since the last call. */
    public List<String> decisions()
    {
        return lines.take();
    }

    public TradingCore core()
    {
        return core;
    }

    /** Inputs given so far. */
    public InputRecords records()
    {
        return records;
    }

    /** What the newest scripted strategy of the instrument heard of its orders since the last call. */
    public List<String> heard()
    {
        return strategy().takeHeard();
    }

    /** The newest scripted strategy whose first leg is of the instrument, of the kind that {@link #as} chose. */
    public ScriptedStrategy strategy()
    {
        return (isOther ? other : scripted).strategy(instrumentId);
    }

    /** Order n, from 1. */
    public SentOrder order(final int number)
    {
        return lines.orders().get(number - 1);
    }

    /** Deadlines of timers that wait, by their ids; who fires one takes it out. */
    Map<Long, Long> timers()
    {
        return lines.timers();
    }

    public int orderCount()
    {
        return lines.orders().size();
    }

    public long nowNs()
    {
        return records.timeNs();
    }

    // What is set.

    /** Decisions go there instead, and no line is made of them. */
    public CoreScenario tap(final DecisionPort port)
    {
        tap = port;
        return this;
    }

    /** Inputs are not kept from now on. */
    public CoreScenario forgetful()
    {
        forgetful = true;
        records.clear();
        return this;
    }

    public CoreScenario on(final int newInstrumentId)
    {
        instrumentId = newInstrumentId;
        return this;
    }

    /** Which scripted strategy acts and is heard, {@link #SCRIPTED} or {@link #OTHER}. */
    public CoreScenario as(final String strategyName)
    {
        isOther = strategyName.equals(OTHER);
        return this;
    }

    /** Milliseconds after the start; fractions by {@link #atNs}. */
    public CoreScenario at(final long millis)
    {
        return atNs(millis * 1_000_000);
    }

    /** Nanoseconds after the start. */
    public CoreScenario atNs(final long nanos)
    {
        records.timeNs(START_NS + nanos);
        return this;
    }

    public CoreScenario incarnation(final int incarnation)
    {
        records.header(incarnation, 0);
        return this;
    }

    public CoreScenario source(final int sourceId)
    {
        records.sourceId(sourceId);
        return this;
    }

    /** When the gateway received what comes, milliseconds after the start; until {@link #receivedNow}. */
    public CoreScenario receivedAt(final long millis)
    {
        records.gatewayTimeNs(START_NS + millis * 1_000_000);
        return this;
    }

    /** Gateways give no time of receipt from now on, as at first. */
    public CoreScenario receivedNow()
    {
        records.gatewayTimeNs(0);
        return this;
    }

    /** What the feeds have measured; null by {@link Nulls#NULL_TIME_NS}, as at first. */
    public CoreScenario feedDelayNs(final long newFeedDelayNs)
    {
        feedDelayNs = newFeedDelayNs;
        return this;
    }

    // Configuration and control.

    /** Gives it the next id, and a name that no other has, and turns to it. */
    public CoreScenario define(final Instrument instrument)
    {
        instrumentId = core.instrumentCount();
        final String symbol = instrumentId == 0 ? instrument.symbol() : instrument.symbol() + instrumentId;
        return defineAs(new Instrument(instrumentId, symbol, instrument.venue(), instrument.contractType(),
            instrument.tick(), instrument.lot(), instrument.orderTicks(), instrument.orderLots(),
            instrument.multiplier(),
            instrument.baseCurrency(), instrument.quoteCurrency(), instrument.settlementCurrency(),
            instrument.cashExponent(), instrument.settings()));
    }

    /** As {@link #define}, with orders that go to this venue. */
    public CoreScenario defineAt(final int venueId, final Instrument instrument)
    {
        return define(instrument.withSettings(new InstrumentSettings(
            venueId, instrument.settings().lockedIsCrossed(), instrument.settings().crossedHealNs())));
    }

    public CoreScenario defineAs(final Instrument instrument)
    {
        final InstrumentDefinitionEncoder definition = records.begin(new InstrumentDefinitionEncoder());
        instrument.encode(definition);
        return send();
    }

    public CoreScenario started(final int stateHashInterval)
    {
        records.begin(new NodeStartedEncoder()).logicVersion(TradingCore.LOGIC_VERSION)
            .stateHashInterval(stateHashInterval).configurationHash(7);
        return sendAsNode();
    }

    /** Whether limits set and unset from here on say that they stand in a configuration. */
    public CoreScenario configured(final boolean says)
    {
        isConfigured = says ? BooleanType.TRUE : BooleanType.FALSE;
        return this;
    }

    /** For the instrument. */
    public CoreScenario limit(final LimitType type, final String value)
    {
        return limit(instrumentId, type, Decimal.parse(value));
    }

    public CoreScenario limitAll(final LimitType type, final String value)
    {
        return limit(Nulls.NULL_INSTRUMENT_ID, type, Decimal.parse(value));
    }

    public CoreScenario limit(final int id, final LimitType type, final Decimal value)
    {
        final SetLimitEncoder limit = records.begin(new SetLimitEncoder());
        limit.instrumentId(id).limitType(type).configured(isConfigured).scope(LimitScope.NULL_VAL)
            .scopedId(SetLimitEncoder.scopedIdNullValue())
            .strategyId(SetLimitEncoder.strategyIdNullValue());
        limit.value().mantissa(value.mantissa()).exponent((byte)value.exponent());
        limit.user("");
        return send();
    }

    /** For the instrument. */
    public CoreScenario unset(final LimitType type)
    {
        return unset(instrumentId, type);
    }

    public CoreScenario unsetAll(final LimitType type)
    {
        return unset(Nulls.NULL_INSTRUMENT_ID, type);
    }

    private CoreScenario unset(final int id, final LimitType type)
    {
        records.begin(new UnsetLimitEncoder()).instrumentId(id).limitType(type)
            .scope(LimitScope.NULL_VAL).scopedId(UnsetLimitEncoder.scopedIdNullValue()).configured(isConfigured)
            .strategyId(UnsetLimitEncoder.strategyIdNullValue()).user("");
        return send();
    }

    /** By the node: the instrument runs no strategy any more. */
    public CoreScenario withdraw()
    {
        records.begin(new WithdrawStrategyEncoder()).instrumentId(instrumentId);
        return sendAsNode();
    }

    /** The node's word of its share in a limit of all shards. */
    public CoreScenario allocate(final LimitType type, final String share, final String total)
    {
        return giveAsNode(allocation(type, share, total));
    }

    public static Consumer<InputRecords> allocation(final LimitType type, final String share, final String total)
    {
        return (records) ->
        {
            final AllocateLimitEncoder allocation = records.begin(new AllocateLimitEncoder()).limitType(type);
            final Decimal shareValue = Decimal.parse(share);
            allocation.share().mantissa(shareValue.mantissa()).exponent((byte)shareValue.exponent());
            final Decimal totalValue = Decimal.parse(total);
            allocation.total().mantissa(totalValue.mantissa()).exponent((byte)totalValue.exponent());
        };
    }

    public CoreScenario mode(final TradingMode mode)
    {
        records.begin(new SetTradingModeEncoder()).mode(mode).scope(LimitScope.NODE)
            .flatten(BooleanType.FALSE).scopedId(SetTradingModeEncoder.scopedIdNullValue()).user("");
        return send();
    }

    /** With parameters such as {@code fast=2}. */
    public CoreScenario assign(final String strategy, final String... parameters)
    {
        final AssignStrategyEncoder assign = records.begin(new AssignStrategyEncoder());
        assign.instrumentId(instrumentId);
        final AssignStrategyEncoder.ParametersEncoder group = assign.parametersCount(parameters.length);
        for (final String parameter : parameters)
        {
            final String[] nameAndValue = parameter.split("=");
            final Decimal value = Decimal.parse(nameAndValue[1]);
            group.next().name(nameAndValue[0]);
            group.value().mantissa(value.mantissa()).exponent((byte)value.exponent());
        }
        assign.strategyName(strategy);
        return send();
    }

    public CoreScenario start(final String strategy)
    {
        return control(strategy, BooleanType.TRUE);
    }

    public CoreScenario stop(final String strategy)
    {
        return control(strategy, BooleanType.FALSE);
    }

    private CoreScenario control(final String strategy, final BooleanType running)
    {
        records.begin(new ControlStrategyEncoder()).running(running).strategyName(strategy).user("").reason("");
        return send();
    }

    public CoreScenario acknowledged(final long egressSequence)
    {
        records.begin(new DecisionAcknowledgementEncoder()).egressSequence(egressSequence);
        return send();
    }

    /** Timer of the instrument's strategy, at the present time. */
    public CoreScenario timer(final int timerKey)
    {
        return timer(timerKey, records.timeNs());
    }

    /** Of the first strategy that trades the instrument. */
    public long timerId(final int timerKey)
    {
        final InstrumentSlot slot = core.slot(instrumentId);
        for (int i = 0; i < slot.legCount(); i++)
        {
            if (slot.leg(i).strategyId() > 0)
            {
                return TimerIds.of(slot.leg(i).strategyId(), slot.leg(i).legIndex(), timerKey);
            }
        }
        throw new AssertionError("no strategy on instrumentId=" + instrumentId);
    }

    public CoreScenario timer(final int timerKey, final long deadlineNs)
    {
        return timer(timerId(timerKey), deadlineNs);
    }

    /** Any timer, by the id that the core has scheduled it with. */
    public CoreScenario timer(final long timerId, final long deadlineNs)
    {
        records.begin(new TimerFiredEncoder()).timerId(timerId)
            .deadlineNs(deadlineNs);
        return sendAsNode();
    }

    /** The core's own timer of cancels that were refused, at the present time. */
    public CoreScenario wishes()
    {
        return timer(TimerIds.WISHES, records.timeNs());
    }

    /** The core's own timer of requests without an answer, at the present time. */
    public CoreScenario doubts()
    {
        return timer(TimerIds.DOUBTS, records.timeNs());
    }

    /** Of the core's own, due now: lists ask again for what was refused. */
    public CoreScenario listsDue()
    {
        return timer(TimerIds.LISTS, records.timeNs());
    }

    // Market data; levels such as "100x10 99x5".

    public CoreScenario snapshot(final long updateId, final String bids, final String asks)
    {
        return chunk(0, 1, updateId, bids, asks);
    }

    public CoreScenario chunk(
        final int index, final int count, final long updateId, final String bids, final String asks)
    {
        final BookSnapshotEncoder snapshot = records.begin(new BookSnapshotEncoder());
        snapshot.instrumentId(instrumentId).chunkIndex(index).chunkCount(count).updateId(updateId)
            .feedDelayNs(feedDelayNs);
        final List<long[]> bidLevels = levels(bids);
        final BookSnapshotEncoder.BidsEncoder bidsGroup = snapshot.bidsCount(bidLevels.size());
        bidLevels.forEach((level) -> bidsGroup.next().priceTicks(level[0]).quantityLots(level[1]));
        final List<long[]> askLevels = levels(asks);
        final BookSnapshotEncoder.AsksEncoder asksGroup = snapshot.asksCount(askLevels.size());
        askLevels.forEach((level) -> asksGroup.next().priceTicks(level[0]).quantityLots(level[1]));
        lastUpdateId = updateId;
        return send();
    }

    /** Builds on the update or snapshot given last. */
    public CoreScenario update(final String bids, final String asks)
    {
        return update(lastUpdateId, lastUpdateId + 1, bids, asks);
    }

    public CoreScenario update(
        final long previousUpdateId, final long updateId, final String bids, final String asks)
    {
        final BookUpdateEncoder update = records.begin(new BookUpdateEncoder());
        update.instrumentId(instrumentId).updateId(updateId).previousUpdateId(previousUpdateId)
            .feedDelayNs(feedDelayNs);
        final List<long[]> bidLevels = levels(bids);
        final BookUpdateEncoder.BidsEncoder bidsGroup = update.bidsCount(bidLevels.size());
        bidLevels.forEach((level) -> bidsGroup.next().priceTicks(level[0]).quantityLots(level[1]));
        final List<long[]> askLevels = levels(asks);
        final BookUpdateEncoder.AsksEncoder asksGroup = update.asksCount(askLevels.size());
        askLevels.forEach((level) -> asksGroup.next().priceTicks(level[0]).quantityLots(level[1]));
        lastUpdateId = updateId;
        return send();
    }

    private static List<long[]> levels(final String text)
    {
        return text.isEmpty()
            ? List.of()
            : List.of(text.split(" ")).stream()
                .map((level) -> level.split("x"))
                .map((level) -> new long[]
                {Long.parseLong(level[0]), Long.parseLong(level[1])}).toList();
    }

    public CoreScenario quote(final long updateId, final long bidTicks, final long askTicks)
    {
        return quote(updateId, bidTicks, 1, askTicks, 1);
    }

    public CoreScenario quote(
        final long updateId, final long bidTicks, final long bidLots, final long askTicks, final long askLots)
    {
        records.begin(new BestBidOfferEncoder()).instrumentId(instrumentId).updateId(updateId)
            .bidPriceTicks(bidTicks).bidQuantityLots(bidLots).askPriceTicks(askTicks).askQuantityLots(askLots)
            .feedDelayNs(feedDelayNs);
        return send();
    }

    /** The venue's mark price of a derivative, and the price of what it is of. */
    public CoreScenario markPrice(final long markTicks, final long indexTicks)
    {
        records.begin(new MarkPriceEncoder()).instrumentId(instrumentId).markPxTicks(markTicks).indexPxTicks(indexTicks)
            .feedDelayNs(feedDelayNs);
        return send();
    }

    CoreScenario fundingRate(final long mantissa, final int exponent, final long nextFundingNs)
    {
        records.begin(new FundingRateEncoder()).instrumentId(instrumentId).nextFundingTimeNs(nextFundingNs).rate()
            .mantissa(mantissa).exponent((byte)exponent);
        return send();
    }

    public CoreScenario trade(final long priceTicks)
    {
        return trade(priceTicks, 1, Side.BUY);
    }

    public CoreScenario trade(final long priceTicks, final long lots, final Side aggressor)
    {
        records.begin(new TradeEncoder()).instrumentId(instrumentId).tradeId(1).priceTicks(priceTicks)
            .quantityLots(lots).aggressorSide(aggressor).feedDelayNs(feedDelayNs);
        return send();
    }

    public CoreScenario trades(final long... pricesTicks)
    {
        for (final long priceTicks : pricesTicks)
        {
            trade(priceTicks);
        }
        return this;
    }

    public CoreScenario bar(final long closeTicks)
    {
        return bar(closeTicks, closeTicks, closeTicks, closeTicks, 1);
    }

    public CoreScenario bar(
        final long openTicks, final long highTicks, final long lowTicks, final long closeTicks, final long volumeLots)
    {
        records.begin(new BarEncoder()).instrumentId(instrumentId).openTimeNs(0).openTicks(openTicks)
            .highTicks(highTicks).lowTicks(lowTicks).closeTicks(closeTicks).volumeLots(volumeLots)
            .feedDelayNs(feedDelayNs);
        return send();
    }

    public CoreScenario feed(final FeedCondition condition, final FeedReason reason)
    {
        return feed(instrumentId, condition, reason);
    }

    /** For every instrument of the source. */
    public CoreScenario feedOfSource(final FeedCondition condition, final FeedReason reason)
    {
        return feed(Nulls.NULL_INSTRUMENT_ID, condition, reason);
    }

    private CoreScenario feed(final int id, final FeedCondition condition, final FeedReason reason)
    {
        records.begin(new FeedStatusEncoder()).instrumentId(id).condition(condition).reason(reason)
            .expected(Nulls.NULL_LONG).actual(Nulls.NULL_LONG);
        return send();
    }

    // The strategy.

    public static Consumer<StrategyContext> buy(final long lots, final long priceTicks)
    {
        return limit(Side.BUY, lots, priceTicks);
    }

    public static Consumer<StrategyContext> sell(final long lots, final long priceTicks)
    {
        return limit(Side.SELL, lots, priceTicks);
    }

    private static Consumer<StrategyContext> limit(final Side side, final long lots, final long priceTicks)
    {
        return (context) -> context.sendLimit(
            side, priceTicks, lots, TimeInForce.GOOD_TILL_CANCEL, ExecInst.NONE, OrderReason.SIGNAL);
    }

    public static Consumer<StrategyContext> buyMarket(final long lots)
    {
        return (context) -> context.sendMarket(Side.BUY, lots, OrderReason.SIGNAL);
    }

    public static Consumer<StrategyContext> sellMarket(final long lots)
    {
        return (context) -> context.sendMarket(Side.SELL, lots, OrderReason.SIGNAL);
    }

    /** Of the oldest open order. */
    public static Consumer<StrategyContext> cancelOldest()
    {
        return (context) -> context.cancel(context.openOrders().first(), OrderReason.ABANDONED);
    }

    /** Of the oldest open order. */
    public static Consumer<StrategyContext> replaceOldest(final long lots, final long priceTicks)
    {
        return (context) -> context.replace(context.openOrders().first(), priceTicks, lots, OrderReason.SIGNAL);
    }

    /** The same on another leg of the instance. */
    public static Consumer<StrategyContext> onLeg(final int legIndex, final Consumer<StrategyContext> action)
    {
        return (context) -> action.accept(context.leg(legIndex));
    }

    /** What the scripted strategy does, at once: on a trade that leaves the book as it is. */
    public CoreScenario act(final Consumer<StrategyContext> action)
    {
        return later(action).trade(100);
    }

    /** What the scripted strategy does with the next input that drives it, a market event or a timer. */
    public CoreScenario later(final Consumer<StrategyContext> action)
    {
        strategy().next(action);
        return this;
    }

    /** What the scripted strategy does in every call of onOrder from now on; null for nothing. */
    public CoreScenario onOrder(final ScriptedStrategy.OrderAction action)
    {
        strategy().onOrder(action);
        return this;
    }

    // The venue.

    public CoreScenario accept(final int number)
    {
        return report(ExecType.NEW, order(number).clOrdId(), "", 0, 0, order(number).leavesLots(), 0);
    }

    /** A fill at a price; the rest stays. */
    public CoreScenario fill(final int number, final long lots, final long priceTicks)
    {
        return fill(number, lots, priceTicks, 0);
    }

    public CoreScenario fill(final int number, final long lots, final long priceTicks, final long commission)
    {
        final SentOrder order = order(number);
        order.filled(lots);
        return report(ExecType.TRADE, order.clOrdId(), "", lots, priceTicks, order.leavesLots(), commission);
    }

    /** The cancel asked for is granted, or the venue cancels unasked. */
    public CoreScenario cancel(final int number)
    {
        final SentOrder order = order(number);
        return order.cancelClOrdId().isEmpty()
            ? report(ExecType.CANCELED, order.clOrdId(), "", 0, 0, 0, 0)
            : report(ExecType.CANCELED, order.cancelClOrdId(), order.cancelOrigClOrdId(), 0, 0, 0, 0);
    }

    public CoreScenario replace(final int number)
    {
        final SentOrder order = order(number);
        final String orig = order.clOrdId();
        order.replaced();
        return report(ExecType.REPLACED, order.clOrdId(), orig, 0, 0, order.leavesLots(), 0);
    }

    public CoreScenario reject(final int number)
    {
        return report(ExecType.REJECTED, order(number).clOrdId(), "", 0, 0, 0, 0);
    }

    public CoreScenario expire(final int number)
    {
        return report(ExecType.EXPIRED, order(number).clOrdId(), "", 0, 0, 0, 0);
    }

    public CoreScenario rejectCancel(final int number)
    {
        final SentOrder order = order(number);
        return reject(order.cancelClOrdId(), order.cancelOrigClOrdId(), CxlRejResponseTo.CANCEL_REQUEST);
    }

    public CoreScenario rejectReplace(final int number)
    {
        final SentOrder order = order(number);
        return reject(order.replaceClOrdId(), order.clOrdId(), CxlRejResponseTo.REPLACE_REQUEST);
    }

    public CoreScenario reject(
        final String clOrdId, final String origClOrdId, final CxlRejResponseTo responseTo)
    {
        records.begin(new OrderCancelRejectEncoder()).clOrdId(clOrdId).origClOrdId(origClOrdId)
            .instrumentId(instrumentId).ordStatus(OrdStatus.NEW).responseTo(responseTo)
            .reason(OrdRejReason.TOO_LATE_TO_ENTER);
        return send();
    }

    public CoreScenario report(
        final ExecType execType,
        final String clOrdId,
        final String origClOrdId,
        final long lastLots,
        final long lastTicks,
        final long leavesLots,
        final long commission)
    {
        final SentOrder order = lines.order(clOrdId, origClOrdId);
        final Side side = order == null ? Side.BUY : order.side();
        records.begin(new ExecutionReportEncoder()).clOrdId(clOrdId).origClOrdId(origClOrdId).execType(execType)
            .ordStatus(OrdStatus.NEW).side(side).ordRejReason(OrdRejReason.NONE).liquidity(LiquidityIndicator.NONE)
            .instrumentId(order == null ? instrumentId : order.instrumentId()).orderId(1).execId(0)
            .lastPxTicks(lastLots == 0 ? Nulls.NULL_PRICE_TICKS : lastTicks).lastQtyLots(lastLots)
            .leavesQtyLots(leavesLots).cumQtyLots(0).commission(commission)
            .commissionHigh(ExecutionReportEncoder.commissionHighNullValue())
            .commissionExponent(ExecutionReportEncoder.commissionExponentNullValue())
            .execRefId(Nulls.NULL_LONG).refPxTicks(Nulls.NULL_PRICE_TICKS).refQtyLots(Nulls.NULL_LONG)
            .orderQtyLots(Nulls.NULL_LONG).priceTicks(Nulls.NULL_PRICE_TICKS)
            .venueExecId("").commissionAsset("").venueExecRefId("");
        return send();
    }

    /** A ClOrdID as this scenario's decisions would have it. */
    public static String clOrdId(final int incarnation, final long sequence, final int ordinal)
    {
        final UnsafeBuffer buffer = new UnsafeBuffer(
            new byte[ClOrdIds.LENGTH]);
        ClOrdIds.encode(buffer, 0, 0, incarnation, sequence, ordinal);
        return ClOrdIds.text(buffer, 0);
    }

    /** An input that the methods above do not know: {@link NodeSays}, {@link VenueSays}. */
    public CoreScenario give(final Consumer<InputRecords> input)
    {
        input.accept(records);
        return send();
    }

    /** Of the node's own source, whatever {@link #source} has set. */
    public CoreScenario giveAsNode(final Consumer<InputRecords> input)
    {
        input.accept(records);
        return sendAsNode();
    }

    private CoreScenario sendAsNode()
    {
        final int sourceId = records.sourceId();
        records.sourceId(0);
        send();
        records.sourceId(sourceId);
        return this;
    }

    /** A core that has had no input, with the same strategies on offer; scripted ones of its own have nothing to do. */
    TradingCore newCore(final DecisionPort port)
    {
        return new TradingCore(
            port, factories(new ScriptedStrategy.Factory(SCRIPTED), new ScriptedStrategy.Factory(OTHER)));
    }

    /** A new core in the state of this one. */
    TradingCore restored()
    {
        final TradingCore restored = newCore(new DecisionCounter());
        SavedState.of(core).restoreInto(restored, core.lastSequence());
        return restored;
    }

    private void requireAsRestored()
    {
        assertThat(StateComparison.differences(core, restored())).as("behind sequence=%d", core.lastSequence())
            .isEmpty();
    }

    private CoreScenario send()
    {
        records.end();
        core.onInput(records.buffer(), records.lastOffset());
        if (compared)
        {
            requireAsRestored();
        }
        if (forgetful)
        {
            records.clear();
        }
        return this;
    }
}
